import Bytes
import ModelGraph

extension ManifestParser {
  /// The whole document of a stack.
  mutating func stack(_ bytes: Span<UInt8>) throws(JSONFailure) -> Stack? {
    var members = StackMembers()
    let start = try document(bytes, citing: ["devices"]) { (parser, key) throws(JSONFailure) in
      try parser.stackMember(key, &members, bytes)
    }
    return try recoveringWhole { (parser) throws(JSONFailure) in
      try members.stack(parser, start, bytes)
    }
  }

  private mutating func stackMember(
    _ key: String, _ members: inout StackMembers, _ bytes: Span<UInt8>
  ) throws(JSONFailure) {
    switch key {
    case "schema": members.schema = try schema("regauge/stack/1", bytes)
    case "stack": members.name = try text(bytes)
    case "title": members.title = try text(bytes)
    case "vendor": members.vendor = try text(bytes)
    case "frontDoors":
      members.frontDoors = try filledList(bytes) { (parser) throws(JSONFailure) in
        try parser.text(bytes)
      }
    case "sources": sources = try sourceTable(bytes)
    case "notes": members.notes = try texts(bytes)
    case "devices": members.devices = try listsDevices ? devices(bytes) : noDevices(bytes)
    default: throw unknownKey(key, in: bytes)
    }
  }

  /// Passes over the devices.
  private mutating func noDevices(_ bytes: Span<UInt8>) throws(JSONFailure) -> [Device] {
    try beginArray(bytes)
    while try nextElement(bytes) {
      if !reader.skipLine(bytes) { try reader.skipValue(bytes) }
    }
    return []
  }

  private mutating func devices(_ bytes: Span<UInt8>) throws(JSONFailure) -> [Device] {
    var devices: [Device] = []
    var names: [String] = []
    try beginArray(bytes)
    while try nextElement(bytes) {
      let start = try nextOffset(bytes)
      let device = try recovering(bytes) { (parser) throws(JSONFailure) -> Device in
        let device = try parser.device(bytes)
        let own = ([device.name] + device.aliases).map { $0.lowercased() }
        for (index, name) in own.enumerated()
        where names.contains(name) || own[..<index].contains(name) {
          throw parser.reader.failure(
            "a device called \"\(name)\" is there already", in: bytes, at: start)
        }
        names += own
        return device
      }
      if let device { devices.append(device) }
    }
    return devices
  }

  private mutating func device(_ bytes: Span<UInt8>) throws(JSONFailure) -> Device {
    var name: String?
    var aliases: [String] = []
    var product: String?
    var lacks: ElementTypeSet = []
    var has: ElementTypeSet = []
    var figures: [DeviceFigure] = []
    var evidence: [Evidence] = []
    var note: String?
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "name": name = try text(bytes)
      case "aliases": aliases = try texts(bytes)
      case "product": product = try text(bytes)
      case "lacks": lacks = try elementTypes(bytes)
      case "has": has = try elementTypes(bytes)
      case "figures":
        figures = try list(bytes) { (parser) throws(JSONFailure) in try parser.figure(bytes) }
      case "evidence": evidence = try citations(bytes)
      case "note": note = try text(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    if !lacks.isEmpty || !has.isEmpty, evidence.isEmpty {
      throw missing("evidence", at: start, in: bytes)
    }
    return Device(
      name: try required(name, "name", at: start, in: bytes), aliases: aliases, product: product,
      lacks: lacks, has: has, figures: figures, evidence: evidence, note: note)
  }

  private mutating func figure(_ bytes: Span<UInt8>) throws(JSONFailure) -> DeviceFigure {
    var members = FigureMembers()
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "figure": members.figure = try text(bytes)
      case "value":
        members.value =
          try reader.peek(bytes) == .number
          ? .number(try reader.double(bytes)) : .text(try text(bytes))
      case "unit": members.unit = try text(bytes)
      case "kind": members.kind = try choice(bytes)
      case "source": members.source = try text(bytes)
      case "commit": members.commit = try text(bytes)
      case "path": members.path = try text(bytes)
      case "line": members.line = try text(bytes)
      case "date": members.date = try text(bytes)
      case "confidence": members.confidence = try choice(bytes)
      case "note": members.note = try text(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    return try members.deviceFigure(self, start, bytes)
  }
}

/// The members of a stack's document as they are met.
private struct StackMembers {
  var schema: String?
  var name: String?
  var title: String?
  var vendor: String?
  var frontDoors: [String]?
  var notes: [String] = []
  var devices: [Device]?

  func stack(
    _ parser: ManifestParser, _ start: Int, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Stack {
    _ = try parser.required(schema, "schema", at: start, in: bytes)
    return Stack(
      name: try parser.required(name, "stack", at: start, in: bytes),
      title: try parser.required(title, "title", at: start, in: bytes),
      vendor: try parser.required(vendor, "vendor", at: start, in: bytes),
      frontDoors: try parser.required(frontDoors, "frontDoors", at: start, in: bytes),
      devices: try parser.required(devices, "devices", at: start, in: bytes),
      sources: parser.sources?.map(\.source) ?? [], notes: notes)
  }
}

/// The members of a figure as they are met.
private struct FigureMembers {
  var figure: String?
  var value: DeviceFigure.Value?
  var unit: String?
  var kind: DeviceFigure.Kind?
  var source: String?
  var commit: String?
  var path: String?
  var line: String?
  var date: String?
  var confidence: Confidence?
  var note: String?

  func deviceFigure(
    _ parser: ManifestParser, _ start: Int, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> DeviceFigure {
    DeviceFigure(
      figure: try parser.required(figure, "figure", at: start, in: bytes),
      value: try parser.required(value, "value", at: start, in: bytes), unit: unit,
      kind: try parser.required(kind, "kind", at: start, in: bytes),
      source: try parser.required(source, "source", at: start, in: bytes),
      commit: commit, path: path, line: line, date: date,
      confidence: try parser.required(confidence, "confidence", at: start, in: bytes), note: note)
  }
}
