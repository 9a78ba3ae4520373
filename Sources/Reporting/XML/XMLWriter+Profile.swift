import Capabilities
import Compatibility
import ModelGraph
import XMLDocuments

extension XMLWriter {
  /// Writes what comparing a target with others takes.
  func write(_ profile: TargetProfile) {
    element(
      "profile",
      [
        "refuses-model": profile.refusesModel ? "true" : nil,
        "portable": profile.isPortable ? "true" : nil,
      ]
    ) {
      for verdict in Verdict.allCases {
        if let flops = profile.flops[verdict] {
          emptyElement("work", ["verdict": verdict.rawValue, "flops": String(flops)])
        }
      }
      for name in profile.refusedTypes { emptyElement("refused-type", ["name": name.xml]) }
      for judged in profile.operators { write(judged) }
      if let zone = profile.opsets { write(zone) }
      for fit in profile.devices { write(fit) }
      for run in profile.runs { write(run) }
    }
  }

  private func write(_ judged: JudgedOperator) {
    let grounds = judged.grounds
    startElement("judged")
    write(judged.operation)
    if let confidence = grounds.confidence { attribute("confidence", confidence.rawValue) }
    if let oldest = grounds.oldest { attribute("oldest", oldest.description.xml) }
    if grounds.hasMoreEvidence { attribute("more-evidence", "true") }
    attribute("kernels", grounds.kernels.map(\.rawValue).sorted().joined(separator: " "))
    for verdict in Verdict.allCases {
      if let nodes = judged.counts[verdict] {
        emptyElement("count", ["verdict": verdict.rawValue, "nodes": String(nodes)])
      }
    }
    for piece in grounds.evidence { write(Citation(piece)) }
    endElement()
  }

  private func write(_ zone: OpsetZone) {
    element(
      "opsets",
      [
        "current": String(zone.current), "recommended": zone.recommended.map { String($0) },
        "taken": zone.opsets.map { String($0) }.joined(separator: " "),
      ]
    ) {
      for (name, operators) in [
        ("never", zone.never), ("lower-end", zone.lowerEnd), ("upper-end", zone.upperEnd),
      ] {
        for operation in operators {
          startElement(name)
          write(operation)
          endElement()
        }
      }
      for step in zone.missingAdapters {
        emptyElement(
          "missing-step",
          ["operator": step.operation.xml, "from": String(step.from), "to": String(step.to)])
      }
    }
  }

  private func write(_ fit: DeviceFit) {
    element(
      "device",
      [
        "name": fit.device.name.xml, "fits": fit.fits.map { $0 ? "true" : "false" },
        "devices-for-weights": fit.devicesForWeights.map { String($0) },
        "least-seconds": fit.leastTime.map { "\($0.seconds)" },
        "bound": fit.leastTime?.bound.rawValue,
      ]
    ) {
      guard let memory = fit.memory, case .number(let value) = memory.source.value else { return }
      let source = memory.source
      emptyElement(
        "memory",
        [
          "bytes": "\(memory.value)", "figure": source.figure.xml, "value": "\(value)",
          "unit": source.unit?.xml, "kind": source.kind.rawValue, "source": source.source.xml,
          "commit": source.commit?.xml, "path": source.path?.xml, "line": source.line?.xml,
          "date": source.date?.xml, "confidence": source.confidence.rawValue,
        ])
    }
  }

  private func write(_ run: GraphRun) {
    startElement("run", ["first": String(run.first), "flops": String(run.flops)])
    for side in GraphRun.Side.allCases {
      if let nodes = run.counts[side] { attribute(side.rawValue, String(nodes)) }
    }
    for entry in run.operators {
      startElement("operator")
      write(entry.operation)
      attribute("nodes", String(entry.count))
      endElement()
    }
    endElement()
  }
}
