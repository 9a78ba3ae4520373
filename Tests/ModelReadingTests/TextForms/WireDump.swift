import Bytes
import ModelGraph

@testable import ModelReading

/// Wire bytes as readable text, to compare what transcoders write.
///
/// Messages are `name { … }`, packed numbers `name: [1 2]`, texts in quotes, other bytes in
/// hexadecimal. With positions, messages that have one are `name@line:column { … }`.
struct WireDump {
  private let model: TranscodedModel
  private let showsPositions: Bool

  static func text(of model: TranscodedModel, showsPositions: Bool = false) throws -> String {
    let dump = WireDump(model: model, showsPositions: showsPositions)
    return try dump.fields(of: .model, ByteRange(0, model.bytes.count)).joined(separator: " ")
  }

  private func fields(of message: ProtoMessage, _ range: ByteRange) throws -> [String] {
    let bytes = model.bytes.span
    var rest = range
    var result: [String] = []
    while !rest.isEmpty {
      let tag = try bytes.tag(&rest)
      if let field = ProtoSchema.of(message).field(tag.field) {
        result.append(try "\(field.name)" + content(of: field, tag.type, &rest))
      } else {
        let name = tag.field == WireWriter.elidedBytesField ? "elided_bytes" : "elided_list"
        result.append("\(name): \(try bytes.varint(&rest))")
      }
    }
    return result
  }

  private func content(
    of field: ProtoField, _ type: WireType, _ rest: inout ByteRange
  ) throws -> String {
    guard type == .delimited else { return ": \(try number(field.kind, &rest))" }
    var content = try model.bytes.span.delimited(&rest)
    switch field.kind {
    case .message(let message):
      let inner = try fields(of: message, content)
      let body = inner.isEmpty ? "{}" : "{ \(inner.joined(separator: " ")) }"
      return "\(position(of: content.start)) \(body)"
    case .string, .bytes: return ": \(literal(content))"
    default:
      var numbers: [String] = []
      while !content.isEmpty { numbers.append(try number(field.kind, &content)) }
      return ": [\(numbers.joined(separator: " "))]"
    }
  }

  private func number(_ kind: ProtoKind, _ rest: inout ByteRange) throws -> String {
    let bytes = model.bytes.span
    switch kind {
    case .float: return "\(Float(bitPattern: try bytes.fixed32(&rest)))"
    case .double: return "\(Double(bitPattern: try bytes.fixed64(&rest)))"
    case .uint64: return "\(try bytes.varint(&rest))"
    default: return "\(Int64(bitPattern: try bytes.varint(&rest)))"
    }
  }

  private func literal(_ content: ByteRange) -> String {
    let bytes = Array(model.bytes[content.start..<content.end])
    guard bytes.span.isUTF8(ByteRange(0, bytes.count)), bytes.allSatisfy({ $0 >= 0x20 }) else {
      return "0x" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    return "\"\(String(decoding: bytes, as: UTF8.self))\""
  }

  private func position(of offset: Int) -> String {
    guard showsPositions, let entry = model.positions.first(where: { $0.offset == offset }),
      let line = entry.position.line, let column = entry.position.column
    else { return "" }
    return "@\(line):\(column)"
  }
}

/// A text form under test.
enum TextForm: Sendable {
  case json, textproto, onnxText

  func transcode(
    _ source: [UInt8], limits: TranscodingLimits = .standard
  ) throws(ReadFailure) -> TranscodedModel {
    switch self {
    case .json: try transcodeJSON(source.span, limits: limits)
    case .textproto: try transcodeTextproto(source.span, limits: limits)
    case .onnxText: try transcodeONNXText(source.span, limits: limits)
    }
  }

  /// What a text becomes on the wire.
  func dump(
    _ text: String, limits: TranscodingLimits = .standard, showsPositions: Bool = false
  ) throws -> String {
    try WireDump.text(
      of: transcode(Array(text.utf8), limits: limits), showsPositions: showsPositions)
  }

  /// The failure that a text is refused with, as `line:column reason`; nil if it is read.
  func failure(_ text: String, limits: TranscodingLimits = .standard) -> String? {
    failure(Array(text.utf8), limits: limits)
  }

  func failure(_ source: [UInt8], limits: TranscodingLimits = .standard) -> String? {
    do {
      _ = try transcode(source, limits: limits)
      return nil
    } catch {
      let place = error.position.map { "\($0.line ?? 0):\($0.column ?? 0) " } ?? ""
      return place + error.reason
    }
  }

  /// The warnings for a text, as `line:column detail`.
  func warnings(_ text: String) throws -> [String] {
    try transcode(Array(text.utf8)).warnings.map {
      "\($0.position.line ?? 0):\($0.position.column ?? 0) \($0.detail)"
    }
  }
}
