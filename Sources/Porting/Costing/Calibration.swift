public import Bytes

/// Hours that a project really took for tasks, and what follows for tasks to come.
///
/// Each record gives actual over estimated hours. The factor of a task is the mean of these, with the
/// evidence counting as `calibration_prior_strength` records of factor 1:
/// (Σ actual / estimated + strength) / (n + strength). That is Bühlmann's credibility, the best linear
/// Bayesian estimate of a mean when the mean varies between projects by 1/strength of what records do.
/// Hours are averaged and not their logarithms, since estimates are means of skewed distributions: most
/// records fall below them even where they are right.
public struct Calibration: Sendable {
  /// One finished task.
  public struct Record: Sendable, Hashable {
    /// The task, such as `N2`.
    public let task: String
    /// The class, where hours differ by class.
    public let operatorClass: String?
    /// Hours it took.
    public let hours: Double
    /// Hours that were expected of it.
    public let expected: Double

    /// Makes a record.
    public init(task: String, operatorClass: String?, hours: Double, expected: Double) {
      self.task = task
      self.operatorClass = operatorClass
      self.hours = hours
      self.expected = expected
    }
  }

  /// No hours of one's own.
  public static let none = Calibration([])

  /// The schema of a line.
  static let format = "regauge/effort-record/1"

  private var sums: [String: (ratios: Double, count: Int)] = [:]

  /// Takes finished tasks.
  public init(_ records: [Record]) {
    for record in records {
      let old = sums[record.task] ?? (0, 0)
      sums[record.task] = (old.ratios + record.hours / record.expected, old.count + 1)
    }
  }

  /// Number of records of a task.
  public func count(of task: String) -> Int { sums[task]?.count ?? 0 }

  /// What the evidence's hours of a task are multiplied by.
  public func factor(of task: String, priorStrength: Double) -> Double {
    guard let (ratios, count) = sums[task] else { return 1 }
    return (ratios + priorStrength) / (Double(count) + priorStrength)
  }

  // MARK: File

  /// Reads a file with one record a line.
  ///
  /// - Throws: `EffortFailure` with the line of what is wrong.
  public init(file: String, _ source: ByteSource) throws(EffortFailure) {
    var records: [Record] = []
    let lines = source.withBytes { bytes in
      bytes.text(ByteRange(0, bytes.count)).split(separator: "\n", omittingEmptySubsequences: false)
    }
    for (number, line) in lines.enumerated() where !line.allSatisfy({ $0 == " " || $0 == "\r" }) {
      do throws(EffortFailure) {
        records.append(try Self.record(file, String(line)))
      } catch {
        throw EffortFailure(
          file: file, position: .text(line: number + 1, column: error.position.column ?? 1),
          path: error.path, reason: error.reason)
      }
    }
    self.init(records)
  }

  private static func record(_ file: String, _ line: String) throws(EffortFailure) -> Record {
    let tree = try JSONTree.read(file: file, ByteSource(Array(line.utf8)))
    let table = try tree.document(format, ["task", "class", "hours", "expected"])
    return Record(
      task: try tree.required("task", in: table).text(),
      operatorClass: try table["class"]?.text(),
      hours: try positive(try tree.required("hours", in: table)),
      expected: try positive(try tree.required("expected", in: table)))
  }

  private static func positive(_ tree: JSONTree) throws(EffortFailure) -> Double {
    let value = try tree.number()
    guard value > 0 else { throw tree.failure("hours have to be more than 0") }
    return value
  }

  /// The line of a record, with its end.
  public static func line(_ record: Record) -> [UInt8] {
    var json = JSONWriter(indentation: 0)
    json.object { json in
      json.member("schema", format)
      json.member("task", record.task)
      if let name = record.operatorClass { json.member("class", name) }
      json.key("hours")
      json.double(record.hours)
      json.key("expected")
      json.double(record.expected)
    }
    return json.bytes + [0x0A]
  }
}
