import Capabilities
import CommandLineKit
import ModelGraph
import Regauge

/// `regauge stacks`: lists stacks and shows what is known of one.
enum StacksCommand {
  static let command = Command(
    "stacks", summary: "List the stacks, or show what is known of one",
    subcommands: [list, show])

  private static let list = Command(
    "list", summary: "List stacks, front doors and devices"
  ) { arguments in
    let knowledge = try CommonOptions.knowledge(arguments)
    var text = ""
    for name in try knowledge.stackNames() {
      let stack = try knowledge.stack(name)
      text += "\(name)  \(stack.title)\n"
      text += "  front doors  \(stack.frontDoors.joined(separator: ", "))\n"
      if !stack.devices.isEmpty {
        text += "  devices      \(stack.devices.map(\.name).joined(separator: ", "))\n"
      }
    }
    try RegaugeTool.print(text)
    return ExitCode.clean
  }

  private static let show = Command(
    "show",
    summary: "Show a stack: front doors, counts by status and confidence, what is not known",
    operands: [Operand("stack", count: 1...1, help: "Name of the stack.")]
  ) { arguments in
    let knowledge = try CommonOptions.knowledge(arguments)
    let stack = try knowledge.stack(arguments.operands.first ?? "")
    var text = "\(stack.name)  \(stack.title) (\(stack.vendor))\n"
    for note in stack.notes { text += "  note: \(note)\n" }
    for door in stack.frontDoors {
      text += describe(
        try knowledge.frontDoor(FrontDoorName(stack: stack.name, door: door)))
    }
    for device in stack.devices { text += describe(device) }
    try RegaugeTool.print(text)
    return ExitCode.clean
  }

  private static func describe(_ door: FrontDoor) -> String {
    var text = "\n\(door.name)  \(door.title)\n"
    text += "  version      \(door.version)\n"
    text +=
      "  speaks       \(door.speaks.rawValue), versions compared by \(door.matching.rawValue)\n"
    text += "  list         \(door.completeness.rawValue); a node it does not take "
    switch door.onMissing {
    case .fails: text += "stops the conversion\n"
    case .runsOnCPU(let host):
      text += "runs on the CPU" + (host.map { " (\($0))" } ?? "") + "\n"
    case .runsNatively(let host):
      text += "runs by the vendor's own library" + (host.map { " (\($0))" } ?? "") + "\n"
    }
    let operators = Set(door.records.map { "\($0.domain)::\($0.name)" })
    text += "  operators    \(operators.count) in \(door.records.count) records\n"
    for status in OperatorRecord.Status.allCases {
      let count = door.records.count { $0.status == status }
      if count > 0 { text += "    \(status.rawValue): \(count)\n" }
    }
    let limited = door.records.count { !$0.limits.isEmpty }
    let ignoring = door.records.count { !$0.ignores.isEmpty }
    text += "    with limits: \(limited), with attributes that are not read: \(ignoring)\n"
    let confidences = Confidence.allCases.map { confidence in
      let count = door.records.count { $0.weakestConfidence == confidence }
      return "\(confidence.rawValue) \(count)"
    }
    text += "  confidence   \(confidences.joined(separator: ", "))\n"
    for source in door.sources {
      let commit = source.commit.map { "@\(EvidenceSource.shortened(commit: $0))" } ?? ""
      let date = source.date.map { " \($0)" } ?? ""
      text += "  source       \(source.repository)\(commit)\(date)\n"
    }
    for note in door.notes { text += "  note: \(note)\n" }
    return text
  }

  private static func describe(_ device: Device) -> String {
    var text = "\n\(device.name)"
    if !device.aliases.isEmpty { text += "  (also \(device.aliases.joined(separator: ", ")))" }
    text += "\n"
    if !device.lacks.isEmpty {
      text += "  does not compute \(device.lacks.types.map(\.name).joined(separator: ", "))\n"
    }
    for figure in device.figures {
      let unit = figure.unit.map { " \($0)" } ?? ""
      let date = figure.date.map { ", \($0)" } ?? ""
      text += "  \(figure.figure): \(figure.value)\(unit) (\(figure.kind.rawValue), "
      text += "\(figure.source)\(date), \(figure.confidence.rawValue))\n"
    }
    return text
  }
}

extension OperatorRecord {
  /// The weakest confidence among the record's evidence.
  var weakestConfidence: Confidence { evidence.map(\.confidence).min() ?? .high }
}
