/// The colours of the page, for light and for dark surroundings.
///
/// Texts have a contrast of at least 4.5 to 1 to what they stand on, parts of charts one of 3 to 1
/// to the page (WCAG 2.2, 1.4.3 and 1.4.11).
package enum PagePalette {
  /// A colour with its name in the style sheet, as `#rrggbb`.
  package struct Colour: Sendable {
    package let name: String
    package let light: String
    package let dark: String

    init(_ name: String, _ light: String, _ dark: String) {
      self.name = name
      self.light = light
      self.dark = dark
    }
  }

  /// Every colour; those of a verdict are the text, what it stands on, and the part of a chart.
  package static let colours: [Colour] = [
    Colour("paper", "#ffffff", "#0d1117"),
    Colour("panel", "#f6f8fa", "#161b22"),
    Colour("ink", "#1f2328", "#e6edf3"),
    Colour("faint", "#59636e", "#9da5ae"),
    Colour("line", "#d1d9e0", "#3d444d"),
    Colour("link", "#0550ae", "#79c0ff"),
    Colour("supported-text", "#116329", "#7ee787"),
    Colour("supported-back", "#dafbe1", "#12361f"),
    Colour("supported-part", "#2a9d4a", "#3fb950"),
    Colour("conditional-text", "#0b5a63", "#7fdbe3"),
    Colour("conditional-back", "#d5f2f3", "#0f3438"),
    Colour("conditional-part", "#1b8a94", "#39a7b1"),
    Colour("fallback-text", "#7a4b00", "#f2cc60"),
    Colour("fallback-back", "#fff1c7", "#3b2d07"),
    Colour("fallback-part", "#b87d00", "#d29922"),
    Colour("unknown-text", "#424a53", "#c4cbd3"),
    Colour("unknown-back", "#e6eaef", "#2b323b"),
    Colour("unknown-part", "#818b98", "#7d8590"),
    Colour("silent-text", "#8a1a7a", "#f0a6e4"),
    Colour("silent-back", "#fbe3f7", "#41163b"),
    Colour("silent-part", "#bf3fae", "#d664c5"),
    Colour("unsupported-text", "#a40e26", "#ffa198"),
    Colour("unsupported-back", "#ffe4e1", "#4c1519"),
    Colour("unsupported-part", "#cf222e", "#f85149"),
    // Kinds of work; neighbours in the order of the work differ in lightness, too.
    Colour("bring-up", "#4a5568", "#a0aec0"),
    Colour("conversion", "#2b8bd6", "#63b3ed"),
    Colour("rewrites", "#0f766e", "#2dd4bf"),
    Colour("importer", "#6b8e00", "#b5d33d"),
    Colour("kernels", "#b3261e", "#ff8a80"),
    Colour("accuracy", "#d97300", "#ffb74d"),
    Colour("validation", "#7e3fb5", "#b794f4"),
    Colour("performance", "#d6449b", "#f687c5"),
    Colour("overhead", "#858d98", "#718096"),
  ]

  /// Definitions for the style sheet.
  static var sheet: String {
    func definitions(_ colour: KeyPath<Colour, String>) -> String {
      colours.map { "--\($0.name):\($0[keyPath: colour]);" }.joined()
    }
    return """
      :root{color-scheme:light dark;\(definitions(\.light))}
      @media (prefers-color-scheme:dark){:root{\(definitions(\.dark))}}
      @media print{:root{color-scheme:light;\(definitions(\.light))}}

      """
  }
}
