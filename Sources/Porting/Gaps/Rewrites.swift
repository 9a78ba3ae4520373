import Compatibility
import ModelGraph
import OperatorCatalogue

/// Asks a target's front door what it would make of a model's nodes once they are rewritten.
///
/// Each answer is what the rewrite depends on beyond what the file tells, or nil where it leads to
/// something that the door does not take.
final class Rewrites {
  private let target: PortingTarget
  private let rules: RouteRules
  private let effort: EffortRules
  private var known: [RewritePart: DoorTrial.Answer?] = [:]
  /// The opsets of parts that are only taken in an older one than the model's.
  private var olderOpsets: [RewritePart: Int64] = [:]

  /// Rules whose findings an older opset answers.
  private static let versionRules: Set<String> = ["RG102", "RG110"]
  private let isConverted: Bool

  init(_ target: PortingTarget, _ rules: RouteRules, _ effort: EffortRules) {
    self.target = target
    isConverted = target.gaps.contains { !$0.rules.isDisjoint(with: Self.versionRules) }
    self.rules = rules
    self.effort = effort
  }

  // MARK: Casts

  /// Casts around a gap's nodes, to the nearest types in which the door takes them.
  func reservesOfCast(_ gap: Gap, _ wanted: Set<String>) -> [String]? {
    guard let node = gap.firstNode else { return reservesOfCastInGeneral(gap) }
    for retyping in retypings(of: node, gap) {
      let answer = target.ability.trial.answer(
        to: node, in: target.graph.facts, retyping: retyping)
      // Findings that other routes deal with may stay.
      guard answer.obstacles.isDisjoint(with: wanted), answer.obstacles.isSubset(of: gap.rules),
        let casts = reservesOfCasts(retyping.keys.sorted { $0.rawValue < $1.rawValue })
      else { continue }
      return unique(answer.reserves + casts)
    }
    return nil
  }

  /// Casts around an operator of which no node is at hand.
  private func reservesOfCastInGeneral(_ gap: Gap) -> [String]? {
    guard let operation = gap.signature?.operation, let type = namedType(gap) else { return nil }
    for near in DoorAbility.nearTypes(of: type) {
      guard let own = reserves(RewritePart(operation: operation, type: near, shape: nil)),
        let casts = reservesOfCasts([type])
      else { continue }
      return unique(own + casts)
    }
    return nil
  }

  /// The first type that a finding names.
  private func namedType(_ gap: Gap) -> ElementType? {
    gap.findings.compactMap(\.elementTypes).first.flatMap(ElementType.init(name:))
  }

  /// Casts themselves have to be taken.
  private func reservesOfCasts(_ types: [ElementType]) -> [String]? {
    let cast = OperatorIdentity(domain: "ai.onnx", name: "Cast")
    return joined(types.map { reserves(RewritePart(operation: cast, type: $0, shape: nil)) })
  }

  /// Types to try instead of those that are not taken, or of each of a node's types where the
  /// finding does not name one.
  private func retypings(
    of node: NodeReference, _ gap: Gap
  ) -> [[ElementType: ElementType]] {
    let named = gap.findings.compactMap(\.elementTypes)
    if named.isEmpty {
      return target.graph.elementTypes(of: node).flatMap { type in
        DoorAbility.nearTypes(of: type).map { [type: $0] }
      }
    }
    let types = named.flatMap { $0.split(separator: ",") }.map { text in
      ElementType(name: String(text.drop { $0 == " " }))
    }
    var combinations: [[ElementType: ElementType]] = [[:]]
    for type in types.prefix(4) {
      guard let type else { return [] }
      combinations = combinations.flatMap { combination in
        DoorAbility.nearTypes(of: type).map { near in
          combination.merging([type: near]) { first, _ in first }
        }
      }
    }
    return combinations.filter { !$0.isEmpty }
  }

  // MARK: Other operators

  /// The operators of the standard's function body.
  func reservesOfBody(_ gap: Gap, _ wanted: Set<String>) -> [String]? {
    guard let operation = gap.signature?.operation,
      let schema = target.ability.definition(of: operation), let body = schema.functionBody,
      body.isListed, !body.operators.isEmpty
    else { return nil }
    let parts = body.operators.map { OperatorIdentity(domain: operation.domain, name: $0) }
    // A body with this attribute casts to a type of its own choice first.
    let casts = schema.attribute("stash_type") != nil
    return reserves(parts, gap, wanted, keepsType: !casts)
  }

  /// The operators of a recipe, or of recipes for these in turn.
  func reservesOfRecipe(_ gap: Gap, _ wanted: Set<String>) -> [String]? {
    guard let operation = gap.signature?.operation, let parts = rules.recipes[operation] else {
      return nil
    }
    return reserves(parts, gap, wanted, keepsType: true)
  }

  /// Quantisation with the standard's pair of operators.
  func reservesOfQuantising() -> [String]? {
    joined(
      ["QuantizeLinear", "DequantizeLinear"].map { name in
        reserves(
          RewritePart(
            operation: OperatorIdentity(domain: "ai.onnx", name: name), type: nil, shape: nil))
      })
  }

  /// A call of the vendor's library, which has to take the nodes as they are.
  func reservesOfLibrary(_ gap: Gap) -> [String]? {
    guard let library = target.library else { return nil }
    let answer: DoorTrial.Answer?
    if let node = gap.firstNode {
      answer = library.trial.answer(to: node, in: target.graph.facts, retyping: [:])
    } else {
      answer = gap.signature.flatMap {
        library.answer(to: RewritePart(operation: $0.operation, type: namedType(gap), shape: nil))
      }
    }
    guard let answer, answer.obstacles.isEmpty else { return nil }
    return unique(answer.reserves)
  }

  private func reserves(
    _ parts: [OperatorIdentity], _ gap: Gap, _ wanted: Set<String>, keepsType: Bool
  ) -> [String]? {
    let type = keepsType && !parts.contains(where: \.changesType) ? mainType(gap, wanted) : nil
    let shape = parts.allSatisfy(keepsShape) ? gap.firstNode.flatMap(target.graph.shape) : nil
    return joined(parts.map { reserves(of: $0, type, shape) })
  }

  /// A part of a rewrite, or what a recipe says of it; recipes were checked not to lead in circles.
  private func reserves(
    of operation: OperatorIdentity, _ type: ElementType?, _ shape: [Int64?]?
  ) -> [String]? {
    let part = RewritePart(operation: operation, type: type, shape: shape)
    if let found = reserves(part) { return found }
    guard let parts = rules.recipes[operation] else { return nil }
    let inner = parts.contains(where: \.changesType) ? nil : type
    return joined(
      parts.map { reserves(of: $0, inner, parts.allSatisfy(keepsShape) ? shape : nil) })
  }

  private func reserves(_ part: RewritePart) -> [String]? {
    let answer: DoorTrial.Answer?
    if let found = known[part] {
      answer = found
    } else {
      answer = convertible(part, target.ability.answer(to: part))
      known[part] = .some(answer)
    }
    guard let answer, answer.obstacles.isEmpty else { return nil }
    let converted = olderOpsets[part].map { ["the model is converted to opset \($0)"] } ?? []
    return converted + answer.reserves.map { "\(part.operation.name): \($0)" }
  }

  /// The answer in an older opset, where the model has to be converted to one anyway and nothing but
  /// its opset keeps a part from being taken.
  private func convertible(
    _ part: RewritePart, _ answer: DoorTrial.Answer?
  ) -> DoorTrial.Answer? {
    guard isConverted, let answer, !answer.obstacles.isEmpty,
      answer.obstacles.isSubset(of: Self.versionRules),
      let (older, opset) = target.ability.answerInOlderOpset(to: part)
    else { return answer }
    olderOpsets[part] = opset
    return older
  }

  /// The type that a node computes in, or the one that a finding says is not taken.
  private func mainType(_ gap: Gap, _ wanted: Set<String>) -> ElementType? {
    if wanted.contains("RG103") || wanted.contains("RG111"), let named = namedType(gap) {
      return named
    }
    return gap.firstNode.flatMap { target.graph.elementTypes(of: $0).first }
  }

  /// Whether a part computes on tensors of the rewritten node's shape, or on such as are broadcast to
  /// it: what is light and moves nothing.
  private func keepsShape(_ operation: OperatorIdentity) -> Bool {
    guard let name = effort.operatorClass(of: operation.description)?.name else { return false }
    return ["elementwise", "broadcast", "normalization", "reduction"].contains(name)
      || operation.name == "Constant" || operation.name == "CastLike"
  }

  /// All of what parts depend on; nil if one of them is not taken.
  private func joined(_ parts: [[String]?]) -> [String]? {
    let taken = parts.compactMap(\.self)
    return taken.count == parts.count ? unique(taken.flatMap(\.self)) : nil
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}

extension OperatorIdentity {
  /// Whether what follows it in a rewrite may compute in another type than what stands before it.
  fileprivate var changesType: Bool {
    ["Cast", "QuantizeLinear", "DequantizeLinear", "Shape", "Size", "OneHot"].contains(name)
  }
}
