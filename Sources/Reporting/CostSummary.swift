public import Inference
public import ModelGraph

/// What one run of a model costs, as far as shapes are known.
public struct CostSummary: Sendable {
  /// An operator with its share of the work.
  public struct OperatorShare: Sendable {
    /// The operator.
    public let operation: OperatorIdentity
    /// Number of its nodes.
    public let nodes: Int
    /// Their floating-point operations together.
    public let flops: Int64
    /// Their multiply-adds together.
    public let multiplyAdds: Int64
    /// Nodes whose work is not known, because a shape is not.
    public let openNodes: Int
  }

  /// What a language model costs for new tokens.
  public struct TokenCost: Sendable {
    /// Tokens that are new.
    public let newTokens: Int64
    /// Tokens that came before.
    public let pastTokens: Int64
    /// Floating-point operations.
    public let flops: Int64
    /// Bytes of keys and values that are kept for the tokens before; nil when not known.
    public let cacheBytes: Int64?
    /// Nodes whose work is not known.
    public let openNodes: Int
  }

  /// Number of elements of all weights, `Constant` nodes included.
  public let parameters: Int64
  /// Bytes of all weights.
  public let weightBytes: Int64
  /// Floating-point operations; a multiply-add counts as two.
  public let flops: Int64
  /// Multiply-adds.
  public let multiplyAdds: Int64
  /// Most bytes that values between nodes take at any time.
  public let peakActivationBytes: Int64
  /// Bytes that nodes read and write together.
  public let bytesMoved: Int64
  /// Floating-point operations for each byte moved; nil when nothing is moved.
  public let arithmeticIntensity: Double?
  /// Values whose size is not known.
  public let unsizedValues: Int
  /// Nodes whose work is not known.
  public let openNodes: Int
  /// Loops whose number of iterations is not known; they count as one.
  public let openLoops: Int
  /// Operators, the dearest first.
  public let operators: [OperatorShare]
  /// For a language model: one new token, and a prompt; otherwise empty.
  public let tokenCosts: [TokenCost]
}

extension CostSummary {
  /// Sums up a model; a language model is costed for a prompt of some tokens, too.
  public init(
    of graph: ModelGraph, _ cost: ModelCost, promptTokens: Int64,
    annotate: (InputPins) -> Annotations
  ) {
    parameters = cost.parameters
    weightBytes = cost.weightBytes
    flops = cost.work.flops
    multiplyAdds = cost.work.multiplyAdds
    peakActivationBytes = cost.memory.peakBytes
    bytesMoved = cost.bytesMoved
    arithmeticIntensity = cost.arithmeticIntensity
    unsizedValues = cost.memory.unsizedValues
    openNodes = cost.openNodes
    openLoops = cost.openLoops.count
    operators = cost.operators.map {
      OperatorShare(
        operation: $0.operation, nodes: $0.nodes, flops: $0.work.flops,
        multiplyAdds: $0.work.multiplyAdds, openNodes: $0.openNodes)
    }
    guard let language = LanguageModel(graph) else {
      tokenCosts = []
      return
    }
    let zero: Int64 = 0
    // A graph of fixed length computes that many tokens, whatever is asked for.
    let promptTokens = language.fixedTokenCount(in: graph) ?? promptTokens
    let cases: [(new: Int64, past: Int64)] =
      language.caches.isEmpty
      ? [(promptTokens, zero)] : [(Int64(1), promptTokens), (promptTokens, zero)]
    tokenCosts = cases.map { new, past in
      let annotations = annotate(language.pins(for: graph, newTokens: new, past: past))
      let cost = ModelCost(of: graph, annotations)
      return TokenCost(
        newTokens: new, pastTokens: past, flops: cost.work.flops,
        cacheBytes: language.cacheBytes(annotations), openNodes: cost.openNodes)
    }
  }
}
