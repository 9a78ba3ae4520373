public import Bytes

/// Which operator a node asks for; each distinct identity stands once in `ModelGraph.operators`.
public struct OperatorIdentity: Sendable, Hashable {
  /// The operator set's domain; the empty default domain is spelled `ai.onnx`.
  public let domain: String
  /// Operator type, such as `Conv`.
  public let name: String
  /// Overload of a model-local function; empty for everything else.
  public let overload: String

  /// Makes an identity; an empty domain becomes `ai.onnx`.
  public init(domain: String, name: String, overload: String = "") {
    self.domain = Self.canonical(domain: domain)
    self.name = name
    self.overload = overload
  }

  /// Spells the default domain the one way that reports use.
  public static func canonical(domain: String) -> String { domain.isEmpty ? "ai.onnx" : domain }
}

extension OperatorIdentity: CustomStringConvertible {
  /// `ai.onnx::Conv`, with `:overload` when there is one.
  public var description: String {
    overload.isEmpty ? "\(domain)::\(name)" : "\(domain)::\(name):\(overload)"
  }
}

/// One operation of a graph.
public struct Node: Sendable {
  /// The operator that is asked for.
  public let operation: OperatorReference
  /// The node's own name, often empty and not necessarily unique.
  public let name: TextReference
  /// The graph, subgraph or function body that the node stands in.
  public let scope: ScopeReference
  /// Inputs and then outputs, in `ModelGraph.operands`.
  public let operands: Run
  /// How many of the operands are inputs.
  public let inputCount: Int32
  /// Attributes, in `ModelGraph.attributes`.
  public let attributes: Run
  /// Where the node starts in the file.
  public var position: SourcePosition

  /// The inputs, in `ModelGraph.operands`.
  @inlinable public var inputs: Run { Run(start: Int(operands.start), count: Int(inputCount)) }

  /// Makes a node; used by readers.
  public init(
    operation: OperatorReference, name: TextReference, scope: ScopeReference, operands: Run,
    inputCount: Int, attributes: Run, position: SourcePosition
  ) {
    self.operation = operation
    self.name = name
    self.scope = scope
    self.operands = operands
    self.inputCount = Int32(truncatingIfNeeded: inputCount)
    self.attributes = attributes
    self.position = position
  }
}

/// A named value: a graph input, an initializer, or what a node puts out.
public struct Value: Sendable {
  /// Where a value comes from.
  public enum Origin: UInt8, Sendable {
    /// An input of the graph, subgraph or function.
    case input
    /// A constant stored in the file.
    case initializer
    /// An input that has an initializer as its default.
    case inputWithDefault
    /// An output of a node.
    case node
    /// Used but defined nowhere.
    case undefined
  }

  /// The name, unique within its scope in a valid model.
  public let name: NameReference
  /// The scope that defines it.
  public let scope: ScopeReference
  /// Where it comes from.
  public var origin: Origin
  /// The node that puts it out, or `none`.
  public var producer: NodeReference
  /// Which output of the producer it is, counted from 0.
  public var outputIndex: Int32
  /// The type declared in the file, or `none`.
  public var declaredType: TypeReference
  /// The stored constant, or `none`.
  public var tensor: TensorReference

  /// Makes a value; used by readers.
  public init(name: NameReference, scope: ScopeReference, origin: Origin) {
    self.name = name
    self.scope = scope
    self.origin = origin
    producer = .none
    outputIndex = 0
    declaredType = .none
    tensor = .none
  }
}

/// A graph, a subgraph held by an attribute, or the body of a model-local function.
public struct Scope: Sendable {
  /// What holds the scope.
  public enum Kind: Sendable, Hashable {
    /// The model's main graph.
    case main
    /// A graph attribute of a node; `index` counts within a list of graphs.
    case subgraph(node: NodeReference, attribute: TextReference, index: Int)
    /// A graph that an attribute of a function has unless its caller gives another; no node holds it.
    case attributeDefault(attribute: TextReference)
    /// The body of `ModelGraph.functions[index]`.
    case function(index: Int)
    /// A graph of the training information, kept and not judged.
    case training
  }

  /// What holds the scope.
  public var kind: Kind
  /// The scope whose names are visible here, or `none`.
  public var parent: ScopeReference
  /// The graph's name.
  public var name: TextReference
  /// Nodes, consecutive in `ModelGraph.nodes`, in file order.
  public var nodes: Run
  /// Inputs in order.
  public var inputs: [ValueReference]
  /// Outputs in order; an output that nothing defines has origin `undefined`.
  public var outputs: [ValueReference]
  /// Dense initializers in file order.
  public var initializers: [ValueReference]
  /// Where the graph starts in the file.
  public var position: SourcePosition

  /// Makes an empty scope; used by readers.
  public init(kind: Kind, parent: ScopeReference, position: SourcePosition) {
    self.kind = kind
    self.parent = parent
    self.position = position
    name = .none
    nodes = .empty
    inputs = []
    outputs = []
    initializers = []
  }
}

/// A function defined in the model file.
public struct Function: Sendable {
  /// What calls name: domain, name, overload.
  public let identity: OperatorIdentity
  /// The body.
  public let scope: ScopeReference
  /// The operator sets its body uses.
  public let opsetImports: [OpsetImport]
  /// Attributes without default.
  public let attributeNames: [String]
  /// Attributes with default, in `ModelGraph.attributes`.
  public let defaults: Run

  /// Makes a function; used by readers.
  public init(
    identity: OperatorIdentity, scope: ScopeReference, opsetImports: [OpsetImport],
    attributeNames: [String], defaults: Run
  ) {
    self.identity = identity
    self.scope = scope
    self.opsetImports = opsetImports
    self.attributeNames = attributeNames
    self.defaults = defaults
  }
}

/// A version of an operator set that a model or function uses.
public struct OpsetImport: Sendable, Hashable {
  /// The domain; the default domain is spelled `ai.onnx`.
  public let domain: String
  /// The version.
  public let version: Int64

  /// Makes an import; an empty domain becomes `ai.onnx`.
  public init(domain: String, version: Int64) {
    self.domain = OperatorIdentity.canonical(domain: domain)
    self.version = version
  }
}
