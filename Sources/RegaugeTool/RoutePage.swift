import Capabilities
import Compatibility
import ModelGraph
import Porting
import Regauge
import Reporting

/// The ways round findings, for people.
enum RoutePage {
  /// The ways that exist for findings on an operator on a target, with their hours.
  static func text(
    of routes: [OperatorRoute], _ operation: OperatorIdentity, _ target: Target,
    _ estimator: Estimator, isBrief: Bool
  ) -> String {
    guard let stack = estimator.routes.stack(target.stack.name) else {
      return isBrief ? "" : "  ways round: none is in the evidence for \(target.stack.name)\n"
    }
    if isBrief {
      let ways = routes.map { "\($0.route.name) \(decimal($0.hours.mean)) h" }
      return ways.isEmpty ? "" : "  ways round, expected hours: \(ways.joined(separator: ", "))\n"
    }
    let operatorClass = estimator.effort.operatorClass(of: operation.description)
    let kind = operatorClass.map { "class \($0.name)" } ?? "of no class that hours are known for"
    var text = "  ways round findings on it (\(kind); \(stack.language), \(stack.dialect.title)), "
    text += "hours at best/likely/worst for the first node:\n"
    if routes.isEmpty { text += "    none is known\n" }
    for way in routes { text += Self.text(of: way) }
    return text
  }

  private static func text(of way: OperatorRoute) -> String {
    var text = "    \(way.route.name) (\(way.route.grade.rawValue)): \(way.route.title) – "
    text += "\(way.hours.text) h, expected \(decimal(way.hours.mean)) h\n"
    let condition = way.condition.map { ", \($0)" } ?? ""
    text += "      for \(way.rules.joined(separator: ", "))\(condition)\n"
    for term in way.terms {
      let times = term.count == 1 ? "" : " × \(decimal(term.count))"
      let again = term.factor == 1 ? "" : " × \(decimal(term.factor)) (\(term.factorReason))"
      text += "      \(name(term.task, term.operatorClass)) \(term.title): "
      text += "\(term.hours.text) h\(times)\(again); \(term.basis)\n"
    }
    return text
  }

  private static func name(_ task: String, _ operatorClass: String?) -> String {
    operatorClass.map { "\(task)/\($0)" } ?? task
  }

  /// The ways that deal with findings of a rule; kernels in the dialects of `stacks`, if any are named.
  static func text(of rule: Rule, _ stacks: [String], _ estimator: Estimator) -> String {
    let routes = estimator.routes.routes.filter { $0.deals(with: rule.id) }
    guard !routes.isEmpty else { return "" }
    let dialects = Set(stacks.compactMap { estimator.routes.stack($0)?.dialect })
    var text = "Usual ways round, hours at best/likely/worst each time:\n"
    for route in routes {
      text += "  \(route.name) (\(route.grade.rawValue)): \(route.title)\n"
      for id in route.taskNames(in: dialects.isEmpty ? nil : dialects) {
        text += tasks(id, estimator.effort)
      }
    }
    return text
      + "Which of them exist hangs on operator and target: regauge explain OPERATOR -t TARGET\n"
  }

  /// One task; where its hours differ by class, their span.
  private static func tasks(_ id: String, _ effort: EffortRules) -> String {
    let tasks = effort.tasks.filter { $0.id == id }
    guard let first = tasks.first else { return "" }
    let means = tasks.map(\.hours.mean)
    guard tasks.count > 1, let least = means.min(), let most = means.max() else {
      return "    \(id) \(first.title): \(first.hours.text) h; \(first.basis)\n"
    }
    return
      "    \(id) \(first.title): \(decimal(least)) to \(decimal(most)) h expected, by class of "
      + "operator; \(first.basis)\n"
  }
}

extension RouteRules.Dialect {
  /// The dialect in words.
  fileprivate var title: String {
    switch self {
    case .cudaLike: "a CUDA-like dialect"
    case .npu: "an NPU dialect"
    }
  }
}
