public import ModelGraph

/// The inputs of a graph that continues a text token by token, and what their dims stand for.
public struct LanguageModel: Sendable, Hashable {
  /// The tokens, or their embeddings.
  public let tokens: ValueReference
  /// Keys and values of earlier tokens; empty for a graph without cache.
  public let caches: [ValueReference]
  /// Masks over earlier and new tokens together.
  public let masks: [ValueReference]

  private static let tokenNames = ["input_ids", "inputs_embeds", "decoder_input_ids"]

  /// Recognises a language model by the names of its inputs; nil for anything else.
  public init?(_ graph: ModelGraph) {
    guard let main = graph.main else { return nil }
    let inputs = main.inputs.filter { !$0.isNone }
    func name(_ value: ValueReference) -> String {
      graph.text(graph.values[value.index].name)
    }
    guard let tokens = inputs.first(where: { Self.tokenNames.contains(name($0)) }),
      Self.rank(of: tokens, in: graph) >= 2
    else { return nil }
    self.tokens = tokens
    caches = inputs.filter { value in
      let name = name(value)
      return (name.hasPrefix("past") || name.contains("past_key") || name.contains("past_value"))
        && Self.rank(of: value, in: graph) >= 4
    }
    masks = inputs.filter { name($0).hasSuffix("attention_mask") }
  }

  /// How many tokens the graph takes at a time, where it fixes that.
  public func fixedTokenCount(in graph: ModelGraph) -> Int64? {
    guard let shape = Self.shape(of: tokens, in: graph), shape.count > 1,
      case .fixed(let count) = shape[1]
    else { return nil }
    return count
  }

  /// Pins that make the graph process `count` new tokens after `past` earlier ones.
  public func pins(
    for graph: ModelGraph, newTokens count: Int64, past: Int64, batch: Int64 = 1
  ) -> InputPins {
    var pins = InputPins()
    let total = past.plusClamping(count)
    pin([0: batch, 1: count], of: tokens, in: graph, &pins)
    for cache in caches {
      // Keys and values in one tensor stand behind an axis of their own.
      let isJoined = Self.rank(of: cache, in: graph) == 5
      pin(isJoined ? [1: batch, 3: past] : [0: batch, 2: past], of: cache, in: graph, &pins)
    }
    for mask in masks { pin([0: batch, 1: total], of: mask, in: graph, &pins) }
    return pins
  }

  /// Bytes of the cache once it holds as many tokens as `annotations` assume.
  public func cacheBytes(_ annotations: Annotations) -> Int64? {
    var total: Int64 = 0
    for cache in caches {
      guard let bytes = annotations.byteCount(of: cache) else { return nil }
      total = total.plusClamping(bytes)
    }
    return total
  }

  private static func shape(of value: ValueReference, in graph: ModelGraph) -> [Dimension]? {
    guard case .tensor(let type) = graph.declaredType(of: value) else { return nil }
    return type.shape
  }

  private static func rank(of value: ValueReference, in graph: ModelGraph) -> Int {
    shape(of: value, in: graph)?.count ?? 0
  }

  /// Pins the symbols that stand at these axes; unnamed dims are pinned by shape.
  private func pin(
    _ extents: [Int: Int64], of value: ValueReference, in graph: ModelGraph,
    _ pins: inout InputPins
  ) {
    guard let shape = Self.shape(of: value, in: graph) else { return }
    var unnamed: [Int64?] = Array(repeating: nil, count: shape.count)
    for (axis, extent) in extents.sorted(by: { $0.key < $1.key }) where axis < shape.count {
      switch shape[axis] {
      case .fixed: break
      case .symbol(let name): pins.symbols[name] = pins.symbols[name] ?? extent
      case .unknown: unnamed[axis] = extent
      }
    }
    if unnamed.contains(where: { $0 != nil }) {
      pins.shapes[graph.text(graph.values[value.index].name)] = unnamed
    }
  }
}
