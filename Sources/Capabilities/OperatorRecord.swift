public import Bytes

/// What a front door says of one operator in some versions.
public struct OperatorRecord: Sendable {
  /// Whether the operator is taken.
  public enum Status: String, Sendable, CaseIterable {
    case supported
    case unsupported
    /// Accepted, but known to compute wrong results.
    case knownBad
    case unknown
  }

  /// Whose kernel it is, on a front door that brings kernels of its own beside the vendor's.
  public enum Kernel: String, Sendable, CaseIterable {
    /// The same source for every chip.
    case generic
    /// A version that the vendor wrote or adapted for the chip.
    case vendor
    /// The front door leaves it to the vendor's own library.
    case native
  }

  /// The operator's domain; the default one is spelled `ai.onnx`.
  public internal(set) var domain = ""
  /// The operator's name.
  public internal(set) var name = ""
  /// The overloads of PyTorch's operator that the record speaks of; empty names the plain one.
  public internal(set) var overloads: [String] = []
  /// Whose kernel it is, where that is told.
  public internal(set) var kernel: Kernel?
  /// Versions that the record speaks of.
  public internal(set) var versions = VersionSet.any
  /// Whether the operator is taken.
  public internal(set) var status = Status.supported
  /// Why it is not taken, in plain words.
  public internal(set) var reason: String?
  /// What usually helps when it is not taken.
  public internal(set) var help: String?
  /// Types taken for each type parameter; parameters that are not named are not limited.
  public internal(set) var types: [TypeLimit] = []
  /// What must be so beyond version and types.
  public internal(set) var limits: [Limit] = []
  /// Attributes that are accepted and not read.
  public internal(set) var ignores: [IgnoredAttribute] = []
  /// What documents say for single products.
  public internal(set) var products: [ProductStatement] = []
  /// Another front door that this one hands the operator to and that decides in the end.
  public internal(set) var decidedBy: FrontDoorName?
  /// A remark for readers.
  public internal(set) var note: String?
  /// Where the record's facts were read; never empty.
  public internal(set) var evidence: [Evidence] = []
  /// Where the record stands in its manifest.
  public let position: SourcePosition

  init(position: SourcePosition) {
    self.position = position
  }

  /// What documents say for `product`, if anything.
  public func statement(for product: String) -> ProductStatement.Support? {
    products.first { $0.product == product }?.support
  }
}

extension OperatorRecord {
  /// The record with further limits, if it takes the operator at all.
  func limited(by further: [Limit]) -> OperatorRecord {
    guard status == .supported || status == .knownBad else { return self }
    var record = self
    record.limits += further
    return record
  }
}

/// Types taken for one type parameter.
public struct TypeLimit: Sendable, Hashable {
  /// Name of a type parameter that stands for the first input's type, whatever it is called.
  public static let firstInput = "*"

  /// The schema's name for the type parameter, or `firstInput`.
  public let typeParameter: String
  /// The types taken.
  public let types: TypeSet

  /// Makes a limit.
  public init(typeParameter: String, types: TypeSet) {
    self.typeParameter = typeParameter
    self.types = types
  }
}

/// A condition that a node must fulfil and what happens when it does not.
public struct Limit: Sendable, Hashable {
  /// What becomes of a node that does not fulfil the condition.
  public enum Outcome: String, Sendable, CaseIterable {
    case unsupported
    case fallback
    case silent
    case conditional
    case unknown
    /// It is computed in a lower precision than the model asks for.
    case precision
  }

  /// What must hold.
  public let check: Condition
  /// The limit only applies where this holds.
  public let when: Condition?
  /// What happens otherwise.
  public let otherwise: Outcome
  /// What the stack takes, in plain words.
  public let reason: String
  /// What usually helps.
  public let help: String?
  /// Whether it holds for every operator that the front door takes, not for this one alone.
  public internal(set) var isOfWholeDoor = false

  /// Makes a limit.
  public init(
    check: Condition, when: Condition? = nil, otherwise: Outcome = .unsupported, reason: String,
    help: String? = nil
  ) {
    self.check = check
    self.when = when
    self.otherwise = otherwise
    self.reason = reason
    self.help = help
  }
}

/// An attribute that a front door accepts and does not read.
public struct IgnoredAttribute: Sendable, Hashable {
  /// The attribute's name.
  public let attribute: String
  /// What happens instead, in plain words.
  public let because: String?
  /// Values besides the default that make no difference.
  public let harmless: [AttributeConstant]
  /// It only matters where this holds.
  public let when: Condition?

  /// Makes a description.
  public init(
    attribute: String, because: String? = nil, harmless: [AttributeConstant] = [],
    when: Condition? = nil
  ) {
    self.attribute = attribute
    self.because = because
    self.harmless = harmless
    self.when = when
  }
}

/// What the vendor's documents say of an operator on one product line.
public struct ProductStatement: Sendable, Hashable {
  /// The answer found.
  public enum Support: String, Sendable, CaseIterable {
    /// The operator's document says yes.
    case yes
    /// Only the document of the operator's library call says yes.
    case aclnn
    /// The document says no; a kernel may still come with a closed package.
    case no
  }

  /// Key of the product line, as in `Device.product`.
  public let product: String
  /// The answer found.
  public let support: Support

  /// Makes a statement.
  public init(product: String, support: Support) {
    self.product = product
    self.support = support
  }
}
