import Bytes
import ModelGraph
import Testing

@testable import Capabilities

/// A small stack whose tables are about PyTorch's operators.
private struct Gems {
  var rows = """
    add.Tensor,stable,float32,1
    add.Scalar,stable,float32,2
    add_.Tensor,alpha,,3
    mm,stable,,4

    """
  var changes = ""
  var table = ""
  /// Further tables, as JSON after a comma.
  var tables = ""

  func build() throws -> FrontDoor {
    let recipe = """
      {"schema":"regauge/recipe/1","stack":"gems","title":"G","vendor":"V",
       "sources":[{"cited":"a/b@c","kind":"source code","repository":"a/b","commit":"c"}],
       "doors":[{"door":"d","settings":{"title":"D","version":"1","speaks":"aten",
         "matching":"any","list":"closed","onMissing":"native","functionBodies":"none",
         "modelFunctions":"inlined"},
         "tables":[{"file":"../shared/ops.csv","role":"records","overloads":"merged",
           "domain":"aten",\(table)
           "statuses":[{"word":"stable","status":"supported","confidence":"high"},
             {"word":"alpha","status":"supported","confidence":"low"}],
           "columns":{"op":"op","status":"stage","types":"types","repository":"repo",
             "commit":"commit","path":"path","line":"line"}}\(tables)]}]}
      """
    func csv(_ header: String, _ rows: String) -> ByteSource {
      let lines = rows.split(separator: "\n").map { "\($0),a/b,c,x.py" }
      return ByteSource(
        Array("\(header),repo,commit,path\n\(lines.joined(separator: "\n"))\n".utf8))
    }
    let files = try ManifestBuilder.build(evidence: [
      ("evidence/gems/recipe.json", ByteSource(Array(recipe.utf8))),
      ("evidence/shared/ops.csv", csv("op,stage,types,line", rows)),
      ("evidence/shared/changes.csv", csv("keys,vendor,reason,date,all,skipped,types", changes)),
    ])
    let text = try #require(files.last?.text)
    return try ManifestReader.frontDoor(file: "d.json", source: ByteSource(Array(text.utf8)))
  }

  static func amendments(_ amendment: String, _ further: String = "") -> String {
    """
    ,{"file":"../shared/changes.csv","role":"amendments","domain":"aten",\(further)
      "amendment":{\(amendment)},
      "columns":{"op":"keys","repository":"repo","commit":"commit","path":"path"}}
    """
  }
}

@Suite struct OverloadBuildingTests {
  private func record(_ name: String, _ door: FrontDoor) throws -> OperatorRecord {
    let records = door.records(domain: "aten", name: name)
    #expect(records.count == 1)
    return try #require(records.first)
  }

  @Test func overloadsThatAgreeAreOneRecord() throws {
    let door = try Gems().build()
    #expect(door.records.map(\.name) == ["add", "add_", "mm"])
    let add = try record("add", door)
    #expect(add.overloads == ["Tensor", "Scalar"])
    #expect(add.evidence.map(\.line) == ["1,2"])
    #expect(try record("mm", door).overloads == [""])
  }

  @Test func overloadsThatDifferAreApart() throws {
    var gems = Gems()
    gems.rows = gems.rows.replacing("add.Scalar,stable,float32", with: "add.Scalar,stable,int8")
    #expect(try gems.build().records(domain: "aten", name: "add").count == 2)
  }

  @Test func theStageTellsHowFarARowIsTrusted() throws {
    let door = try Gems().build()
    #expect(try record("add", door).evidence.map(\.confidence) == [.high])
    #expect(try record("add_", door).evidence.map(\.confidence) == [.low])
  }

  @Test func documentsWidenEachOtherAndMakeConditional() throws {
    var gems = Gems()
    gems.table = #""typesAre":"documented","#
    gems.changes = "add,v,,,,,float16\n"
    gems.tables = """
      ,{"file":"../shared/changes.csv","role":"limits","domain":"aten","overloads":"merged",
        "typesAre":"documented",
        "columns":{"op":"keys","types":"types","repository":"repo","commit":"commit",
          "path":"path"}}
      """
    let limits = try record("add", try gems.build()).limits
    #expect(
      limits.map(\.check) == [
        .input(.index(0), .elementTypes([.init(.float32), .init(.float16)]))
      ])
    #expect(limits.map(\.otherwise) == [.conditional])
  }

  // MARK: Amendments

  @Test func anAmendmentTellsItsReasonAndDate() throws {
    var gems = Gems()
    gems.changes = "add.Tensor,v,all fail,2026-03-11,,,\nmm,w,other vendor,2026,,,\n"
    gems.tables = Gems.amendments(
      #""status":"knownBad","reason":"tests of {date}: {reason}""#,
      #""only":[{"column":"vendor","values":["v"]}],"#)
    let door = try gems.build()
    #expect(try record("add", door).status == .knownBad)
    #expect(try record("add", door).reason == "tests of 2026-03-11: all fail")
    #expect(try record("mm", door).status == .supported)
  }

  @Test func whatIsSaidOfAnUnusualOverloadIsANote() throws {
    var gems = Gems()
    gems.changes = "add.Scalar,v,fails,2026,,,\n"
    gems.tables = Gems.amendments(#""status":"knownBad","reason":"{reason}""#)
    let add = try record("add", try gems.build())
    #expect(add.status == .supported)
    #expect(add.note == "add.Scalar only: fails")
  }

  @Test func kernelsAreMarked() throws {
    var gems = Gems()
    gems.table = #""kernel":"generic","#
    gems.changes = "add.Tensor;add_.Tensor,v,,,,,\n"
    gems.tables = Gems.amendments(#""kernel":"vendor""#)
    let door = try gems.build()
    #expect(door.records.map(\.kernel) == [.vendor, .vendor, .generic])
  }

  @Test func rowsCanBeChosenByEqualColumns() throws {
    var gems = Gems()
    gems.changes = "add.Tensor,v,r,,5,1,\nmm,v,r,,2,2,\n"
    gems.tables = Gems.amendments(
      #""limit":"all tests skipped ({reason})""#, #""equal":["all","skipped"],"#)
    let door = try gems.build()
    #expect(try record("add", door).limits.isEmpty)
    #expect(try record("mm", door).limits.map(\.reason) == ["all tests skipped (r)"])
  }

  @Test func functionsStandForTheirOperators() throws {
    var gems = Gems()
    gems.rows =
      "torch.nn.functional.conv2d,stable,,1\ntorch.nn.Module.to,stable,,2\n"
      + "torch.linalg.inv,stable,,3\ntorch.softmax,stable,,4\n"
    gems.table = #"""
      "namePrefixes":{"torch.nn.functional.":"","torch.linalg.":"linalg_","torch.":""},
      "operatorNames":{"torch.softmax":"softmax;_softmax"},
      """#
    let door = try gems.build()
    #expect(door.records.map(\.name) == ["_softmax", "conv2d", "linalg_inv", "softmax"])
  }
}

@Suite struct MappingBuilderTests {
  private func build(
    _ rows: String, readings: String = "", recipe: String = ""
  ) throws -> OperatorMapping {
    let header = "domain,onnx_op,route,aten_ops,variants,note,confidence\n"
    let text = """
      {"schema":"regauge/mapping-recipe/1","mapping":"m","title":"M","table":"t.csv",
       "composites":"c.csv","readings":"r.json",\(recipe)
       "sources":[{"cited":"t.csv","kind":"derived","repository":"t.csv"},
         {"cited":"a/b@c","kind":"source code","repository":"a/b","commit":"c"}],"notes":[]}
      """
    let composites =
      "aten_op,calls,confidence,source_repo,commit,path,line\npad,fill_;copy_,medium,a/b,c,y,3\n"
      + "pad,constant_pad_nd,medium,a/b,c,y,3\n"
    let files = try ManifestBuilder.build(evidence: [
      ("evidence/m/mapping.json", ByteSource(Array(text.utf8))),
      ("evidence/m/t.csv", ByteSource(Array((header + rows).utf8))),
      ("evidence/m/c.csv", ByteSource(Array(composites.utf8))),
      (
        "evidence/m/r.json",
        ByteSource(
          Array(#"{"schema":"regauge/mapping-readings/1","readings":[\#(readings)]}"#.utf8))
      ),
    ])
    #expect(files.map(\.path) == ["mappings/m.json"])
    return try ManifestReader.mapping(
      file: "m.json", source: ByteSource(Array(try #require(files.first?.text).utf8)))
  }

  private func entry(_ mapping: OperatorMapping, _ name: String) throws -> OperatorMapping.Entry {
    try #require(mapping.entry(of: OperatorIdentity(domain: "ai.onnx", name: name)))
  }

  @Test func alternativesAndNeedsAreRead() throws {
    let mapping = try build("ai.onnx,Gemm,direct,aten::addmm|aten::mm;aten::add,,,high\n")
    let gemm = try entry(mapping, "Gemm")
    #expect(gemm.forms.map(\.needs) == [["addmm"], ["mm", "add"]])
    #expect(gemm.evidence.map(\.confidence) == [.high])
    #expect(gemm.evidence.map(\.line) == ["2"])
    #expect(mapping.composites["pad"] == [["fill_", "copy_"], ["constant_pad_nd"]])
  }

  @Test func aCompositionOfNothingIsAView() throws {
    let mapping = try build(
      "ai.onnx,Reshape,view,,,,high\nai.onnx (ORT extra),Crop,composite,,,,low\n")
    #expect(try entry(mapping, "Reshape").kind == .view)
    #expect(try entry(mapping, "Crop").kind == .view)
  }

  @Test func aVariantWithoutReadingIsRefused() {
    let failure = #expect(throws: ManifestFailure.self) {
      try build("ai.onnx,Conv,direct,aten::conv2d,3:conv1d,,high\n")
    }
    #expect(failure?.reason.contains("3:conv1d") == true)
    #expect(failure?.position.line == 2)
  }

  @Test func aReadingOfNoRowIsRefused() {
    let failure = #expect(throws: ManifestFailure.self) {
      try build(
        "ai.onnx,Abs,direct,aten::abs,,,high\n", readings: #"{"ops":["Abs"],"text":"x","note":"n"}"#
      )
    }
    #expect(failure?.file == "evidence/m/r.json")
  }

  @Test func formsOfAReadingTakeThePlaceOfTheRows() throws {
    let mapping = try build(
      "ai.onnx,Trilu,direct,aten::tril;aten::triu,,one of the two,high\n",
      readings: """
        {"ops":["Trilu"],"text":"one of the two","forms":[
          {"when":{"attribute":"upper","equals":1},"needs":["triu"]}]}
        """)
    let trilu = try entry(mapping, "Trilu")
    #expect(trilu.forms.map(\.needs) == [["triu"]])
    #expect(trilu.forms.first?.when == .attribute("upper", .equals(.int(1))))
  }

  @Test func namesThatAreNoOperatorsAreDropped() throws {
    let mapping = try build(
      "ai.onnx,GridSample,direct,aten::grid_sampler_2d|aten::grid_sample,,,high\n",
      recipe: #""notOperators":["grid_sample"],"#)
    #expect(try entry(mapping, "GridSample").forms.map(\.needs) == [["grid_sampler_2d"]])
  }

  @Test func whatIsNeededIncludesWhatIsCalled() throws {
    let mapping = try build("ai.onnx,Pad,direct,aten::pad,,,high\n")
    #expect(mapping.neededNames == ["pad", "fill_", "copy_", "constant_pad_nd"])
  }
}

@Suite struct CitationTests {
  private let head = """
    {"schema":"regauge/front-door/1","stack":"s","door":"d","title":"t","version":"1",
     "speaks":"onnx","matching":"any","list":"closed","onMissing":"fails","functionBodies":"none",
     "modelFunctions":"none",
    """

  private func read(_ rest: String) throws -> FrontDoor {
    try ManifestReader.frontDoor(file: "d.json", source: ByteSource(Array((head + rest).utf8)))
  }

  @Test func citationsNeedNotRepeatWhatTheirSourceSays() throws {
    let door = try read(
      """
      "sources":[{"kind":"source code","repository":"a/b","path":"x","confidence":"low"}],
      "operators":[
       {"domain":"ai.onnx","op":"A","evidence":[{"source":0,"line":"1"}]},
       {"domain":"ai.onnx","op":"B","evidence":[{"source":0,"path":"y","confidence":"high"}]}]}
      """)
    #expect(door.records.map { $0.evidence.first?.path } == ["x", "y"])
    #expect(door.records.map { $0.evidence.first?.confidence } == [.low, .high])
  }

  @Test func aConfidenceMustBeSomewhere() {
    let failure = #expect(throws: ManifestFailure.self) {
      try read(
        """
        "sources":[{"kind":"source code","repository":"a/b"}],
        "operators":[{"domain":"ai.onnx","op":"A","evidence":[{"source":0}]}]}
        """)
    }
    #expect(failure?.reason.contains("confidence") == true)
  }

  @Test func limitsOfTheDoorHoldForWhatIsTaken() throws {
    let door = try read(
      """
      "limits":[{"check":{"input":0,"rank":[null,8]},"otherwise":"precision","reason":"r"}],
      "sources":[{"kind":"source code","repository":"a/b","confidence":"high"}],
      "operators":[{"domain":"ai.onnx","op":"A","evidence":[{"source":0}]},
       {"domain":"ai.onnx","op":"B","status":"unsupported","evidence":[{"source":0}]}]}
      """)
    #expect(door.records.map { $0.limits.map(\.otherwise) } == [[.precision], []])
  }

  @Test func aDoorMayRunOnTheCPUWithoutAHost() throws {
    let text = head.replacing("\"fails\"", with: "\"cpu\"")
    let door = try ManifestReader.frontDoor(
      file: "d.json",
      source: ByteSource(Array((text + "\"sources\":[],\"operators\":[]}").utf8)))
    #expect(door.onMissing == .runsOnCPU(host: nil))
  }
}
