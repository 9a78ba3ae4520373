public import Inference
import Bytes
public import ModelGraph
public import OperatorCatalogue

/// A check of the model itself, before any target is asked.
protocol StructuralCheck: Sendable {
  static var rule: Rule { get }
  static func findings(in context: StructureContext) -> [Finding]
}

/// What structural checks look at.
struct StructureContext {
  let graph: ModelGraph
  let annotations: Annotations
  let catalogue: OperatorCatalogue
  let order: NodeOrder
  /// The first node of each operator in the model's graphs and in each function.
  let firstNodes: [NodeReference]
  let calls: FunctionCalls
  private let functions: Set<OperatorIdentity>

  init(_ graph: ModelGraph, _ annotations: Annotations, catalogue: OperatorCatalogue) {
    self.graph = graph
    self.annotations = annotations
    self.catalogue = catalogue
    order = annotations.order
    calls = FunctionCalls(graph)
    functions = Set(graph.functions.map(\.identity))
    firstNodes = Self.firstNodes(in: graph)
  }

  private static func firstNodes(in graph: ModelGraph) -> [NodeReference] {
    let environments = graph.environments
    // Where an operator was met last answers nearly every node without a look at the set.
    var last = [Int](repeating: -1, count: graph.operators.count)
    var seen: Set<Int> = []
    var first: [NodeReference] = []
    for (index, node) in graph.nodes.enumerated() {
      let environment = environments[node.scope.index]
      guard last[node.operation.index] != environment else { continue }
      last[node.operation.index] = environment
      let pair = environment * graph.operators.count + node.operation.index
      if seen.insert(pair).inserted { first.append(NodeReference(index)) }
    }
    return first
  }

  func isFunction(_ operation: OperatorIdentity) -> Bool { functions.contains(operation) }
}

/// Checks that a model is well formed: every rule of its own, one file a rule.
public enum StructureCheck {
  private static let checks: [any StructuralCheck.Type] = [
    UndefinedInput.self, DuplicateDefinition.self, ShadowedDefinition.self, CyclicGraph.self,
    UnsortedGraph.self, MissingOpsetImport.self, UnknownDomain.self, UnknownOperator.self,
    UnknownEnumeration.self, BadDimension.self, NewerIRVersion.self, FunctionRecursion.self,
    FunctionExpansion.self, OversizedFile.self, UnknownField.self, TypeDisagreement.self,
    ShapeContradiction.self, UnusedPin.self, WideInteger.self,
  ]

  /// All findings about the form of a model, errors first.
  public static func findings(
    in graph: ModelGraph, _ annotations: Annotations, catalogue: OperatorCatalogue
  ) -> [Finding] {
    let context = StructureContext(graph, annotations, catalogue: catalogue)
    let found = checks.flatMap { $0.findings(in: context) }
    return found.enumerated()
      .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
      .map(\.element)
  }
}

extension StructureContext {
  /// Findings for the irregularities of one kind that the reader noted.
  func irregularities(_ kind: Irregularity.Kind, as rule: Rule) -> [Finding] {
    graph.irregularities.filter { $0.kind == kind }.map { irregularity in
      Finding(
        rule: rule, reason: irregularity.detail,
        nodes: irregularity.node.isNone ? [] : [NodeLocation(irregularity.node, in: graph)],
        position: irregularity.position)
    }
  }
}
