import Bytes
import Testing

struct ImmortalByteSourceTests {
  @Test("memory that stays is lent as it is, not copied")
  func lendsInPlace() {
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 3)
    defer { memory.deallocate() }
    _ = memory.initialize(from: [1, 2, 3])
    let source = ByteSource(immortal: UnsafeBufferPointer(memory))
    #expect(source.count == 3)
    memory[1] = 9
    #expect(source.withBytes { bytes in bytes.indices.map { bytes[$0] } } == [1, 9, 3])
  }

  @Test("no memory at all is an empty source")
  func empty() {
    let source = ByteSource(immortal: UnsafeBufferPointer(start: nil, count: 0))
    #expect(source.count == 0)
    #expect(source.withBytes { $0.isEmpty })
  }
}
