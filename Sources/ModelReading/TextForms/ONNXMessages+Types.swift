/// Values and their types.
extension ONNXMessages {
  static let valueInfo = ProtoSchema(
    name: "ValueInfoProto", isPositioned: true,
    fields: [
      .one(1, "name", .string),
      .one(2, "type", .message(.type)),
      .one(3, "doc_string", .string),
      .list(4, "metadata_props", .message(.stringPair)),
    ])

  static let type = ProtoSchema(
    name: "TypeProto",
    fields: [
      .choice(1, "tensor_type", .message(.tensorType)),
      .choice(4, "sequence_type", .message(.sequenceType)),
      .choice(5, "map_type", .message(.mapType)),
      .one(6, "denotation", .string),
      .choice(7, "opaque_type", .message(.opaqueType)),
      .choice(8, "sparse_tensor_type", .message(.sparseTensorType)),
      .choice(9, "optional_type", .message(.optionalType)),
    ])

  static let tensorType = ProtoSchema(
    name: "TypeProto.Tensor",
    fields: [
      .one(1, "elem_type", .int32),
      .one(2, "shape", .message(.shape)),
    ])

  static let sequenceType = ProtoSchema(
    name: "TypeProto.Sequence",
    fields: [
      .one(1, "elem_type", .message(.type))
    ])

  static let mapType = ProtoSchema(
    name: "TypeProto.Map",
    fields: [
      .one(1, "key_type", .int32),
      .one(2, "value_type", .message(.type)),
    ])

  static let optionalType = ProtoSchema(
    name: "TypeProto.Optional",
    fields: [
      .one(1, "elem_type", .message(.type))
    ])

  static let sparseTensorType = ProtoSchema(
    name: "TypeProto.SparseTensor",
    fields: [
      .one(1, "elem_type", .int32),
      .one(2, "shape", .message(.shape)),
    ])

  static let opaqueType = ProtoSchema(
    name: "TypeProto.Opaque",
    fields: [
      .one(1, "domain", .string),
      .one(2, "name", .string),
    ])

  static let shape = ProtoSchema(
    name: "TensorShapeProto",
    fields: [
      .list(1, "dim", .message(.dimension))
    ])

  static let dimension = ProtoSchema(
    name: "TensorShapeProto.Dimension",
    fields: [
      .choice(1, "dim_value", .int64),
      .choice(2, "dim_param", .string),
      .one(3, "denotation", .string),
    ])
}
