import Bytes
import Foundation
import Porting
import Testing

@Suite struct BacktestTests {
  private func rows(_ table: String) throws -> [Backtest.Row] {
    let effort = try SampleEffort.estimator().effort
    return try Backtest(effort, file: "own.csv", ByteSource(Array(table.utf8))).rows
  }

  @Test func aChangeIsAnythingUpToItsDays() throws {
    let fixes = try rows("repo,work_kind,active_days\na,op_fix,1\na,op_fix,2\na,op_fix,40\n")
    let row = try #require(fixes.first)
    #expect(row.task == "V2" && row.count == 3)
    #expect(row.interval.lowerBound < 5 && row.interval.upperBound > 10)
    // The first day above P10, the second as a whole, the fortieth not at all.
    let expected = ((5 - row.interval.lowerBound) / 5 + 1) / 3
    #expect(abs(row.covered - expected) < 1e-9)
  }

  @Test func kindsOfOneTaskAreToldTogetherAndApart() throws {
    let kernels = try rows(
      """
      repo,work_kind,active_days
      a,native_kernel_port,3
      b,native_kernel_new_op,1
      a,native_kernel_new_op,2
      c,unknown_kind,1
      """)
    #expect(kernels.map(\.kinds.count) == [2, 1, 1, 1, 1])
    #expect(kernels.map(\.repository) == [nil, nil, "a", "b", nil])
    #expect(kernels.map(\.count) == [3, 2, 1, 1, 1])
  }

  @Test func shippedSpreadsHoldWhatTheyWereFittedTo() throws {
    let file = SampleEffort.root.appending(path: "Rules/evidence/effort/porting_history.csv").path
    let result = try Backtest(
      try SampleEffort.estimator().effort, file: file, try ByteSource.open(file))
    let tasks = result.rows.filter { $0.repository == nil && $0.count >= 30 }
    var seen: Set<String> = []
    for row in tasks where seen.insert(row.task).inserted {
      #expect((0.7...0.905).contains(row.covered), "\(row.task): \(row.covered)")
    }
    #expect(seen.count == 12)
  }

  @Test func whatIsNoNumberOfDaysIsRefusedWithItsLine() {
    #expect(throws: (any Error).self) {
      try rows("repo,work_kind,active_days\na,op_fix,many\n")
    }
  }
}
