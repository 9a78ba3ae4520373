import Bytes
import Capabilities
import Compatibility
import ModelGraph

extension ReportFormat {
  /// The comparison for programs.
  static let comparisonJSON = ReportFormat("json", for: .programs, "the comparison by its schema") {
    report, _ in
    ComparisonJSON.text(report)
  }
}

/// The comparison as JSON, by the schema `regauge/comparison/1`.
public enum ComparisonJSON {
  /// Identifier of the schema that the text follows.
  public static let schema = "regauge/comparison/1"

  /// Writes the ranked targets of every model.
  public static func text(_ report: Report) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", schema)
      json.key("tool")
      json.object { json in
        json.member("name", "regauge")
        json.member("version", report.toolVersion)
      }
      json.key("rules")
      json.object { json in
        json.member("origin", report.rulesOrigin)
        json.member("sha256", report.rulesDigest)
      }
      json.list("models", report.models) { $0.write(compared: $1) }
    }
    return json.bytes + [0x0A]
  }
}

extension JSONWriter {
  fileprivate mutating func write(compared model: ModelReport) {
    object { json in
      json.member("path", model.path.shortened(to: 4096))
      guard model.summary != nil, let comparison = Comparison(of: model) else {
        json.member("error", model.failure?.reason.shortened(to: 4096) ?? "not judged")
        return
      }
      json.key("valid")
      json.boolean(!model.isInvalid)
      if let cost = model.cost { json.member("flops", cost.flops) }
      if let effort = model.effort { json.write(effort) }
      json.list("targets", comparison.targets) { $0.write($1) }
      json.list("bestOfStack", comparison.stacks) { $0.string($1.target.target) }
      if let shared = comparison.opset { json.write(shared) }
      if let kernels = comparison.kernels { json.write(kernels) }
    }
  }

  private mutating func write(_ row: Comparison.Row) {
    let target = row.target
    object { json in
      json.member("target", target.target)
      json.key("rank")
      if let rank = row.rank { json.integer(rank) } else { json.null() }
      json.member("verdict", target.verdict.rawValue)
      json.key("shares")
      json.object { json in
        for verdict in Verdict.allCases {
          json.key(verdict.rawValue)
          json.object { json in
            json.member("count", target.counts[verdict] ?? 0)
            json.key("nodes")
            json.double(row.nodeShare(verdict))
            json.key("flops")
            if let share = row.flopShare(verdict) { json.double(share) } else { json.null() }
          }
        }
      }
      json.key("confidence")
      json.object { json in
        for confidence in Confidence.allCases {
          json.member(confidence.rawValue, target.confidences[confidence] ?? 0)
        }
      }
      if let effort = target.effort { json.write(effort) }
      if let profile = target.profile { json.write(profile) }
    }
  }

  private mutating func write(_ profile: TargetProfile) {
    key("refusesModel")
    boolean(profile.refusesModel)
    list("refusedTypes", profile.refusedTypes) { $0.string($1) }
    if let zone = profile.opsets { write(zone) }
    list("devices", profile.devices) { json, fit in
      json.object { json in
        json.member("device", fit.device.name)
        json.key("fits")
        if let fits = fit.fits { json.boolean(fits) } else { json.null() }
      }
    }
    list("operators", profile.operators) { json, judged in
      json.object { json in
        json.member("operator", judged.operation.description.shortened(to: 4096))
        json.member("verdict", judged.verdict.rawValue)
        json.key("confidence")
        if let confidence = judged.grounds.confidence {
          json.string(confidence.rawValue)
        } else {
          json.null()
        }
      }
    }
  }

  private mutating func write(_ zone: OpsetZone) {
    key("opsets")
    object { json in
      json.member("current", zone.current)
      json.list("taken", zone.opsets) { $0.integer($1) }
      json.key("recommended")
      if let opset = zone.recommended { json.integer(opset) } else { json.null() }
      json.list("never", zone.never) { $0.string($1.description.shortened(to: 4096)) }
      json.list("lowerEnd", zone.lowerEnd) { $0.string($1.description.shortened(to: 4096)) }
      json.list("upperEnd", zone.upperEnd) { $0.string($1.description.shortened(to: 4096)) }
      json.list("missingAdapters", zone.missingAdapters) { json, step in
        json.object { json in
          json.text("operator", step.operation)
          json.member("from", step.from)
          json.member("to", step.to)
        }
      }
    }
  }

  private mutating func write(_ shared: SharedOpset) {
    key("sharedOpset")
    object { json in
      json.key("opset")
      if let opset = shared.opset { json.integer(opset) } else { json.null() }
      json.list("served", shared.served) { $0.string($1) }
      json.list("others", shared.others) { $0.string($1) }
    }
  }

  private mutating func write(_ kernels: SharedKernels) {
    key("sharedKernels")
    object { json in
      json.list("targets", kernels.targets) { $0.string($1) }
      json.list("operators", kernels.operators) { json, entry in
        json.object { json in
          json.member("operator", entry.operation.description.shortened(to: 4096))
          json.member("service", entry.service.rawValue)
          json.list("because", entry.because) { $0.text($1) }
          json.member("nodes", entry.nodes)
          json.member("flops", entry.flops)
        }
      }
    }
  }
}
