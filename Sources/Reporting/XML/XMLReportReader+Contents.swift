import Compatibility
import Inference
import ModelGraph
import XMLDocuments

extension ModelSummary {
  init(_ element: XMLElement) throws(XMLFailure) {
    var opsets: [OpsetImport] = []
    for entry in element.children("opset") {
      opsets.append(
        OpsetImport(domain: try entry.text("domain"), version: try entry.integer("version")))
    }
    var operators: [(operation: OperatorIdentity, count: Int)] = []
    for entry in element.children("operator") {
      operators.append((try OperatorIdentity(entry), try entry.count("nodes")))
    }
    var weights: [(type: ElementType, elements: Int64)] = []
    for entry in element.children("weights") {
      weights.append((try entry.elementType(), try entry.amount("elements")))
    }
    var functions: [OperatorIdentity] = []
    for entry in element.children("function") { functions.append(try OperatorIdentity(entry)) }
    var files: [String] = []
    for entry in element.children("external-file") { files.append(try entry.text("path")) }
    self.init(
      format: try element.text("format"), byteCount: try element.count("bytes"),
      digest: element["sha256"]?.fromXML, irVersion: try element.optionalInteger("ir-version"),
      producer: try element.text("producer"), opsets: opsets,
      nodeCount: try element.count("nodes"), operators: operators,
      parameterCount: try element.amount("parameters"),
      weightBytes: try element.amount("weight-bytes"), weightTypes: weights,
      inputs: try Self.values(element.children("input")),
      outputs: try Self.values(element.children("output")),
      subgraphCount: try element.count("subgraphs"), functions: functions, externalFiles: files)
  }

  private static func values(
    _ elements: [XMLElement]
  ) throws(XMLFailure) -> [(name: String, type: String)] {
    var values: [(name: String, type: String)] = []
    for entry in elements { values.append((try entry.text("name"), try entry.text("type"))) }
    return values
  }
}

extension Fallback {
  init(_ element: XMLElement) throws(XMLFailure) {
    self.init(
      hostNodes: try element.count("host-nodes"),
      hostPartitions: try element.count("host-partitions"),
      devicePartitions: try element.count("device-partitions"),
      crossings: try element.count("crossings"),
      crossingBytes: try element.amount("crossing-bytes"),
      crossingsOfUnknownSize: try element.count("crossings-of-unknown-size"),
      hostFlops: try element.amount("host-flops"), flops: try element.amount("flops"))
  }
}

extension CostSummary {
  init(_ element: XMLElement) throws(XMLFailure) {
    var intensity: Double?
    if let text = element["arithmetic-intensity"] {
      guard let number = Double(text), number.isFinite, number >= 0 else {
        throw element.failure("has no number as intensity")
      }
      intensity = number
    }
    var operators: [OperatorShare] = []
    for entry in element.children("operator") {
      operators.append(
        OperatorShare(
          operation: try OperatorIdentity(entry), nodes: try entry.count("nodes"),
          flops: try entry.amount("flops"), multiplyAdds: try entry.amount("multiply-adds"),
          openNodes: try entry.count("open-nodes")))
    }
    var tokens: [TokenCost] = []
    for entry in element.children("tokens") {
      tokens.append(
        TokenCost(
          newTokens: try entry.amount("new"), pastTokens: try entry.amount("past"),
          flops: try entry.amount("flops"), cacheBytes: try entry.optionalAmount("cache-bytes"),
          openNodes: try entry.count("open-nodes")))
    }
    self.init(
      parameters: try element.amount("parameters"),
      weightBytes: try element.amount("weight-bytes"), flops: try element.amount("flops"),
      multiplyAdds: try element.amount("multiply-adds"),
      peakActivationBytes: try element.amount("peak-activation-bytes"),
      bytesMoved: try element.amount("bytes-moved"), arithmeticIntensity: intensity,
      unsizedValues: try element.count("unsized-values"),
      openNodes: try element.count("open-nodes"), openLoops: try element.count("open-loops"),
      operators: operators, tokenCosts: tokens)
  }
}

extension ValueSummary {
  static func all(in list: XMLElement) throws(XMLFailure) -> [ValueSummary] {
    var values: [ValueSummary] = []
    for entry in list.children("value") {
      guard let type = entry.children.first else { throw entry.failure("has no type") }
      values.append(ValueSummary(name: try entry.text("name"), type: try InferredType(type)))
    }
    return values
  }
}

extension InferredType {
  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    switch element.name {
    case "unknown": self = .unknown
    case "opaque": self = .opaque
    case "tensor": self = .tensor(try element.elementType(), shape: try element.shape())
    case "sparse-tensor":
      self = .sparseTensor(try element.elementType(), shape: try element.shape())
    case "sequence": self = .sequence(try InferredType(try element.onlyChild()))
    case "optional": self = .optional(try InferredType(try element.onlyChild()))
    case "map":
      self = .map(
        key: try element.elementType("key"), value: try InferredType(try element.onlyChild()))
    default: throw element.failure("is no type")
    }
  }
}

extension XMLElement {
  fileprivate func onlyChild() throws(XMLFailure) -> XMLElement {
    guard let child = children.first, children.count == 1 else {
      throw failure("does not hold one type")
    }
    return child
  }

  /// The element type that an attribute names; undefined when it is missing.
  fileprivate func elementType(_ attribute: String = "type") throws(XMLFailure) -> ElementType {
    guard let name = self[attribute] else { return .undefined }
    guard let type = ElementType.allCases.first(where: { $0.name == name }) else {
      throw failure("names the unknown element type '\(name.visible())'")
    }
    return type
  }

  fileprivate func shape() throws(XMLFailure) -> [SymbolicDimension]? {
    if self["ranked"] == "false" { return nil }
    var shape: [SymbolicDimension] = []
    for entry in children("dim") {
      if entry["extent"] != nil {
        shape.append(.fixed(try entry.integer("extent")))
      } else if let text = entry["expression"] {
        shape.append(.expression(text.fromXML))
      } else if let text = entry["dynamic"] {
        shape.append(.dynamic(text.fromXML))
      } else {
        shape.append(.unknown)
      }
    }
    return shape
  }
}
