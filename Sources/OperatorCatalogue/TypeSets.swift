import Bytes

/// The type sets that an operator file names; operators refer to them.
///
/// Where only some operators are read, a set is read when the first of them refers to it.
struct TypeSets {
  private var sets: [String: AllowedTypes] = [:]
  /// Where sets stand that were not read yet.
  private var offsets: [String: Int] = [:]

  var isEmpty: Bool { sets.isEmpty && offsets.isEmpty }

  /// Reads the table, or only where each set stands.
  mutating func read(
    _ fields: inout FieldReader, onDemand: Bool, _ bytes: Span<UInt8>
  ) throws(JSONFailure) {
    try fields.beginObject(bytes)
    while let key = try fields.nextKey(bytes, unless: { sets[$0] != nil || offsets[$0] != nil }) {
      let start = try fields.valueOffset(bytes)
      if onDemand, fields.json.skipLine(bytes) {
        offsets[key] = start
      } else {
        sets[key] = try fields.typeSet(bytes)
      }
      fields.leave()
    }
  }

  /// The set of a name; nil when the file has none.
  mutating func set(
    named name: String, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> AllowedTypes? {
    if let known = sets[name] { return known }
    guard let offset = offsets[name] else { return nil }
    var fields = FieldReader(at: offset)
    let set = try fields.typeSet(bytes)
    sets[name] = set
    return set
  }
}
