import Bytes

/// The messages that a model is made of.
enum ProtoMessage: UInt8, Sendable, CaseIterable {
  case model
  case operatorSet
  case stringPair
  case graph
  case node
  case attribute
  case valueInfo
  case type
  case tensorType
  case sequenceType
  case mapType
  case optionalType
  case sparseTensorType
  case opaqueType
  case shape
  case dimension
  case tensor
  case segment
  case sparseTensor
  case tensorAnnotation
  case function
  case trainingInfo
  case deviceConfiguration
  case nodeDeviceConfiguration
  case shardingSpec
  case intIntListEntry
  case shardedDim
  case simpleShardedDim
}

/// The enumerations of the schema that are closed: other numbers are no values of theirs.
enum ProtoEnumeration: Sendable {
  case attributeType
  case dataLocation

  /// Names of the values; a position is the value's number.
  var names: [StaticString] {
    switch self {
    case .attributeType:
      [
        "UNDEFINED", "FLOAT", "INT", "STRING", "TENSOR", "GRAPH", "FLOATS", "INTS", "STRINGS",
        "TENSORS", "GRAPHS", "SPARSE_TENSOR", "SPARSE_TENSORS", "TYPE_PROTO", "TYPE_PROTOS",
      ]
    case .dataLocation: ["DEFAULT", "EXTERNAL"]
    }
  }

  /// The number of the value that `source` names at `range`.
  func number(named range: ByteRange, in source: Span<UInt8>) -> UInt64? {
    names.firstIndex { $0.equals(range, of: source) }.map { UInt64($0) }
  }

  /// Whether a value has this number.
  func contains(_ number: WholeNumber) -> Bool {
    !number.isNegative && number.magnitude < UInt64(names.count)
  }
}

/// What a field holds.
enum ProtoKind: Sendable, Equatable {
  case int32
  case int64
  case uint64
  case float
  case double
  case string
  case bytes
  case enumeration(ProtoEnumeration)
  case message(ProtoMessage)
}

/// How the content of a field counts towards what is too long to be kept.
enum ProtoPayload: Sendable, Equatable {
  /// Always kept.
  case none
  /// Bytes of a tensor as they are: `raw_data` and the texts of `string_data`.
  case bytes
  /// Numbers of a tensor, each of this many bytes.
  case elements(width: Int)
  /// Elements of a list that an attribute of the type with this number holds.
  case list(type: UInt64)
}

/// A field of a message.
struct ProtoField: Sendable {
  let number: UInt32
  let name: StaticString
  let kind: ProtoKind
  var isRepeated = false
  /// Whether writers put the elements one after the other in one record.
  var isPacked = false
  /// Whether at most one of the message's fields so marked may be given.
  var isChoice = false
  var payload = ProtoPayload.none
}

extension ProtoField {
  /// A field that is given once or not at all.
  static func one(
    _ number: UInt32, _ name: StaticString, _ kind: ProtoKind, _ payload: ProtoPayload = .none
  ) -> ProtoField {
    ProtoField(number: number, name: name, kind: kind, payload: payload)
  }

  /// A field of which the message holds at most one.
  static func choice(_ number: UInt32, _ name: StaticString, _ kind: ProtoKind) -> ProtoField {
    ProtoField(number: number, name: name, kind: kind, isChoice: true)
  }

  /// A repeated field.
  static func list(
    _ number: UInt32, _ name: StaticString, _ kind: ProtoKind, _ payload: ProtoPayload = .none
  ) -> ProtoField {
    ProtoField(number: number, name: name, kind: kind, isRepeated: true, payload: payload)
  }

  /// A repeated field whose elements stand in one record.
  static func packed(
    _ number: UInt32, _ name: StaticString, _ kind: ProtoKind, _ payload: ProtoPayload = .none
  ) -> ProtoField {
    ProtoField(
      number: number, name: name, kind: kind, isRepeated: true, isPacked: true, payload: payload)
  }
}

/// A message: its name and its fields by ascending number.
struct ProtoSchema: Sendable {
  let name: StaticString
  /// Whether places in a text are noted for each message of this kind.
  var isPositioned = false
  let fields: [ProtoField]

  /// The schema of a message.
  static func of(_ message: ProtoMessage) -> ProtoSchema { all[Int(message.rawValue)] }

  private static let all = ProtoMessage.allCases.map(\.declaredSchema)

  /// How a field's name in a text spells the name in the schema.
  enum Spelling: Sendable { case snakeCase, camelCase }

  /// The position of the field that `source` names at `range`.
  func field(
    named range: ByteRange, in source: Span<UInt8>
  ) -> (index: Int, spelling: Spelling)? {
    for index in fields.indices where fields[index].name.equals(range, of: source) {
      return (index, .snakeCase)
    }
    for index in fields.indices where fields[index].name.isCamelCased(range, of: source) {
      return (index, .camelCase)
    }
    return nil
  }

  /// The field with a number.
  func field(_ number: UInt32) -> ProtoField? {
    fields.first { $0.number == number }
  }

  /// The name of another choice than the one at `index` among the fields given, one bit a field.
  func otherChoice(than index: Int, in given: UInt32) -> StaticString? {
    fields.indices.first { $0 != index && fields[$0].isChoice && given >> UInt32($0) & 1 == 1 }
      .map { fields[$0].name }
  }
}

extension ProtoMessage {
  /// The table that declares this message.
  fileprivate var declaredSchema: ProtoSchema {
    switch self {
    case .model: ONNXMessages.model
    case .operatorSet: ONNXMessages.operatorSet
    case .stringPair: ONNXMessages.stringPair
    case .graph: ONNXMessages.graph
    case .node: ONNXMessages.node
    case .attribute: ONNXMessages.attribute
    case .valueInfo: ONNXMessages.valueInfo
    case .type: ONNXMessages.type
    case .tensorType: ONNXMessages.tensorType
    case .sequenceType: ONNXMessages.sequenceType
    case .mapType: ONNXMessages.mapType
    case .optionalType: ONNXMessages.optionalType
    case .sparseTensorType: ONNXMessages.sparseTensorType
    case .opaqueType: ONNXMessages.opaqueType
    case .shape: ONNXMessages.shape
    case .dimension: ONNXMessages.dimension
    case .tensor: ONNXMessages.tensor
    case .segment: ONNXMessages.segment
    case .sparseTensor: ONNXMessages.sparseTensor
    case .tensorAnnotation: ONNXMessages.tensorAnnotation
    case .function: ONNXMessages.function
    case .trainingInfo: ONNXMessages.trainingInfo
    case .deviceConfiguration: ONNXMessages.deviceConfiguration
    case .nodeDeviceConfiguration: ONNXMessages.nodeDeviceConfiguration
    case .shardingSpec: ONNXMessages.shardingSpec
    case .intIntListEntry: ONNXMessages.intIntListEntry
    case .shardedDim: ONNXMessages.shardedDim
    case .simpleShardedDim: ONNXMessages.simpleShardedDim
    }
  }
}

extension StaticString {
  /// Whether the bytes at `range` are this text.
  func equals(_ range: ByteRange, of source: Span<UInt8>) -> Bool {
    guard range.count == utf8CodeUnitCount else { return false }
    for index in 0..<range.count
    where unsafe source[range.start + index] != utf8Start[index] {
      return false
    }
    return true
  }

  /// Whether the bytes at `range` are this snake_case text in lowerCamelCase.
  func isCamelCased(_ range: ByteRange, of source: Span<UInt8>) -> Bool {
    var at = range.start
    var isAfterUnderscore = false
    for index in 0..<utf8CodeUnitCount {
      let byte = unsafe utf8Start[index]
      if byte == UInt8(ascii: "_") {
        isAfterUnderscore = true
        continue
      }
      guard at < range.end, source[at] == (isAfterUnderscore ? byte & ~0x20 : byte) else {
        return false
      }
      isAfterUnderscore = false
      at += 1
    }
    return at == range.end
  }
}
