import Bytes
import CommandLineKit
import Compatibility

/// `regauge rules`: lists what Regauge looks for.
enum RulesCommand {
  private enum Form: String, CaseIterable, Sendable {
    case text
    case json
  }

  private static let form = Option(
    "form", as: ValueFormat.choice(of: Form.self), default: .text,
    help: "Print a table, or everything for programs.")

  static let command = Command(
    "rules", summary: "List the rules that findings refer to",
    options: [form],
    examples: [Example("Read about one of them", "regauge explain RG104")]
  ) { arguments in
    switch try arguments[form] {
    case .text: try RegaugeTool.print(table())
    case .json: try RegaugeTool.print(String(decoding: json(), as: UTF8.self))
    }
    return ExitCode.clean
  }

  private static func table() -> String {
    let widest = Rule.all.map(\.name.count).max() ?? 0
    return Rule.all.map { rule in
      let gap = String(repeating: " ", count: widest - rule.name.count)
      let space = String(repeating: " ", count: 7 - rule.severity.rawValue.count)
      return "\(rule.id)  \(rule.name)\(gap)  \(rule.severity.rawValue)\(space)  \(rule.summary)\n"
    }.joined()
  }

  private static func json() -> [UInt8] {
    var json = JSONWriter()
    json.array { json in
      for rule in Rule.all {
        json.object { json in
          json.member("id", rule.id)
          json.member("name", rule.name)
          json.member("severity", rule.severity.rawValue)
          json.member("summary", rule.summary)
          json.member("rationale", rule.rationale)
          json.member("help", rule.help)
        }
      }
    }
    return json.bytes + [0x0A]
  }
}
