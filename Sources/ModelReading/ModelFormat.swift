import Bytes

/// The serialisations of ONNX that are read.
public enum ModelFormat: String, Sendable, CaseIterable {
  /// Binary protobuf, the usual `.onnx`.
  case protobuf
  /// ONNX's own textual syntax, `.onnxtxt`.
  case onnxText = "onnx-text"
  /// Protobuf's JSON mapping, `.json` and `.onnxjson`.
  case json
  /// Protobuf's text format, `.textproto` and `.pbtxt`.
  case textproto
}

extension ModelFormat {
  /// Suffixes of files that a folder is searched for.
  public static let fileSuffixes = [
    ".onnx", ".onnxtxt", ".onnxtext", ".onnxjson", ".textproto", ".txtpb", ".pbtxt", ".prototxt",
  ]

  /// Tells the format by content.
  ///
  /// - Throws: `ReadFailure` that says what the file is when it is not ONNX.
  static func sniff(_ bytes: Span<UInt8>) throws(ReadFailure) -> ModelFormat {
    if bytes.isEmpty { throw ReadFailure("the file is empty", at: nil) }
    if let other = Signature.match(bytes) {
      throw ReadFailure("not an ONNX model but \(other)", at: nil)
    }
    guard isText(bytes) else { return .protobuf }
    return textForm(bytes)
  }

  /// Binary models have control characters in their first few fields; text has none.
  private static func isText(_ bytes: Span<UInt8>) -> Bool {
    for index in 0..<min(bytes.count, 512) {
      let byte = bytes[index]
      let isSpace = (0x09...0x0D).contains(byte)
      if (byte < 0x20 && !isSpace) || byte == 0x7F { return false }
    }
    return true
  }

  /// Which text form it is, told by the first word and what follows it.
  private static func textForm(_ bytes: Span<UInt8>) -> ModelFormat {
    var at = firstWord(bytes)
    guard at < bytes.count else { return .onnxText }
    switch bytes[at] {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return .json
    case UInt8(ascii: "<"), UInt8(ascii: "\""): return .onnxText
    default: break
    }
    while at < bytes.count, bytes[at].continuesIdentifier { at += 1 }
    while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
    guard at < bytes.count else { return .onnxText }
    return bytes[at] == UInt8(ascii: ":") || bytes[at] == UInt8(ascii: "{") ? .textproto : .onnxText
  }

  /// Offset of the first byte that is neither white space nor comment.
  private static func firstWord(_ bytes: Span<UInt8>) -> Int {
    var at = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "#") {
        while at < bytes.count, bytes[at] != 0x0A { at += 1 }
      } else if bytes[at] > 0x20 {
        return at
      } else {
        at += 1
      }
    }
    return at
  }
}

/// The first bytes of files that people take for ONNX models.
private struct Signature {
  let bytes: [UInt8]
  let offset: Int
  let meaning: String

  init(_ bytes: [UInt8], at offset: Int = 0, _ meaning: String) {
    self.bytes = bytes
    self.offset = offset
    self.meaning = meaning
  }

  init(_ text: String, at offset: Int = 0, _ meaning: String) {
    self.init(Array(text.utf8), at: offset, meaning)
  }

  private static let known = [
    Signature("PK\u{3}\u{4}", "a zip archive (a PyTorch .pt or .pt2, or .npz); export it to ONNX"),
    Signature([0x80, 0x02], "a Python pickle (a PyTorch checkpoint); export it to ONNX"),
    Signature([0x80, 0x03], "a Python pickle; export the model to ONNX"),
    Signature([0x80, 0x04], "a Python pickle; export the model to ONNX"),
    Signature([0x80, 0x05], "a Python pickle; export the model to ONNX"),
    Signature("ORTM", at: 4, "ONNX Runtime's own format (.ort); use the .onnx it was made from"),
    Signature("TFL3", at: 4, "a TensorFlow Lite model; convert it to ONNX"),
    Signature([0x1F, 0x8B], "a gzip archive; unpack it first"),
    Signature([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive; unpack it first"),
    Signature([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz archive; unpack it first"),
    Signature("version https://git-lfs", "a git-lfs pointer; run 'git lfs pull' to get the model"),
    Signature("GGUF", "a GGUF model of llama.cpp; export the original to ONNX"),
    Signature([0x89, 0x48, 0x44, 0x46], "an HDF5 file (a Keras model); convert it to ONNX"),
    Signature([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "a NumPy array"),
    Signature([0x7F, 0x45, 0x4C, 0x46], "a program (ELF)"),
    Signature("ustar", at: 257, "a tar archive; unpack it first"),
    Signature([0xEF, 0xBB, 0xBF], "text that starts with a byte-order mark; remove the mark"),
    Signature("<!DOCTYPE", "a web page (an error page saved as a model?)"),
    Signature("<!doctype", "a web page (an error page saved as a model?)"),
    Signature("<html", "a web page (an error page saved as a model?)"),
    Signature("<HTML", "a web page (an error page saved as a model?)"),
    Signature("<?xml", "an XML document (OpenVINO IR, or an error page)"),
  ]

  /// What the file is, if its first bytes are known; safetensors start with a length.
  static func match(_ bytes: Span<UInt8>) -> String? {
    for signature in known where signature.matches(bytes) { return signature.meaning }
    if bytes.count > 10, bytes[8] == UInt8(ascii: "{"), bytes[9] == UInt8(ascii: "\""),
      bytes[5] == 0, bytes[6] == 0, bytes[7] == 0
    {
      return "a safetensors file (weights without a graph)"
    }
    return nil
  }

  private func matches(_ file: Span<UInt8>) -> Bool {
    guard file.count >= offset + bytes.count else { return false }
    for index in bytes.indices where file[offset + index] != bytes[index] { return false }
    return true
  }
}
