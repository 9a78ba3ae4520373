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

  @Test(arguments: [
    (0, "1970-01-01"), (951_782_400, "2000-02-29"), (1_795_478_400, "2026-11-24"),
    (-86_400, "1969-12-31"),
  ])
  func clocksGiveDays(seconds: Int64, date: String) {
    #expect(EvidenceDate(secondsSince1970: seconds).description == date)
  }
}
