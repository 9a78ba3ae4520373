import Bytes
import CommandLineKit
import Reporting
import XMLDocuments

/// A report that was written as XML and cannot be used.
struct SavedReportFailure: Error, CustomStringConvertible {
  let path: String
  let reason: String

  var description: String { "\(path): \(reason)" }
}

/// Reports that were written as XML.
enum SavedReport {
  /// Whether a file begins like a report.
  static func isReport(_ path: String) -> Bool {
    guard path != "-", let source = try? ByteSource.open(path) else { return false }
    return source.withBytes { bytes in
      let start = bytes.text(ByteRange(0, min(bytes.count, 300)))
      return start.hasPrefix("<?xml") && start.contains("<regauge-report")
    }
  }

  /// Reads a report.
  ///
  /// - Throws: `SavedReportFailure` that says what the file is not, and where.
  static func read(_ path: String) throws(SavedReportFailure) -> Report {
    let bytes = try bytes(of: path)
    do { return try XMLReportReader.report(bytes) } catch {
      throw SavedReportFailure(path: path, reason: error.description + advice(for: bytes))
    }
  }

  /// The bytes of a file that should be a report.
  ///
  /// - Throws: `SavedReportFailure` when it cannot be opened.
  static func bytes(of path: String) throws(SavedReportFailure) -> [UInt8] {
    do {
      return try ByteSource.open(path).withBytes { bytes in
        bytes.withUnsafeBufferPointer { Array($0) }
      }
    } catch { throw SavedReportFailure(path: path, reason: error.reason) }
  }

  /// What to do about a report in a form that is not read back.
  private static func advice(for bytes: [UInt8]) -> String {
    let start = String(decoding: bytes.prefix(300), as: UTF8.self)
    if start.contains("<regauge-report") { return "" }
    let likeness = start.hasPrefix("{") || start.hasPrefix("[") ? "it looks like JSON, and " : ""
    return "; \(likeness)only reports written with -o xml are read back"
  }
}
