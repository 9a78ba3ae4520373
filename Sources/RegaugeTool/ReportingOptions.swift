import CommandLineKit
import Reporting

/// Options about how reports are written; every command with `--output` has them.
enum ReportingOptions {
  static let junitDialect = Option(
    "junit-dialect", as: ValueFormat.choice(of: JUnitDialect.self), default: .strict,
    help: "Write JUnit for these readers.")
  static let sarifProfile = Option(
    "sarif-profile", as: ValueFormat.choice(of: SARIFProfile.self), default: .standard,
    help: """
      Write SARIF for these readers. GitHub shows lines only: beside each binary model its nodes \
      are listed in MODEL.nodes.txt, which results then point to.
      """)
  /// Languages that pages are written in, by the names of their files in `Rules/text`.
  enum Language: String, CaseIterable, Sendable {
    case en
    case zh
  }

  static let language = Option(
    "lang", as: ValueFormat.choice(of: Language.self), default: .en,
    help: "Write the HTML page in this language.")
  static let showSuppressed = Flag(
    "show-suppressed", help: "Show accepted findings too, in the forms for people.")
  static let timestamp = Flag(
    "timestamp", help: "Put the time of the run into reports; SOURCE_DATE_EPOCH does so as well.")

  static let group = OptionGroup(
    "Reports",
    [CommonOptions.output, junitDialect, sarifProfile, language, showSuppressed, timestamp])
}
