/// Training and the distribution over devices.
extension ONNXMessages {
  static let trainingInfo = ProtoSchema(
    name: "TrainingInfoProto",
    fields: [
      .one(1, "initialization", .message(.graph)),
      .one(2, "algorithm", .message(.graph)),
      .list(3, "initialization_binding", .message(.stringPair)),
      .list(4, "update_binding", .message(.stringPair)),
    ])

  static let deviceConfiguration = ProtoSchema(
    name: "DeviceConfigurationProto",
    fields: [
      .one(1, "name", .string),
      .one(2, "num_devices", .int32),
      .list(3, "device", .string),
    ])

  static let nodeDeviceConfiguration = ProtoSchema(
    name: "NodeDeviceConfigurationProto",
    fields: [
      .one(1, "configuration_id", .string),
      .list(2, "sharding_spec", .message(.shardingSpec)),
      .one(3, "pipeline_stage", .int32),
    ])

  static let shardingSpec = ProtoSchema(
    name: "ShardingSpecProto",
    fields: [
      .one(1, "tensor_name", .string),
      .list(2, "device", .int64),
      .list(3, "index_to_device_group_map", .message(.intIntListEntry)),
      .list(4, "sharded_dim", .message(.shardedDim)),
    ])

  static let intIntListEntry = ProtoSchema(
    name: "IntIntListEntryProto",
    fields: [
      .one(1, "key", .int64),
      .list(2, "value", .int64),
    ])

  static let shardedDim = ProtoSchema(
    name: "ShardedDimProto",
    fields: [
      .one(1, "axis", .int64),
      .list(2, "simple_sharding", .message(.simpleShardedDim)),
    ])

  static let simpleShardedDim = ProtoSchema(
    name: "SimpleShardedDimProto",
    fields: [
      .choice(1, "dim_value", .int64),
      .choice(2, "dim_param", .string),
      .one(3, "num_shards", .int64),
    ])
}
