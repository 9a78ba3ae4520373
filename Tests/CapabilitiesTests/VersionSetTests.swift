import Testing

@testable import Capabilities

@Suite struct VersionSetTests {
  @Test(arguments: ["any", "8", "8-18", "8,10-18", "13+", "1-5,13+"])
  func writesWhatItReads(text: String) {
    #expect(VersionSet(text)?.description == text)
  }

  @Test(arguments: ["", "8-", "-8", "9-8", "8,8", "13+,14", "8..9", "8-9-10", "+", "8, 9", "x"])
  func refuses(text: String) {
    #expect(VersionSet(text) == nil)
  }

  @Test func anOpenRangeTakesOnlyTheSinceVersionItStartsAt() throws {
    let open = try #require(VersionSet("13+"))
    #expect(open.takes(sinceVersion: 13))
    #expect(!open.takes(sinceVersion: 14))
    #expect(open.contains(14))
  }

  @Test func aClosedRangeTakesEverySinceVersionInside() throws {
    let closed = try #require(VersionSet("13-15"))
    #expect(!closed.takes(sinceVersion: 12))
    #expect(closed.takes(sinceVersion: 13))
    #expect(closed.takes(sinceVersion: 15))
    #expect(!closed.takes(sinceVersion: 16))
  }

  @Test func theModelOpsetMustBeListed() throws {
    let versions = try #require(VersionSet("8,10-18"))
    #expect(versions.matches(opset: 9, sinceVersion: 7, by: .modelOpset) == false)
    #expect(versions.matches(opset: 10, sinceVersion: 7, by: .modelOpset) == true)
    #expect(versions.matches(opset: 9, sinceVersion: nil, by: .any) == true)
    #expect(versions.matches(opset: 9, sinceVersion: nil, by: .sinceVersion) == nil)
  }
}
