import Capabilities
import ModelGraph
import OperatorCatalogue

/// What judging takes on a front door that speaks PyTorch's operators.
struct AtenDoors {
  let door: FrontDoor
  let mapping: OperatorMapping?
  /// The door of the vendor's own library, for a door that leaves operators to it.
  let native: FrontDoor?

  init?(
    _ door: FrontDoor, _ mapping: OperatorMapping?, _ doors: (FrontDoorName) -> FrontDoor?
  ) {
    guard door.speaks == .aten else { return nil }
    self.door = door
    self.mapping = mapping
    if case .runsNatively(let name?) = door.onMissing { native = doors(name) } else { native = nil }
  }
}

/// How one operator of ONNX is computed by PyTorch's operators on a door, prepared once.
struct AtenPlan {
  /// What the door has for an operator of PyTorch.
  private indirect enum Part {
    case listed([PlannedRecord])
    /// PyTorch calls others; alternatives of what is needed together.
    case composed([[Part]])
    /// The vendor's own library, by its door if there is one.
    case native(name: String, record: OperatorRecord?, Part?)
    case missing(name: String, FrontDoor.Missing)
    /// Of another library of operators than the door lists.
    case foreign(name: String)
  }

  private struct Form {
    let when: Condition?
    let parts: [Part]
  }

  /// What PyTorch's compositions call in turn ends somewhere.
  private static let deepest = 6

  /// What the outcome depends on beyond element types.
  let needs: Needs
  private let operation: OperatorIdentity
  private let doors: AtenDoors
  private let entry: OperatorMapping.Entry?
  /// The weakest confidence of what the mapping of the operator rests on.
  private let weakest: Confidence?
  private let forms: [Form]
  private let also: [Form]

  init(_ operation: OperatorIdentity, _ schema: OperatorSchema?, _ doors: AtenDoors) {
    self.operation = operation
    self.doors = doors
    let entry = doors.mapping?.entry(of: operation)
    self.entry = entry
    weakest = entry?.evidence.map(\.confidence).min()
    let mainType = Self.mainTypeParameter(of: schema)
    var needs: Needs = []
    func prepare(_ forms: [OperatorMapping.Form]) -> [Form] {
      forms.map { form in
        if let when = form.when { needs.formUnion(Needs(of: when)) }
        return Form(
          when: form.when,
          parts: form.needs.map { Self.part($0, doors.door, doors, schema, mainType, &needs) })
      }
    }
    forms = prepare(entry?.forms ?? [])
    also = prepare(entry?.also ?? [])
    for gap in entry?.gaps ?? [] { needs.formUnion(Needs(of: gap.when)) }
    self.needs = needs
  }

  /// The type parameter that tells in which type an operator computes: that of the first output if
  /// an input shares it, otherwise that of the first input.
  private static func mainTypeParameter(of schema: OperatorSchema?) -> String {
    guard let schema, let output = schema.outputs.first?.typeParameter,
      schema.inputs.contains(where: { $0.typeParameter == output })
    else { return TypeLimit.firstInput }
    return output
  }

  /// Parameters of PyTorch's operators that hold the data, not an index, a mask or the like.
  private static let dataParameters: Set<String> = [
    TypeLimit.firstInput, "self", "self_dtype", "input", "input_dtype", "inp_dtype", "X", "query",
    "weight", "mat1",
  ]

  private static func part(
    _ text: String, _ door: FrontDoor, _ doors: AtenDoors, _ schema: OperatorSchema?,
    _ mainType: String, _ needs: inout Needs, depth: Int = 0
  ) -> Part {
    let name = OperatorMapping.identity(text)
    let records = door.records(domain: name.domain, name: name.name)
    if let native = records.first(where: { $0.kernel == .native }) {
      return .native(
        name: text, record: native,
        doors.native.map { part(text, $0, doors, schema, mainType, &needs, depth: depth) })
    }
    if !records.isEmpty {
      for record in records { needs.formUnion(Needs(of: record)) }
      return .listed(records.map { planned($0, schema, mainType) })
    }
    if name.domain != "aten" { return .foreign(name: text) }
    let calls = depth < deepest ? doors.mapping?.composites[name.name] ?? [] : []
    if !calls.isEmpty, !isLeftToOthers(door) {
      return .composed(
        calls.map { alternative in
          alternative.map {
            part($0, door, doors, schema, mainType, &needs, depth: depth + 1)
          }
        })
    }
    if isLeftToOthers(door) {
      return .native(
        name: text, record: nil,
        doors.native.map { part(text, $0, doors, schema, mainType, &needs, depth: depth) })
    }
    return .missing(name: text, door.onMissing)
  }

  private static func isLeftToOthers(_ door: FrontDoor) -> Bool {
    if case .runsNatively = door.onMissing { true } else { false }
  }

  private static func planned(
    _ record: OperatorRecord, _ schema: OperatorSchema?, _ mainType: String
  ) -> PlannedRecord {
    let checks = record.types.filter { dataParameters.contains($0.typeParameter) }.map {
      TypeCheck(TypeLimit(typeParameter: mainType, types: $0.types), schema)
    }
    return PlannedRecord(record, typeChecks: checks)
  }

  // MARK: Judging

  /// What becomes of a node.
  func outcome(_ subject: NodeSubject, _ device: Device?) -> Outcome {
    guard let entry else {
      return Outcome([
        Remark(
          OperatorUnknown.rule, .unknown,
          "nothing tells by which operators of PyTorch \(operation.name) is computed")
      ])
    }
    switch entry.kind {
    case .view, .constant, .control: break
    case .host:
      return Outcome([
        Remark(
          OperatorNotTaken.rule, .fallback,
          "\(operation.name) is no operator of a device: it is computed on the host",
          help: "Move it before or after the model.", evidence: entry.evidence)
      ])
    case .none:
      return Outcome([
        Remark(
          OperatorNotTaken.rule, .unsupported, "PyTorch has no operator for \(operation.name)",
          evidence: entry.evidence)
      ])
    case .kernels: break
    }
    var answer = Answer(gapRemarks(subject, entry), Grounds(entry.evidence))
    if entry.kind == .kernels { answer += bestForm(subject, device, entry) }
    for form in also { answer += furtherNeeds(form, subject, device) }
    return Outcome(unique(answer.remarks), restingOn: answer.grounds)
  }

  private func unique(_ remarks: [Remark]) -> [Remark] {
    var seen: Set<Remark> = []
    return remarks.filter { seen.insert($0).inserted }
  }

  private func gapRemarks(_ subject: NodeSubject, _ entry: OperatorMapping.Entry) -> [Remark] {
    entry.gaps.compactMap { gap in
      switch subject.evaluate(gap.when) {
      case .fails: nil
      case .holds:
        Remark(LimitNotMet.rule, .unsupported, gap.reason, evidence: entry.evidence)
      case .open(let missing):
        Remark(
          LimitUndecided.rule, .conditional, "\(gap.reason); not told by the file: \(missing)",
          evidence: entry.evidence)
      }
    }
  }

  /// The alternative that does best, of those whose conditions hold.
  ///
  /// Where a condition cannot be told the alternatives that it might allow must agree.
  private func bestForm(
    _ subject: NodeSubject, _ device: Device?, _ entry: OperatorMapping.Entry
  ) -> Answer {
    var sure: [Answer] = []
    var openForms: [Form] = []
    var missing: String?
    for form in forms {
      switch form.when.map(subject.evaluate) ?? .holds {
      case .fails: continue
      case .holds:
        let answer = answer(form.parts, subject, device)
        if answer.verdict == .supported { return answer }
        sure.append(answer)
      case .open(let what):
        missing = missing ?? what
        openForms.append(form)
      }
    }
    if let best = Self.best(sure) { return best }
    let open = openForms.map { answer($0.parts, subject, device) }
    guard let missing, let best = Self.best(open) else {
      return Answer([
        Remark(
          LimitNotMet.rule, .unsupported, "PyTorch has no operator for this form",
          evidence: entry.evidence)
      ])
    }
    let worst = open.max { $0.verdict < $1.verdict } ?? best
    guard worst.verdict != best.verdict else { return best }
    return Answer([
      Remark(
        LimitUndecided.rule, .conditional,
        "which operator of PyTorch computes it is not told by the file: \(missing)",
        evidence: entry.evidence)
    ])
  }

  private func furtherNeeds(
    _ form: Form, _ subject: NodeSubject, _ device: Device?
  ) -> Answer {
    let found = form.when.map(subject.evaluate) ?? .holds
    if found == .fails { return .nothing }
    let answer = answer(form.parts, subject, device)
    guard case .open(let missing) = found else { return answer }
    return answer.verdict <= .conditional
      ? Answer([], answer.grounds)
      : Answer([
        Remark(
          LimitUndecided.rule, .conditional,
          "it may need more operators of PyTorch; not told by the file: \(missing)",
          evidence: entry?.evidence ?? [])
      ])
  }

  /// Remarks on what is needed, and what they rest on besides their own evidence.
  private struct Answer {
    var remarks: [Remark]
    var grounds: Grounds

    static let nothing = Answer([])

    init(_ remarks: [Remark], _ grounds: Grounds = .none) {
      self.remarks = remarks
      self.grounds = grounds
    }

    var verdict: Verdict { remarks.map(\.verdict).max() ?? .supported }

    static func += (left: inout Answer, right: Answer) {
      left.remarks += right.remarks
      left.grounds += right.grounds
    }
  }

  /// The first of the best alternatives; those behind one that is supported are not looked at.
  private static func best(_ alternatives: some Sequence<Answer>) -> Answer? {
    var best: Answer?
    for alternative in alternatives {
      if let known = best, known.verdict <= alternative.verdict { continue }
      best = alternative
      if alternative.verdict == .supported { break }
    }
    return best
  }

  private func answer(
    _ parts: [Part], _ subject: NodeSubject, _ device: Device?
  ) -> Answer {
    parts.reduce(into: .nothing) { $0 += answer($1, subject, device) }
  }

  private func answer(_ part: Part, _ subject: NodeSubject, _ device: Device?) -> Answer {
    switch part {
    case .listed(let records):
      return Self.best(records.lazy.map { answer($0, subject, device) }) ?? .nothing
    case .composed(let alternatives):
      return Self.best(alternatives.lazy.map { answer($0, subject, device) }) ?? .nothing
    case .native(let name, let record, let inner):
      return native(name, record, inner, subject, device)
    case .missing(let name, let policy):
      return Answer([
        Remark(
          OperatorNotTaken.rule, verdict(of: policy),
          "\(Self.written(name)) is not among the operators that \(doors.door.title) has",
          evidence: weakened(doors.door.listEvidence))
      ])
    case .foreign(let name):
      return Answer([
        Remark(
          OperatorUnknown.rule, .unknown,
          "nothing is known of \(name) on \(doors.door.title)", evidence: entry?.evidence ?? [])
      ])
    }
  }

  private func native(
    _ name: String, _ record: OperatorRecord?, _ inner: Part?, _ subject: NodeSubject,
    _ device: Device?
  ) -> Answer {
    let reason = "\(Self.written(name)) is left to the vendor's own library"
    let evidence = weakened(record?.evidence ?? doors.door.listEvidence)
    guard inner != nil || record != nil else {
      return Answer([
        Remark(
          OperatorUnknown.rule, .unknown, "\(reason), of which nothing is known",
          evidence: evidence)
      ])
    }
    var answer = Answer(
      [Remark(NativeKernel.rule, .supported, reason, evidence: evidence)],
      Grounds(evidence, kernel: .native))
    if let inner { answer += self.answer(inner, subject, device) }
    return answer
  }

  private func answer(
    _ planned: PlannedRecord, _ subject: NodeSubject, _ device: Device?
  ) -> Answer {
    Answer(remarks(planned, subject, device), planned.grounds)
  }

  private func remarks(
    _ planned: PlannedRecord, _ subject: NodeSubject, _ device: Device?
  ) -> [Remark] {
    let record = planned.record
    let name = Self.written(record.name, domain: record.domain)
    switch record.status {
    case .unsupported:
      return [
        Remark(
          OperatorNotTaken.rule, .unsupported,
          record.reason.map { "\(name): \($0)" } ?? "\(name) is listed as not supported",
          help: record.help, evidence: weakened(record.evidence))
      ]
    case .unknown:
      return [
        Remark(
          OperatorUnknown.rule, .unknown, record.reason ?? "nothing is known of \(name)",
          help: record.help, evidence: weakened(record.evidence))
      ]
    case .supported, .knownBad: break
    }
    var found: [Remark]
    switch subject.outcome(of: planned) {
    case .fits(let remarks): found = remarks
    case .otherTypes(let mismatch):
      found = [TypeNotTaken.remark(subject, mismatch, record, verdict(of: doors.door.onMissing))]
    }
    if let device, let product = device.product, record.statement(for: product) == .no {
      found.append(
        Remark(
          ProductNotStated.rule, .unknown,
          "no public document says that \(name) runs on \(device.name)",
          evidence: record.evidence))
    }
    return found.map { named($0, name) }
  }

  /// The remark with the name of PyTorch's operator, which the node does not show.
  private func named(_ remark: Remark, _ name: String) -> Remark {
    // What holds for the whole door is told once, however many operators a node needs.
    if remark.isOfWholeDoor {
      return Remark(
        remark.rule, remark.verdict, remark.reason, help: remark.help,
        elementTypes: remark.elementTypes, evidence: weakened(doors.door.listEvidence))
    }
    return Remark(
      remark.rule, remark.verdict, "\(name): \(remark.reason)", help: remark.help,
      elementTypes: remark.elementTypes, evidence: weakened(remark.evidence))
  }

  /// What becomes of a node whose operator the door lacks.
  private func verdict(of policy: FrontDoor.Missing) -> Verdict {
    switch policy {
    case .fails: .unsupported
    case .runsOnCPU: .fallback
    case .runsNatively: .unknown
    }
  }

  /// Citations that are trusted no more than the mapping of the operator.
  private func weakened(_ evidence: [Evidence]) -> [Evidence] {
    guard let limit = weakest, evidence.contains(where: { $0.confidence > limit }) else {
      return evidence
    }
    return evidence.map { citation in
      citation.confidence <= limit
        ? citation
        : Evidence(
          source: citation.source, path: citation.path, line: citation.line, confidence: limit)
    }
  }

  private static func written(_ name: String, domain: String = "aten") -> String {
    // Names of operators hold no colon but these two.
    name.utf8.contains(UInt8(ascii: ":")) ? name : "\(domain)::\(name)"
  }
}
