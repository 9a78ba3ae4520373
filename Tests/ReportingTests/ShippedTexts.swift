import Bytes
import Foundation
import Reporting

/// The catalogues of texts in the repository's Rules folder.
enum ShippedTexts {
  static let english = catalogue("en")
  static let chinese = catalogue("zh")

  /// The path of a file of Rules.
  static func path(_ name: String) -> String {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return root.appending(path: "Rules/\(name)").path
  }

  private static func catalogue(_ language: String) -> TextCatalogue {
    let file = path("text/\(language).json")
    do {
      return try TextCatalogue(file: file, source: .open(file))
    } catch { preconditionFailure("the shipped texts do not load: \(error)") }
  }
}
