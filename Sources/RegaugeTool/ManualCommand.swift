import CommandLineKit
import Compatibility
import Reporting

/// `regauge manual`: the manual, made from the commands, formats and rules themselves.
enum ManualCommand {
  private enum Form: String, CaseIterable, Sendable {
    case man
    case markdown
  }

  private static let form = Option(
    "form", as: ValueFormat.choice(of: Form.self), default: .man,
    help: "Print a page for man, or a reference in Markdown.")

  static let command = Command(
    "manual", summary: "Print the manual",
    options: [form],
    examples: [
      Example("Read it", "man -l <(regauge manual)"),
      Example("Install it", "regauge manual > /usr/local/share/man/man1/regauge.1"),
    ]
  ) { arguments in
    switch try arguments[form] {
    case .man: try RegaugeTool.print(manualPage())
    case .markdown: try RegaugeTool.print(reference())
    }
    return ExitCode.clean
  }

  // Functions, because the command tree mentions this command.

  private static func manualPage() -> String {
    ManualPage(
      RegaugeTool.root, version: RegaugeTool.version, date: RegaugeTool.date,
      sections: [
        ("REPORT FORMATS", lines(ReportFormat.all.map { ($0.name, $0.summary) })),
        ("EXIT STATUS", ExitCode.explanation), ("ENVIRONMENT", lines(environment)),
        ("FILES", lines(files)),
      ]
    ).text
  }

  private static func reference() -> String {
    var text = "# Regauge \(RegaugeTool.version)\n\n" + ReferencePage(RegaugeTool.root).text
    text += "\n## Report formats\n\n| format | |\n|---|---|\n"
    for form in ReportFormat.all { text += "| `\(form.name)` | \(form.summary) |\n" }
    text += "\n## Environment\n\n| variable | |\n|---|---|\n"
    for entry in environment { text += "| `\(entry.name)` | \(entry.text) |\n" }
    text += "\n## Files\n\n| file | |\n|---|---|\n"
    for entry in files { text += "| `\(entry.name)` | \(entry.text) |\n" }
    text += "\n## Rules\n"
    for rule in Rule.all {
      text += "\n### \(rule.id) \(rule.name) (\(rule.severity.rawValue))\n\n"
      text += "\(rule.summary) \(rule.rationale)\n\n\(rule.help)\n"
    }
    return text
  }

  private static func lines(_ entries: [(name: String, text: String)]) -> String {
    entries.map { "  \($0.name): \($0.text)" }.joined(separator: "\n")
  }

  private static let environment: [(name: String, text: String)] = [
    ("REGAUGE_RULES", "folder with rules to use instead of the built-in ones"),
    ("REGAUGE_FAIL_ON and so on", "values of options, see regauge config"),
    ("XDG_CONFIG_HOME", "folder of the user's own regauge/regauge.json (default: ~/.config)"),
    ("SOURCE_DATE_EPOCH", "seconds since 1970 that stand for the time of the run"),
    ("NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR, TERM", "whether to use colours"),
    ("COLUMNS, LC_ALL, LC_CTYPE, LANG", "width and character set of the terminal"),
  ]

  private static let files: [(name: String, text: String)] = [
    ("regauge.json", "values of options, in the working folder or above it"),
    (".regauge-ignore.json", "accepted findings, in the working folder"),
    ("MODEL.nodes.txt", "nodes of a binary model, which SARIF for GitHub points to"),
  ]
}
