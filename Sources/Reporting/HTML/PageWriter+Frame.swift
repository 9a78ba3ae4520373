import Compatibility

extension PageWriter {
  // MARK: Head

  mutating func writeHead(_ report: Report) {
    let assets = [PageAsset.style, PageAsset.script]
    let policy = [
      "default-src 'none'", "style-src \(assets[0].policySource)",
      "script-src \(assets[1].policySource)", "base-uri 'none'", "form-action 'none'",
    ].joined(separator: "; ")
    let title = title(of: report)
    element("head") { page in
      page.html.void("meta", ["charset": "utf-8"])
      page.html.void(
        "meta", ["http-equiv": "Content-Security-Policy", "content": policy])
      page.html.void(
        "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      page.html.void("meta", ["name": "referrer", "content": "no-referrer"])
      page.element("title", text: title)
      page.html.newLine()
      page.html.write(.style)
    }
    html.newLine()
  }

  private func title(of report: Report) -> String {
    let name =
      report.models.count == 1
      ? report.models.first?.displayName ?? ""
      : say(.modelCount, ["count": report.models.count.grouped])
    return "\(name.shortened(to: 120)) – Regauge"
  }

  // MARK: Body

  mutating func writeBody(_ report: Report) {
    let compared = report.models.map { ($0, Comparison(of: $0)) }
    element("body", ["data-months": say(.monthsOld), "data-month": say(.monthOld)]) { page in
      page.element("a", ["class": "skip", "href": "#content"], text: page.say(.skip))
      page.element("header") { page in
        page.element("p", ["class": "brand"], text: "Regauge")
        page.writeTitle(compared)
      }
      page.element("main", ["id": "content"]) { page in
        if compared.count == 1, let (model, comparison) = compared.first {
          page.write(model, comparison, prefix: "")
        } else {
          page.writeModels(compared)
        }
        page.writeRunFindings(report)
        let rules = report.rules
        if !rules.isEmpty { page.section("rules", .rules) { $0.write(rules) } }
      }
      page.writeFooter(report)
      page.html.write(.script)
    }
  }

  private mutating func writeTitle(_ compared: [(ModelReport, Comparison?)]) {
    guard compared.count == 1, let (model, comparison) = compared.first else {
      element("h1", text: say(.modelCount, ["count": compared.count.grouped]))
      return
    }
    element("h1", text: model.displayName)
    writeSummary(of: model, comparison)
  }

  private mutating func writeFooter(_ report: Report) {
    html.newLine()
    element("footer") { page in
      var rules = page.say(
        .madeBy, ["version": report.toolVersion, "digest": String(report.rulesDigest.prefix(12))])
      if let timestamp = report.timestamp { rules += " · \(timestamp)" }
      page.element("p", text: rules)
      page.element("p", text: page.say(.selfContained))
    }
    html.newLine()
  }

  /// Writes findings about the run and what a baseline had that is gone.
  private mutating func writeRunFindings(_ report: Report) {
    guard !report.findings.isEmpty || !report.fixed.isEmpty else { return }
    section("run", .runFindings) { page in
      page.write(findings: report.findings)
      guard !report.fixed.isEmpty else { return }
      page.element("h3", text: page.say(.fixedFindings))
      page.element("ul") { page in
        for fixed in report.fixed.prefix(PageWriter.mostFindings) {
          let place = [fixed.model, fixed.target, fixed.operation].filter { !$0.isEmpty }
          page.element(
            "li", text: "\(place.joined(separator: " · ")): \(fixed.reason) [\(fixed.rule)]")
        }
      }
    }
  }

  // MARK: Several models

  private mutating func writeModels(_ compared: [(ModelReport, Comparison?)]) {
    var linked = 0
    let stacks = Set(compared.flatMap { $0.1?.stacks.map(\.stack) ?? [] }).sorted()
    section("models", .models) { page in
      page.element("p", text: page.say(.modelsExplained))
      page.scrolling(page.say(.models)) { page in
        page.element("table", ["class": "matrix"]) { page in
          page.element("caption", text: page.say(.models))
          page.element("thead") { page in
            page.element("tr") { page in
              page.element("th", ["scope": "col"], text: page.say(.model))
              page.element("th", ["scope": "col"], text: page.say(.nodes))
              for stack in stacks { page.element("th", ["scope": "col"], text: stack) }
            }
          }
          page.element("tbody") { page in
            for (index, (model, comparison)) in compared.enumerated() where page.hasRoom {
              page.writeRow(model, comparison, stacks, index)
              linked = index + 1
            }
          }
        }
      }
    }
    for (index, (model, comparison)) in compared.enumerated() {
      guard hasRoom else {
        element("p", ["class": "note"]) { page in
          // The links of the table still lead somewhere.
          for rest in index..<max(index, linked) {
            page.element("span", ["id": "m\(rest)"], text: "")
          }
          page.html.write(text: page.say(.pageFull))
        }
        return
      }
      html.newLine()
      element("article", ["id": "m\(index)", "aria-labelledby": "m\(index)-name"]) { page in
        page.element("h2", ["id": "m\(index)-name", "class": "model"], text: model.displayName)
        page.writeSummary(of: model, comparison)
        page.write(model, comparison, prefix: "m\(index)-")
      }
    }
  }

  private mutating func writeRow(
    _ model: ModelReport, _ comparison: Comparison?, _ stacks: [String], _ index: Int
  ) {
    element("tr") { page in
      page.element("th", ["scope": "row"]) { page in
        page.element("a", ["href": "#m\(index)"], text: model.displayName)
      }
      page.element(
        "td", ["class": "number"], text: model.summary.map { $0.nodeCount.grouped } ?? "–")
      for stack in stacks {
        page.element("td") { page in
          guard let row = comparison?.stacks.first(where: { $0.stack == stack }) else {
            page.html.write(text: page.say(model.failure == nil ? .notJudged : .unreadable))
            return
          }
          page.badge(row.target.verdict, short: true)
          page.element("small", text: page.percent(row.nodeShare(.supported)))
        }
      }
    }
    html.newLine()
  }
}
