import ModelGraph
import Testing

@testable import Capabilities

/// The front doors of TensorRT against the operators tables that NVIDIA publishes.
@Suite struct TensorRTTableTests {
  @Test(arguments: ["10.1", "10.15"])
  func everyRowOfThePublishedTableIsARecordThatSaysTheSame(version: String) throws {
    let path = "evidence/nvidia-cuda/operators-\(version).csv"
    let table = try CSVTable(file: path, source: RuleFolder.source(path))
    let (name, status) = (try table.index(of: "op_type"), try table.index(of: "status"))
    let (types, text) = (try table.index(of: "dtypes"), try table.index(of: "constraints"))
    let door = try RuleFolder.frontDoor("nvidia-cuda/tensorrt-\(version)")
    let records = Dictionary(grouping: door.records, by: \.name)
    #expect(table.rows.count == records.count)
    for row in table.rows.map(\.fields) {
      let found = records[row[name], default: []]
      let record = try #require(found.first, "\(row[name])")
      #expect(found.count == 1 && record.status.rawValue == row[status], "\(row[name])")
      // The table says float8; the notes of the front door say which one that is.
      let published = row[types].split(separator: ";").map { $0 == "float8" ? "float8e4m3fn" : $0 }
      let taken = record.types.first.map { limit in
        ElementType.allCases.filter { limit.types.tensors.contains($0) }.map { "\($0)" }
      }
      #expect(Set(taken ?? []) == Set(published.map(String.init)), "\(row[name])")
      // Limits of the whole front door stand with every record.
      let own = record.limits.filter { !door.limits.contains($0) }
      let isTold = !own.isEmpty || record.note != nil || record.help != nil
      #expect(isTold == !row[text].isEmpty, "\(row[name]): \(row[text])")
    }
  }
}
