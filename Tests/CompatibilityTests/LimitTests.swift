import Compatibility
import Testing

/// One limit on one model: what the record says, the model, the verdict expected.
struct LimitCase: Sendable, CustomTestStringConvertible {
  let operation: String
  let limit: String
  let model: String
  let verdict: Verdict

  init(_ operation: String, _ limit: String, _ model: String, _ verdict: Verdict) {
    self.operation = operation
    self.limit = limit
    self.model = model
    self.verdict = verdict
  }

  var testDescription: String { "\(operation): \(limit) → \(verdict)" }

  private static let conv = """
    g (float[1,4,8,8] x, float[4,2,3,3] w) => (float[1,4,6,6] y)
    { y = Conv<group=2, pads=[0,0,1,1], kernel_shape=[3,3]>(x, w) }
    """
  private static let plainConv =
    "g (float[1,4,8,8] x, float[4,4,3,3] w) => (float[1,4,6,6] y) { y = Conv(x, w) }"
  private static let reshape = """
    g (float[2,3] x, int64[1] s) => (float[6] y) <int64[1] c = {6}> { y = Reshape(x, c) }
    """
  private static let dynamicReshape =
    "g (float[2,3] x, int64[1] s) => (float[N] y) { y = Reshape(x, s) }"
  private static let symbolic =
    "g (float[N,3] x) => (float[N,3] y) { y = Relu(x) }"
  private static let unranked = "g (float[] x) => (float[] y) { y = Relu(x) }"

  static let all: [LimitCase] = [
    .init("Conv", #"{"attribute":"group","equals":1}"#, conv, .unsupported),
    .init("Conv", #"{"attribute":"group","equals":1}"#, plainConv, .supported),
    .init("Conv", #"{"attribute":"group","in":[1,2]}"#, conv, .supported),
    .init("Conv", #"{"attribute":"group","range":[null,1]}"#, conv, .unsupported),
    .init("Conv", #"{"attribute":"auto_pad","in":["NOTSET","VALID"]}"#, conv, .supported),
    .init("Conv", #"{"attribute":"pads","symmetricPads":true}"#, conv, .unsupported),
    .init("Conv", #"{"attribute":"pads","symmetricPads":true}"#, plainConv, .supported),
    .init("Conv", #"{"attribute":"pads","present":true}"#, plainConv, .unsupported),
    .init("Conv", #"{"attribute":"pads","absent":true}"#, plainConv, .supported),
    .init("Conv", #"{"attribute":"kernel_shape","lengths":[1,2]}"#, conv, .supported),
    .init("Conv", #"{"attribute":"kernel_shape","lengths":[3]}"#, conv, .unsupported),
    .init(
      "Conv", #"{"attribute":"kernel_shape","elements":{"range":[1,2]}}"#, conv, .unsupported),
    .init("Conv", #"{"input":0,"ranks":[3,4]}"#, conv, .supported),
    .init("Conv", #"{"input":0,"ranks":[5]}"#, conv, .unsupported),
    .init("Conv", #"{"input":"all","rank":[null,3]}"#, conv, .unsupported),
    .init("Conv", #"{"input":"W","dim":{"axis":0,"multipleOf":4}}"#, conv, .supported),
    .init("Conv", #"{"input":"W","dim":{"axis":-1,"range":[1,2]}}"#, conv, .unsupported),
    .init("Conv", #"{"input":1,"constant":true}"#, conv, .unsupported),
    .init("Conv", #"{"input":1,"sameDtypeAs":0}"#, conv, .supported),
    .init("Conv", #"{"input":2,"present":false}"#, conv, .supported),
    .init("Conv", #"{"inputCount":[3,3]}"#, conv, .unsupported),
    .init("Conv", #"{"outputCount":[1,1]}"#, conv, .supported),
    .init("Conv", #"{"input":1,"elementCount":[null,71]}"#, conv, .unsupported),
    .init("Reshape", #"{"input":1,"constant":true}"#, reshape, .supported),
    .init("Reshape", #"{"input":1,"constant":true}"#, dynamicReshape, .unsupported),
    .init("Reshape", #"{"input":1,"values":{"range":[0,null]}}"#, reshape, .supported),
    .init("Reshape", #"{"input":1,"values":{"in":[5]}}"#, reshape, .unsupported),
    .init("Reshape", #"{"input":1,"values":{"in":[5]}}"#, dynamicReshape, .conditional),
    .init("Relu", #"{"input":0,"static":true}"#, symbolic, .unsupported),
    .init("Relu", #"{"input":0,"dim":{"axis":0,"multipleOf":16}}"#, symbolic, .conditional),
    .init("Relu", #"{"input":0,"rank":[null,8]}"#, unranked, .conditional),
    .init("Relu", #"{"scope":"main"}"#, symbolic, .supported),
    .init("Relu", #"{"opset":[null,16]}"#, symbolic, .unsupported),
    .init("Relu", #"{"sinceVersion":[14,14]}"#, symbolic, .supported),
    .init("Relu", #"{"undecidable":"the compiler's mood"}"#, symbolic, .conditional),
    .init("Relu", #"{"not":{"scope":"main"}}"#, symbolic, .unsupported),
    .init("Relu", #"{"any":[{"opset":[30,31]},{"scope":"main"}]}"#, symbolic, .supported),
    .init("Relu", #"{"all":[{"opset":[30,31]},{"scope":"main"}]}"#, symbolic, .unsupported),
  ]
}

@Suite struct LimitTests {
  @Test(arguments: LimitCase.all) func isDecidedAsFarAsTheFileAllows(_ limit: LimitCase) throws {
    let record =
      #""domain":"ai.onnx","op":"\#(limit.operation)","limits":[{"check":\#(limit.limit),"#
      + #""reason":"the test says so"}]"#
    let judgement = try judge(limit.model, by: TestDoor(records: [record]))
    #expect(judgement.verdict == limit.verdict, "\(judgement.findings.map(\.reason))")
  }

  @Test(arguments: ["fallback", "silent", "conditional", "unknown", "unsupported"])
  func theManifestSaysWhatHappensOtherwise(_ outcome: String) throws {
    let record =
      #""domain":"ai.onnx","op":"Relu","limits":[{"check":{"scope":"subgraph"},"#
      + #""otherwise":"\#(outcome)","reason":"r"}]"#
    let judgement = try judge(
      "g (float[1] x) => (float[1] y) { y = Relu(x) }", by: TestDoor(records: [record]))
    #expect(judgement.verdict.rawValue == outcome)
  }

  @Test func aLimitAppliesOnlyWhereItsConditionHolds() throws {
    let record =
      #""domain":"ai.onnx","op":"Relu","limits":[{"check":{"scope":"subgraph"},"#
      + #""when":{"opset":[20,null]},"reason":"r"}]"#
    let model = "g (float[1] x) => (float[1] y) { y = Relu(x) }"
    #expect(try judge(model, opset: 17, by: TestDoor(records: [record])).verdict == .supported)
    #expect(try judge(model, opset: 20, by: TestDoor(records: [record])).verdict == .unsupported)
  }
}
