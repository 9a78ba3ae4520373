import ModelGraph
import OperatorCatalogue

/// The plans of the operators that a model uses, each made when its first node comes up.
struct OperatorPlans {
  private struct Key: Hashable {
    let operation: OperatorReference
    let environment: Int
  }

  private let graph: ModelGraph
  private let catalogue: OperatorCatalogue
  private var functionIndex: [OperatorIdentity: Int] = [:]
  /// The distinct lists of imports; the model's own is the first.
  private var environments: [[OpsetImport]]
  private var environmentOfFunction: [Int] = []
  private var plans: [OperatorPlan] = []
  /// Places of plans for the model's own imports, by operator; −1 where none is made yet.
  private var mainPlans: [Int32]
  private var otherPlans: [Key: Int32] = [:]

  init(graph: ModelGraph, catalogue: OperatorCatalogue) {
    self.graph = graph
    self.catalogue = catalogue
    environments = [graph.opsetImports]
    mainPlans = Array(repeating: -1, count: graph.operators.count)
    var known: [[OpsetImport]: Int] = [graph.opsetImports: 0]
    for (index, function) in graph.functions.enumerated() {
      if functionIndex[function.identity] == nil { functionIndex[function.identity] = index }
      if let environment = known[function.opsetImports] {
        environmentOfFunction.append(environment)
      } else {
        known[function.opsetImports] = environments.count
        environmentOfFunction.append(environments.count)
        environments.append(function.opsetImports)
      }
    }
  }

  func environment(ofFunction index: Int) -> Int { environmentOfFunction[index] }

  mutating func plan(for operation: OperatorReference, environment: Int) -> OperatorPlan {
    if environment == 0 {
      let place = mainPlans[operation.index]
      if place >= 0 { return plans[Int(place)] }
      let plan = make(operation, environment)
      mainPlans[operation.index] = Int32(plans.count)
      plans.append(plan)
      return plan
    }
    let key = Key(operation: operation, environment: environment)
    if let place = otherPlans[key] { return plans[Int(place)] }
    let plan = make(operation, environment)
    otherPlans[key] = Int32(plans.count)
    plans.append(plan)
    return plan
  }

  private func make(_ operation: OperatorReference, _ environment: Int) -> OperatorPlan {
    let identity = graph.operators[operation.index]
    if let function = functionIndex[identity] {
      return OperatorPlan(schema: nil, version: 1, rule: nil, flow: .call(function))
    }
    // A domain that is not imported is taken at its newest, as exporters forget imports.
    let opset =
      environments[environment].last { $0.domain == identity.domain }?.version ?? .max
    let schema = schema(of: identity, opset: opset)
    let version = schema?.since ?? Int(clamping: max(opset, 0))
    let entry = OperatorRules.entry(
      domain: identity.domain, name: identity.name, version: version)
    return OperatorPlan(
      schema: schema, version: version, rule: entry?.rule,
      flow: flow(of: identity, schema))
  }

  private func schema(of identity: OperatorIdentity, opset: Int64) -> OperatorSchema? {
    switch catalogue.lookup(domain: identity.domain, name: identity.name, opset: opset) {
    case .found(let schema), .deprecated(let schema): return schema
    case .notYet(let first):
      return catalogue.versions(domain: identity.domain, name: identity.name)
        .first { $0.since == first }
    case .unknownOperator, .unknownDomain: return nil
    }
  }

  private func flow(of identity: OperatorIdentity, _ schema: OperatorSchema?) -> OperatorPlan.Flow {
    if identity.domain == "ai.onnx" {
      switch identity.name {
      case "If": return .conditional
      case "Loop": return .loop
      case "Scan": return .scan
      case "SequenceMap": return .map
      default: break
      }
    }
    guard let schema else { return .graphs }
    let holdsGraphs = schema.attributes.contains { $0.kind == .graph || $0.kind == .graphs }
    return holdsGraphs ? .graphs : .none
  }
}
