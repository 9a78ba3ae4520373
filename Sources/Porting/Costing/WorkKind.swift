/// What sort of work a term of a ledger is, as charts stack it: in the order of the work.
public enum WorkKind: String, Sendable, CaseIterable {
  case bringUp = "bring-up"
  case conversion
  case rewrites
  case importer
  case kernels
  case accuracy
  case validation
  case performance
  case overhead
}

extension Term {
  /// The sort of work.
  ///
  /// The part of the plan decides, and within operators the family of the task, which is the letter
  /// of its identifier in `Rules/effort/tasks.json`.
  public var kind: WorkKind {
    switch (part, task.first) {
    case (.overhead, _): .overhead
    case (.bringUp, _): .bringUp
    case (_, "V"): .accuracy
    case (_, "P"), (.performance, _): .performance
    case (.conversion, _): .conversion
    case (.validation, _): .validation
    case (.operators, "G"), (.operators, "C"), (.operators, "Q"): .rewrites
    case (.operators, "I"): .importer
    case (.operators, _): .kernels
    }
  }
}

extension Costing {
  /// Expected person-hours of each sort of work that there is, in the order of the work.
  public var hoursByKind: [(kind: WorkKind, hours: Double)] {
    var hours: [WorkKind: Double] = [:]
    for term in terms { hours[term.kind, default: 0] += term.total.mean }
    return WorkKind.allCases.compactMap { kind in hours[kind].map { (kind, $0) } }
  }
}
