public import ModelGraph

/// The name of a front door, written `stack/door`.
public struct FrontDoorName: Sendable, Hashable, CustomStringConvertible {
  /// The stack.
  public let stack: String
  /// The front door of that stack.
  public let door: String

  /// Makes a name.
  public init(stack: String, door: String) {
    self.stack = stack
    self.door = door
  }

  /// Reads `stack/door`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    self.init(stack: String(parts[0]), door: String(parts[1]))
  }

  /// `stack/door`.
  public var description: String { "\(stack)/\(door)" }
}

/// A way into a stack: an offline compiler, a runtime's provider, a plug-in.
public final class FrontDoor: Sendable {
  /// The operator set that a front door speaks.
  public enum OperatorSet: String, Sendable, CaseIterable {
    case onnx
    case aten
  }

  /// What it means when an operator is not listed.
  public enum Completeness: String, Sendable, CaseIterable {
    /// Not listed is not supported.
    case closed
    /// Not listed is not known.
    case open
  }

  /// What the tool chain does with a node that the door does not take.
  public enum Missing: Sendable, Hashable {
    /// The model is refused.
    case fails
    /// The node runs on the CPU, where another front door decides; without one, all that the
    /// framework has runs there.
    case runsOnCPU(host: FrontDoorName?)
    /// The vendor's own library runs the node; another front door tells what it has.
    case runsNatively(host: FrontDoorName?)
  }

  /// Model opsets that are accepted for one domain.
  public struct OpsetRange: Sendable, Hashable {
    /// The domain.
    public let domain: String
    /// The versions accepted.
    public let versions: IntegerRange
  }

  /// Stack and door.
  public let name: FrontDoorName
  /// A name for people.
  public let title: String
  /// The version of the tool chain that the facts speak of.
  public let version: String
  /// The operator set it speaks.
  public let speaks: OperatorSet
  /// How versions are compared.
  public let matching: VersionMatching
  /// What it means when an operator is not listed.
  public let completeness: Completeness
  /// What happens to a node that is not taken.
  public let onMissing: Missing
  /// Whether operators that the standard defines by a function body are expanded.
  public let expandsStandardFunctions: Bool
  /// Whether functions that the model file defines are expanded.
  public let expandsModelFunctions: Bool
  /// Control-flow operators whose subgraphs the door looks into.
  public let controlFlow: [String]
  /// Model opsets that are accepted at all, where that is known.
  public let opsets: [OpsetRange]
  /// The newest IR version that is accepted, where that is known.
  public let maximumIRVersion: Int64?
  /// Element types that the importer knows at all, where that is known.
  public let elementTypes: ElementTypeSet?
  /// Types that the door casts to another one and back where no kernel takes them.
  public let widens: [ElementType: ElementType]
  /// Where the facts were read.
  public let sources: [EvidenceSource]
  /// What readers should know, in particular what is not known.
  public let notes: [String]
  /// Limits that hold for every operator taken; the records repeat them after their own.
  public let limits: [Limit]
  /// All operator records, in file order.
  public let records: [OperatorRecord]

  private let index: [OperatorIdentity: [Int]]

  init(_ head: FrontDoorHead, records: [OperatorRecord]) {
    name = head.name
    title = head.title
    version = head.version
    speaks = head.speaks
    matching = head.matching
    completeness = head.completeness
    onMissing = head.onMissing
    expandsStandardFunctions = head.expandsStandardFunctions
    expandsModelFunctions = head.expandsModelFunctions
    controlFlow = head.controlFlow
    opsets = head.opsets
    maximumIRVersion = head.maximumIRVersion
    elementTypes = head.elementTypes
    widens = head.widens
    sources = head.sources
    notes = head.notes
    let limits = head.limits.map { limit in
      var limit = limit
      limit.isOfWholeDoor = true
      return limit
    }
    self.limits = limits
    self.records = limits.isEmpty ? records : records.map { $0.limited(by: limits) }
    index = Dictionary(grouping: records.indices) { position in
      OperatorIdentity(domain: records[position].domain, name: records[position].name)
    }
  }

  /// The records of one operator, in file order; an empty domain means `ai.onnx`.
  public func records(domain: String, name: String) -> [OperatorRecord] {
    index[OperatorIdentity(domain: domain, name: name)]?.map { records[$0] } ?? []
  }
}

/// Everything of a front door but its records.
struct FrontDoorHead {
  var name: FrontDoorName
  var title = ""
  var version = ""
  var speaks = FrontDoor.OperatorSet.onnx
  var matching = VersionMatching.any
  var completeness = FrontDoor.Completeness.open
  var onMissing = FrontDoor.Missing.fails
  var expandsStandardFunctions = false
  var expandsModelFunctions = false
  var controlFlow: [String] = []
  var opsets: [FrontDoor.OpsetRange] = []
  var maximumIRVersion: Int64?
  var elementTypes: ElementTypeSet?
  var widens: [ElementType: ElementType] = [:]
  var sources: [EvidenceSource] = []
  var notes: [String] = []
  var limits: [Limit] = []
}
