import Bytes
import Capabilities
import Compatibility
import Testing

/// A door that speaks PyTorch's operators and a mapping, written as they stand in their files.
private struct AtenCase {
  var onMissing = "\"fails\""
  var records: [String] = []
  var extra = ""
  var entries: [String] = []
  var composites: [String] = []
  var mappingConfidence = "high"
  /// Records of the vendor's own door.
  var native: [String]?

  private func door(_ name: String, _ records: [String], _ onMissing: String) throws -> FrontDoor {
    let operators = records.map {
      #"{"domain":"aten",\#($0),"evidence":[{"source":0,"line":"7"}]}"#
    }.joined(separator: ",\n")
    let text = """
      {"schema":"regauge/front-door/1","stack":"test","door":"\(name)","title":"the \(name)",
       "version":"1","speaks":"aten","matching":"any","list":"closed","onMissing":\(onMissing),
       "functionBodies":"none","modelFunctions":"inlined",\(name == "door" ? extra : "")
       "sources":[{"kind":"source code","repository":"a/b","path":"x.yaml","confidence":"high"}],
       "notes":[],"operators":[\(operators)]}
      """
    return try ManifestReader.frontDoor(file: name, source: ByteSource(Array(text.utf8)))
  }

  func judge(_ model: String, opset: Int = 18) throws -> Judgement {
    let evidence = #""evidence":[{"source":0,"confidence":"\#(mappingConfidence)"}]"#
    let text = """
      {"schema":"regauge/mapping/1","mapping":"m","title":"m",
       "sources":[{"kind":"derived","repository":"m.csv"}],
       "composites":[\(composites.map { "{\($0),\(evidence)}" }.joined(separator: ","))],
       "operators":[\(entries.map { "{\"domain\":\"ai.onnx\",\($0),\(evidence)}" }
        .joined(separator: ","))]}
      """
    let mapping = try ManifestReader.mapping(
      file: "m.json", source: ByteSource(Array(text.utf8)))
    let others = try native.map { [try door("native", $0, "\"cpu\"")] } ?? []
    return try ShippedRules.all.get().judge(
      "g " + model, opset: opset, by: try door("door", records, onMissing), mapping: mapping,
      others: others)
  }
}

private let relu = "(float[2] x) => (float[2] y) { y = Relu (x) }"

@Suite struct AtenJudgingTests {
  @Test func aNodeIsAsGoodAsTheWorstOperatorItNeeds() throws {
    let judgement = try AtenCase(
      records: [#""op":"a""#, #""op":"b","status":"knownBad","reason":"fails""#],
      entries: [#""op":"Relu","forms":[{"needs":["a","b"]}]"#]
    ).judge(relu)
    #expect(judgement.verdict == .silent)
    #expect(judgement.findings.map(\.reason) == ["aten::b: fails"])
  }

  @Test func ofAlternativesTheBestCounts() throws {
    let judgement = try AtenCase(
      records: [#""op":"b""#],
      entries: [#""op":"Relu","forms":[{"needs":["a"]},{"needs":["b"]}]"#]
    ).judge(relu)
    #expect(judgement.verdict == .supported)
    #expect(judgement.findings.isEmpty)
  }

  @Test(arguments: [("\"fails\"", Verdict.unsupported), ("\"cpu\"", .fallback)])
  func whatTheDoorLacksGoesWhereItSays(onMissing: String, verdict: Verdict) throws {
    let judgement = try AtenCase(
      onMissing: onMissing, entries: [#""op":"Relu","forms":[{"needs":["a"]}]"#]
    ).judge(relu)
    #expect(judgement.verdict == verdict)
    #expect(judgement.findings.first?.reason.contains("aten::a is not among") == true)
  }

  @Test func whatPyTorchComposesNeedsWhatItCalls() throws {
    var given = AtenCase(
      entries: [#""op":"Relu","forms":[{"needs":["a"]}]"#],
      composites: [#""op":"a","calls":[["b","c"],["d"]]"#])
    #expect(try given.judge(relu).verdict == .unsupported)
    given.records = [#""op":"b""#]
    #expect(try given.judge(relu).verdict == .unsupported)
    given.records = [#""op":"b""#, #""op":"c""#]
    #expect(try given.judge(relu).verdict == .supported)
    given.records = [#""op":"d""#]
    #expect(try given.judge(relu).verdict == .supported)
  }

  @Test func aRegistrationOfItsOwnGoesBeforeTheComposition() throws {
    let judgement = try AtenCase(
      records: [#""op":"a","status":"knownBad","reason":"fails""#, #""op":"b""#],
      entries: [#""op":"Relu","forms":[{"needs":["a"]}]"#],
      composites: [#""op":"a","calls":[["b"]]"#]
    ).judge(relu)
    #expect(judgement.verdict == .silent)
  }

  @Test func compositionsThatCallThemselvesEnd() throws {
    let judgement = try AtenCase(
      entries: [#""op":"Relu","forms":[{"needs":["a"]}]"#],
      composites: [#""op":"a","calls":[["b"]]"#, #""op":"b","calls":[["a"]]"#]
    ).judge(relu)
    #expect(judgement.verdict == .unsupported)
  }

  @Test(arguments: ["view", "constant", "control"])
  func needNoKernel(kind: String) throws {
    let judgement = try AtenCase(entries: [#""op":"Relu","class":"\#(kind)""#]).judge(relu)
    #expect(judgement.verdict == .supported)
  }

  @Test(arguments: [("host", Verdict.fallback), ("none", .unsupported)])
  func haveNoOperator(kind: String, verdict: Verdict) throws {
    let judgement = try AtenCase(entries: [#""op":"Relu","class":"\#(kind)""#]).judge(relu)
    #expect(judgement.verdict == verdict)
  }

  @Test func whatIsNotMappedIsUnknown() throws {
    let judgement = try AtenCase(records: [#""op":"relu""#]).judge(relu)
    #expect(judgement.verdict == .unknown)
    #expect(judgement.findings.first?.reason.contains("Relu") == true)
  }

  @Test func operatorsOfAnotherLibraryAreUnknown() throws {
    let judgement = try AtenCase(
      entries: [#""op":"Relu","forms":[{"needs":["torchvision::nms"]}]"#]
    ).judge(relu)
    #expect(judgement.verdict == .unknown)
  }

  // MARK: Conditions

  private static let byRank =
    #""op":"Relu","forms":[{"when":{"input":0,"ranks":[1]},"needs":["a"]},"#
    + #"{"when":{"input":0,"ranks":[2]},"needs":["b"]}]"#

  @Test func theFormIsChosenByTheNode() throws {
    let given = AtenCase(records: [#""op":"a""#], entries: [Self.byRank])
    #expect(try given.judge(relu).verdict == .supported)
    #expect(
      try given.judge("(float[2,2] x) => (float[2,2] y) { y = Relu (x) }").verdict
        == .unsupported)
  }

  @Test func withoutAFormThereIsNoOperator() throws {
    let judgement = try AtenCase(records: [#""op":"a""#], entries: [Self.byRank])
      .judge("(float[2,2,2] x) => (float[2,2,2] y) { y = Relu (x) }")
    #expect(judgement.findings.map(\.reason) == ["PyTorch has no operator for this form"])
  }

  @Test func formsThatCannotBeToldApartMustAgree() throws {
    // The rank of what is reshaped is as long as an input.
    let model = "(float[n] x, int64[k] s) => (float y) { z = Reshape (x, s) y = Relu (z) }"
    var given = AtenCase(
      records: [#""op":"a""#, #""op":"b""#],
      entries: [Self.byRank, #""op":"Reshape","class":"view""#])
    #expect(try given.judge(model).verdict == .supported)
    given.records.removeLast()
    let judgement = try given.judge(model)
    #expect(judgement.verdict == .conditional)
    #expect(judgement.findings.first?.reason.contains("rank") == true)
  }

  @Test func whatIsNeededBesidesCountsWhereItApplies() throws {
    let entry =
      #""op":"CumSum","forms":[{"needs":["a"]}],"#
      + #""also":[{"when":{"attribute":"reverse","equals":1},"needs":["b"]}]"#
    let given = AtenCase(records: [#""op":"a""#], entries: [entry])
    func model(_ attributes: String) -> String {
      "(float[2] x, int64 i) => (float[2] y) { y = CumSum \(attributes) (x, i) }"
    }
    #expect(try given.judge(model("")).verdict == .supported)
    #expect(try given.judge(model("<reverse = 1>")).verdict == .unsupported)
  }

  @Test func gapsAreTold() throws {
    let entry =
      #""op":"Elu","forms":[{"needs":["a"]}],"#
      + #""without":[{"when":{"attribute":"alpha","equals":2},"reason":"not that"}]"#
    let given = AtenCase(records: [#""op":"a""#], entries: [entry])
    let model = "(float[2] x) => (float[2] y) { y = Elu <alpha = 2.0> (x) }"
    #expect(try given.judge(model).findings.map(\.reason) == ["not that"])
    let other = model.replacing("2.0", with: "3.0")
    #expect(try given.judge(other).verdict == .supported)
  }

  // MARK: Types

  @Test func theTypeThatTheOperatorComputesInIsCompared() throws {
    let given = AtenCase(
      onMissing: "\"cpu\"",
      records: [#""op":"where","dtypes":{"self":["float32"],"other":["int8"]}"#],
      entries: [#""op":"Where","forms":[{"needs":["where"]}]"#])
    func model(_ type: String) -> String {
      "(bool[2] c, \(type)[2] a, \(type)[2] b) => (\(type)[2] y) { y = Where (c, a, b) }"
    }
    #expect(try given.judge(model("float")).verdict == .supported)
    #expect(try given.judge(model("double")).verdict == .fallback)
  }

  @Test func aLimitOfTheDoorIsToldOnce() throws {
    let judgement = try AtenCase(
      records: [#""op":"a""#, #""op":"b""#],
      extra: #""limits":[{"check":{"input":0,"rank":[null,1]},"reason":"rank 1 at most"}],"#,
      entries: [#""op":"Relu","forms":[{"needs":["a","b"]}]"#]
    ).judge("(float[2,2] x) => (float[2,2] y) { y = Relu (x) }")
    #expect(judgement.findings.map(\.reason) == ["rank 1 at most"])
  }

  // MARK: Confidence

  @Test(arguments: [("high", "high"), ("medium", "medium"), ("low", "low")])
  func aVerdictIsTrustedNoMoreThanTheMapping(mapping: String, told: String) throws {
    var given = AtenCase(
      records: [#""op":"a","status":"knownBad","reason":"fails""#],
      entries: [#""op":"Relu","forms":[{"needs":["a"]}]"#])
    given.mappingConfidence = mapping
    let finding = try #require(given.judge(relu).findings.first)
    #expect(finding.evidence.map(\.confidence) == [told])
  }

  // MARK: Kernels of the vendor

  @Test func whatIsLeftToTheVendorIsJudgedByItsDoor() throws {
    let given = AtenCase(
      onMissing: #""native","host":"test/native""#,
      records: [#""op":"a","kernel":"native""#],
      entries: [
        #""op":"Relu","forms":[{"needs":["a"]}]"#, #""op":"Elu","forms":[{"needs":["b"]}]"#,
        #""op":"Selu","forms":[{"needs":["c"]}]"#,
      ],
      native: [#""op":"a""#, #""op":"b","status":"knownBad","reason":"fails""#])
    let taken = try given.judge(relu)
    #expect(taken.verdict == .supported)
    #expect(taken.findings.map(\.rule.id) == ["RG115"])
    #expect(try given.judge("(float[2] x) => (float[2] y) { y = Elu (x) }").verdict == .silent)
    #expect(try given.judge("(float[2] x) => (float[2] y) { y = Selu (x) }").verdict == .fallback)
  }

  @Test func withoutAVendorsDoorNothingIsKnown() throws {
    let given = AtenCase(
      onMissing: "\"native\"", records: [#""op":"a","kernel":"native""#],
      entries: [
        #""op":"Relu","forms":[{"needs":["a"]}]"#, #""op":"Elu","forms":[{"needs":["b"]}]"#,
      ])
    #expect(try given.judge(relu).verdict == .supported)
    #expect(try given.judge("(float[2] x) => (float[2] y) { y = Elu (x) }").verdict == .unknown)
  }
}
