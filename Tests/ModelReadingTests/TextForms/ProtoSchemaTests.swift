import Bytes
import Testing

@testable import ModelReading

@Suite struct ProtoSchemaTests {
  private func number(_ message: ProtoMessage, _ name: String) -> UInt32? {
    let bytes = Array(name.utf8)
    return ProtoSchema.of(message).field(named: ByteRange(0, bytes.count), in: bytes.span)
      .map { ProtoSchema.of(message).fields[$0.index].number }
  }

  @Test func everyMessageHasItsOwnTable() {
    let names = ProtoMessage.allCases.map { "\(ProtoSchema.of($0).name)" }
    #expect(Set(names).count == 28)
    #expect(ProtoMessage.allCases.map { ProtoSchema.of($0).fields.count }.reduce(0, +) == 134)
  }

  @Test(arguments: ProtoMessage.allCases)
  func fieldsStandByAscendingNumberAndFitTheBitsOfAWord(_ message: ProtoMessage) {
    let numbers = ProtoSchema.of(message).fields.map(\.number)
    #expect(numbers == Set(numbers).sorted())
    #expect(numbers.count <= 32)
  }

  @Test(arguments: [
    (ProtoMessage.model, "functions", Field.Model.functions),
    (.graph, "sparse_initializer", Field.Graph.sparseInitializer),
    (.node, "overload", Field.Node.overload),
    (.attribute, "type_protos", Field.Attribute.typeProtos),
    (.tensor, "data_location", Field.Tensor.dataLocation),
    (.function, "attribute_proto", Field.Function.attributeDefault),
    (.function, "doc_string", Field.Function.documentation),
    (.type, "optional_type", Field.TypeChoice.optional),
    (.dimension, "dim_param", Field.Dimension.parameter),
    (.mapType, "value_type", Field.MapType.value), (.opaqueType, "name", Field.OpaqueType.name),
  ])
  func tableAgreesWithTheReadersNumbers(_ message: ProtoMessage, _ name: String, _ field: UInt32) {
    #expect(number(message, name) == field)
  }

  @Test func namesAreFoundInBothSpellings() {
    #expect(number(.node, "op_type") == 4)
    #expect(number(.node, "opType") == 4)
    #expect(number(.shardingSpec, "indexToDeviceGroupMap") == 3)
    #expect(number(.node, "Op_type") == nil)
    #expect(number(.node, "op_Type") == nil)
    #expect(number(.node, "optype") == nil)
  }
}
