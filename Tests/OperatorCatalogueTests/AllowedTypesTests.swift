import ModelGraph
import OperatorCatalogue
import Testing

struct AllowedTypesTests {
  private static let float32 = ValueType.tensor(TensorType(.float32, shape: [.fixed(2)]))
  private static let int8 = ValueType.tensor(TensorType(.int8))
  private static let undefined = ValueType.tensor(TensorType(.undefined))
  private static let floats = ElementTypeSet([.float32, .float16])

  @Test(
    "tensors are told by their element type",
    arguments: [
      (float32, true), (int8, false), (undefined, nil), (.sequence(float32), false),
      (.sequence(nil), false), (.optional(nil), false),
      (.sparseTensor(TensorType(.float32)), false), (.map(key: .int64, value: nil), false),
      (.opaque(domain: "", name: ""), false),
    ] as [(ValueType, Bool?)])
  func tensors(type: ValueType, expected: Bool?) {
    #expect(AllowedTypes(tensors: Self.floats).accepts(type) == expected)
  }

  @Test("an undefined element type is refused where no tensor is allowed")
  func undefinedTensor() {
    #expect(AllowedTypes(sequences: Self.floats).accepts(Self.undefined) == false)
  }

  @Test(
    "sequences and optionals are told by what they hold",
    arguments: [
      (.sequence(float32), true), (.sequence(int8), false), (.sequence(nil), nil),
      (.sequence(undefined), nil), (.sequence(.sequence(float32)), false),
      (.sequence(.map(key: .int64, value: float32)), false),
      (.optional(int8), true), (.optional(float32), false), (.optional(nil), nil),
      (.optional(.sequence(float32)), true), (.optional(.sequence(nil)), nil),
      (.optional(.sequence(int8)), false), (float32, false),
    ] as [(ValueType, Bool?)])
  func containers(type: ValueType, expected: Bool?) {
    let allowed = AllowedTypes(
      sequences: Self.floats, optionals: ElementTypeSet(.int8), optionalSequences: Self.floats)
    #expect(allowed.accepts(type) == expected)
  }

  @Test(
    "dictionaries are told by key and value together",
    arguments: [
      (.map(key: .int64, value: float32), true),
      (.map(key: .string, value: .tensor(TensorType(.int64))), true),
      (.map(key: .string, value: float32), false),
      (.map(key: .int64, value: nil), nil), (.map(key: .int8, value: nil), false),
      (.map(key: .undefined, value: float32), nil), (.map(key: .undefined, value: int8), false),
      (.map(key: .int64, value: .sequence(nil)), false),
      (.sequence(.map(key: .int64, value: float32)), false),
    ] as [(ValueType, Bool?)])
  func maps(type: ValueType, expected: Bool?) {
    let allowed = AllowedTypes(maps: [
      AllowedTypes.MapType(key: .int64, value: .float32),
      AllowedTypes.MapType(key: .string, value: .int64),
    ])
    #expect(allowed.accepts(type) == expected)
  }

  @Test("sparse tensors and sequences of dictionaries have lists of their own")
  func others() {
    let allowed = AllowedTypes(
      sparseTensors: Self.floats,
      sequencesOfMaps: [AllowedTypes.MapType(key: .int64, value: .float32)])
    #expect(allowed.accepts(.sparseTensor(TensorType(.float16))) == true)
    #expect(allowed.accepts(.sequence(.map(key: .int64, value: Self.float32))) == true)
    #expect(allowed.accepts(.sequence(nil)) == nil)
    #expect(allowed.accepts(.map(key: .int64, value: Self.float32)) == false)
  }
}
