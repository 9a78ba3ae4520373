import Capabilities
import Testing

@Suite struct EvidenceDateTests {
  @Test(arguments: [
    ("2025", "2025"), ("2025-09", "2025-09"), ("2025-09-30", "2025-09-30"),
    ("2019-08/09", "2019-08"), ("2022-2023 article", "2022"),
  ])
  func whatIsUnderstoodIsKept(text: String, date: String) {
    #expect(EvidenceDate(text)?.description == date)
  }

  @Test(arguments: ["", "v1.2", "spring 2025", "20251"])
  func otherTextsAreNoDates(text: String) {
    #expect(EvidenceDate(text) == nil)
  }

  @Test func aYearCountsFromItsFirstDay() throws {
    let year = try #require(EvidenceDate("2024"))
    let day = try #require(EvidenceDate("2025-03-01"))
    // 2024 is a leap year.
    #expect(year.days(to: day) == 366 + 31 + 28)
    #expect(year < day)
  }

  @Test func onlyWhatIsOlderThanTheLimitIsTooOld() throws {
    let limit = EvidenceLimit(days: 365, today: try #require(EvidenceDate("2026-11-24")))
    #expect(limit.excessiveAge(of: try #require(EvidenceDate("2025-11-24"))) == nil)
    #expect(limit.excessiveAge(of: try #require(EvidenceDate("2025-11-23"))) == 366)
  }
}
