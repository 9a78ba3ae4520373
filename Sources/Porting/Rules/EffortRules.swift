/// What work costs: tasks with hours, parameters, operators by class, grades.
public struct EffortRules: Sendable {
  /// A task with its hours, for one class of operators or for all.
  public struct Task: Sendable, Hashable {
    /// Identifier in the evidence, such as `N2`.
    public let id: String
    /// What is done.
    public let title: String
    /// What it is done for, such as `op signature`.
    public let scope: String
    /// The class of operators that the hours are for; nil for all.
    public let operatorClass: String?
    /// The hours of the first time.
    public internal(set) var hours: ThreePointHours
    /// What the same costs again, as a share.
    public internal(set) var repeatFactor: Double
    /// Whether the hours rest on histories rather than on judgement.
    public internal(set) var isMeasured: Bool
    /// What the hours rest on.
    public internal(set) var basis: String
    /// Where that was read or counted.
    public let evidence: String
    /// A remark.
    public let note: String?
    /// Kinds of work in the histories that the task stands for.
    public let history: [String]
    /// Changes of the class in the histories, where hours differ by class.
    public let changes: Int?
    /// How far the hours spread; nil where only their three points are known.
    public internal(set) var spread: Spread?
  }

  /// How far the hours of a task spread about their mean.
  public struct Spread: Sendable, Hashable {
    /// Standard deviation of the logarithm of the hours.
    public let deviation: Double
    /// What it was fitted to, or who set it.
    public let basis: String
  }

  /// A number that estimates are computed with.
  public struct Parameter: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The value.
    public internal(set) var value: Double
    /// `measured`, `judgement` or `convention`.
    public internal(set) var basis: String
    /// A remark.
    public let note: String?
  }

  /// What putting operators of a class on the CPU means.
  public enum CPUCost: String, Sendable, CaseIterable {
    /// Little is lost.
    case acceptable
    /// It has to be tuned.
    case costly
    /// It makes no sense on the accelerator's side of the model.
    case never
    /// No CPU computes it.
    case none
  }

  /// Whether operators of a class can be written in Triton.
  public enum TritonCover: String, Sendable, CaseIterable {
    case yes
    case partial
    case no
  }

  /// A class of operators that cost about the same.
  public struct OperatorClass: Sendable, Hashable {
    /// The name.
    public let name: String
    /// Whether its operators can be written in Triton.
    public let triton: TritonCover
    /// What running them on the CPU means.
    public let cpu: CPUCost
    /// Whether they belong to the host anyway, so that no part of the graph is cut out for them.
    public let isHostOnly: Bool
    /// Why.
    public let note: String
  }

  /// One line of the table of sizes.
  public struct Size: Sendable, Hashable {
    /// 1 to 5.
    public let size: Int
    /// Person-days at P50 up to which it holds; nil for the largest.
    public let upTo: Double?
    /// The size in words.
    public let meaning: String
  }

  /// All tasks in the order of the evidence.
  public internal(set) var tasks: [Task]
  /// All parameters in the order of the evidence.
  public internal(set) var parameters: [Parameter]
  /// Classes in the order of the evidence.
  public let classes: [OperatorClass]
  /// Meanings of the letters.
  public let letters: [(grade: Grade, meaning: String)]
  /// Sizes, ascending.
  public let sizes: [Size]
  let classByOperator: [String: Int]
  /// Places in `tasks`, by identifier and class.
  private(set) var taskPlaces: [String: Int] = [:]
  private(set) var parameterValues: [String: Double] = [:]

  init(
    tasks: [Task], parameters: [Parameter], classes: [OperatorClass],
    classByOperator: [String: Int], letters: [(grade: Grade, meaning: String)], sizes: [Size]
  ) {
    self.tasks = tasks
    self.parameters = parameters
    self.classes = classes
    self.classByOperator = classByOperator
    self.letters = letters
    self.sizes = sizes
    index()
  }

  mutating func index() {
    for (place, task) in tasks.enumerated() {
      taskPlaces[Self.key(task.id, task.operatorClass)] = place
    }
    for parameter in parameters { parameterValues[parameter.name] = parameter.value }
  }

  static func key(_ id: String, _ operatorClass: String?) -> String {
    operatorClass.map { "\(id)/\($0)" } ?? id
  }

  /// The task of an identifier, for a class of operators where hours differ by class.
  public func task(_ id: String, class name: String? = nil) -> Task? {
    (name.flatMap { taskPlaces[Self.key(id, $0)] } ?? taskPlaces[id]).map { tasks[$0] }
  }

  /// The spread that a task's hours are taken with; nil for the deviation of PERT, which is taken
  /// where no other is known, and everywhere when `most_spread_in_sums` is 0.
  public func spread(of task: Task) -> Double? {
    parameter("most_spread_in_sums") > 0 ? task.spread?.deviation : nil
  }

  /// How far the hours of a port's tasks go up and down together.
  var correlation: Double {
    parameter(parameter("most_spread_in_sums") > 0 ? "correlation_of_spreads" : "correlation_rho")
  }

  /// The spread that a task's hours are summed up with, `most_spread_in_sums` at most: about the same
  /// mean a wider one lowers even the P90, and more work could make a sum smaller.
  func spreadInSums(of task: Task) -> Double? {
    spread(of: task).map { min($0, parameter("most_spread_in_sums")) }
  }

  /// The class of an operator, written `domain::name`; nil when the evidence has none.
  public func operatorClass(of operation: String) -> OperatorClass? {
    classByOperator[operation].map { classes[$0] }
  }

  /// The value of a parameter; those that estimates need are checked when rules are read.
  func parameter(_ name: String) -> Double { parameterValues[name] ?? 0 }

  /// The size of so many person-days.
  public func size(ofDays days: Double) -> Int {
    sizes.first { $0.upTo.map { days <= $0 } ?? true }?.size ?? sizes.last?.size ?? 5
  }

  /// The meaning of a letter.
  public func meaning(of grade: Grade) -> String {
    letters.first { $0.grade == grade }?.meaning ?? ""
  }
}

/// How hard a port is, as a letter.
public enum Grade: String, Sendable, CaseIterable, Comparable {
  case a = "A"
  case b = "B"
  case c = "C"
  case d = "D"

  /// A comes first.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
