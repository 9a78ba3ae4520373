import CommandLineKit
import Compatibility
import Reporting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A form of report and where it goes.
struct OutputChoice: Sendable {
  /// The forms that reports are written in.
  enum Format: String, CaseIterable, Sendable {
    case text
    case json
    case junit
  }

  let form: Format
  /// A path, or `-` for standard output.
  let path: String

  static let text = OutputChoice(form: .text, path: "-")

  static let format = ValueFormat<OutputChoice>(
    choices: Format.allCases.map(\.rawValue),
    describe: { $0.path == "-" ? $0.form.rawValue : "\($0.form.rawValue)=\($0.path)" },
    parse: { (text) throws(ValueFailure) in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let form = Format(rawValue: String(parts[0])) else {
        let names = Format.allCases.map(\.rawValue)
        throw ValueFailure(
          "is not a report format; known are \(names.joined(separator: ", "))",
          suggestion: Suggestion.nearest(to: String(parts[0]), among: names))
      }
      guard parts.count == 1 || !parts[1].isEmpty else { throw ValueFailure("names no file") }
      return OutputChoice(form: form, path: parts.count > 1 ? String(parts[1]) : "-")
    })

  /// Writes a report in every form that was asked for.
  static func write(
    _ report: Report, _ chosen: [OutputChoice], _ arguments: Arguments,
    isFailure: (Verdict) -> Bool = { _ in false }
  ) throws {
    let choices = chosen.isEmpty ? [.text] : chosen
    guard choices.count(where: { $0.path == "-" }) <= 1 else {
      throw arguments.failure("only one report can go to standard output")
    }
    for choice in choices {
      try OutputFile.write(try choice.bytes(of: report, arguments, isFailure), to: choice.path)
    }
  }

  private func bytes(
    of report: Report, _ arguments: Arguments, _ isFailure: (Verdict) -> Bool
  ) throws -> [UInt8] {
    switch form {
    case .json: return JSONReport.text(report)
    case .junit: return try JUnitReport.text(report, isFailure: isFailure)
    case .text:
      let terminal = try Terminal.live(
        descriptor: STDOUT_FILENO, colour: arguments[CommonOptions.colour])
      let style = TextStyle(
        width: terminal.width, usesColour: path == "-" && terminal.hasColour,
        usesUnicode: path != "-" || terminal.hasUnicode,
        isVerbose: arguments[CommonOptions.verbose])
      return Array(TextReport.text(report, style: style).utf8)
    }
  }
}
