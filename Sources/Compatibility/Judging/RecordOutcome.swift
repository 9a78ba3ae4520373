import Capabilities
import ModelGraph
import OperatorCatalogue

/// What one record says of one node.
enum RecordOutcome {
  /// The record speaks of other types.
  case otherTypes(TypeMismatch)
  /// The record fits; the remarks say under what reserve.
  case fits([Remark])
}

extension NodeSubject {
  /// Compares the node with a record whose versions fit.
  func outcome(of planned: PlannedRecord) -> RecordOutcome {
    switch planned.record.status {
    case .unsupported, .unknown: return .fits([])
    case .supported, .knownBad: break
    }
    var remarks: [Remark] = []
    for check in planned.typeChecks {
      switch evaluate(check) {
      case .taken: continue
      case .notTaken(let mismatch): return .otherTypes(mismatch)
      case .open(let place):
        remarks.append(LimitUndecided.remark(unknownTypeOf: place, planned.record))
      }
    }
    if planned.record.status == .knownBad {
      remarks.append(KnownBad.remark(operation, planned.record))
    }
    for limit in planned.record.limits {
      if let remark = remark(on: limit, planned) { remarks.append(remark) }
    }
    for ignored in planned.record.ignores where isInUse(ignored) {
      switch ignored.when.map(evaluate) ?? .holds {
      case .fails: continue
      case .holds: remarks.append(AttributeIgnored.remark(ignored, planned.record))
      case .open(let missing):
        let limit = Limit(
          check: .undecidable(missing), when: nil, otherwise: .conditional,
          reason: "the attribute \"\(ignored.attribute)\" is not read", help: nil)
        remarks.append(LimitUndecided.remark(limit, missing: missing, planned.record))
      }
    }
    return .fits(remarks)
  }

  private func remark(on limit: Limit, _ planned: PlannedRecord) -> Remark? {
    let applies = limit.when.map(evaluate) ?? .holds
    if applies == .fails { return nil }
    switch evaluate(limit.check) {
    case .holds: return nil
    case .open(let missing): return LimitUndecided.remark(limit, missing: missing, planned.record)
    case .fails:
      if case .open(let missing) = applies {
        return LimitUndecided.remark(limit, missing: missing, planned.record)
      }
      return LimitNotMet.remark(limit, planned.record)
    }
  }

  // MARK: Types

  private enum TypeAnswer {
    case taken
    case notTaken(TypeMismatch)
    case open(place: String)
  }

  private func evaluate(_ check: TypeCheck) -> TypeAnswer {
    var isTaken = false
    var open: String?
    for (index, value) in inputs.enumerated() where check.speaksOfInput(index) && !value.isNone {
      switch accepts(value, check) {
      case true: isTaken = true
      case false:
        return .notTaken(
          mismatch(value, check, "input", schema?.parameter(input: index)?.name, index))
      case nil: open = open ?? place("input", schema?.parameter(input: index)?.name, index)
      }
    }
    for (index, value) in outputs.enumerated() where check.speaksOfOutput(index) && !value.isNone {
      switch accepts(value, check) {
      case true: isTaken = true
      case false:
        return .notTaken(
          mismatch(value, check, "output", schema?.parameter(output: index)?.name, index))
      case nil: open = open ?? place("output", schema?.parameter(output: index)?.name, index)
      }
    }
    guard let open, !(isTaken && check.isHomogeneous) else { return .taken }
    return .open(place: open)
  }

  private func accepts(_ value: ValueReference, _ check: TypeCheck) -> Bool? {
    guard let type = type(of: value) else { return nil }
    let accepted = check.limit.types.accepts(type)
    guard accepted == false, case .tensor(let tensor) = type,
      let wide = plan.widens[tensor.elementType]
    else { return accepted }
    return check.limit.types.accepts(.tensor(TensorType(wide)))
  }

  private func place(_ kind: String, _ name: String?, _ index: Int) -> String {
    name.map { "\(kind) \"\($0)\"" } ?? "\(kind) \(index)"
  }

  private func mismatch(
    _ value: ValueReference, _ check: TypeCheck, _ kind: String, _ name: String?, _ index: Int
  ) -> TypeMismatch {
    TypeMismatch(
      limit: check.limit, place: place(kind, name, index),
      found: type(of: value)?.elementDescription ?? "unknown")
  }
}

extension ValueType {
  /// The type without shapes, such as `float32` or `sequence(int64)`.
  var elementDescription: String {
    switch self {
    case .tensor(let type): type.elementType.name
    case .sparseTensor(let type): "sparse(\(type.elementType.name))"
    case .sequence(let element): "sequence(\(element?.elementDescription ?? "?"))"
    case .optional(let element): "optional(\(element?.elementDescription ?? "?"))"
    case .map, .opaque: description
    }
  }
}
