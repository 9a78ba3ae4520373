public import ModelGraph

/// A constant that an attribute is compared with.
public enum AttributeConstant: Sendable, Hashable {
  case int(Int64)
  case float(Double)
  case string(String)
  case ints([Int64])
  case floats([Double])
  case strings([String])
}

/// Whole numbers between two ends, both included; a missing end is open.
public struct IntegerRange: Sendable, Hashable {
  /// The smallest number, if there is one.
  public let minimum: Int64?
  /// The largest number, if there is one.
  public let maximum: Int64?

  /// Makes a range.
  public init(_ minimum: Int64?, _ maximum: Int64?) {
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Whether `number` lies between the ends.
  public func contains(_ number: Int64) -> Bool {
    number >= minimum ?? .min && number <= maximum ?? .max
  }
}

/// Numbers between two ends, both included; a missing end is open.
public struct NumberRange: Sendable, Hashable {
  /// The smallest number, if there is one.
  public let minimum: Double?
  /// The largest number, if there is one.
  public let maximum: Double?

  /// Makes a range.
  public init(_ minimum: Double?, _ maximum: Double?) {
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Whether `number` lies between the ends.
  public func contains(_ number: Double) -> Bool {
    number >= minimum ?? -.infinity && number <= maximum ?? .infinity
  }
}

/// What every element of a list or of a constant tensor must fulfil.
public enum ElementTest: Sendable, Hashable {
  /// Between two ends.
  case range(NumberRange)
  /// One of the scalars listed.
  case isOneOf([AttributeConstant])
}

/// What can be asked of an attribute.
///
/// `isPresent` looks at the file; all other tests also look at the schema's default when the file
/// does not hold the attribute. An attribute with neither value nor default fails `equals` and
/// `isOneOf` and passes the rest: there is nothing that could break them.
public enum AttributeTest: Sendable, Hashable {
  /// The file holds the attribute, or does not.
  case isPresent(Bool)
  case equals(AttributeConstant)
  case isOneOf([AttributeConstant])
  case range(NumberRange)
  case isOdd
  /// A list with one of these lengths.
  case lengths([Int64])
  /// A list of begins and ends that are equal axis by axis.
  case symmetricPads
  /// A list whose every element fulfils a test.
  case elements(ElementTest)
}

/// Which input or output of a node is meant.
public enum OperandSelector: Sendable, Hashable {
  /// The one at a position, counted from 0.
  case index(Int)
  /// The ones of a formal parameter, by its name in the schema.
  case named(String)
  /// Each one that is present.
  case all
}

/// What can be asked of an input or output; an absent one passes all tests but `isPresent`.
public enum OperandTest: Sendable, Hashable {
  /// The node names it, or does not.
  case isPresent(Bool)
  /// It is an initializer or the output of a `Constant` node, or is not.
  case isConstant(Bool)
  /// Something in the graph reads it, or nothing does (outputs only).
  case isUsed(Bool)
  case ranks([Int64])
  case rank(IntegerRange)
  /// All dimensions are known numbers, or not all are.
  case isStatic(Bool)
  case elementTypes(ElementTypeSet)
  /// It has the element type of the input at a position.
  case sameElementType(asInput: Int)
  /// Each element of a constant fulfils a test.
  case values(ElementTest)
  /// Number of elements.
  case elementCount(IntegerRange)
  /// One dimension; a negative axis counts from the last.
  case dimension(axis: Int, range: IntegerRange?, multipleOf: Int64?)
}

/// Something about a node that holds, does not hold, or cannot be told from the graph.
public indirect enum Condition: Sendable, Hashable {
  case attribute(String, AttributeTest)
  case input(OperandSelector, OperandTest)
  case output(OperandSelector, OperandTest)
  /// Number of inputs present.
  case inputCount(IntegerRange)
  /// Number of outputs present.
  case outputCount(IntegerRange)
  /// The model's opset for the node's domain.
  case opset(IntegerRange)
  /// The since-version of the node's schema.
  case sinceVersion(IntegerRange)
  /// The node stands in a subgraph of a control-flow operator, or in a main graph or function.
  case inSubgraph(Bool)
  case all([Condition])
  case any([Condition])
  case not(Condition)
  /// Depends on what no graph tells; says on what.
  case undecidable(String)
}
