import Foundation
import Testing

/// Estimates and plans by the shipped rules.
@Suite struct EffortTests {
  private let folder: WorkFolder
  private let shipped = SampleRules.shipped

  init() throws {
    folder = try WorkFolder()
    try folder.write(
      "m.onnxtxt",
      """
      <ir_version: 8, opset_import: ["": 17]>
      g (float[1,3,8,8] x, float[1,4,4,2] grid) => (float[1,3,4,4] y) { y = GridSample(x, grid) }
      """)
  }

  @Test func aNamedTargetIsEstimatedWithARange() throws {
    let run = try folder.run("check", "m.onnxtxt", "-t", "ascend-cann/atc", environment: shipped)
    #expect(run.output.contains("effort: "))
    #expect(run.output.contains("(P50)") && run.output.contains("(P90)"))
    #expect(run.output.contains("confidence"))
  }

  @Test func theLedgerTellsSpreadAndInterval() throws {
    let run = try folder.run(
      "check", "m.onnxtxt", "-t", "ascend-cann/atc", "--explain-effort", environment: shipped)
    #expect(run.output.contains("expected 11.2 h, spread 1.14, P10–P90"))
  }

  @Test func hoursAreShownWithTheirSpreadsAndWhatTheyRestOn() throws {
    let run = try folder.run("effort", "show", environment: shipped)
    #expect(run.output.contains("2/5/15 h, 6.17, 0.97–13.58"))
    #expect(run.output.contains("V2: 1.03  (measured: "))
  }

  @Test func theShareThatAnIntervalHoldsIsTold() throws {
    try folder.write("h.csv", "repo,work_kind,active_days\na,op_fix,1\na,op_fix,2\nb,op_fix,9\n")
    let run = try folder.run("effort", "backtest", "h.csv", environment: shipped)
    #expect(run.output.contains("V2  op_fix  all  3  0.97–13.58  60 % !"))
  }

  @Test func effortsCanBeLeftOut() throws {
    let run = try folder.run(
      "check", "m.onnxtxt", "-t", "ascend-cann/atc", "--no-effort", environment: shipped)
    #expect(!run.output.contains("effort:"))
  }

  @Test func negativeHoursEndWithTheirPlace() throws {
    try folder.write(
      "own.json",
      #"{"schema": "regauge/effort/1", "tasks": [{"id": "E2", "hours": [-1, 2, 3]}]}"#)
    let run = try folder.run(
      "check", "m.onnxtxt", "-t", "ascend-cann/atc", "--effort", "own.json", environment: shipped)
    #expect(run.status == 4)
    #expect(run.error.contains("own.json:1:"))
    #expect(run.error.contains("tasks[0].hours[0]"))
  }

  @Test func anUnknownRouteIsAWrongCommandLine() throws {
    let run = try folder.run(
      "check", "m.onnxtxt", "-t", "ascend-cann/atc", "--route", "magic", environment: shipped)
    #expect(run.status == 2)
    #expect(run.error.contains("there is no route 'magic'"))
  }

  @Test func aModelThatCannotBeReadHasNoEstimate() throws {
    try folder.write("broken.onnxtxt", "<ir_version: 8> g (float[1] x) => (float y) { y = ")
    let run = try folder.run(
      "plan", "broken.onnxtxt", "-t", "ascend-cann/atc", environment: shipped)
    #expect(run.status == 3)
    #expect(run.error.contains("no estimate, because it cannot be read"))
  }

  @Test func aPlanAndItsPackagesAreWritten() throws {
    let run = try folder.run(
      "plan", "m.onnxtxt", "-t", "moorethreads-musa/onnxruntime", "--route", "native", "-o",
      "markdown=PLAN.md", "-o", "csv=plan.csv", "-o", "json=plan.json", "--operator-packages",
      "packages", environment: shipped)
    #expect(run.status == 0, "\(run.error)")
    #expect(try folder.text("PLAN.md").contains("# Porting plan"))
    #expect(try folder.text("plan.csv").hasPrefix("Key,Summary"))
    #expect(try folder.text("plan.json").contains("\"regauge/plan/1\""))
    #expect(try folder.text("packages/make_reference.py").contains("onnxruntime"))
  }

  @Test func recordedHoursAreAdded() throws {
    for _ in 0..<2 {
      let run = try folder.run(
        "effort", "record", "--task", "E2", "--hours", "30", "--file", "own.jsonl",
        environment: shipped)
      #expect(run.status == 0)
    }
    #expect(try folder.text("own.jsonl").split(separator: "\n").count == 2)
    let run = try folder.run(
      "check", "m.onnxtxt", "-t", "ascend-cann/atc", "--effort-records", "own.jsonl",
      "--explain-effort", environment: shipped)
    #expect(run.output.contains("(own records)"))
  }
}
