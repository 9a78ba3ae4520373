import Capabilities
import ModelGraph

/// The model as a whole is too old or too new for the front door.
enum OpsetOutOfRange {
  static let rule = Rule(
    id: "RG110", name: "opset-out-of-range", severity: .error,
    summary: "The model's opset or IR version is outside what the front door accepts at all.",
    rationale: "The importer stops before it looks at the nodes.",
    help: "Convert the model to an opset in the range and export it again.")

  /// The reasons that hold for the whole model on a door.
  static func remarks(_ graph: ModelGraph, _ door: FrontDoor) -> [Remark] {
    var found: [Remark] = []
    for range in door.opsets {
      for entry in graph.opsetImports where entry.domain == range.domain {
        guard !range.versions.contains(entry.version) else { continue }
        found.append(
          Remark(
            rule, .unsupported,
            "\(door.title) accepts \(range.domain) opsets \(range.versions.text); "
              + "the model uses \(entry.version)", evidence: door.listEvidence))
      }
    }
    if let newest = door.maximumIRVersion, let version = graph.header.irVersion, version > newest {
      found.append(
        Remark(
          rule, .unsupported,
          "\(door.title) accepts IR versions up to \(newest); the model has \(version)",
          evidence: door.listEvidence))
    }
    return found
  }
}

extension IntegerRange {
  /// The ends for people, such as `8 to 18`.
  var text: String {
    switch (minimum, maximum) {
    case (nil, nil): "of any version"
    case (let from?, nil): "\(from) and newer"
    case (nil, let through?): "up to \(through)"
    case (let from?, let through?): "\(from) to \(through)"
    }
  }
}
