import Bytes
import ModelGraph
import Testing

@testable import Capabilities

/// A small stack of one door and one table.
private struct Toy {
  var rows = "ai.onnx,Conv,1,10,T=float16;float,group must be 1; no more,auto_pad,a/b,c0ffee,x.cc\n"
  var readings = """
    {"text":"group must be 1","limits":[{"check":{"attribute":"group","equals":1},"reason":"r"}]},
    {"text":"no more","note":"n","harmless":["auto_pad"]}
    """
  var sources = """
    {"cited":"a/b@c0ffee","kind":"source code","repository":"a/b","commit":"c0ffee","date":"2026"}
    """
  var table = ""

  func build() throws -> FrontDoor {
    let recipe = """
      {"schema":"regauge/recipe/1","stack":"toy","title":"Toy","vendor":"Toys",
       "sources":[\(sources)],
       "doors":[{"door":"d","settings":{"title":"D","version":"1","speaks":"onnx",
         "matching":"sinceVersion","list":"closed","onMissing":"fails","functionBodies":"none",
         "modelFunctions":"none"},"readings":"d.readings.json",
         "tables":[{"file":"t.csv",\(table)"columns":{"domain":"domain","op":"op","from":"from",
           "to":"to","types":"types","text":"text","unread":"unread","repository":"repo",
           "commit":"commit","path":"path"}}]}]}
      """
    let readings = #"{"schema":"regauge/readings/1","readings":[\#(self.readings)]}"#
    let csv = "domain,op,from,to,types,text,unread,repo,commit,path\n" + rows
    let files = try ManifestBuilder.build(evidence: [
      ("evidence/toy/recipe.json", ByteSource(Array(recipe.utf8))),
      ("evidence/toy/d.readings.json", ByteSource(Array(readings.utf8))),
      ("evidence/toy/t.csv", ByteSource(Array(csv.utf8))),
    ])
    #expect(files.map(\.path) == ["stacks/toy/stack.json", "stacks/toy/d.json"])
    let text = try #require(files.last?.text)
    return try ManifestReader.frontDoor(file: "d.json", source: ByteSource(Array(text.utf8)))
  }
}

@Suite struct ManifestBuilderTests {
  @Test func joinsRowsAndReadings() throws {
    let record = try #require(Toy().build().records.first)
    #expect(record.versions.description == "1-10")
    #expect(record.types.map(\.typeParameter) == ["T"])
    #expect(record.types.first?.types.tensors == [.init(.float16), .init(.float32)])
    #expect(record.limits.map(\.check) == [.attribute("group", .equals(.int(1)))])
    #expect(record.note == "n")
    #expect(record.evidence.first?.description == "a/b@c0ffee x.cc (2026)")
  }

  @Test func aSentenceWithoutReadingIsRefused() {
    var toy = Toy()
    toy.rows += "ai.onnx,Conv,11,,T=float,pads must match,,a/b,c0ffee,x.cc\n"
    let failure = #expect(throws: ManifestFailure.self) { try toy.build() }
    #expect(failure?.file == "evidence/toy/t.csv")
    #expect(failure?.position.line == 3)
    #expect(failure?.reason.contains("pads must match") == true)
  }

  @Test func aReadingWithoutSentenceIsRefused() {
    var toy = Toy()
    toy.readings += #",{"text":"something else","note":"n"}"#
    let failure = #expect(throws: ManifestFailure.self) { try toy.build() }
    #expect(failure?.file == "evidence/toy/d.readings.json")
    #expect(failure?.reason.contains("something else") == true)
  }

  @Test func anAttributeThatIsNotReadMustBeExplained() {
    var toy = Toy()
    toy.readings = toy.readings.replacing(#","harmless":["auto_pad"]"#, with: "")
    let failure = #expect(throws: ManifestFailure.self) { try toy.build() }
    #expect(failure?.reason.contains("auto_pad") == true)
  }

  @Test func aReadingForOneOperatorGoesBeforeTheGeneralOne() throws {
    var toy = Toy()
    toy.readings += #",{"text":"no more","ops":["Conv"],"note":"own","harmless":["auto_pad"]}"#
    toy.rows += "ai.onnx,Relu,1,,T=float,no more,,a/b,c0ffee,x.cc\n"
    let door = try toy.build()
    #expect(door.records.map(\.note) == ["own", "n"])
    #expect(door.records.last?.versions.description == "1+")
  }

  @Test func sentencesMayBeReadTogether() throws {
    var toy = Toy()
    toy.readings = #"{"text":"group must be 1; no more","note":"both","harmless":["auto_pad"]}"#
    #expect(try toy.build().records.first?.note == "both")
  }

  @Test func anUnknownSourceIsRefused() {
    var toy = Toy()
    toy.sources = toy.sources.replacing("a/b@c0ffee", with: "a/b@other")
    let failure = #expect(throws: ManifestFailure.self) { try toy.build() }
    #expect(failure?.reason.contains("a/b@c0ffee") == true)
  }

  @Test func anUnknownTypeIsRefusedUnlessTheRecipeNamesIt() throws {
    var toy = Toy()
    toy.rows = toy.rows.replacing("float16;float", with: "float16;hifloat8")
    let failure = #expect(throws: ManifestFailure.self) { try toy.build() }
    #expect(failure?.reason.contains("hifloat8") == true)
    toy.table = #""typesNotInONNX":["hifloat8"],"#
    #expect(try toy.build().records.first?.types.first?.types.tensors == ElementTypeSet(.float16))
  }

  @Test func rowsOfAbsencesSayWhy() throws {
    var toy = Toy()
    toy.readings = ""
    toy.table = #""role":"absences","#
    toy.rows = "ai.onnx,Conv,,,,not there,,a/b,c0ffee,\n"
    let record = try #require(toy.build().records.first)
    #expect(record.status == .unsupported)
    #expect(record.reason == "not there")
  }

  @Test func rowsCanBeLeftOutByName() throws {
    var toy = Toy()
    toy.rows += "ai.onnx,Constant,1,,T=float,whatever,,a/b,c0ffee,x.cc\n"
    toy.table = #""leaveOut":["Constant"],"#
    #expect(try toy.build().records.map(\.name) == ["Conv"])
    toy.table = #""leaveOut":["Constant","Relu"],"#
    let failure = #expect(throws: ManifestFailure.self) { try toy.build() }
    #expect(failure?.reason.contains("Relu") == true)
  }

  @Test func limitsWithoutARecordAreRefused() {
    var toy = Toy()
    toy.table = #""role":"limits","#
    let failure = #expect(throws: ManifestFailure.self) { try toy.build() }
    #expect(failure?.reason.contains("no record of ai.onnx::Conv") == true)
  }
}

@Suite struct JSONTextTests {
  @Test func escapesWhatMustBe() {
    #expect(JSONText.quoted("a\"b\\c\n\u{1}é") == #""a\"b\\c\n\u0001é""#)
  }

  @Test func compactsBetweenTokensOnly() {
    #expect(JSONText.compact("{ \"a b\" : [ 1 , \"c \\\" d\" ] }") == #"{"a b":[1,"c \" d"]}"#)
  }
}
