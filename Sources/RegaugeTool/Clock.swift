import CommandLineKit

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The time, which SOURCE_DATE_EPOCH can fix so that runs can be repeated.
enum Clock {
  /// Seconds since 1970 that SOURCE_DATE_EPOCH gives; nil when it is not set or no number.
  private static var fixedSeconds: Int? {
    Environment.process["SOURCE_DATE_EPOCH"].flatMap { Int($0) }
  }

  /// The day in UTC, as `2026-11-24`.
  static func today() -> String { String(text(fixedSeconds ?? time(nil)).prefix(10)) }

  /// The time for a report, as `2026-11-24T01:02:03Z`; nil unless the user or the environment asks.
  static func timestamp(_ arguments: Arguments) -> String? {
    if let fixedSeconds { return text(fixedSeconds) }
    return arguments[ReportingOptions.timestamp] ? text(time(nil)) : nil
  }

  private static func text(_ seconds: Int) -> String {
    var moment = time_t(seconds)
    var parts = tm()
    guard gmtime_r(&moment, &parts) != nil else { return "1970-01-01T00:00:00Z" }
    var buffer = [CChar](repeating: 0, count: 64)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
