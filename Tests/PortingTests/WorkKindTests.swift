import Porting
import Testing

@Suite struct WorkKindTests {
  private func kind(_ part: RouteRules.Part, _ task: String) -> WorkKind {
    Term(
      saved: part, subject: "", route: nil, task: task, title: "", operatorClass: nil,
      hours: ThreePointHours(1, 1, 1), spread: nil, count: 1, factor: 1, factorReason: "",
      calibration: 1,
      basis: "", isMeasured: false
    ).kind
  }

  @Test(arguments: [
    (RouteRules.Part.bringUp, "S3", WorkKind.bringUp), (.conversion, "G1", .conversion),
    (.conversion, "V1", .accuracy), (.conversion, "E1", .conversion), (.operators, "G4", .rewrites),
    (.operators, "C1", .rewrites), (.operators, "I1", .importer), (.operators, "T1", .kernels),
    (.operators, "N2", .kernels), (.operators, "B1", .kernels), (.operators, "V2", .accuracy),
    (.operators, "P1", .performance), (.validation, "E2", .validation),
    (.validation, "V3", .accuracy), (.performance, "P2", .performance),
    (.overhead, "OH", .overhead),
  ])
  func theFamilyOfATaskTellsItsKind(part: RouteRules.Part, task: String, kind: WorkKind) {
    #expect(self.kind(part, task) == kind)
  }

  @Test func everyFamilyOfTheShippedTasksIsKnown() throws {
    let tasks = try SampleEffort.estimator().effort.tasks
    let families = Set(tasks.compactMap(\.id.first))
    #expect(families.isSubset(of: Set("BCEGIKNPQSTV")), "\(families)")
    #expect(!families.isEmpty)
  }
}
