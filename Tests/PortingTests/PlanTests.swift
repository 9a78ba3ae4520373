import Bytes
import Foundation
import ModelGraph
import ModelReading
import Porting
import Regauge
import Reporting
import Testing

@Suite struct PlanTests {
  private static let model = SampleEffort.root
    .appending(path: "Fixtures/models/silero_vad_16k_op15.onnx").path

  private func report(people: Int = 1, route: String? = nil) throws -> TargetReport {
    let knowledge = try SampleEffort.knowledge()
    var effort = EffortOptions()
    effort.plans = true
    effort.packages = true
    effort.policy.people = people
    effort.policy.route = route
    var options = AnalysisOptions()
    options.effort = effort
    let name = TargetName(stack: "moorethreads-musa", frontDoor: "onnxruntime")
    let analysis = Analysis(knowledge, targets: try knowledge.targets(name), options: options)
    let report = try analysis.report(onModelsAt: [Self.model], toolVersion: "test")
    return try #require(report.models.first?.targets.first)
  }

  @Test func stepsWaitForThoseBeforeThem() throws {
    let plan = try #require(try report(people: 3).plan)
    var ends: [String: Double] = [:]
    for step in plan.steps {
      for id in step.dependencies { #expect(try #require(ends[id]) <= step.start + 1e-9) }
      ends[step.id] = step.end
    }
    #expect(plan.steps.first?.term.part == .bringUp)
    #expect(plan.steps.last?.term.part == .performance)
    #expect(plan.steps.map(\.term.part) == plan.steps.map(\.term.part).sorted())
  }

  @Test func morePeopleChangeTheDurationAndNotTheHours() throws {
    let one = try #require(try report().plan)
    let three = try #require(try report(people: 3).plan)
    #expect(three.duration < one.duration)
    #expect(three.estimate.best.range == one.estimate.best.range)
    #expect(three.steps.map(\.end).max() ?? 0 >= three.criticalHours - 1e-6)
  }

  @Test func noOneDoesTwoThingsAtATime() throws {
    let plan = try #require(try report(people: 2).plan)
    for person in 1...2 {
      let own = plan.steps.filter { $0.person == person }.sorted { $0.start < $1.start }
      for (first, second) in zip(own, own.dropFirst()) {
        #expect(first.end <= second.start + 1e-9)
      }
    }
  }

  @Test func packagesHoldTheOperatorAlone() throws {
    let packages = try report(route: "native").packages
    #expect(packages.map(\.operation.name).contains("LSTM"))
    for package in packages {
      let bytes = try #require(package.model)
      let graph = try ModelReader.read(ByteSource(bytes)).graph
      #expect(graph.nodes.count == 1)
      #expect(graph.operators == [package.operation])
      #expect(graph.opsetImports.contains { $0.domain == "ai.onnx" && $0.version == 15 })
      #expect(package.ticket.contains("Shapes in use"))
    }
  }

  @Test func theTableForTrackersHasARowForEachStep() throws {
    let plan = try #require(try report().plan)
    let text = PlanCSV.text([plan])
    #expect(text.split(separator: "\r\n").count == plan.steps.count + 1)
    #expect(text.hasPrefix("Key,Summary,Description,"))
  }

  @Test func theLedgerAddsUp() throws {
    let estimate = try #require(try report().effort?.estimate)
    let sum = estimate.best.terms.reduce(0) { $0 + $1.total.mean }
    #expect(abs(sum - estimate.best.range.mean) < 1e-9)
    let own = estimate.best.terms.filter { $0.part != .overhead }.reduce(0) { $0 + $1.total.mean }
    #expect(abs(sum - own * 1.15) < 1e-9)
  }

  @Test func theDeviationFollowsFromTheSpreadsOfTheLedger() throws {
    let estimate = try #require(try report(route: "native").effort?.estimate)
    #expect(estimate.best.terms.contains { $0.task == "N1" && $0.spread == 1.27 })
    let deviations = try estimate.best.terms.map { term in
      let spread = try #require(term.spread)
      #expect(spread <= 1.28)
      return term.total.mean * (exp(spread * spread) - 1).squareRoot()
    }
    let sum = deviations.reduce(0, +)
    let squares = deviations.reduce(0) { $0 + $1 * $1 }
    let expected = (0.9 * squares + 0.1 * sum * sum).squareRoot()
    #expect(abs(estimate.best.range.deviation / expected - 1) < 1e-9)
  }

  @Test func theConventionIsTakenWhereItIsAskedFor() throws {
    let knowledge = try SampleEffort.knowledge()
    let name = TargetName(stack: "moorethreads-musa", frontDoor: "onnxruntime")
    var effort = EffortOptions()
    effort.overrides = (
      "own.json",
      ByteSource(
        Array(
          #"{"schema": "regauge/effort/1", "parameters": [{"name": "most_spread_in_sums", "value": 0}]}"#
            .utf8))
    )
    var options = AnalysisOptions()
    options.effort = effort
    let analysis = Analysis(knowledge, targets: try knowledge.targets(name), options: options)
    let report = try analysis.report(onModelsAt: [Self.model], toolVersion: "test")
    let best = try #require(report.models.first?.targets.first?.effort?.estimate?.best)
    let sum = best.terms.reduce(0) { $0 + $1.total.deviation }
    let squares = best.terms.reduce(0) { $0 + $1.total.deviation * $1.total.deviation }
    #expect(best.terms.allSatisfy { $0.spread == nil })
    let expected = (0.7 * squares + 0.3 * sum * sum).squareRoot()
    #expect(abs(best.range.deviation / expected - 1) < 1e-9)
  }

  @Test func aKnownStackAndAnExperiencedTeamCostLess() throws {
    let knowledge = try SampleEffort.knowledge()
    let name = TargetName(stack: "moorethreads-musa", frontDoor: "onnxruntime")
    func hours(_ change: (inout EstimatePolicy) -> Void) throws -> Double {
      var options = AnalysisOptions()
      var effort = EffortOptions()
      change(&effort.policy)
      options.effort = effort
      let analysis = Analysis(knowledge, targets: try knowledge.targets(name), options: options)
      let report = try analysis.report(onModelsAt: [Self.model], toolVersion: "test")
      return try #require(report.models.first?.targets.first?.effort?.estimate?.best.range.mean)
    }
    let first = try hours { _ in }
    let known = try hours { $0.knownStacks = ["moorethreads-musa"] }
    let experienced = try hours { $0.team = .experienced }
    #expect(abs(first - known - 16.6667 * 0.8 * 1.15) < 0.01)
    #expect(experienced < first)
  }
}
