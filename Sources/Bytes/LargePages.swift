#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Tables of tens of megabytes take their time with pages of 4 KiB: each is mapped on its own when it
/// is first touched, and a search that jumps about misses the processor's table of pages.
extension Array {
  /// Reserves capacity and asks the system for large pages under it when it is big.
  @inlinable
  public mutating func reserveLarge(_ capacity: Int) {
    reserveCapacity(capacity)
    let byteCount = capacity * MemoryLayout<Element>.stride
    guard byteCount >= LargePages.leastBytes else { return }
    unsafe withUnsafeMutableBufferPointer {
      LargePages.advise(from: UInt(bitPattern: $0.baseAddress), byteCount: byteCount)
    }
  }

  /// Makes an array of the same element many times, on large pages when it is big.
  @inlinable
  public init(large element: Element, count: Int) {
    self = []
    reserveLarge(count)
    for _ in 0..<count { append(element) }
  }
}

/// Pages of 2 MiB, where the system has them.
@usableFromInline
enum LargePages {
  /// Smaller tables gain nothing and would be rounded up.
  @usableFromInline static let leastBytes = 3 << 20
  private static let pageBytes: UInt = 2 << 20

  /// Advises the system about the whole large pages inside an array's own memory.
  ///
  /// What the pages hold does not change, and a refusal does no harm.
  @usableFromInline
  static func advise(from start: UInt, byteCount: Int) {
    #if canImport(Glibc)
      let first = (start + pageBytes - 1) & ~(pageBytes - 1)
      let end = (start + UInt(byteCount)) & ~(pageBytes - 1)
      guard first < end else { return }
      _ = unsafe madvise(
        UnsafeMutableRawPointer(bitPattern: first), Int(end - first), MADV_HUGEPAGE)
    #endif
  }
}
