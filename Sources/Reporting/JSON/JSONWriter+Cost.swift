import Bytes
import ModelGraph

extension JSONWriter {
  /// Writes what a model costs.
  mutating func write(_ cost: CostSummary) {
    key("cost")
    object { json in
      json.member("parameters", cost.parameters)
      json.member("weightBytes", cost.weightBytes)
      json.member("flops", cost.flops)
      json.member("macs", cost.multiplyAdds)
      json.member("peakActivationBytes", cost.peakActivationBytes)
      json.member("bytesMoved", cost.bytesMoved)
      if let intensity = cost.arithmeticIntensity {
        json.key("arithmeticIntensity")
        json.double(intensity)
      }
      json.member("unsizedValues", cost.unsizedValues)
      json.member("openNodes", cost.openNodes)
      json.member("openLoops", cost.openLoops)
      json.key("operators")
      json.array { json in
        for operation in cost.operators { json.write(operation) }
      }
      guard !cost.tokenCosts.isEmpty else { return }
      json.key("tokens")
      json.array { json in
        for tokens in cost.tokenCosts { json.write(tokens) }
      }
    }
  }

  private mutating func write(_ share: CostSummary.OperatorShare) {
    object { json in
      json.text("operator", share.operation.description)
      json.member("nodes", share.nodes)
      json.member("flops", share.flops)
      json.member("macs", share.multiplyAdds)
      json.member("openNodes", share.openNodes)
    }
  }

  private mutating func write(_ tokens: CostSummary.TokenCost) {
    object { json in
      json.member("newTokens", tokens.newTokens)
      json.member("pastTokens", tokens.pastTokens)
      json.member("flops", tokens.flops)
      if let bytes = tokens.cacheBytes { json.member("cacheBytes", bytes) }
      json.member("openNodes", tokens.openNodes)
    }
  }
}
