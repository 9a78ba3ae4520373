import Bytes
import Testing

/// Names that are read from an array of records when only some are wanted.
private func found(_ wanted: Set<String>, among names: [String]) throws -> [String] {
  let records = names.map { #"{"name":"\#($0)","filler":"\#(String(repeating: "x", count: 40))"}"# }
  let bytes = Array("{\"operators\":[\n\(records.joined(separator: ",\n"))\n]}\n".utf8)
  var search = RecordSearch(wanted)
  var reader = JSONReader()
  var read: [String] = []
  try reader.beginObject(bytes.span)
  _ = try reader.nextKey(bytes.span)
  try reader.beginArray(bytes.span)
  while try reader.nextElement(bytes.span) {
    let passed = search.pass(&reader, bytes.span) { bytes, offset in
      bytes.end(of: #"{"name":""#, at: offset).map {
        ByteRange($0, bytes.offset(ofStringEndFrom: $0))
      }
    }
    if passed { continue }
    try reader.beginObject(bytes.span)
    _ = try reader.nextKey(bytes.span)
    read.append(try reader.string(bytes.span))
    while try reader.nextKey(bytes.span) != nil { try reader.skipValue(bytes.span) }
  }
  guard try reader.nextKey(bytes.span) == nil else { return ["text behind the array"] }
  try reader.end(bytes.span)
  return read
}

@Suite struct RecordSearchTests {
  @Test(arguments: [0, 1, 2, 7, 50, 1000])
  func recordsThatAreWantedAreFoundWhereverTheyStand(_ count: Int) throws {
    let names = (0..<count).map { "Operator\($0 / 3)" }.sorted()
    for step in [1, 2, 3, 10, 333] {
      let wanted = Set(stride(from: 0, to: count, by: step).map { "Operator\($0)" })
      #expect(try found(wanted, among: names) == names.filter(wanted.contains))
    }
  }

  @Test func theFirstAndTheLastRecordAreFound() throws {
    let names = (100..<900).map { "N\($0)" }
    #expect(try found(["N100", "N899"], among: names) == ["N100", "N899"])
    #expect(try found(["N100"], among: names) == ["N100"])
    #expect(try found(["N899"], among: names) == ["N899"])
  }

  @Test func namesThatAreNotThereFindNothing() throws {
    let names = (100..<300).map { "N\($0)" }
    #expect(try found(["A", "N", "N1000", "N2", "Z"], among: names).isEmpty)
    #expect(try found([], among: names).isEmpty)
  }

  @Test func aNameThatBeginsLikeAnotherIsAnother() throws {
    #expect(try found(["Add"], among: ["Ad", "Add", "AddN", "Adds"]) == ["Add"])
    #expect(try found(["AddN"], among: ["Ad", "Add", "AddN", "Adds"]) == ["AddN"])
  }
}
