import Compatibility
import Foundation
import Porting
import Reporting
import Testing

/// Contrast of the page's colours by WCAG 2.2.
@Suite struct PagePaletteTests {
  /// Relative luminance of `#rrggbb`.
  private func luminance(_ colour: String) throws -> Double {
    let number = try #require(Int(colour.dropFirst(), radix: 16))
    let parts = [number >> 16, number >> 8, number].map { part -> Double in
      let value = Double(part & 255) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private func contrast(
    _ first: String, _ second: String, _ scheme: String
  ) throws -> Double {
    let both = try [first, second].map { name in
      let colour = try #require(PagePalette.colours.first { $0.name == name })
      return try luminance(scheme == "dark" ? colour.dark : colour.light)
    }
    return ((both.max() ?? 0) + 0.05) / ((both.min() ?? 0) + 0.05)
  }

  @Test(arguments: ["light", "dark"])
  func wordsCanBeRead(scheme: String) throws {
    let pairs =
      [("ink", "paper"), ("faint", "paper"), ("link", "paper"), ("unsupported-text", "paper")]
      + Verdict.allCases.map { ("\($0.rawValue)-text", "\($0.rawValue)-back") }
    for (text, back) in pairs {
      #expect(try contrast(text, back, scheme) >= 4.5, "\(text) on \(back)")
    }
  }

  @Test(arguments: ["light", "dark"])
  func partsOfChartsCanBeSeen(scheme: String) throws {
    for verdict in Verdict.allCases {
      #expect(
        try contrast("\(verdict.rawValue)-part", "paper", scheme) >= 3, "\(verdict)")
    }
    for kind in WorkKind.allCases {
      #expect(try contrast(kind.rawValue, "paper", scheme) >= 3, "\(kind)")
    }
    #expect(try contrast("link", "paper", scheme) >= 3)
  }
}
