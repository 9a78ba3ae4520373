import Bytes
import Testing

@testable import Capabilities

@Suite struct CSVTableTests {
  private func table(_ text: String) throws -> CSVTable {
    try CSVTable(file: "t.csv", source: ByteSource(Array(text.utf8)))
  }

  @Test func readsQuotedFields() throws {
    let table = try table("a,b,c\r\n1,\"x, \"\"y\"\"\nz\",\n2,,3\n")
    #expect(table.columns == ["a", "b", "c"])
    #expect(table.rows.map(\.fields) == [["1", "x, \"y\"\nz", ""], ["2", "", "3"]])
    #expect(table.rows.map(\.line) == [2, 4])
  }

  @Test func readsALastLineWithoutItsEnd() throws {
    #expect(try table("a,b\n1,2").rows.map(\.fields) == [["1", "2"]])
  }

  @Test(arguments: [
    ("", 1, "empty"), ("a,b\n1\n", 2, "1 fields"), ("a\n\"x\n", 2, "not closed"),
    ("a\n\"x\"y\n", 2, "after a quoted field"),
  ])
  func refuses(text: String, line: Int, reason: String) {
    let failure = #expect(throws: ManifestFailure.self) { try table(text) }
    #expect(failure?.position.line == line)
    #expect(failure?.reason.contains(reason) == true)
  }
}
