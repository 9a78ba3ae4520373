import Bytes
import Foundation
import Porting
import Regauge
import Testing
import TestSupport

@Suite struct EffortRulesTests {
  private func overridden(_ text: String) throws -> EffortRules {
    let rules = try SampleEffort.estimator().effort
    return try rules.overridden(by: "own.json", ByteSource(Array(text.utf8)))
  }

  private func failure(_ text: String) -> EffortFailure? {
    do {
      _ = try overridden(text)
      return nil
    } catch { return error as? EffortFailure }
  }

  @Test func everyNumberCanBeReplaced() throws {
    let rules = try overridden(
      """
      {"schema": "regauge/effort/1",
       "tasks": [{"id": "N2", "class": "attention", "hours": [1, 2, 3]}],
       "parameters": [{"name": "hours_per_person_day", "value": 6}]}
      """)
    #expect(rules.task("N2", class: "attention")?.hours == ThreePointHours(1, 2, 3))
    #expect(rules.task("N2", class: "attention")?.basis == "set by own.json")
    #expect(rules.parameters.first { $0.name == "hours_per_person_day" }?.value == 6)
  }

  @Test func hoursOfOnesOwnDoNotSpreadAsThoseOfOthers() throws {
    let rules = try overridden(
      #"{"schema": "regauge/effort/1", "tasks": [{"id": "V2", "hours": [3, 4, 5]}]}"#)
    let task = try #require(rules.task("V2"))
    #expect(rules.spread(of: task) == nil)
  }

  @Test func spreadsCanBeSet() throws {
    let rules = try overridden(
      #"{"schema": "regauge/effort/1", "tasks": [{"id": "V2", "spread": 0.5}]}"#)
    let task = try #require(rules.task("V2"))
    #expect(rules.spread(of: task) == 0.5)
    #expect(task.spread?.basis == "set by own.json")
  }

  @Test func withoutSpreadInSumsTheConventionIsTaken() throws {
    let rules = try overridden(
      """
      {"schema": "regauge/effort/1", "parameters": [{"name": "most_spread_in_sums", "value": 0}]}
      """)
    #expect(rules.tasks.allSatisfy { rules.spread(of: $0) == nil })
  }

  @Test func workWithoutAHistorySpreadsAsTheMedianOfWhatHasOne() throws {
    let rules = try SampleEffort.estimator().effort
    let bringUp = try #require(rules.task("S2")?.spread)
    #expect(bringUp.basis.hasPrefix("judgement"))
    #expect(try #require(rules.task("V2")?.spread).basis.hasPrefix("measured"))
  }

  @Test(arguments: [
    (#""task": "K1""#, #""task": "K9""#, #"spreads[2].task: there is no task "K9""#),
    (#""task": "K1""#, #""task": "I2""#, #"the task "I2" is given twice"#),
    (#""task": "*""#, #""task": "S1""#, #"the spread of "*", for tasks without"#),
    (#""deviation": 1.06"#, #""deviation": 3.5"#, "spreads[2].deviation: 3.5 is more than 3"),
  ])
  func badSpreadsAreRefused(_ old: String, _ new: String, _ reason: String) throws {
    let folder = try RuleCopy()
    try folder.replace("effort/spreads.json", old, new)
    let failure = folder.failure
    #expect(failure?.contains(reason) == true, "\(failure ?? "nothing")")
  }

  @Test(arguments: [
    (#"{"id": "N2", "spread": 4}"#, "tasks[0].spread", "more than 3"),
    (#"{"id": "N2", "spread": -1}"#, "tasks[0].spread", "negative"),
    (#"{"id": "N2", "hours": [-1, 2, 3]}"#, "tasks[0].hours[0]", "negative"),
    (#"{"id": "N2", "hours": [3, 2, 4]}"#, "tasks[0].hours", "exceed"),
    (#"{"id": "N2", "hours": [1, 5, 4]}"#, "tasks[0].hours", "exceed"),
    (#"{"id": "N2", "hours": [1, 5]}"#, "tasks[0].hours", "optimistic, likely, pessimistic"),
    (#"{"id": "N2", "class": "magic", "hours": [1, 2, 3]}"#, "tasks[0].class", "no class"),
    (#"{"id": "Z9", "hours": [1, 2, 3]}"#, "tasks[0].id", "no task"),
    (#"{"id": "N2", "hourz": [1, 2, 3]}"#, "tasks[0].hourz", "no meaning"),
    (#"{"hours": [1, 2, 3]}"#, "tasks[0]", "missing"),
    (#"{"id": "N2", "hours": [1, 2, 1e9]}"#, "tasks[0].hours[2]", "million"),
  ])
  func badNumbersAreRefusedWithTheirPlace(_ entry: String, _ path: String, _ reason: String) {
    let found = failure(#"{"schema": "regauge/effort/1", "tasks": ["# + entry + "]}")
    #expect(found?.path == path)
    #expect(found?.reason.contains(reason) == true, "\(found?.reason ?? "nothing")")
    #expect(found?.position.line == 1)
  }

  @Test func recipesThatLeadBackToThemselvesAreRefused() throws {
    let folder = try RuleCopy()
    try folder.replace(
      "routes/recipes.json", #"{"operator": "ai.onnx::BatchNormalization", "into": ["#,
      #"{"operator": "ai.onnx::BatchNormalization", "into": ["ai.onnx::BatchNormalization", "#)
    let failure = folder.failure
    #expect(failure?.contains("leads back to itself") == true, "\(failure ?? "nothing")")
    #expect(failure?.contains("recipes.json:") == true)
  }

  @Test func missingTasksAreRefused() throws {
    let folder = try RuleCopy()
    try folder.replace("effort/tasks.json", #"{"id": "K1""#, #"{"id": "K9""#)
    #expect(folder.failure?.contains(#"the task "K1" is missing"#) == true)
  }

  @Test func recordedHoursScaleLaterEstimates() throws {
    let lines = (0..<4).map { _ in
      String(
        decoding: Calibration.line(
          .init(task: "E2", operatorClass: nil, hours: 22.4, expected: 11.2)), as: UTF8.self)
    }.joined()
    let calibration = try Calibration(file: "own.jsonl", ByteSource(Array(lines.utf8)))
    #expect(calibration.count(of: "E2") == 4)
    // Four records of twice the hours against a prior of strength four.
    #expect(abs(calibration.factor(of: "E2", priorStrength: 4) - 1.5) < 1e-9)
    #expect(calibration.factor(of: "E3", priorStrength: 4) == 1)
  }

  @Test func recordsThatSpreadAsTheEvidenceDoesLeaveItsHoursAlone() {
    var random = SeededGenerator(seed: 5)
    let task = EffortRange(mean: 10, spread: 1.14)
    let records = (0..<4000).map { _ in
      let z = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
      return Calibration.Record(
        task: "E2", operatorClass: nil, hours: task.quantile(z: z), expected: task.mean)
    }
    let factor = Calibration(records).factor(of: "E2", priorStrength: 4)
    #expect(abs(factor - 1) < 0.1)
  }

  @Test func badRecordsAreRefusedWithTheirLine() {
    let text = """
      {"schema": "regauge/effort-record/1", "task": "E2", "hours": 3, "expected": 4}
      {"schema": "regauge/effort-record/1", "task": "E2", "hours": 0, "expected": 4}
      """
    let failure = #expect(throws: EffortFailure.self) {
      try Calibration(file: "own.jsonl", ByteSource(Array(text.utf8)))
    }
    #expect(failure?.position.line == 2)
  }
}

/// A copy of the rules to spoil.
private final class RuleCopy {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["effort", "routes", "operators"] {
      try FileManager.default.copyItem(
        at: SampleEffort.root.appending(path: "Rules/\(name)"), to: folder.appending(path: name))
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func replace(_ file: String, _ old: String, _ new: String) throws {
    let url = folder.appending(path: file)
    let text = try String(contentsOf: url, encoding: .utf8)
    #expect(text.contains(old))
    try text.replacingOccurrences(of: old, with: new)
      .write(to: url, atomically: true, encoding: .utf8)
  }

  var failure: String? {
    do {
      _ = try SampleEffort.knowledge(folder.path).estimator()
      return nil
    } catch { return "\(error)" }
  }
}
