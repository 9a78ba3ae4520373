public import Bytes

/// A model as flat tables of values: nodes, values, attributes, tensors, types, names.
///
/// References are positions in these tables. Nodes of one scope are consecutive and in file order.
/// Weights are never read; small constants can be read on demand (`integers(of:)`, `floats(of:)`).
public struct ModelGraph: Sendable {
  /// Lists of attributes and constants with more elements than this are not kept.
  public static let longestKeptList = 1024

  /// What the file says about itself.
  public var header = ModelHeader()
  /// Operator sets the model uses, in file order.
  public var opsetImports: [OpsetImport] = []
  /// The names of values, each once.
  public var names: NameTable
  /// Names of attributes, each once, and all other texts.
  public var texts: NameTable
  /// The distinct operators that nodes ask for.
  public var operators: [OperatorIdentity] = []
  /// Scopes; the main graph is the first.
  public var scopes: [Scope] = []
  /// Nodes, grouped by scope.
  public var nodes: [Node] = []
  /// Inputs and outputs of all nodes.
  public var operands: [ValueReference] = []
  /// Values of all scopes.
  public var values: [Value] = []
  /// Attributes of all nodes and functions.
  public var attributes: [Attribute] = []
  /// Constants of all kinds.
  public var tensors: [Tensor] = []
  /// The distinct declared types.
  public var types: [ValueType] = []
  /// Functions defined in the file.
  public var functions: [Function] = []
  /// Whole numbers of attributes and dims.
  public var integerPool: [Int64] = []
  /// Floats of attributes.
  public var floatPool: [Float] = []
  /// Texts of attributes and string tensors.
  public var textPool: [TextReference] = []
  /// Files that tensors point to.
  public var externalData: [ExternalData] = []
  /// Sparse initializers of all scopes.
  public var sparseInitializers: [SparseInitializer] = []
  /// Quantization parameters attached to values.
  public var quantizationAnnotations: [QuantizationAnnotation] = []
  /// Small constants that the file stores in pieces, put together.
  public var joinedPayloads: [UInt8] = []
  /// Irregularities met while reading that do not keep the graph from being judged.
  public var irregularities: [Irregularity] = []
  /// The bytes of the file (or of its binary form, for text formats).
  public var source: ByteSource

  /// Makes an empty graph over the bytes it is read from.
  public init(source: ByteSource) {
    self.source = source
    names = NameTable(of: source)
    texts = NameTable(of: source)
  }
}

/// The fields of a model file outside its graph.
public struct ModelHeader: Sendable {
  /// Version of the intermediate representation; nil when absent.
  public var irVersion: Int64?
  /// Name of the program that wrote the file.
  public var producerName = ""
  /// Version of that program.
  public var producerVersion = ""
  /// The model's own domain.
  public var domain = ""
  /// The model's own version.
  public var modelVersion: Int64 = 0
  /// Free text.
  public var documentation = ""
  /// Pairs of the model's metadata, in file order.
  public var metadata: [(key: String, value: String)] = []
  /// Device configurations (IR 11): name and number of devices.
  public var deviceConfigurations: [(name: String, deviceCount: Int64)] = []
  /// Number of training-information records.
  public var trainingInfoCount = 0

  /// Makes an empty header.
  public init() {}
}

/// An initializer stored as positions and values of its non-zero elements.
public struct SparseInitializer: Sendable {
  /// The value it defines.
  public let value: ValueReference
  /// The non-zero elements.
  public let values: TensorReference
  /// Their positions.
  public let indices: TensorReference
  /// Extents of the dense shape, in `ModelGraph.integerPool`.
  public let dims: Run

  /// Makes a sparse initializer; used by readers.
  public init(value: ValueReference, values: TensorReference, indices: TensorReference, dims: Run) {
    self.value = value
    self.values = values
    self.indices = indices
    self.dims = dims
  }
}

/// Quantization parameters that a graph attaches to a value by name.
public struct QuantizationAnnotation: Sendable, Hashable {
  /// The annotated value's name.
  public let tensor: String
  /// Keys such as `SCALE_TENSOR` with the names of the tensors that hold the parameters.
  public let parameters: [String: String]

  /// Makes an annotation; used by readers.
  public init(tensor: String, parameters: [String: String]) {
    self.tensor = tensor
    self.parameters = parameters
  }
}

/// Something odd in the file that structural rules report.
public struct Irregularity: Sendable {
  /// What is odd.
  public enum Kind: Sendable, Hashable {
    /// A value is defined more than once in its scope.
    case duplicateDefinition
    /// A value of a subgraph has the name of one in a graph around it.
    case shadowedDefinition
    /// An enumerated field holds a number that no IR version defines.
    case unknownEnumeration
    /// A dimension or length is negative, or a product of dimensions overflows.
    case badDimension
    /// A record has a field whose content cannot be right.
    case malformedField
    /// The file is larger than protobuf runtimes read.
    case oversizedFile
    /// A text format holds a field that no version of the format defines.
    case unknownField
  }

  /// What is odd.
  public let kind: Kind
  /// The facts, in plain words.
  public let detail: String
  /// The node concerned, or `none`.
  public let node: NodeReference
  /// Where in the file.
  public var position: SourcePosition

  /// Makes a record; used by readers.
  public init(
    _ kind: Kind, _ detail: String, node: NodeReference = .none, position: SourcePosition
  ) {
    self.kind = kind
    self.detail = detail
    self.node = node
    self.position = position
  }
}
