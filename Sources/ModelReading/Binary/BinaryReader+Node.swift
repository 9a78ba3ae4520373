import Bytes
import ModelGraph

extension BinaryReader {
  mutating func readNode(
    _ record: ByteRange, _ scope: PendingScope, _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    scratch.inputs.removeAll(keepingCapacity: true)
    scratch.outputs.removeAll(keepingCapacity: true)
    scratch.attributeRecords.removeAll(keepingCapacity: true)
    var name = NameReference.none
    let nowhere = ByteRange(record.start, record.start)
    var (operatorType, domain, overload) = (nowhere, nowhere, nowhere)
    var rest = record
    while let (field, content) = try bytes.nextDelimited(&rest) {
      switch field {
      case Field.Node.input:
        // Until the scope is resolved, operands refer to names instead of values.
        scratch.inputs.append(ValueReference(Int(try intern(content, bytes).position)))
      case Field.Node.output:
        scratch.outputs.append(ValueReference(Int(try intern(content, bytes).position)))
      case Field.Node.name:
        name = content.isEmpty ? .none : try keep(content)
      case Field.Node.operatorType: operatorType = content
      case Field.Node.domain: domain = content
      case Field.Node.overload: overload = content
      case Field.Node.attribute: scratch.attributeRecords.append(content)
      default: break
      }
    }
    guard graph.operands.count < Int(Int32.max) - scratch.inputs.count - scratch.outputs.count
    else { throw WireFailure("more than 2³¹ inputs and outputs", at: record.start) }
    let operands = Run(
      start: graph.operands.count, count: scratch.inputs.count + scratch.outputs.count)
    let inputCount = scratch.inputs.count
    graph.operands.append(contentsOf: scratch.inputs)
    graph.operands.append(contentsOf: scratch.outputs)
    let attributes =
      scratch.attributeRecords.isEmpty
      ? Run.empty
      : try readAttributes(
        scratch.attributeRecords, of: NodeReference(graph.nodes.count), in: scope.scope,
        depth: scope.depth, bytes)
    graph.nodes.append(
      Node(
        operation: try operation(operatorType, domain, overload, bytes), name: name,
        scope: scope.scope, operands: operands, inputCount: inputCount, attributes: attributes,
        position: .byte(record.start)))
  }

  /// The entry of an operator identity, added if it is new.
  private mutating func operation(
    _ name: ByteRange, _ domain: ByteRange, _ overload: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> OperatorReference {
    try checkRoom(for: name, in: operatorNames)
    let key = operatorNames.intern(name, in: bytes)
    if key.index == operatorsByName.count { operatorsByName.append([]) }
    for candidate in operatorsByName[key.index] {
      let identity = graph.operators[candidate.index]
      if isSame(identity.domain, domain, bytes), isSame(identity.overload, overload, bytes) {
        return candidate
      }
    }
    let identity = OperatorIdentity(
      domain: bytes.text(domain), name: bytes.text(name), overload: bytes.text(overload))
    // Text that had to be repaired does not equal its bytes, but may be there.
    if let known = operatorsByIdentity[identity] { return known }
    let added = OperatorReference(graph.operators.count)
    graph.operators.append(identity)
    operatorsByIdentity[identity] = added
    if operatorsByName[key.index].count < Self.namesakes {
      operatorsByName[key.index].append(added)
    }
    return added
  }

  private func isSame(_ text: String, _ range: ByteRange, _ bytes: Span<UInt8>) -> Bool {
    if range.isEmpty { return text.isEmpty || text == "ai.onnx" }
    guard text.utf8.count == range.count else { return false }
    var index = range.start
    for byte in text.utf8 {
      if bytes[index] != byte { return false }
      index += 1
    }
    return true
  }
}
