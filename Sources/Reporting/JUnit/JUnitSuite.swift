import Compatibility
import XMLDocuments

/// One model on one target, or a model by itself.
struct JUnitSuite {
  /// A suite of more cases is folded: systems refuse reports of many megabytes.
  private static let mostCases = 1000
  /// Bytes of texts in one suite; beyond this the texts are cut to their first line.
  private static let mostText = 200_000
  /// Bytes of the text of one case.
  private static let longestText = 20_000
  /// Bytes that the suites of one model are to stay below, all targets together.
  static let roomOfModel = 900_000

  let name: String
  let package: String
  /// The model's file; empty when there is none.
  let file: String
  var properties: [JUnitProperty]
  var cases: [JUnitCase]
  /// What there is to tell besides the cases.
  var output: String

  /// The class of its cases, one for all of them.
  var className: String? { cases.first?.className }

  /// Numbers cases whose class and name have been used before: consumers drop all but the first.
  ///
  /// `uses` counts how often a class and name were asked for.
  mutating func makeNamesUnique(_ uses: inout [String: Int]) {
    for index in cases.indices {
      let original = cases[index].name
      // A number may make it the name of another case, which then counts as well.
      while true {
        let key = "\(cases[index].className)\n\(cases[index].name)"
        let number = uses[key, default: 0] + 1
        uses[key] = number
        if number == 1 { break }
        cases[index].name = "\(original) (\(number))"
      }
    }
  }

  /// Makes the suite small enough to take no more than about so many bytes.
  mutating func fit(into room: Int) {
    foldCases(beyond: room)
    cutTexts(beyond: room - cases.reduce(0) { $0 + $1.leastBytes })
  }

  /// Sums up cases beyond the limits in a last one, those first that did not pass.
  private mutating func foldCases(beyond room: Int) {
    let size = cases.reduce(0) { $0 + $1.leastBytes }
    guard cases.count > Self.mostCases || size > room, let className else { return }
    let sorted = cases.enumerated()
      .sorted { ($1.element.rank, $0.offset) < ($0.element.rank, $1.offset) }.map(\.element)
    var rest = room
    let kept = sorted.prefix(Self.mostCases - 1).prefix { entry in
      rest -= entry.leastBytes
      return rest > 0
    }
    let folded = sorted.dropFirst(kept.count)
    cases = Array(kept)
    let failures = folded.count { $0.outcome?.isFailure ?? false }
    let skips = folded.count { $0.outcome?.isSkip ?? false }
    let text =
      "\(folded.count.counted("further operator")): \(failures) failed, \(skips) skipped, "
      + "\(folded.count - failures - skips) passed; the JSON report has more"
    let outcome: JUnitOutcome? =
      if failures > 0 { .failure(type: "further-operators", text: text) } else if skips > 0 {
        .skipped(text: text)
      } else { nil }
    cases.append(JUnitCase(name: "further operators", className: className, outcome: outcome))
  }

  /// Shortens texts so that the suite stays small.
  private mutating func cutTexts(beyond most: Int) {
    var room = min(Self.mostText, most)
    for index in cases.indices {
      cases[index].outcome = cases[index].outcome?.mapText { text in
        let cut = text.cut(to: room > 0 ? Self.longestText : 0)
        room -= cut.utf8.count
        return cut
      }
    }
    output = output.cut(to: Self.longestText)
  }
}

/// Something to know about a suite.
struct JUnitProperty {
  let name: String
  let value: String

  init(_ name: String, _ value: String) {
    self.name = name
    self.value = value.visible(limit: 1000)
  }
}

/// One operator on one target, or one claim about a model.
struct JUnitCase {
  var name: String
  let className: String
  var outcome: JUnitOutcome?

  /// Bytes that it takes with the first line of its text alone.
  fileprivate var leastBytes: Int {
    let frame = name.utf8.count + className.utf8.count + 60
    return switch outcome {
    case nil: frame
    case .skipped(let text): frame + text.message.utf8.count + 80
    case .failure(_, let text), .error(_, let text): frame + 2 * text.message.utf8.count + 120
    }
  }

  fileprivate var rank: Int {
    switch outcome {
    case nil: 0
    case .skipped: 1
    case .failure: 2
    case .error: 3
    }
  }
}

/// Why a case did not pass.
enum JUnitOutcome {
  case failure(type: String, text: String)
  case error(type: String, text: String)
  case skipped(text: String)

  var isFailure: Bool { if case .failure = self { true } else { false } }
  var isSkip: Bool { if case .skipped = self { true } else { false } }

  func mapText(_ change: (String) -> String) -> JUnitOutcome {
    switch self {
    case .failure(let type, let text): .failure(type: type, text: change(text))
    case .error(let type, let text): .error(type: type, text: change(text))
    case .skipped(let text): .skipped(text: change(text))
    }
  }
}

/// Number of cases by outcome.
private struct JUnitCounts {
  private var tests = 0
  private var failures = 0
  private var errors = 0
  private var skipped = 0

  init(of suites: JUnitSuites) {
    for suite in suites {
      for entry in suite.cases { add(entry) }
    }
  }

  init(of cases: [JUnitCase]) {
    for entry in cases { add(entry) }
  }

  private mutating func add(_ entry: JUnitCase) {
    tests += 1
    switch entry.outcome {
    case nil: break
    case .failure: failures += 1
    case .error: errors += 1
    case .skipped: skipped += 1
    }
  }

  var attributes: KeyValuePairs<String, String> {
    [
      "tests": String(tests), "failures": String(failures), "errors": String(errors),
      "skipped": String(skipped),
    ]
  }
}

extension XMLWriter {
  /// The schemas demand a time stamp; a constant one keeps reports reproducible.
  private static let timeStamp = "1970-01-01T00:00:00"

  /// Writes the document element with all suites.
  func write(_ suites: JUnitSuites, dialect: JUnitDialect, timestamp: String?) {
    // Ant's schema takes no time zone.
    let time = timestamp.map { String($0.prefix(19)) } ?? Self.timeStamp
    switch dialect {
    case .surefire: writeSurefire(suites)
    case .strict, .gitlab:
      startElement("testsuites")
      if dialect == .gitlab {
        attribute("name", "Regauge")
        for (name, count) in JUnitCounts(of: suites).attributes where name != "skipped" {
          attribute(name, count)
        }
      }
      for (index, suite) in suites.enumerated() where failure == nil {
        write(suite, id: index, dialect, time)
      }
      endElement()
    }
  }

  private func write(_ suite: JUnitSuite, id: Int, _ dialect: JUnitDialect, _ time: String) {
    startElement(
      "testsuite",
      [
        "name": suite.name, "package": suite.package, "id": String(id), "timestamp": time,
        "hostname": "localhost",
      ])
    for (name, count) in JUnitCounts(of: suite.cases).attributes { attribute(name, count) }
    attribute("time", "0.000")
    write(suite.properties)
    for entry in suite.cases { write(entry, file: dialect == .gitlab ? suite.file : "") }
    element("system-out", text: suite.output)
    emptyElement("system-err")
    endElement()
  }

  /// Writes one suite of all cases: Surefire's schema has no element around suites.
  private func writeSurefire(_ suites: JUnitSuites) {
    startElement("testsuite", ["name": "Regauge"])
    for (name, count) in JUnitCounts(of: suites).attributes { attribute(name, count) }
    attribute("time", "0.000")
    write(suites.first { _ in true }?.properties ?? [])
    for suite in suites where failure == nil {
      for entry in suite.cases { write(entry, file: "") }
    }
    endElement()
  }

  private func write(_ properties: [JUnitProperty]) {
    guard !properties.isEmpty else { return }
    element("properties") {
      for property in properties {
        emptyElement("property", ["name": property.name, "value": property.value])
      }
    }
  }

  private func write(_ entry: JUnitCase, file: String) {
    element(
      "testcase",
      [
        "name": entry.name, "classname": entry.className, "time": "0.000",
        "file": file.isEmpty ? nil : file,
      ]
    ) {
      switch entry.outcome {
      case nil: break
      case .failure(let type, let text):
        element("failure", ["message": text.message, "type": type], text: text)
      case .error(let type, let text):
        element("error", ["message": text.message, "type": type], text: text)
      case .skipped(let text): element("skipped", text: text)
      }
    }
  }
}

extension String {
  /// The first line, not too long for an attribute.
  fileprivate var message: String {
    String(split(separator: "\n", maxSplits: 1).first ?? "").shortened(to: 200)
  }

  /// The text up to about `limit` bytes, but at least its first line, with a word on what was cut.
  fileprivate func cut(to limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var kept = ""
    for line in split(separator: "\n", omittingEmptySubsequences: false) {
      if !kept.isEmpty, kept.utf8.count + line.utf8.count > limit { break }
      kept += kept.isEmpty ? message : "\n\(line)"
    }
    return kept.utf8.count < utf8.count ? "\(kept)\n(cut; the JSON report has more)" : kept
  }
}
