public import ModelGraph

/// A formal input or output of an operator.
public struct OperatorParameter: Sendable, Hashable {
  /// How often the parameter may occur.
  public enum Option: Sendable, Hashable {
    /// Once, and it must be there.
    case single
    /// Once or not at all.
    case optional
    /// Any number of times; only the last parameter can be variadic.
    case variadic
  }

  /// The parameter's name in the operator's definition.
  public let name: String
  /// How often it may occur.
  public let option: Option
  /// Whether all values of a variadic parameter have one type; true for other parameters.
  public let isHomogeneous: Bool
  /// The type parameter, such as `T`, or the type itself where it is fixed, such as `tensor(int64)`;
  /// either is a key of `OperatorSchema.typeParameters`.
  public let typeParameter: String

  /// Makes a parameter.
  public init(name: String, option: Option, isHomogeneous: Bool, typeParameter: String) {
    self.name = name
    self.option = option
    self.isHomogeneous = isHomogeneous
    self.typeParameter = typeParameter
  }
}

/// An attribute that an operator defines.
public struct AttributeSchema: Sendable, Hashable {
  /// The attribute's name.
  public let name: String
  /// The kind of its value.
  public let kind: AttributeKind
  /// Whether a node must give it.
  public let isRequired: Bool
  /// The value that counts when a node does not give it; nil when the definition names none.
  public let defaultValue: AttributeDefault?

  /// Makes an attribute.
  public init(
    name: String, kind: AttributeKind, isRequired: Bool = false,
    defaultValue: AttributeDefault? = nil
  ) {
    self.name = name
    self.kind = kind
    self.isRequired = isRequired
    self.defaultValue = defaultValue
  }
}

/// The value of an attribute that a node does not give.
public enum AttributeDefault: Sendable, Hashable {
  case int(Int64)
  case float(Double)
  case string(String)
  case ints([Int64])
  case floats([Double])
  case strings([String])
}

/// The operators that an operator's own definition is written with.
public struct FunctionBody: Sendable, Hashable {
  /// Names of the body's operators, of domain `ai.onnx`, sorted; operators in subgraphs included,
  /// but not the bodies of those operators in turn.
  ///
  /// For a body that depends on the node these are the operators seen with default attributes.
  public let operators: [String]
  /// Whether `operators` is known; otherwise it is empty though there is a body.
  public let isListed: Bool
  /// Opset versions for which the definition holds a body.
  public let opsetVersions: [Int]
  /// Whether the body depends on the attributes and inputs of the node.
  public let isContextDependent: Bool

  /// Makes a body; nil for `operators` says that they are not known.
  public init(operators: [String]?, opsetVersions: [Int], isContextDependent: Bool) {
    self.operators = operators ?? []
    isListed = operators != nil
    self.opsetVersions = opsetVersions
    self.isContextDependent = isContextDependent
  }
}

/// The package that a schema was taken from.
public struct SchemaSource: Sendable, Hashable, CustomStringConvertible {
  /// Name of the Python package, such as `onnx`.
  public let package: String
  /// Its version.
  public let version: String

  /// Makes a source.
  public init(package: String, version: String) {
    self.package = package
    self.version = version
  }

  /// `onnx 1.23.2`.
  public var description: String { "\(package) \(version)" }
}

/// One version of an operator's definition.
public struct OperatorSchema: Sendable, Hashable {
  /// The domain, `ai.onnx` spelled out.
  public let domain: String
  /// The operator's name.
  public let name: String
  /// The first opset this definition holds for.
  public let since: Int
  /// The last opset before the next definition; nil for the current one.
  public internal(set) var until: Int?
  /// Whether the operator is withdrawn from opset `since` on.
  public let isDeprecated: Bool
  /// The formal inputs.
  public let inputs: [OperatorParameter]
  /// The formal outputs.
  public let outputs: [OperatorParameter]
  /// Positions that a node's inputs must at least reach.
  public let minimumInputs: Int
  /// Inputs a node may have; `Int.max` when unbounded.
  public let maximumInputs: Int
  /// Positions that a node's outputs must at least reach.
  public let minimumOutputs: Int
  /// Outputs a node may have; `Int.max` when unbounded.
  public let maximumOutputs: Int
  /// What each type parameter, and each fixed type, of the inputs and outputs accepts.
  public let typeParameters: [String: AllowedTypes]
  /// The attributes, sorted by name.
  public let attributes: [AttributeSchema]
  /// The definition in terms of other operators, if there is one.
  public let functionBody: FunctionBody?
  /// Where the definition was taken from.
  public let source: SchemaSource

  /// The formal input at a position; the last one repeats if it is variadic.
  public func parameter(input index: Int) -> OperatorParameter? {
    inputs.parameter(at: index)
  }

  /// The formal output at a position; the last one repeats if it is variadic.
  public func parameter(output index: Int) -> OperatorParameter? {
    outputs.parameter(at: index)
  }

  /// The attribute of a name.
  public func attribute(_ name: String) -> AttributeSchema? {
    attributes.first { $0.name == name }
  }
}

extension [OperatorParameter] {
  fileprivate func parameter(at index: Int) -> OperatorParameter? {
    guard index >= 0 else { return nil }
    if index < count { return self[index] }
    return last?.option == .variadic ? last : nil
  }

  /// Positions that must at least be filled: up to the last parameter that is not optional.
  var minimumCount: Int {
    (lastIndex { $0.option != .optional } ?? -1) + 1
  }

  /// Positions that can be filled; `Int.max` with a variadic tail.
  var maximumCount: Int {
    last?.option == .variadic ? .max : count
  }
}
