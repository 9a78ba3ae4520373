import Bytes
import ModelGraph

/// A model in a text form, rewritten as wire bytes that `BinaryReader` reads.
struct TranscodedModel: Sendable {
  /// A `ModelProto` on the wire; lengths of messages take five bytes whatever their value.
  var bytes: [UInt8]
  /// Where the messages that have a position of their own stand in the text, by ascending offset.
  var positions: [TranscodedPosition]
  /// What is odd in the text and does not keep the model from being read.
  var warnings: [Irregularity]
}

/// Where a message that starts at an offset of the wire bytes stands in the text.
struct TranscodedPosition: Sendable, Hashable {
  /// Offset of the first byte of the message's content.
  var offset: Int
  /// Line and column of the message in the text.
  let position: SourcePosition
}

/// How much of a model is kept and how deep its messages may nest.
struct TranscodingLimits: Sendable {
  /// Longest payload of a tensor that is kept, in bytes.
  var payloadBytes = 8 << 10
  /// Longest list of an attribute that is kept, in elements.
  var listElements = ModelGraph.longestKeptList
  /// Deepest nesting of messages; each subgraph takes three levels.
  var messageDepth = 300
  /// Deepest nesting of subgraphs in ONNX's own syntax.
  var graphDepth = 100
  /// Deepest nesting of types in ONNX's own syntax.
  var typeDepth = 100

  /// The limits that models are read with.
  static let standard = TranscodingLimits()
}

/// Warnings of one text; of each kind only the first few are kept, as broken generators repeat
/// themselves.
struct TranscodingWarnings: Sendable {
  private static let mostOfAKind = 32

  private(set) var all: [Irregularity] = []
  private var counts: [Irregularity.Kind: Int] = [:]

  mutating func add(_ kind: Irregularity.Kind, _ detail: String, at position: SourcePosition) {
    guard counts[kind, default: 0] < Self.mostOfAKind else { return }
    counts[kind, default: 0] += 1
    all.append(Irregularity(kind, detail, position: position))
  }
}
