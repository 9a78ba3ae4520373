import Capabilities
import Compatibility
import ModelGraph

extension PageWriter {
  /// More operators than this are not listed.
  private static let mostOperators = 500
  /// Once the page has so many bytes, cells tell confidence and age of their evidence alone.
  private static let citationLimit = 2_000_000

  /// Writes what each target makes of each operator, with what that rests on.
  mutating func writeMatrix(_ comparison: Comparison, _ model: ModelReport) {
    let columns = comparison.shownTargets.map(MatrixColumn.init)
    let rows = MatrixRow.all(columns, model)
    element("p", text: say(.matrixExplained))
    element("div", ["class": "filtered"]) { page in
      page.writeFilters(columns, count: min(rows.count, Self.mostOperators))
      page.scrolling(page.say(.matrix)) { page in
        page.element("table", ["class": "matrix"]) { page in
          page.element("caption", text: page.say(.matrix))
          page.writeHeads(columns)
          page.element("tbody") { page in
            for row in rows.prefix(Self.mostOperators) { page.write(row, columns) }
          }
        }
      }
    }
    if html.bytes.count >= Self.citationLimit {
      element("p", ["class": "note"], text: say(.sourcesLeftOut))
    }
    if rows.count > Self.mostOperators {
      element(
        "p", ["class": "note"],
        text: say(.moreOperators, ["count": (rows.count - Self.mostOperators).grouped]))
    }
  }

  /// Writes the controls; without the script they would do nothing, so that it shows them.
  private mutating func writeFilters(_ columns: [MatrixColumn], count: Int) {
    element(
      "div", ["class": "filters", "role": "search", "aria-label": say(.filters), "hidden": ""]
    ) { page in
      page.element("label") { page in
        page.element("span", text: page.say(.searchOperators))
        page.html.void(
          "input", ["type": "search", "data-filter": "name", "autocomplete": "off"])
      }
      page.element("label") { page in
        page.element("span", text: page.say(.verdict))
        page.element("select", ["data-filter": "verdict"]) { page in
          page.element("option", ["value": "all"], text: page.say(.anyVerdict))
          page.element("option", ["value": "problem"], text: page.say(.problemsOnly))
          for verdict in Verdict.allCases.reversed() {
            page.element("option", ["value": verdict.rawValue], text: page.say(verdict.longText))
          }
        }
      }
      page.element("label") { page in
        page.element("span", text: page.say(.stack))
        page.element("select", ["data-filter": "column"]) { page in
          page.element("option", ["value": "all"], text: page.say(.anyStack))
          for (index, column) in columns.enumerated() {
            page.element("option", ["value": "\(index)"], text: column.target)
          }
        }
      }
      page.element(
        "output", ["aria-live": "polite", "data-text": page.say(.shownOfAll)],
        text: page.say(.shownOfAll, ["shown": "\(count)", "all": "\(count)"]))
    }
  }

  private mutating func writeHeads(_ columns: [MatrixColumn]) {
    element("thead") { page in
      page.element("tr") { page in
        page.element("th", ["scope": "col"], text: page.say(.operatorName))
        page.element("th", ["scope": "col"], text: page.say(.nodes))
        page.element("th", ["scope": "col"], text: page.say(.flops))
        for column in columns {
          page.element("th", ["scope": "col", "data-column": ""]) { page in
            page.html.write(text: column.stack)
            page.element("small", text: column.door)
          }
        }
      }
    }
  }

  private mutating func write(_ row: MatrixRow, _ columns: [MatrixColumn]) {
    element("tr", ["data-name": row.name.lowercased()]) { page in
      page.element("th", ["scope": "row"], text: row.name)
      page.element("td", ["class": "number"], text: row.nodes.grouped)
      page.element("td", ["class": "number"], text: row.flopShare.map { page.percent($0) } ?? "–")
      for column in columns {
        let judged = column.operators[row.operation]
        page.element("td", ["data-verdict": judged?.verdict.rawValue ?? ""]) { page in
          guard let judged else { return page.html.write(text: "–") }
          page.badge(judged.verdict, short: true)
          page.write(judged.grounds)
        }
      }
    }
    html.newLine()
  }

  /// Writes how sure and how old the evidence is, and on demand every piece of it.
  private mutating func write(_ grounds: Grounds) {
    guard let confidence = grounds.confidence else {
      return element("small", text: say(.noEvidence))
    }
    guard html.bytes.count < Self.citationLimit, !grounds.evidence.isEmpty else {
      return element("small") { $0.write(confidence, grounds.oldest) }
    }
    element("details", ["class": "sources"]) { page in
      page.element("summary") { $0.write(confidence, grounds.oldest) }
      page.element("ul") { page in
        for piece in grounds.evidence { page.write(piece) }
        if grounds.hasMoreEvidence { page.element("li", text: page.say(.moreEvidence)) }
      }
    }
  }

  private mutating func write(_ confidence: Confidence, _ oldest: EvidenceDate?) {
    html.write(text: say(confidence.text))
    guard let oldest else { return }
    html.write(text: " · ")
    element(
      "time", ["datetime": oldest.description], text: String(oldest.description.prefix(7)))
  }

  private mutating func write(_ piece: Evidence) {
    element("li") { page in
      page.writeSource(of: Citation(piece))
      if let date = piece.source.date {
        page.html.write(text: " · ")
        page.element("time", ["datetime": piece.source.day?.description ?? date], text: date)
      }
      page.html.write(text: " · \(page.say(piece.confidence.text))")
    }
  }
}

/// A target with what it makes of each operator.
private struct MatrixColumn {
  let target: String
  let stack: String
  let door: String
  let operators: [OperatorIdentity: JudgedOperator]

  init(_ row: Comparison.Row) {
    target = row.target.target
    stack = row.stack
    door = String(row.target.target.dropFirst(row.stack.count + 1))
    operators = Dictionary(
      (row.target.profile?.operators ?? []).map { ($0.operation, $0) },
      uniquingKeysWith: { first, _ in first })
  }
}

/// An operator of the model.
private struct MatrixRow {
  let operation: OperatorIdentity
  let name: String
  let nodes: Int
  /// The worst verdict on any target.
  let verdict: Verdict
  /// Share of the model's FLOPs; nil when no work is known.
  let flopShare: Double?

  /// Every operator that a target judged, the worst first, then the most frequent.
  static func all(_ columns: [MatrixColumn], _ model: ModelReport) -> [MatrixRow] {
    var found: [OperatorIdentity: (nodes: Int, verdict: Verdict)] = [:]
    for judged in columns.flatMap(\.operators.values) {
      let known = found[judged.operation] ?? (0, .supported)
      found[judged.operation] = (
        max(known.nodes, judged.counts.values.reduce(0, +)), max(known.verdict, judged.verdict)
      )
    }
    let all = Double(model.cost?.flops ?? 0)
    let flops = Dictionary(
      (model.cost?.operators ?? []).map { ($0.operation, Double($0.flops)) },
      uniquingKeysWith: +)
    return found.map { operation, entry in
      MatrixRow(
        operation: operation, name: operation.shortName.visible(), nodes: entry.nodes,
        verdict: entry.verdict,
        flopShare: all > 0 ? (flops[operation] ?? 0) / all : nil)
    }.sorted { left, right in
      (right.verdict, right.nodes, left.operation.description)
        < (left.verdict, left.nodes, right.operation.description)
    }
  }
}
