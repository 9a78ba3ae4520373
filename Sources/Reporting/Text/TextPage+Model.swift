import Compatibility
import ModelGraph

extension TextPage {
  mutating func write(_ model: ModelReport) {
    let name = TextPiece(model.displayName, .bold)
    switch model.content {
    case .failure(let failure):
      let place = failure.position.map { " (\($0))" } ?? ""
      paragraph(
        first: 0, rest: 2, name, ": ", TextPiece("not readable".unbroken, .red), ": ",
        "\(failure.reason)\(place)")
    case .success(let summary):
      paragraph(first: 0, rest: 2, name, ": \(summary.oneLine)")
      if model.isInvalid {
        paragraph(
          first: 2, rest: 4, TextPiece("INVALID", .red), " – no runtime loads it")
      }
      write(model.structure)
      if model.targets.isEmpty { writeContents(summary, of: model) }
      for target in model.targets { write(target, isModelInvalid: model.isInvalid) }
      if let effort = model.effort { write(effort) }
    }
  }

  private mutating func writeContents(_ summary: ModelSummary, of model: ModelReport) {
    field("format", "\(summary.format), \(summary.byteCount.grouped) bytes")
    if let version = summary.irVersion { field("IR version", "\(version)") }
    if !summary.producer.isEmpty { field("producer", summary.producer) }
    let opsets = summary.opsets.map { "\($0.domain) \($0.version)".unbroken }
    field("opsets", opsets.joined(separator: ", "))
    field(
      "parameters", "\(summary.parameterCount.grouped), \(summary.weightBytes.grouped) bytes")
    for entry in summary.weightTypes { field("", "\(entry.type.name): \(entry.elements.grouped)") }
    if summary.subgraphCount > 0 { field("subgraphs", "\(summary.subgraphCount)") }
    fields("function", summary.functions.map(\.description))
    fields("weights in", summary.externalFiles)
    fields("input", summary.inputs.map { "\($0.name.shortened(to: 200)): \($0.type)" })
    fields("output", summary.outputs.map { "\($0.name.shortened(to: 200)): \($0.type)" })
    if let cost = model.cost { write(cost) }
    if let values = model.values {
      fields("value", values.map { "\($0.name.shortened(to: 200)): \($0.type)" })
    }
    line("  operators")
    for entry in summary.operators {
      line("  \(String(entry.count).paddedLeft(to: 8))  \(entry.operation.description.visible())")
    }
  }

  /// Entries of one kind a line each; models can have very many.
  private mutating func fields(_ name: String, _ entries: [String]) {
    let shown = style.isVerbose ? entries.count : 50
    for entry in entries.prefix(shown) { field(name, entry) }
    if entries.count > shown { field(name, "… \(entries.count - shown) more; --verbose shows all") }
  }

  private mutating func field(_ name: String, _ value: String) {
    paragraph(first: 2, rest: 15, "\(name.hardPadded(to: 12)) ", TextPiece(value, nil))
  }
}

extension ModelReport {
  /// The path as messages give it.
  var displayName: String { Self.name(of: path) }

  /// A model's path as messages give it.
  static func name(of path: String) -> String {
    path == "-" ? "standard input" : path.visible(limit: 1000)
  }
}

extension ModelSummary {
  /// The contents in one line.
  fileprivate var oneLine: String {
    let sets = opsets.map { "\($0.domain.visible()) \($0.version)".unbroken }
      .joined(separator: ", ")
    return "\(nodeCount.counted("node")), \(operators.count.counted("operator")), "
      + "\(parameterCount.counted("parameter")), opset \(sets.isEmpty ? "not stated" : sets)"
  }
}

extension String {
  /// Spaces before the text make it at least `count` columns wide.
  func paddedLeft(to count: Int) -> String {
    String(repeating: " ", count: max(count - columns, 0)) + self
  }

  /// Spaces after the text make it at least `count` columns wide.
  func padded(to count: Int) -> String {
    self + String(repeating: " ", count: max(count - columns, 0))
  }

  /// The text with spaces that no line is broken at.
  var unbroken: String { String(map { $0 == " " ? TextPage.hardSpace : $0 }) }

  /// Spaces after the text that no line is broken at.
  func hardPadded(to count: Int) -> String {
    self + String(repeating: TextPage.hardSpace, count: max(count - columns, 0))
  }
}

extension FixedWidthInteger {
  /// The number with its digits in groups of three.
  var grouped: String {
    var result = ""
    for (index, digit) in String(magnitude).reversed().enumerated() {
      if index > 0, index % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return (self < 0 ? "-" : "") + String(result.reversed())
  }

  /// The number with the word for what it counts.
  func counted(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}
