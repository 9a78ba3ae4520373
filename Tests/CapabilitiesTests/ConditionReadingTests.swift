import ModelGraph
import Testing

@testable import Capabilities

@Suite struct ConditionReadingTests {
  private func condition(_ text: String) throws -> Condition? {
    let door = try frontDoor(
      #"{"domain":"ai.onnx","op":"A","limits":[{"check":\#(text),"reason":"r"}],"#
        + #""evidence":[{"source":0,"confidence":"high"}]}"#)
    return door.records.first?.limits.first?.check
  }

  @Test(
    arguments: [
      (#"{"attribute":"a","equals":-1}"#, .attribute("a", .equals(.int(-1)))),
      (#"{"equals":0.5,"attribute":"a"}"#, .attribute("a", .equals(.float(0.5)))),
      (#"{"attribute":"a","equals":[1,2]}"#, .attribute("a", .equals(.ints([1, 2])))),
      (
        #"{"attribute":"a","in":["x","y"]}"#,
        .attribute("a", .isOneOf([.string("x"), .string("y")]))
      ),
      (#"{"attribute":"a","absent":true}"#, .attribute("a", .isPresent(false))),
      (#"{"attribute":"a","present":true}"#, .attribute("a", .isPresent(true))),
      (#"{"attribute":"a","range":[null,8]}"#, .attribute("a", .range(NumberRange(nil, 8)))),
      (#"{"attribute":"a","odd":true}"#, .attribute("a", .isOdd)),
      (#"{"attribute":"a","lengths":[1,2]}"#, .attribute("a", .lengths([1, 2]))),
      (#"{"attribute":"a","symmetricPads":true}"#, .attribute("a", .symmetricPads)),
      (
        #"{"attribute":"a","elements":{"range":[1,255]}}"#,
        .attribute("a", .elements(.range(NumberRange(1, 255))))
      ),
      (#"{"input":"all","rank":[2,null]}"#, .input(.all, .rank(IntegerRange(2, nil)))),
      (#"{"input":"W","constant":true}"#, .input(.named("W"), .isConstant(true))),
      (#"{"input":1,"present":false}"#, .input(.index(1), .isPresent(false))),
      (#"{"input":0,"ranks":[4]}"#, .input(.index(0), .ranks([4]))),
      (#"{"input":0,"static":true}"#, .input(.index(0), .isStatic(true))),
      (#"{"input":0,"dtypes":["int8"]}"#, .input(.index(0), .elementTypes(.init(.int8)))),
      (#"{"input":1,"sameDtypeAs":0}"#, .input(.index(1), .sameElementType(asInput: 0))),
      (
        #"{"input":1,"values":{"in":[1]}}"#, .input(.index(1), .values(.isOneOf([.int(1)])))
      ),
      (#"{"input":0,"elementCount":[0,8]}"#, .input(.index(0), .elementCount(IntegerRange(0, 8)))),
      (
        #"{"input":0,"dim":{"axis":-1,"range":[1,4096],"multipleOf":16}}"#,
        .input(.index(0), .dimension(axis: -1, range: IntegerRange(1, 4096), multipleOf: 16))
      ),
      (#"{"output":1,"used":false}"#, .output(.index(1), .isUsed(false))),
      (#"{"inputCount":[5,5]}"#, .inputCount(IntegerRange(5, 5))),
      (#"{"outputCount":[1,1]}"#, .outputCount(IntegerRange(1, 1))),
      (#"{"opset":[13,null]}"#, .opset(IntegerRange(13, nil))),
      (#"{"sinceVersion":[null,12]}"#, .sinceVersion(IntegerRange(nil, 12))),
      (#"{"scope":"subgraph"}"#, .inSubgraph(true)),
      (#"{"scope":"main"}"#, .inSubgraph(false)),
      (
        #"{"not":{"any":[{"undecidable":"u"},{"all":[{"scope":"main"}]}]}}"#,
        .not(.any([.undecidable("u"), .all([.inSubgraph(false)])]))
      ),
    ] as [(String, Condition)])
  func reads(text: String, expected: Condition) throws {
    #expect(try condition(text) == expected)
  }

  @Test(arguments: [
    "{}", #"{"attribute":"a"}"#, #"{"equals":1}"#, #"{"attribute":"a","equals":1,"odd":true}"#,
    #"{"attribute":"a","input":0,"present":true}"#, #"{"attribute":"a","constant":true}"#,
    #"{"input":0,"used":true}"#, #"{"input":-1,"present":true}"#, #"{"all":[]}"#,
    #"{"attribute":"a","odd":false}"#, #"{"attribute":"a","in":[]}"#,
    #"{"attribute":"a","equals":[1,"x"]}"#, #"{"attribute":"a","equals":99999999999999999999}"#,
    #"{"input":0,"dim":{"axis":0}}"#, #"{"input":0,"dim":{"axis":0,"multipleOf":0}}"#,
    #"{"opset":[null,null]}"#, #"{"opset":[1]}"#, #"{"scope":"body"}"#,
    #"{"undecidable":"u","scope":"main"}"#, #"{"attribute":"a","elements":{}}"#,
  ])
  func refuses(text: String) {
    #expect(throws: ManifestFailure.self) { try condition(text) }
  }
}
