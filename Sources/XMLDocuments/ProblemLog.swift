import CLibXML2

/// Collects what libxml2 has to say about one document.
final class ProblemLog {
  struct Problem {
    let line: Int?
    let isError: Bool
    let message: String
  }

  /// A document of nothing but mistakes must not fill the memory.
  private static let limit = 1000

  private(set) var problems: [Problem] = []
  /// What the C side writes to; valid as long as this object.
  let pointer: UnsafeMutablePointer<regauge_xml_log>

  init() {
    pointer = .allocate(capacity: 1)
    let context = Unmanaged.passUnretained(self).toOpaque()
    let log = regauge_xml_log(
      record: { context, line, _, isError, message in
        guard let context else { return }
        Unmanaged<ProblemLog>.fromOpaque(context).takeUnretainedValue().record(
          line: Int(line), isError: isError != 0, message: message)
      }, context: context)
    pointer.initialize(to: log)
  }

  deinit {
    pointer.deallocate()
  }

  /// The first error, which is the one that explains the others.
  var failure: XMLFailure? {
    problems.first(where: \.isError).map { XMLFailure($0.message, line: $0.line) }
  }

  private func record(line: Int, isError: Bool, message: UnsafePointer<CChar>?) {
    guard problems.count < Self.limit else { return }
    var text = message.map { String(cString: $0) } ?? "is not well-formed"
    while text.last?.isWhitespace ?? false { text.removeLast() }
    problems.append(Problem(line: line > 0 ? line : nil, isError: isError, message: text))
  }
}

/// Sets up libxml2; the first use runs it, once for all threads.
let libraryIsReady: Bool = {
  xmlInitParser()
  return true
}()

extension Int32 {
  /// The options that every parser here has: no network, no entity replaced, line numbers to the end.
  ///
  /// Options that silence libxml2 would, from 2.13 on, keep problems from the log as well.
  static var safeParsing: Int32 {
    Int32(XML_PARSE_NONET.rawValue | XML_PARSE_BIG_LINES.rawValue)
  }
}
