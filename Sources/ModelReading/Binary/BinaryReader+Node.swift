import Bytes
import ModelGraph

extension BinaryReader {
  mutating func readNode(
    _ record: ByteRange, _ scope: PendingScope, _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    scratch.inputs.removeAll(keepingCapacity: true)
    scratch.outputs.removeAll(keepingCapacity: true)
    scratch.attributeRecords.removeAll(keepingCapacity: true)
    var name = TextReference.none
    let nowhere = ByteRange(record.start, record.start)
    var (operatorType, domain, overload) = (nowhere, nowhere, nowhere)
    var rest = record
    while let (field, content) = try bytes.nextDelimited(&rest) {
      switch field {
      case Field.Node.input: scratch.inputs.append(content)
      case Field.Node.output: scratch.outputs.append(content)
      case Field.Node.name:
        name = content.isEmpty ? .none : try keep(content)
      case Field.Node.operatorType: operatorType = content
      case Field.Node.domain: domain = content
      case Field.Node.overload: overload = content
      case Field.Node.attribute: scratch.attributeRecords.append(content)
      default: break
      }
    }
    let operands = Run(
      start: graph.operands.count + operandNames.count,
      count: scratch.inputs.count + scratch.outputs.count)
    let inputCount = scratch.inputs.count
    operandNames.append(scratch.inputs)
    operandNames.append(scratch.outputs)
    guard graph.operands.count + operandNames.count <= Int(Int32.max) else {
      throw WireFailure("more than 2³¹ inputs and outputs", at: record.start)
    }
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
    let key = operatorNames.intern(name, in: bytes)
    if key == operatorsByName.count { operatorsByName.append([]) }
    for candidate in operatorsByName[key] {
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
    if operatorsByName[key].count < Self.namesakes {
      operatorsByName[key].append(added)
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
