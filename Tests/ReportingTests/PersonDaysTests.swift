import Reporting
import Testing

@Suite struct PersonDaysTests {
  @Test(
    arguments: [
      (0, "0"), (0.04, "0"), (0.05, "0.1"), (0.949, "0.9"), (7.9, "7.9"), (8.96, "9"), (9.96, "10"),
      (24.24, "24.2"), (1234.5, "1234.5"), (1e300, "1000000000000"), (-0.25, "-0.3"),
      (.infinity, "?"), (.nan, "?"),
    ] as [(Double, String)])
  func theyAreWrittenWithAtMostOneDecimal(days: Double, text: String) {
    #expect(PersonDays(days).description == text)
  }

  @Test(
    arguments: [
      (5.9, 6.1, "+0.2"), (8.6, 7.6, "-1"), (6.04, 6.01, "±0"), (6.04, 6.06, "+0.1"),
      (0, 1e300, "+1000000000000"), (.nan, 1, "?"),
    ] as [(Double, Double, String)])
  func aChangeIsTheDifferenceOfWhatIsWritten(before: Double, now: Double, text: String) {
    #expect(PersonDays(now).change(from: PersonDays(before)) == text)
  }

  @Test func aRangeOfEqualNumbersIsOne() {
    #expect(PersonDays.range(PersonDays(6.12), PersonDays(9)) == "6.1–9")
    #expect(PersonDays.range(PersonDays(6.12), PersonDays(6.14)) == "6.1")
  }
}
