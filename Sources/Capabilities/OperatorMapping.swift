public import ModelGraph

/// How operators of one set are computed by operators of another: ONNX's by PyTorch's.
public struct OperatorMapping: Sendable {
  /// What computing an operator takes.
  public enum Class: String, Sendable, CaseIterable {
    /// Kernels of the device.
    case kernels
    /// Nothing but another look at the same data.
    case view
    /// Nothing: the value is known before the run.
    case constant
    /// The framework itself: control flow, sequences, optionals.
    case control
    /// The host: strings, images, tree models.
    case host
    /// There is no way.
    case none
  }

  /// Operators that are needed together, where a condition on the node holds.
  public struct Form: Sendable, Hashable {
    /// The form is for nodes where this holds; nil is for all.
    public let when: Condition?
    /// The operators, such as `conv2d` or `torchvision::nms`.
    public let needs: [String]
  }

  /// A case in which there is no way.
  public struct Gap: Sendable, Hashable {
    /// The case.
    public let when: Condition
    /// Why there is no way, in plain words.
    public let reason: String
  }

  /// How one operator is computed.
  public struct Entry: Sendable {
    /// The operator.
    public internal(set) var operation = OperatorIdentity(domain: "", name: "")
    /// What computing it takes.
    public internal(set) var kind = Class.kernels
    /// Alternatives, the preferred one first.
    public internal(set) var forms: [Form] = []
    /// What is needed besides, in some cases.
    public internal(set) var also: [Form] = []
    /// Cases in which there is no way.
    public internal(set) var gaps: [Gap] = []
    /// A remark for readers.
    public internal(set) var note: String?
    /// Where the entry rests; never empty.
    public internal(set) var evidence: [Evidence] = []
  }

  /// A name for people.
  public let title: String
  /// What readers should know.
  public let notes: [String]
  /// The entries, in file order.
  public let entries: [Entry]
  /// What PyTorch computes by calling others: alternatives by name.
  public let composites: [String: [[String]]]
  private let index: [OperatorIdentity: Int]

  init(title: String, notes: [String], entries: [Entry], composites: [String: [[String]]]) {
    self.title = title
    self.notes = notes
    self.entries = entries
    self.composites = composites
    index = Dictionary(
      entries.enumerated().map { ($0.element.operation, $0.offset) }, uniquingKeysWith: { $1 })
  }

  /// How an operator is computed, if that is known.
  public func entry(of operation: OperatorIdentity) -> Entry? {
    index[operation].map { entries[$0] }
  }

  /// Names of all operators that the entries may come to need, without their domains.
  public var neededNames: Set<String> {
    var names: Set<String> = []
    var waiting = entries.flatMap { $0.forms + $0.also }.flatMap(\.needs)
    while let name = waiting.popLast() {
      guard names.insert(Self.identity(name).name).inserted else { continue }
      for calls in composites[name] ?? [] { waiting += calls }
    }
    return names
  }

  /// Domain and name of an operator written `conv2d` or `torchvision::nms`.
  public static func identity(_ text: String) -> OperatorIdentity {
    let bytes = text.utf8
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      case let second = bytes.index(after: colon), second < bytes.endIndex,
      bytes[second] == UInt8(ascii: ":")
    else { return OperatorIdentity(domain: "aten", name: text) }
    return OperatorIdentity(
      domain: String(text[..<colon]), name: String(text[bytes.index(after: second)...]))
  }
}
