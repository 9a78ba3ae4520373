import Capabilities
import Compatibility
import Testing

@Suite struct JudgementTests {
  private static let relu = "g (float[1,3] x) => (float[1,3] y) { y = Relu(x) }"

  @Test func aListedOperatorIsSupported() throws {
    let door = TestDoor(records: [#""domain":"ai.onnx","op":"Relu""#])
    let judgement = try judge(Self.relu, by: door)
    #expect(judgement.verdict == .supported)
    #expect(judgement.counts == [.supported: 1])
    #expect(judgement.findings.isEmpty)
  }

  @Test func anOperatorMissingFromAClosedListIsUnsupported() throws {
    let judgement = try judge(Self.relu, by: TestDoor(records: []))
    #expect(judgement.verdict == .unsupported)
    #expect(judgement.findings.map(\.rule.id) == ["RG101"])
    #expect(judgement.findings.first?.evidence.first?.repository == "a/b")
  }

  @Test func anOperatorMissingFromAnOpenListIsUnknown() throws {
    let judgement = try judge(Self.relu, by: TestDoor(list: "open", records: []))
    #expect(judgement.verdict == .unknown)
    #expect(judgement.findings.map(\.rule.id) == ["RG107"])
  }

  @Test func modelOpsetsAreMatchedExactly() throws {
    let door = TestDoor(
      matching: "modelOpset", records: [#""domain":"ai.onnx","op":"Relu","versions":"8-18""#])
    #expect(try judge(Self.relu, opset: 18, by: door).verdict == .supported)
    let newer = try judge(Self.relu, opset: 19, by: door)
    #expect(newer.verdict == .unsupported)
    #expect(newer.findings.first?.rule.id == "RG102")
    #expect(
      newer.findings.first?.reason == "Relu is registered for opsets 8-18; the model uses opset 19")
  }

  @Test func sinceVersionsAreMatchedAsKernelRegistriesDo() throws {
    let closed = TestDoor(
      matching: "sinceVersion", records: [#""domain":"ai.onnx","op":"Relu","versions":"13-19""#])
    // Opset 17 and 22 both mean Relu version 14.
    #expect(try judge(Self.relu, opset: 22, by: closed).verdict == .supported)
    let open = TestDoor(
      matching: "sinceVersion", records: [#""domain":"ai.onnx","op":"Relu","versions":"13+""#])
    #expect(try judge(Self.relu, opset: 13, by: open).verdict == .supported)
    #expect(try judge(Self.relu, opset: 17, by: open).verdict == .unsupported)
  }

  @Test func otherElementTypesAreUnsupported() throws {
    let door = TestDoor(
      records: [#""domain":"ai.onnx","op":"Relu","dtypes":{"T":["float32","float16"]}"#])
    #expect(try judge(Self.relu, by: door).verdict == .supported)
    let double = try judge(
      "g (double[1] x) => (double[1] y) { y = Relu(x) }", by: door)
    #expect(double.verdict == .unsupported)
    #expect(double.findings.first?.rule.id == "RG103")
    #expect(double.findings.first?.elementTypes == "float64")
  }

  @Test func oneOfSeveralRecordsIsEnough() throws {
    let door = TestDoor(
      records: [
        #""domain":"ai.onnx","op":"Relu","dtypes":{"T":["float16"]}"#,
        #""domain":"ai.onnx","op":"Relu","dtypes":{"T":["float32"]}"#,
      ])
    #expect(try judge(Self.relu, by: door).verdict == .supported)
  }

  @Test func anUnknownElementTypeIsConditional() throws {
    let door = TestDoor(
      records: [
        #""domain":"ai.onnx","op":"Relu","dtypes":{"T":["float32"]}"#,
        #""domain":"test","op":"Odd""#,
      ])
    let judgement = try judge(
      "g (float[1] x) => (y) { h = test.Odd(x) k = Relu(h) y = test.Odd(k) }",
      imports: ", \"test\": 1", by: door)
    #expect(judgement.verdict == .conditional)
    #expect(judgement.findings.map(\.rule.id) == ["RG105"])
  }

  @Test func attributesThatAreNotReadAreSilentWhenInUse() throws {
    let door = TestDoor(
      records: [
        #""domain":"ai.onnx","op":"Shape","ignores":[{"attribute":"start","because":"the whole shape is returned"}]"#
      ])
    let plain = "g (float[1,3] x) => (int64[2] y) { y = Shape(x) }"
    #expect(try judge(plain, by: door).verdict == .supported)
    let atDefault = "g (float[1,3] x) => (int64[2] y) { y = Shape<start=0>(x) }"
    #expect(try judge(atDefault, by: door).verdict == .supported)
    let inUse = try judge("g (float[1,3] x) => (int64[1] y) { y = Shape<start=1>(x) }", by: door)
    #expect(inUse.verdict == .silent)
    #expect(inUse.findings.first?.reason.contains("the whole shape is returned") == true)
  }

  @Test func knownFailuresAreNotSupported() throws {
    let door = TestDoor(
      records: [#""domain":"ai.onnx","op":"Relu","status":"knownBad","reason":"fails since 1.2""#])
    let judgement = try judge(Self.relu, by: door)
    #expect(judgement.verdict == .silent)
    #expect(judgement.findings.first?.reason == "fails since 1.2")
  }

  @Test func nodesInSubgraphsAreJudgedToo() throws {
    let door = TestDoor(records: [#""domain":"ai.onnx","op":"If""#])
    let judgement = try judge(
      """
      g (bool c, float[1] x) => (float[1] y) {
        y = If(c) <
          then_branch = a () => (float[1] z) { z = Relu(x) },
          else_branch = b () => (float[1] z) { z = Neg(x) }>
      }
      """, by: door)
    #expect(judgement.counts == [.supported: 1, .unsupported: 2])
    #expect(judgement.findings.first?.nodes.first?.scope == "main/If#0.then_branch")
  }

  @Test func equalFindingsAreCountedOnce() throws {
    let judgement = try judge(
      "g (float[1] x) => (float[1] y) { a = Relu(x) b = Relu(a) y = Relu(b) }",
      by: TestDoor(records: []))
    #expect(judgement.findings.count == 1)
    #expect(judgement.findings.first?.count == 3)
    #expect(judgement.findings.first?.nodes.count == 3)
  }

  @Test func modelOpsetsOutsideTheDoorsRangeStopTheModel() throws {
    let door = TestDoor(
      extra: #""opsets":{"ai.onnx":[8,16]},"#, records: [#""domain":"ai.onnx","op":"Relu""#])
    let judgement = try judge(Self.relu, by: door)
    #expect(judgement.verdict == .unsupported)
    #expect(judgement.findings.map(\.rule.id) == ["RG110"])
  }
}

@Suite struct FallbackTests {
  private static let host = TestDoor(
    name: "cpu", records: [#""domain":"ai.onnx","op":"Relu""#])

  private func judgeOnProvider(_ model: String) throws -> Judgement {
    let door = TestDoor(onMissing: #""cpu","host":"test/cpu""#, records: [])
    return try judge(model, by: door, others: [try Self.host.frontDoor()])
  }

  @Test func whatTheHostTakesFallsBack() throws {
    let judgement = try judgeOnProvider("g (float[1] x) => (float[1] y) { y = Relu(x) }")
    #expect(judgement.verdict == .fallback)
    #expect(judgement.findings.map(\.rule.id) == ["RG101"])
  }

  @Test func whatTheHostDoesNotTakeIsUnsupported() throws {
    let judgement = try judgeOnProvider("g (float[1] x) => (float[1] y) { y = Neg(x) }")
    #expect(judgement.verdict == .unsupported)
  }
}

@Suite struct FunctionTests {
  @Test func standardFunctionsAreExpandedWhereTheDoorDoesSo() throws {
    // LessOrEqual is defined as Or(Less, Equal).
    let model = "g (float[1] a, float[1] b) => (bool[1] y) { y = LessOrEqual(a, b) }"
    let body = ["Less", "Equal", "Or"].map { #""domain":"ai.onnx","op":"\#($0)""# }
    let inlining = TestDoor(functionBodies: "inlined", records: body)
    #expect(try judge(model, by: inlining).verdict == .supported)
    #expect(try judge(model, by: TestDoor(records: body)).verdict == .unsupported)
    let incomplete = TestDoor(functionBodies: "inlined", records: Array(body.dropLast()))
    let judgement = try judge(model, by: incomplete)
    #expect(judgement.verdict == .unsupported)
    #expect(judgement.findings.first?.rule.id == "RG113")
    #expect(judgement.findings.first?.reason.contains("Or") == true)
  }

  private static let modelWithFunction = """
    g (float[1] x) => (float[1] y) { y = mine.Twice(x) }
    <domain: "mine", opset_import: ["": 17]>
    Twice (a) => (b) { b = Add(a, a) }
    """

  @Test func bodiesOfModelFunctionsAreJudgedWhereTheyAreExpanded() throws {
    let door = TestDoor(
      modelFunctions: "inlined", records: [#""domain":"ai.onnx","op":"Add""#])
    let judgement = try judge(Self.modelWithFunction, imports: ", \"mine\": 1", by: door)
    #expect(judgement.counts == [.supported: 2])
  }

  @Test func callsOfModelFunctionsAreUnsupportedElsewhere() throws {
    let door = TestDoor(records: [#""domain":"ai.onnx","op":"Add""#])
    let judgement = try judge(Self.modelWithFunction, imports: ", \"mine\": 1", by: door)
    #expect(judgement.verdict == .unsupported)
    #expect(judgement.findings.map(\.rule.id) == ["RG109"])
  }

  @Test func nodesAreToldApartByTheirAttributesHoweverManyThereAre() throws {
    let door = TestDoor(records: [
      #""domain":"ai.onnx","op":"LeakyRelu","#
        + #""limits":[{"check":{"attribute":"alpha","equals":0.5},"reason":"alpha must be 0.5"}]"#
    ])
    // More different attributes than are kept apart, and equal ones before and behind them.
    let alphas = [0.5, 0.25, 0.5] + (0..<1100).map { Double($0) + 2 } + [0.5, 0.25]
    var nodes = ""
    for (index, alpha) in alphas.enumerated() {
      nodes += "v\(index + 1) = LeakyRelu <alpha = \(alpha)> (v\(index))\n"
    }
    let judgement = try judge(
      "g (float[2] v0) => (v\(alphas.count)) {\n\(nodes)}", by: door)
    #expect(judgement.counts == [.supported: 3, .unsupported: alphas.count - 3])
    #expect(judgement.nodeVerdicts.prefix(3) == [.supported, .unsupported, .supported])
    #expect(judgement.nodeVerdicts.suffix(2) == [.supported, .unsupported])
    #expect(judgement.findings.first?.nodes.map(\.label).first == "LeakyRelu#1")
  }
}
