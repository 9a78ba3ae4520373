public import Bytes

/// A constant tensor: its type, shape and where its bytes stand; never the bytes themselves.
public struct Tensor: Sendable {
  /// Where and how the elements are stored.
  public enum Storage: Sendable, Hashable {
    /// No data: an empty tensor, or a file that left them out.
    case none
    /// Little-endian elements at a range of the file.
    case file(ByteRange)
    /// Varints, one an element, at a range of the file.
    case fileVarints(ByteRange)
    /// Little-endian elements in `ModelGraph.joinedPayloads`.
    case joined(ByteRange)
    /// Varints, one an element, in `ModelGraph.joinedPayloads`.
    case joinedVarints(ByteRange)
    /// Texts in `ModelGraph.textPool`.
    case texts(Run)
    /// Data that stand in the file in a form too long to keep; only their size is known.
    case notKept
    /// Data in another file: a position in `ModelGraph.externalData`.
    case external(Int)
  }

  /// The tensor's name; for an initializer also the value's.
  public let name: TextReference
  /// Number of the element type as the file has it.
  public let elementTypeNumber: Int32
  /// Extents, in `ModelGraph.integerPool`, outermost first.
  public let dims: Run
  /// Where the elements are.
  public let storage: Storage
  /// Bytes of payload in the model file itself, as stored.
  public let storedBytes: Int
  /// Where the tensor starts in the file.
  public var position: SourcePosition

  /// Makes a tensor; used by readers.
  public init(
    name: TextReference, elementTypeNumber: Int32, dims: Run, storage: Storage, storedBytes: Int,
    position: SourcePosition
  ) {
    self.name = name
    self.elementTypeNumber = elementTypeNumber
    self.dims = dims
    self.storage = storage
    self.storedBytes = storedBytes
    self.position = position
  }

  /// The element type; `undefined` for a number that no IR version defines.
  public var elementType: ElementType {
    UInt8(exactly: elementTypeNumber).flatMap(ElementType.init(rawValue:)) ?? .undefined
  }
}

/// Where the data of a tensor stand outside the model file, as declared there.
public struct ExternalData: Sendable, Hashable {
  /// Path relative to the model's folder.
  public let location: String
  /// First byte in that file; nil when not given (0) or not a number.
  public let offset: Int64?
  /// Number of bytes; nil when not given (up to the end) or not a number.
  public let length: Int64?
  /// An entry whose value is no number, as written.
  public let malformed: String?

  /// Makes an entry; used by readers.
  public init(location: String, offset: Int64?, length: Int64?, malformed: String? = nil) {
    self.location = location
    self.offset = offset
    self.length = length
    self.malformed = malformed
  }
}
