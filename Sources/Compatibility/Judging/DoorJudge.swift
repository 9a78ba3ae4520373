import Capabilities
import ModelGraph
import OperatorCatalogue

/// Judges the nodes of one graph by one front door; keeps what it found for nodes of equal kind.
final class DoorJudge {
  let door: FrontDoor
  private let device: Device?
  private let context: JudgingContext
  private let supposition: Supposition
  /// The door that runs what this one does not take.
  private let host: DoorJudge?
  /// Doors that this one hands operators to.
  private let deciding: [FrontDoorName: DoorJudge]
  /// What judging takes when the door speaks PyTorch's operators.
  private let aten: AtenDoors?
  /// What is taken without a record of its own rests on the door as a whole.
  private let doorGrounds: Grounds
  /// By slot.
  private var plans: [OperatorPlan?]
  /// By kind of node, where all nodes of a kind have one outcome.
  private var outcomeOfKind: [Outcome?]
  /// Outcomes with remarks of operators whose outcome depends on more than types.
  private var recent: [[Outcome]]
  private static let rememberedOutcomes = 16

  init(
    _ door: FrontDoor, device: Device? = nil, context: JudgingContext,
    mapping: OperatorMapping? = nil, supposition: Supposition = .none,
    doors: (FrontDoorName) -> FrontDoor?
  ) {
    self.supposition = supposition
    aten = AtenDoors(door, mapping, doors)
    doorGrounds = Grounds(door.listEvidence)
    self.door = door
    self.device = device
    self.context = context
    if case .runsOnCPU(let name?) = door.onMissing, name != door.name, let found = doors(name) {
      host = DoorJudge(
        found, context: context, supposition: supposition, doors: { _ in nil })
    } else {
      host = nil
    }
    var deciding: [FrontDoorName: DoorJudge] = [:]
    for name in Set(door.records.compactMap(\.decidedBy)) where name != door.name {
      deciding[name] = doors(name).map {
        DoorJudge(
          $0, device: device, context: context, supposition: supposition, doors: { _ in nil })
      }
    }
    self.deciding = deciding
    plans = Array(repeating: nil, count: context.slotCount)
    outcomeOfKind = Array(repeating: nil, count: context.kinds.count)
    recent = Array(repeating: [], count: context.slotCount)
  }

  /// What becomes of a node.
  func outcome(of node: NodeReference) -> Outcome {
    let kind = context.kind(of: node)
    if let known = outcomeOfKind[kind] { return known }
    let entry = context.graph.nodes[node.index]
    let slot = context.kinds[kind].slot
    let plan = plan(slot, entry)
    guard isDecided(byKind: kind, plan) else { return shared(evaluate(node, plan), slot) }
    let outcome = evaluate(node, plan)
    outcomeOfKind[kind] = outcome
    return outcome
  }

  /// Whether all nodes of a kind have the outcome of its first one.
  func isDecided(byKind kind: Int) -> Bool {
    let entry = context.kinds[kind]
    let node = context.graph.nodes[entry.representative.index]
    return isDecided(byKind: kind, plan(entry.slot, node))
  }

  private func isDecided(byKind kind: Int, _ plan: OperatorPlan) -> Bool {
    let kind = context.kinds[kind]
    guard kind.isExact, !plan.needs.contains(.node) else { return false }
    guard !(plan.needs.contains(.attributes) && kind.hasOwnAttributes) else { return false }
    let others = plan.matching.compactMap(\.record.decidedBy).compactMap { deciding[$0] } + [host]
    let position = context.kind(of: kind.representative)
    return others.allSatisfy { $0?.isDecided(byKind: position) ?? true }
  }

  /// The outcome itself, or the equal one that a node of the operator had before.
  private func shared(_ outcome: Outcome, _ slot: Int) -> Outcome {
    let known = recent[slot].first {
      $0.remarks == outcome.remarks && $0.grounds == outcome.grounds
    }
    if let known { return known }
    if recent[slot].count < Self.rememberedOutcomes { recent[slot].append(outcome) }
    return outcome
  }

  private func plan(_ slot: Int, _ node: Node) -> OperatorPlan {
    if let known = plans[slot] { return known }
    let operation = context.graph.operation(of: node)
    let opset = context.opset(of: operation.domain, in: node.scope)
    let plan = OperatorPlan(
      operation, opset: opset, schema: context.schema(of: operation, opset: opset),
      isModelFunction: context.facts.isFunction(operation), door: door, aten: aten)
    plans[slot] = plan
    return plan
  }

  // MARK: Judging

  private func evaluate(_ node: NodeReference, _ plan: OperatorPlan) -> Outcome {
    let subject = NodeSubject(
      context: context, plan: plan, node: context.graph.nodes[node.index],
      supposition: supposition)
    let outcome = judge(subject, node, plan)
    guard let device else { return outcome }
    let remarks = deviceRemarks(subject, plan, device)
    return remarks.isEmpty
      ? outcome : Outcome(outcome.remarks + remarks, restingOn: outcome.grounds)
  }

  private func judge(
    _ subject: NodeSubject, _ node: NodeReference, _ plan: OperatorPlan
  ) -> Outcome {
    if plan.isModelFunction, plan.records.isEmpty {
      if door.expandsModelFunctions { return Outcome([], restingOn: doorGrounds) }
      return missing(node) { ModelFunctionNotTaken.remark(plan.operation, door, $0) }
    }
    if let aten = plan.aten { return aten.outcome(subject, device) }
    var best: Outcome?
    var mismatch: (TypeMismatch, OperatorRecord)?
    for planned in plan.matching {
      switch subject.outcome(of: planned) {
      case .otherTypes(let found): mismatch = mismatch ?? (found, planned.record)
      case .fits(let remarks):
        let outcome = complete(remarks, planned, node, plan)
        if best.map({ outcome.verdict < $0.verdict }) ?? true { best = outcome }
      }
    }
    if let best { return best }
    if let expanded = expansion(plan, node) { return expanded }
    if let (mismatch, record) = mismatch {
      return missing(node) { TypeNotTaken.remark(subject, mismatch, record, $0) }
    }
    if !plan.records.isEmpty {
      return missing(node) { VersionNotTaken.remark(subject, plan.records, door, $0) }
    }
    if door.completeness == .open {
      return Outcome([OperatorUnknown.remark(plan.operation, door)])
    }
    return missing(node) { OperatorNotTaken.remark(plan.operation, door, $0) }
  }

  /// Adds what a fitting record's status and deciding door say.
  private func complete(
    _ remarks: [Remark], _ planned: PlannedRecord, _ node: NodeReference, _ plan: OperatorPlan
  ) -> Outcome {
    let record = planned.record
    switch record.status {
    case .unsupported:
      if let expanded = expansion(plan, node) { return expanded }
      return missing(node) {
        OperatorNotTaken.remark(plan.operation, door, $0, record: record)
      }
    case .unknown: return Outcome([OperatorUnknown.remark(plan.operation, door, record: record)])
    case .supported, .knownBad: break
    }
    guard let name = record.decidedBy, let judge = deciding[name] else {
      return Outcome(remarks, restingOn: planned.grounds)
    }
    let decided = judge.outcome(of: node)
    return Outcome(remarks + decided.remarks, restingOn: planned.grounds + decided.grounds)
  }

  /// What the tool chain does with a node that it does not take.
  private func missing(_ node: NodeReference, _ remark: (Verdict) -> Remark) -> Outcome {
    guard case .runsOnCPU = door.onMissing else { return Outcome([remark(.unsupported)]) }
    guard let host else { return Outcome([remark(.fallback)]) }
    let onHost = host.outcome(of: node)
    let reserved = onHost.remarks.filter { $0.verdict > .fallback }
    return Outcome(
      [remark(max(.fallback, onHost.verdict))] + reserved, restingOn: onHost.grounds)
  }

  // MARK: Function bodies

  /// Expands an operator by the standard's function body, if the door does so.
  ///
  /// A provider beside a host does not get that far: the host's kernel comes before an expansion,
  /// and what the host expands counts as run by the host.
  private func expansion(_ plan: OperatorPlan, _ node: NodeReference) -> Outcome? {
    guard host == nil, door.expandsStandardFunctions, let schema = plan.schema,
      let opset = plan.opset
    else {
      return nil
    }
    let expansion = BodyExpansion(
      door: door, context: context, types: context.mainElementTypes(of: node),
      computesElsewhere: schema.attribute("stash_type") != nil)
    switch expansion.result(of: schema, opset: opset) {
    case .impossible: return nil
    case .unknown: return Outcome([OperatorUnknown.remark(plan.operation, door)])
    case .runs: return Outcome([], restingOn: doorGrounds)
    case .lacks(let operators):
      return missing(node) {
        FunctionBodyNotTaken.remark(plan.operation, missing: operators, door, $0)
      }
    }
  }

  // MARK: Devices

  private func deviceRemarks(
    _ subject: NodeSubject, _ plan: OperatorPlan, _ device: Device
  ) -> [Remark] {
    var remarks: [Remark] = []
    for (index, value) in (subject.inputs + subject.outputs).enumerated() {
      guard let type = subject.elementType(of: value), device.lacks.contains(type) else {
        continue
      }
      let isInput = index < subject.inputs.count
      let position = isInput ? index : index - subject.inputs.count
      remarks.append(DeviceTypeNotTaken.remark(type, subject.label(position, isInput), device))
      break
    }
    if let product = device.product,
      let record = plan.matching.first?.record, record.statement(for: product) == .no
    {
      remarks.append(ProductNotStated.remark(plan.operation, device, record))
    }
    return remarks
  }
}
