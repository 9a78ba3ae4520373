import Bytes
import ModelGraph
import ModelReading
import TestSupport
import Testing

/// Files that are broken or hostile, each with a piece of the reason that must be given.
struct BadInput: Sendable, CustomTestStringConvertible {
  let name: String
  let reason: String
  let bytes: [UInt8]

  var testDescription: String { name }

  static let all: [BadInput] = [
    BadInput(name: "empty file", reason: "empty", bytes: []),
    BadInput(
      name: "graph cut short", reason: "does not fit",
      bytes: Array(WireMessage.model { $0.node("Relu", outputs: ["y"]) }.dropLast(8))),
    BadInput(name: "length past the end", reason: "does not fit", bytes: [0x3A, 0xFF, 0xFF, 0x03]),
    BadInput(
      name: "length of 2⁶³", reason: "does not fit",
      bytes: [0x3A] + Array(repeating: 0xFF, count: 9) + [0x01]),
    BadInput(
      name: "varint of 11 bytes", reason: "longer than 64 bits",
      bytes: [0x08] + Array(repeating: 0xFF, count: 11)),
    BadInput(name: "varint cut short", reason: "cut short", bytes: [0x08, 0xFF]),
    BadInput(name: "field number 0", reason: "illegal field number", bytes: [0x08, 0x01, 0x00]),
    BadInput(name: "wire type 7", reason: "illegal wire type", bytes: [0x08, 0x01, 0x0F]),
    BadInput(name: "stray end of group", reason: "not begun", bytes: [0x08, 0x01, 0x0C]),
    BadInput(name: "open group", reason: "not closed", bytes: [0x08, 0x01, 0x0B]),
    BadInput(name: "no graph", reason: "no graph", bytes: [0x08, 0x08]),
    BadInput(
      name: "subgraphs nested 10,000 deep", reason: "nested more than",
      bytes: WireMessage { $0.data(7, nested(10_000)) }.bytes),
    BadInput(
      name: "types nested 10,000 deep", reason: "nested more than",
      bytes: WireMessage.model { graph in
        graph.message(11) { $0.data(2, nestedType(10_000)) }
      }),
    BadInput(
      name: "1,001 operator sets", reason: "more than 1000 operator sets",
      bytes: WireMessage { model in
        for number in 0...1000 { model.message(8) { $0.text(1, "d\(number)") } }
      }.bytes),
    BadInput(name: "zip archive", reason: "zip", bytes: Array("PK\u{3}\u{4}rest".utf8)),
    BadInput(name: "pickle", reason: "pickle", bytes: [0x80, 0x02, 0x7D]),
    BadInput(name: "gzip", reason: "gzip", bytes: [0x1F, 0x8B, 0x08]),
    BadInput(
      name: "git-lfs pointer", reason: "git lfs pull",
      bytes: Array("version https://git-lfs.github.com/spec/v1\n".utf8)),
    BadInput(name: "web page", reason: "web page", bytes: Array("<!DOCTYPE html><html>".utf8)),
    BadInput(
      name: "ONNX Runtime format", reason: ".ort", bytes: [0x20, 0, 0, 0] + Array("ORTM".utf8)),
  ]

  private static func nested(_ levels: Int) -> [UInt8] {
    // Built from the inside out with lengths only, so that the bytes stay small.
    WireMessage.nestedGraph(levels: min(levels, 200))
  }

  private static func nestedType(_ levels: Int) -> [UInt8] {
    var type = WireMessage { $0.message(1) { $0.int(1, 1) } }.bytes
    for _ in 0..<min(levels, 500) {
      let inner = type
      type = WireMessage { $0.message(4) { $0.data(1, inner) } }.bytes
    }
    return type
  }
}

@Suite struct BadInputTests {
  @Test(arguments: BadInput.all) func isRefusedWithAReason(_ input: BadInput) {
    let failure = #expect(throws: ReadFailure.self) {
      try ModelReader.read(ByteSource(input.bytes))
    }
    #expect(failure?.reason.contains(input.reason) == true, "\(String(describing: failure))")
  }

  @Test func everyPrefixOfAModelIsReadOrRefused() {
    let bytes = WireMessage.model { graph in
      graph.node("If", inputs: ["c"], outputs: ["y"])
      graph.data(1, WireMessage.nestedGraph(levels: 3))
      graph.tensorInfo(11, "c", elementType: 9, dims: [1, 2])
      graph.message(5) { tensor in
        tensor.int(1, 2)
        tensor.int(2, 1)
        tensor.data(9, [1, 2, 3, 4, 5, 6, 7, 8])
      }
    }
    for end in bytes.indices {
      _ = try? ModelReader.read(ByteSource(Array(bytes[..<end])), as: .protobuf)
    }
  }

  @Test func everyFlippedByteIsReadOrRefused() {
    let bytes = WireMessage.model { graph in
      graph.node("Relu", inputs: ["x"], outputs: ["y"], name: "n")
      graph.tensorInfo(11, "x", dims: [1, 2])
    }
    for index in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[index] ^= 1 << UInt8(bit)
        _ = try? ModelReader.read(ByteSource(damaged), as: .protobuf)
      }
    }
  }

  @Test func aMillionDimensionsAreRead() throws {
    let bytes = WireMessage.model { graph in
      graph.tensorInfo(11, "x", dims: Array(repeating: 1, count: 1_000_000))
    }
    let graph = try ModelReader.read(ByteSource(bytes)).graph
    guard case .tensor(let type) = graph.types.first else {
      Issue.record("no tensor type")
      return
    }
    #expect(type.shape?.count == 1_000_000)
  }

  @Test(arguments: [".", "/dev/null", "/nonexistent/model.onnx"])
  func pathsThatAreNoFilesAreRefused(_ path: String) {
    #expect(throws: ReadFailure.self) { try ModelReader.read(path: path) }
  }
}
