import Bytes
import ModelGraph
import ModelReading
import TestSupport
import Testing

@Suite struct HeaderDigestTests {
  private func model(weight: [UInt8], name: String = "w") -> [UInt8] {
    WireMessage.model { graph in
      graph.node("Relu", inputs: [name], outputs: ["y"])
      graph.message(5) { tensor in
        tensor.int(1, Int64(weight.count))
        tensor.int(2, 2)
        tensor.text(8, name)
        tensor.data(9, weight)
      }
    }
  }

  private func digest(_ bytes: [UInt8]) throws -> String {
    try ModelReader.read(ByteSource(bytes), as: .protobuf).graph.headerDigest()
  }

  @Test func withoutLargeWeightsItIsTheDigestOfTheFile() throws {
    let bytes = model(weight: [UInt8](repeating: 1, count: 1023))
    var hash = SHA256()
    hash.update(bytes.span)
    #expect(try digest(bytes) == hash.hexadecimalDigest())
  }

  @Test func weightsDoNotCount() throws {
    let first = try digest(model(weight: [UInt8](repeating: 1, count: 4096)))
    #expect(try digest(model(weight: [UInt8](repeating: 2, count: 4096))) == first)
    #expect(try digest(model(weight: [UInt8](repeating: 1, count: 4097))) != first)
    #expect(try digest(model(weight: [UInt8](repeating: 1, count: 4096), name: "v")) != first)
  }

  @Test func theBytesOfANodeAreKnown() throws {
    let bytes = WireMessage.model { graph in
      graph.node("Relu", inputs: ["x"], outputs: [String(repeating: "y", count: 300)])
    }
    let graph = try ModelReader.read(ByteSource(bytes), as: .protobuf).graph
    let start = try #require(graph.nodes[0].position.byteOffset)
    let count = try #require(graph.storedByteCount(of: NodeReference(0)))
    let node = Array(bytes[start..<start + count])
    #expect(
      node
        == WireMessage {
          $0.node("Relu", inputs: ["x"], outputs: [String(repeating: "y", count: 300)])
        }.bytes.suffix(count))
    #expect(count > 300)
  }
}
