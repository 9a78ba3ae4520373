import Inference
import ModelGraph
import XMLDocuments

extension XMLWriter {
  /// Writes what a model costs.
  func write(_ cost: CostSummary) {
    element(
      "cost",
      [
        "parameters": String(cost.parameters), "weight-bytes": String(cost.weightBytes),
        "flops": String(cost.flops), "multiply-adds": String(cost.multiplyAdds),
        "peak-activation-bytes": String(cost.peakActivationBytes),
        "bytes-moved": String(cost.bytesMoved),
        "arithmetic-intensity": cost.arithmeticIntensity.map { "\($0)" },
        "unsized-values": String(cost.unsizedValues), "open-nodes": String(cost.openNodes),
        "open-loops": String(cost.openLoops),
      ]
    ) {
      for share in cost.operators {
        startElement("operator")
        write(share.operation)
        attribute("nodes", String(share.nodes))
        attribute("flops", String(share.flops))
        attribute("multiply-adds", String(share.multiplyAdds))
        attribute("open-nodes", String(share.openNodes))
        endElement()
      }
      for tokens in cost.tokenCosts {
        emptyElement(
          "tokens",
          [
            "new": String(tokens.newTokens), "past": String(tokens.pastTokens),
            "flops": String(tokens.flops), "cache-bytes": tokens.cacheBytes.map(String.init),
            "open-nodes": String(tokens.openNodes),
          ])
      }
    }
  }

  // MARK: Values and their types

  /// Writes every value with its type.
  func write(_ values: [ValueSummary]) {
    element("values") {
      for value in values {
        element("value", ["name": value.name.xml]) { write(value.type) }
      }
    }
  }

  private func write(_ type: InferredType) {
    switch type {
    case .unknown: emptyElement("unknown")
    case .opaque: emptyElement("opaque")
    case .tensor(let element, let shape): write("tensor", element, shape)
    case .sparseTensor(let element, let shape): write("sparse-tensor", element, shape)
    case .sequence(let element): self.element("sequence") { write(element) }
    case .optional(let element): self.element("optional") { write(element) }
    case .map(let key, let value): element("map", ["key": key.name]) { write(value) }
    }
  }

  private func write(_ name: String, _ type: ElementType, _ shape: [SymbolicDimension]?) {
    element(
      name, ["type": type == .undefined ? nil : type.name, "ranked": shape == nil ? "false" : nil]
    ) {
      for dimension in shape ?? [] {
        switch dimension {
        case .fixed(let extent): emptyElement("dim", ["extent": String(extent)])
        case .expression(let text): emptyElement("dim", ["expression": text.xml])
        case .dynamic(let text): emptyElement("dim", ["dynamic": text.xml])
        case .unknown: emptyElement("dim")
        }
      }
    }
  }
}
