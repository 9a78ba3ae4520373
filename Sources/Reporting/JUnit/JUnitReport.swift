/// The report as JUnit XML.
public enum JUnitReport {
  /// Writes the report.
  public static func text(_ report: Report) throws -> [UInt8] { [] }
}
