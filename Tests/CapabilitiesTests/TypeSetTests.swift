import ModelGraph
import Testing

@testable import Capabilities

@Suite struct TypeSetTests {
  private func types(_ names: [String]) -> TypeSet {
    var types = TypeSet()
    for name in names {
      let isType = types.insert(name: name)
      #expect(isType, "\(name)")
    }
    return types
  }

  @Test func writesWhatItReads() {
    let names = [
      "float32", "seq(int64)", "optional(bool)", "optional(seq(string))", "sparse(float64)",
      "map(int64,float32)", "seq(map(string,float32))",
    ]
    #expect(types(names).names == names)
  }

  @Test(arguments: ["", "float33", "undefined", "seq()", "seq(seq(int8))", "map(int64)", "(int8)"])
  func refuses(name: String) {
    var types = TypeSet()
    let isType = types.insert(name: name)
    #expect(!isType)
    #expect(types.isEmpty)
  }

  @Test(
    arguments: [
      (.tensor(TensorType(.float32)), true),
      (.tensor(TensorType(.float64)), false),
      (.tensor(TensorType(.undefined)), nil),
      (.sequence(.tensor(TensorType(.int64))), true),
      (.sequence(nil), nil),
      (.sequence(.tensor(TensorType(.int8))), false),
      (.optional(.tensor(TensorType(.int64))), false),
      (.map(key: .int64, value: .tensor(TensorType(.float32))), true),
      (.map(key: .string, value: .tensor(TensorType(.float32))), false),
      (.sequence(.map(key: .int64, value: .tensor(TensorType(.float32)))), false),
    ] as [(ValueType, Bool?)])
  func accepts(type: ValueType, expected: Bool?) {
    #expect(types(["float32", "seq(int64)", "map(int64,float32)"]).accepts(type) == expected)
  }

  @Test func aDictionaryOfUnknownTypesIsNotRefused() {
    let unknown = ValueType.map(key: .undefined, value: nil)
    #expect(types(["map(int64,float32)"]).accepts(unknown) == nil)
    #expect(types(["map(int64,float32)"]).accepts(.map(key: .int64, value: nil)) == nil)
    #expect(types(["float32"]).accepts(unknown) == false)
  }
}
