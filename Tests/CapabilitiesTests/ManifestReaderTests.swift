import Bytes
import ModelGraph
import Testing

@testable import Capabilities

/// A front door whose operators are given as JSON text.
func frontDoorText(_ operators: String, head: String = "", sources: String? = nil) -> String {
  let sources =
    sources ?? #"[{"kind":"source code","repository":"a/b","commit":"c0ffee","date":"2026-01-02"}]"#
  return """
    {"schema":"regauge/front-door/1","stack":"toy","door":"atc","title":"Toy","version":"1.0",
    "speaks":"onnx","matching":"modelOpset","list":"closed","onMissing":"fails",
    "functionBodies":"none","modelFunctions":"none",\(head)
    "sources":\(sources),
    "operators":[\(operators)]}
    """
}

func frontDoor(_ operators: String, head: String = "") throws -> FrontDoor {
  let text = frontDoorText(operators, head: head)
  return try ManifestReader.frontDoor(file: "toy.json", source: ByteSource(Array(text.utf8)))
}

private let cited = #""evidence":[{"source":0,"path":"x.cc","line":"7","confidence":"high"}]"#

@Suite struct ManifestReaderTests {
  @Test func recordsOfOperatorsThatAreNotWantedArePassedOver() throws {
    let lines = [
      #"{"domain":"ai.onnx","op":"Abs",\#(cited)}"#, #"{"domain":"ai.onnx","op":"Neg",\#(cited)}"#,
      #"{ "domain": "ai.onnx", "op": "Not", \#(cited)}"#,
      #"{"domain":"ai.onnx","op":"Relu",\#(cited)}"#, #"{"domain":"x.y","op":"Relu",\#(cited)}"#,
      #"{"domain":"x.y","op":"Xor",\#(cited)}"#,
    ]
    let text = frontDoorText("\n" + lines.joined(separator: ",\n") + "\n")
    let door = try ManifestReader.frontDoor(
      file: "toy.json", source: ByteSource(Array(text.utf8)), operators: ["Relu", "Abs"])
    // A record that does not begin as the builder writes it may be read all the same.
    let names = door.records.map { "\($0.domain)::\($0.name)" }
    #expect(names == ["ai.onnx::Abs", "ai.onnx::Not", "ai.onnx::Relu", "x.y::Relu"])
  }

  @Test func readsARecord() throws {
    let door = try frontDoor(
      """
      {"domain":"ai.onnx","op":"Conv","versions":"8,10-18","dtypes":{"T":["float16","float"]},
       "limits":[{"check":{"attribute":"group","equals":1},"reason":"group must be 1"}],
       "ignores":["auto_pad",{"attribute":"dilations","because":"never read","harmless":[[1,1]]}],
       "devices":{"310p":"no"},\(cited)}
      """)
    let record = try #require(door.records(domain: "ai.onnx", name: "Conv").first)
    #expect(record.versions.description == "8,10-18")
    #expect(record.types.map(\.typeParameter) == ["T"])
    #expect(record.types.first?.types.tensors == [.init(.float16), .init(.float32)])
    #expect(record.limits.first?.check == .attribute("group", .equals(.int(1))))
    #expect(record.limits.first?.otherwise == .unsupported)
    #expect(record.ignores.map(\.attribute) == ["auto_pad", "dilations"])
    #expect(record.ignores.last?.harmless == [.ints([1, 1])])
    #expect(record.statement(for: "310p") == .no)
    #expect(record.evidence.first?.description == "a/b@c0ffee x.cc:7 (2026-01-02)")
  }

  @Test func keepsSeveralRecordsOfAnOperatorApart() throws {
    let door = try frontDoor(
      #"{"domain":"ai.onnx","op":"A","versions":"1-2",\#(cited)},"#
        + #"{"domain":"ai.onnx","op":"B",\#(cited)},"#
        + #"{"domain":"ai.onnx","op":"A","versions":"3-4",\#(cited)}"#)
    #expect(door.records(domain: "", name: "A").map(\.versions.description) == ["1-2", "3-4"])
    #expect(door.records(domain: "com.microsoft", name: "A").isEmpty)
  }

  @Test func readsSourcesThatComeAfterTheOperators() throws {
    let text = frontDoorText(#"{"domain":"ai.onnx","op":"A",\#(cited)}"#)
    let lines = text.split(separator: "\n").map(String.init)
    let sources = try #require(lines.first { $0.hasPrefix("\"sources\"") })
    let rest = lines.filter { $0 != sources }
    let reordered = rest.joined(separator: "\n").dropLast() + "," + sources.dropLast() + "}"
    let door = try ManifestReader.frontDoor(
      file: "toy.json", source: ByteSource(Array(reordered.utf8)))
    #expect(door.records.first?.evidence.first?.source.repository == "a/b")
  }

  @Test func readsAHostForWhatRunsOnTheCPU() throws {
    let text = frontDoorText("").replacing(
      #""onMissing":"fails""#, with: #""onMissing":"cpu","host":"onnxruntime/cpu""#)
    let door = try ManifestReader.frontDoor(
      file: "toy.json", source: ByteSource(Array(text.utf8)))
    #expect(door.onMissing == .runsOnCPU(host: FrontDoorName(stack: "onnxruntime", door: "cpu")))
  }

  @Test func readsGlobalLimits() throws {
    let door = try frontDoor(
      "", head: #""opsets":{"ai.onnx":[8,null]},"maxIRVersion":13,"elementTypes":["int4"],"#)
    #expect(door.opsets.map(\.domain) == ["ai.onnx"])
    #expect(door.opsets.first?.versions == IntegerRange(8, nil))
    #expect(door.maximumIRVersion == 13)
    #expect(door.elementTypes == ElementTypeSet(.int4))
  }

  @Test(arguments: [
    (#"{"domain":"ai.onnx","op":"A",\#(cited),"oops":1}"#, "no meaning", "operators[0].oops"),
    (#"{"domain":"ai.onnx","op":"A","op":"B",\#(cited)}"#, "twice", "operators[0].op"),
    (#"{"domain":"ai.onnx","op":"A"}"#, "\"evidence\" is missing", "operators[0]"),
    (#"{"domain":"ai.onnx","op":"A","evidence":[]}"#, "is empty", "operators[0].evidence"),
    (#"{"domain":"ai.onnx",\#(cited)}"#, "\"op\" is missing", "operators[0]"),
    (
      #"{"domain":"ai.onnx","op":"A","versions":"9-8",\#(cited)}"#, "list of versions",
      "operators[0].versions"
    ),
    (
      #"{"domain":"ai.onnx","op":"A","versions":"","evidence":[]}"#, "list of versions",
      "operators[0].versions"
    ),
    (
      #"{"domain":"ai.onnx","op":"A","dtypes":{"T":["float33"]},\#(cited)}"#, "float33",
      "operators[0].dtypes.T[0]"
    ),
    (
      #"{"domain":"ai.onnx","op":"A","status":"fine",\#(cited)}"#, "none of",
      "operators[0].status"
    ),
    (
      #"{"domain":"ai.onnx","op":"A","evidence":[{"source":1,"confidence":"high"}]}"#,
      "there is no source 1", "operators[0].evidence[0].source"
    ),
    (
      #"{"domain":"ai.onnx","op":"A","limits":[{"check":{"input":0},"reason":"r"}],\#(cited)}"#,
      "one form", "operators[0].limits[0].check"
    ),
    (
      #"{"domain":"ai.onnx","op":"A","limits":[{"check":{"input":0,"equals":1},"reason":"r"}]}"#,
      "does not fit", "operators[0].limits[0].check"
    ),
    (
      #"{"domain":"ai.onnx","op":"A","limits":[{"check":{"opset":[9,8]},"reason":"r"}]}"#,
      "range is empty", "operators[0].limits[0].check.opset"
    ),
  ])
  func refuses(operators: String, reason: String, path: String) throws {
    let text = frontDoorText(operators)
    let failure = #expect(throws: ManifestFailure.self) {
      try ManifestReader.frontDoor(file: "toy.json", source: ByteSource(Array(text.utf8)))
    }
    let found = try #require(failure)
    #expect(found.reason.contains(reason), "\(found)")
    #expect(found.path == path)
    #expect(found.file == "toy.json")
  }

  @Test func tellsLineAndColumn() throws {
    let text = frontDoorText("\n  {\"domain\":\"ai.onnx\",\"op\":1}")
    let failure = #expect(throws: ManifestFailure.self) {
      try ManifestReader.frontDoor(file: "toy.json", source: ByteSource(Array(text.utf8)))
    }
    #expect(failure?.description == "toy.json:6:28: operators[0].op: expected a string")
  }

  @Test func findsEveryProblem() throws {
    let text = frontDoorText(
      """
      {"domain":"ai.onnx","op":"A"},
      {"domain":"ai.onnx","op":"B",\(cited)},
      {"domain":"ai.onnx","op":"C","versions":"x",\(cited)}
      """, head: #""surprise":[1,{"a":2}],"#)
    let problems = ManifestReader.problems(
      file: "toy.json", source: ByteSource(Array(text.utf8)))
    #expect(problems.map(\.path) == ["surprise", "operators[0]", "operators[2].versions"])
  }

  @Test func stopsAtBrokenJSON() {
    let text = frontDoorText(#"{"domain":"ai.onnx" "op":"A"}"#)
    let problems = ManifestReader.problems(file: "toy.json", source: ByteSource(Array(text.utf8)))
    #expect(problems.contains { $0.reason == "expected ','" })
  }

  @Test func remembersTheLineOfARecord() throws {
    let door = try frontDoor("\n\n{\"domain\":\"ai.onnx\",\"op\":\"A\",\(cited)}")
    #expect(door.records.first?.position == .text(line: 7, column: 1))
  }
}

@Suite struct StackReadingTests {
  private func stack(_ devices: String) throws -> Stack {
    let text = """
      {"schema":"regauge/stack/1","stack":"toy","title":"Toy","vendor":"Toys",
      "frontDoors":["atc"],"sources":[{"kind":"press","repository":"news"}],
      "devices":[\(devices)]}
      """
    return try ManifestReader.stack(file: "stack.json", source: ByteSource(Array(text.utf8)))
  }

  @Test func findsDevicesByAliasInAnyCase() throws {
    let stack = try stack(
      """
      {"name":"Toy 1","aliases":["T1"],"product":"t","lacks":["bfloat16"],
       "evidence":[{"source":0,"confidence":"low"}],
       "figures":[{"figure":"memory","value":8,"unit":"GB","kind":"press","source":"news",
                   "confidence":"low"},
                  {"figure":"arch","value":"x","kind":"vendor","source":"y","confidence":"high"}]}
      """)
    let device = try #require(stack.device(named: "t1"))
    #expect(device.name == "Toy 1")
    #expect(device.lacks == ElementTypeSet(.bfloat16))
    #expect(device.figures.map(\.value) == [.number(8), .text("x")])
    #expect(stack.device(named: "T2") == nil)
  }

  @Test func refusesTwoDevicesOfOneName() throws {
    let failure = #expect(throws: ManifestFailure.self) {
      try stack(#"{"name":"A"},{"name":"B","aliases":["a"]}"#)
    }
    #expect(failure?.path == "devices[1]")
  }

  @Test func wantsEvidenceForWhatADeviceLacks() {
    #expect(throws: ManifestFailure.self) { try stack(#"{"name":"A","lacks":["int4"]}"#) }
  }
}
