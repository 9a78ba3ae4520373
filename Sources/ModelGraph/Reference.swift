/// The place of an element in one of the graph's tables.
///
/// Four bytes, and typed, so that a node's place is not taken for a value's.
@frozen
public struct Reference<Element>: Sendable, Hashable {
  /// Position in the table; −1 stands for "none".
  public let position: Int32

  /// Refers to the element at `position`.
  @inlinable
  public init(_ position: Int) { self.position = Int32(truncatingIfNeeded: position) }

  /// Refers to nothing: an omitted input, no producer, no name.
  @inlinable public static var none: Self { Self(-1) }

  /// Whether this refers to nothing.
  @inlinable public var isNone: Bool { position < 0 }

  /// Position in the table as an `Int`.
  @inlinable public var index: Int { Int(position) }
}

/// Names one entry of the graph's names of values.
public enum Name {}
/// Names one entry of the graph's other texts.
public enum Text {}

/// Place of a value's name in `ModelGraph.names`.
public typealias NameReference = Reference<Name>
/// Place of a text in `ModelGraph.texts`: a node's or attribute's name, a text that an attribute has.
public typealias TextReference = Reference<Text>
/// Place of a node in `ModelGraph.nodes`.
public typealias NodeReference = Reference<Node>
/// Place of a value in `ModelGraph.values`; `none` is an omitted input or output.
public typealias ValueReference = Reference<Value>
/// Place of a tensor in `ModelGraph.tensors`.
public typealias TensorReference = Reference<Tensor>
/// Place of a scope in `ModelGraph.scopes`.
public typealias ScopeReference = Reference<Scope>
/// Place of a type in `ModelGraph.types`.
public typealias TypeReference = Reference<ValueType>
/// Place of an operator identity in `ModelGraph.operators`.
public typealias OperatorReference = Reference<OperatorIdentity>

/// A run of consecutive elements in one of the graph's tables.
@frozen
public struct Run: Sendable, Hashable {
  /// Position of the first element.
  public let start: Int32
  /// Number of elements.
  public let count: Int32

  /// Makes the run of `count` elements from `start`.
  @inlinable
  public init(start: Int, count: Int) {
    self.start = Int32(truncatingIfNeeded: start)
    self.count = Int32(truncatingIfNeeded: count)
  }

  /// The run of nothing.
  @inlinable public static var empty: Run { Run(start: 0, count: 0) }

  /// The positions.
  @inlinable public var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}
