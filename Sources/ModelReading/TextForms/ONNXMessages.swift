/// The ONNX messages as data (onnx.in.proto, IR version 14): graphs and what they are made of.
enum ONNXMessages {
  static let model = ProtoSchema(
    name: "ModelProto",
    fields: [
      .one(1, "ir_version", .int64),
      .one(2, "producer_name", .string),
      .one(3, "producer_version", .string),
      .one(4, "domain", .string),
      .one(5, "model_version", .int64),
      .one(6, "doc_string", .string),
      .one(7, "graph", .message(.graph)),
      .list(8, "opset_import", .message(.operatorSet)),
      .list(14, "metadata_props", .message(.stringPair)),
      .list(20, "training_info", .message(.trainingInfo)),
      .list(25, "functions", .message(.function)),
      .list(26, "configuration", .message(.deviceConfiguration)),
    ])

  static let operatorSet = ProtoSchema(
    name: "OperatorSetIdProto",
    fields: [
      .one(1, "domain", .string),
      .one(2, "version", .int64),
    ])

  static let stringPair = ProtoSchema(
    name: "StringStringEntryProto",
    fields: [
      .one(1, "key", .string),
      .one(2, "value", .string),
    ])

  static let graph = ProtoSchema(
    name: "GraphProto", isPositioned: true,
    fields: [
      .list(1, "node", .message(.node)),
      .one(2, "name", .string),
      .list(5, "initializer", .message(.tensor)),
      .one(10, "doc_string", .string),
      .list(11, "input", .message(.valueInfo)),
      .list(12, "output", .message(.valueInfo)),
      .list(13, "value_info", .message(.valueInfo)),
      .list(14, "quantization_annotation", .message(.tensorAnnotation)),
      .list(15, "sparse_initializer", .message(.sparseTensor)),
      .list(16, "metadata_props", .message(.stringPair)),
    ])

  static let node = ProtoSchema(
    name: "NodeProto", isPositioned: true,
    fields: [
      .list(1, "input", .string),
      .list(2, "output", .string),
      .one(3, "name", .string),
      .one(4, "op_type", .string),
      .list(5, "attribute", .message(.attribute)),
      .one(6, "doc_string", .string),
      .one(7, "domain", .string),
      .one(8, "overload", .string),
      .list(9, "metadata_props", .message(.stringPair)),
      .list(10, "device_configurations", .message(.nodeDeviceConfiguration)),
    ])

  static let attribute = ProtoSchema(
    name: "AttributeProto",
    fields: [
      .one(1, "name", .string),
      float,
      .one(3, "i", .int64),
      .one(4, "s", .bytes),
      .one(5, "t", .message(.tensor)),
      .one(6, "g", .message(.graph)),
      floats,
      ints,
      strings,
      .list(10, "tensors", .message(.tensor)),
      .list(11, "graphs", .message(.graph)),
      .one(13, "doc_string", .string),
      .one(14, "tp", .message(.type)),
      .list(15, "type_protos", .message(.type)),
      .one(20, "type", .enumeration(.attributeType)),
      .one(21, "ref_attr_name", .string),
      .one(22, "sparse_tensor", .message(.sparseTensor)),
      .list(23, "sparse_tensors", .message(.sparseTensor)),
    ])

  static let function = ProtoSchema(
    name: "FunctionProto", isPositioned: true,
    fields: [
      .one(1, "name", .string),
      .list(4, "input", .string),
      .list(5, "output", .string),
      .list(6, "attribute", .string),
      .list(7, "node", .message(.node)),
      .one(8, "doc_string", .string),
      .list(9, "opset_import", .message(.operatorSet)),
      .one(10, "domain", .string),
      .list(11, "attribute_proto", .message(.attribute)),
      .list(12, "value_info", .message(.valueInfo)),
      .one(13, "overload", .string),
      .list(14, "metadata_props", .message(.stringPair)),
    ])

  static let tensor = ProtoSchema(
    name: "TensorProto", isPositioned: true,
    fields: [
      .list(1, "dims", .int64),
      .one(2, "data_type", .int32),
      .one(3, "segment", .message(.segment)),
      floatData,
      int32Data,
      stringData,
      int64Data,
      .one(8, "name", .string),
      .one(9, "raw_data", .bytes, .bytes),
      doubleData,
      uint64Data,
      .one(12, "doc_string", .string),
      .list(13, "external_data", .message(.stringPair)),
      .one(14, "data_location", .enumeration(.dataLocation)),
      .list(16, "metadata_props", .message(.stringPair)),
    ])

  static let segment = ProtoSchema(
    name: "TensorProto.Segment",
    fields: [
      .one(1, "begin", .int64),
      .one(2, "end", .int64),
    ])

  static let sparseTensor = ProtoSchema(
    name: "SparseTensorProto",
    fields: [
      .one(1, "values", .message(.tensor)),
      .one(2, "indices", .message(.tensor)),
      .list(3, "dims", .int64),
    ])

  static let tensorAnnotation = ProtoSchema(
    name: "TensorAnnotation",
    fields: [
      .one(1, "tensor_name", .string),
      .list(2, "quant_parameter_tensor_names", .message(.stringPair)),
    ])

  static let float = ProtoField.one(2, "f", .float)

  // Fields whose content may grow too long to keep.
  static let floats = ProtoField.list(7, "floats", .float, .list(type: 6))
  static let ints = ProtoField.list(8, "ints", .int64, .list(type: 7))
  static let strings = ProtoField.list(9, "strings", .bytes, .list(type: 8))
  static let floatData = ProtoField.packed(4, "float_data", .float, .elements(width: 4))
  static let int32Data = ProtoField.packed(5, "int32_data", .int32, .elements(width: 4))
  static let stringData = ProtoField.list(6, "string_data", .bytes, .bytes)
  static let int64Data = ProtoField.packed(7, "int64_data", .int64, .elements(width: 8))
  static let doubleData = ProtoField.packed(10, "double_data", .double, .elements(width: 8))
  static let uint64Data = ProtoField.packed(11, "uint64_data", .uint64, .elements(width: 8))
}
