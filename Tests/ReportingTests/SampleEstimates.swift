import Compatibility
import ModelGraph
import Porting
import Reporting

/// Estimates made by hand, in hours that are easy to add.
enum SampleEstimates {
  /// A term whose hours are sure, so that the expected ones are these.
  static func term(
    _ part: RouteRules.Part, _ task: String, _ hours: Double, for subject: String = "the model",
    route: String? = nil, count: Double = 1, factor: Double = 1
  ) -> Term {
    Term(
      saved: part, subject: subject, route: route, task: task, title: "New Triton kernel",
      operatorClass: nil, hours: ThreePointHours(hours, hours, hours), spread: nil, count: count,
      factor: factor, factorReason: factor == 1 ? "" : "further operators", calibration: 1,
      basis: "judgement", isMeasured: false)
  }

  static let signature = OperatorSignature(
    saved: OperatorIdentity(domain: "", name: "Erf"), types: "float16 -> float16", ranks: "2 -> 2",
    mode: "")

  private static func costing(_ terms: [Term]) -> Costing {
    let mean = terms.reduce(0) { $0 + $1.total.mean }
    return Costing(
      saved: terms, range: EffortRange(mean: mean, deviation: mean / 4), choices: ["triton"])
  }

  /// 8 h of bring-up, 16 h of a kernel and 4 h of tuning by the best route; by hand the kernel
  /// takes 80 h.
  static func estimate(
    _ target: String, findings: [Finding] = [], blocked: [Int] = []
  ) -> Estimate {
    func terms(_ task: String, _ route: String, _ hours: Double) -> [Term] {
      [
        term(.bringUp, "S1", 8, for: "example"),
        term(.operators, task, hours, for: signature.description, route: route),
        term(.performance, "P1", 8, count: 2, factor: 0.25),
      ]
    }
    let gap = Gap(
      saved: signature, operatorClass: nil, nodes: 2, findings: findings, verdict: .unsupported)
    return Estimate(
      saved: target, gaps: [gap], best: costing(terms("T1", "triton", 16)),
      byHand: costing(terms("N1", "native", 80)), blocked: blocked, grade: .c,
      gradeMeaning: "kernels or importer code to be written", size: 1, confidence: .low,
      reservations: ["The device was not tried."], tritonEvidence: "", isExact: true, bound: nil,
      whatIfs: [], hoursPerDay: 8, daysPerWeek: 5, people: 1)
  }

  /// A report of one model on two targets; for the second there is no estimate.
  static func report() throws -> Reporting.Report {
    let found = finding(.unsupported, "Erf", count: 2, reason: "no kernel")
    var first = target("example/compiler", nodes: 4, [found])
    let estimate = estimate(first.target, findings: [found])
    first.effort = .estimate(estimate)
    first.plan = PortingPlan(estimate, model: "m.onnx", flops: [2_000_000])
    var second = target("other/compiler", nodes: 4)
    second.effort = EstimateOutcome.none(because: "nobody has counted")
    return ReportingTests.report([
      ModelReport(
        path: "m.onnx",
        summary: try summary("<ir_version: 8, opset_import: [\"\": 17]>\ng () => () {}"),
        structure: [], targets: [first, second])
    ])
  }
}
