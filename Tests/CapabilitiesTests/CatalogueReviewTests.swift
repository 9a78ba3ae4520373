import Bytes
import Testing
import TestSupport

@testable import Capabilities

@Suite struct CatalogueReviewTests {
  private static let cited = #""evidence":[{"source":0,"confidence":"high"}]"#

  private func reasons(_ record: String) throws -> [String] {
    let text = frontDoorText("{\(record),\(Self.cited)}")
    return ManifestReader.problems(
      file: "toy.json", source: ByteSource(Array(text.utf8)),
      catalogue: shippedCatalogue
    ).map(\.reason)
  }

  @Test(arguments: [
    (#""domain":"ai.onnx","op":"Conv","ignores":["auto_pads"]"#, "attribute \"auto_pads\""),
    (#""domain":"ai.onnx","op":"Conv","dtypes":{"T9":["int8"]}"#, "type \"T9\""),
    (
      #""domain":"ai.onnx","op":"Conv","limits":[{"check":{"not":{"input":"Z","rank":[1,2]}},"reason":"r"}]"#,
      "input \"Z\""
    ),
    (
      #""domain":"ai.onnx","op":"Conv","limits":[{"check":{"output":"Z","used":true},"reason":"r"}]"#,
      "output \"Z\""
    ),
    (
      #""domain":"ai.onnx","op":"Conv","limits":[{"check":{"all":[{"attribute":"grp","odd":true}]},"reason":"r"}]"#,
      "attribute \"grp\""
    ),
  ])
  func findsNamesThatNoVersionHas(record: String, reason: String) throws {
    let found = try reasons(record)
    #expect(found.count == 1)
    #expect(found.first?.contains(reason) == true)
  }

  @Test func acceptsNamesOfFormalParameters() throws {
    #expect(
      try reasons(
        #""domain":"ai.onnx","op":"GatherND","dtypes":{"indices":["int64"],"*":["int8"]}"#) == [])
  }

  @Test func remarksOnWhatTheCatalogueDoesNotKnow() throws {
    let door = try frontDoor(
      #"{"domain":"ai.onnx","op":"Konv",\#(Self.cited)},{"domain":"npu","op":"X",\#(Self.cited)},"#
        + #"{"domain":"npu","op":"X",\#(Self.cited)},{"domain":"ai.onnx","op":"Conv",\#(Self.cited)}"#
    )
    let remarks = ManifestReader.remarks(
      on: door, file: "toy.json", catalogue: shippedCatalogue)
    #expect(
      remarks.map(\.reason) == [
        "the domain ai.onnx has no operator Konv", "nothing is known about the domain npu",
      ])
  }
}
