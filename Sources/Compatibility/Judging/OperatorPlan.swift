import Capabilities
import ModelGraph
import OperatorCatalogue

/// What a front door says of one operator of a graph, prepared once for all its nodes.
final class OperatorPlan {
  let operation: OperatorIdentity
  let opset: Int64?
  let schema: OperatorSchema?
  /// Whether the operator is a function of the model.
  let isModelFunction: Bool
  /// Types that the door casts where no kernel takes them.
  let widens: [ElementType: ElementType]
  /// All records of the operator on the door.
  let records: [OperatorRecord]
  /// Those whose versions fit.
  let matching: [PlannedRecord]
  /// What the outcome depends on beyond element types.
  let needs: Needs
  /// What the operator takes of a door that speaks PyTorch's operators.
  let aten: AtenPlan?

  init(
    _ operation: OperatorIdentity, opset: Int64?, schema: OperatorSchema?, isModelFunction: Bool,
    door: FrontDoor, aten doors: AtenDoors? = nil
  ) {
    self.operation = operation
    self.opset = opset
    self.schema = schema
    self.isModelFunction = isModelFunction
    widens = door.widens
    records = door.records(domain: operation.domain, name: operation.name)
    matching = records.filter { record in
      let sinceVersion = schema.map { Int64($0.since) }
      return record.versions.matches(
        opset: opset ?? 0, sinceVersion: sinceVersion, by: door.matching) == true
    }.map { PlannedRecord($0, schema) }
    aten = doors.map { AtenPlan(operation, schema, $0) }
    needs = aten?.needs ?? matching.reduce(into: []) { $0.formUnion(Needs(of: $1.record)) }
  }
}

/// A record with the places of a node that each of its type limits speaks of.
///
/// A class, so that going through records for a node copies none of them.
final class PlannedRecord {
  let record: OperatorRecord
  let typeChecks: [TypeCheck]
  /// What the record rests on.
  let grounds: Grounds

  init(_ record: OperatorRecord, typeChecks: [TypeCheck]) {
    self.record = record
    self.typeChecks = typeChecks
    grounds = Grounds(record.evidence, kernel: record.kernel)
  }

  convenience init(_ record: OperatorRecord, _ schema: OperatorSchema?) {
    self.init(record, typeChecks: record.types.map { TypeCheck($0, schema) })
  }
}

/// The inputs and outputs that one type limit speaks of.
struct TypeCheck {
  let limit: TypeLimit
  /// For each formal input, whether the limit speaks of it; the last one stands for a variadic tail.
  let inputs: [Bool]
  let outputs: [Bool]
  /// Whether all these values have one type, so that one of them tells it.
  let isHomogeneous: Bool

  init(_ limit: TypeLimit, _ schema: OperatorSchema?) {
    self.limit = limit
    guard let schema else {
      // Nothing is known of the operator but the order of its operands.
      inputs = [limit.typeParameter == TypeLimit.firstInput, false]
      outputs = []
      isHomogeneous = false
      return
    }
    let parameter =
      limit.typeParameter == TypeLimit.firstInput
      ? schema.inputs.first?.typeParameter ?? schema.outputs.first?.typeParameter ?? ""
      : limit.typeParameter
    inputs = schema.inputs.map { $0.typeParameter == parameter || $0.name == parameter }
    outputs = schema.outputs.map { $0.typeParameter == parameter || $0.name == parameter }
    isHomogeneous = (schema.inputs + schema.outputs).allSatisfy {
      $0.typeParameter != parameter || $0.isHomogeneous
    }
  }

  func speaksOfInput(_ index: Int) -> Bool {
    index < inputs.count ? inputs[index] : inputs.last ?? false
  }

  func speaksOfOutput(_ index: Int) -> Bool {
    index < outputs.count ? outputs[index] : outputs.last ?? false
  }
}
