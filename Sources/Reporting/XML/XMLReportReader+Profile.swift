import Capabilities
import Compatibility
import ModelGraph
import XMLDocuments

extension TargetProfile {
  init(_ element: XMLElement) throws(XMLFailure) {
    var flops: [Verdict: Int64] = [:]
    for entry in element.children("work") {
      flops[try entry.choice("verdict")] = try entry.amount("flops")
    }
    var types: [String] = []
    for entry in element.children("refused-type") { types.append(try entry.text("name")) }
    var operators: [JudgedOperator] = []
    for entry in element.children("judged") { operators.append(try JudgedOperator(entry)) }
    var devices: [DeviceFit] = []
    for entry in element.children("device") { devices.append(try DeviceFit(entry)) }
    var runs: [GraphRun] = []
    for entry in element.children("run") { runs.append(try GraphRun(entry)) }
    self.init(
      flops: flops, operators: operators, refusesModel: element["refuses-model"] == "true",
      refusedTypes: types,
      opsets: try element.child("opsets").map { (entry) throws(XMLFailure) in
        try OpsetZone(entry)
      }, devices: devices, isPortable: element["portable"] == "true", runs: runs)
  }
}

extension JudgedOperator {
  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    var counts: [Verdict: Int] = [:]
    for entry in element.children("count") {
      counts[try entry.choice("verdict")] = try entry.count("nodes")
    }
    self.init(
      operation: try OperatorIdentity(element), counts: counts, grounds: try Grounds(element))
  }
}

extension Grounds {
  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    var evidence: [Evidence] = []
    for entry in element.children("evidence") { evidence.append(try Evidence(entry)) }
    var kernels: Set<OperatorRecord.Kernel> = []
    for word in try element.text("kernels").split(separator: " ") {
      guard let kernel = OperatorRecord.Kernel(rawValue: String(word)) else {
        throw element.failure("names the unknown kernel '\(String(word).visible())'")
      }
      kernels.insert(kernel)
    }
    var confidence: Confidence?
    if element["confidence"] != nil { confidence = try element.choice("confidence") }
    self.init(
      evidence: evidence, hasMoreEvidence: element["more-evidence"] == "true",
      confidence: confidence, oldest: element["oldest"].flatMap { EvidenceDate($0.fromXML) },
      kernels: kernels)
  }
}

extension Evidence {
  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    func optional(_ attribute: String) throws(XMLFailure) -> String? {
      let text = try element.text(attribute)
      return text.isEmpty ? nil : text
    }
    self.init(
      source: EvidenceSource(
        kind: try element.choice("kind"), repository: try element.text("repository"),
        commit: try optional("commit"), date: try optional("date")),
      path: try optional("path"), line: try optional("line"),
      confidence: try element.choice("confidence"))
  }
}

extension OpsetZone {
  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    func operators(_ name: String) throws(XMLFailure) -> [OperatorIdentity] {
      var found: [OperatorIdentity] = []
      for entry in element.children(name) { found.append(try OperatorIdentity(entry)) }
      return found
    }
    var opsets: [Int64] = []
    for word in try element.text("taken").split(separator: " ") {
      guard let opset = Int64(word) else {
        throw element.failure("names the opset '\(String(word).visible())', which is no number")
      }
      opsets.append(opset)
    }
    var steps: [OpsetStep] = []
    for entry in element.children("missing-step") {
      steps.append(
        OpsetStep(
          saved: try entry.text("operator"), from: try entry.integer("from"),
          to: try entry.integer("to")))
    }
    self.init(
      saved: try element.integer("current"), opsets: opsets,
      recommended: try element.optionalInteger("recommended"), never: try operators("never"),
      lowerEnd: try operators("lower-end"), upperEnd: try operators("upper-end"),
      missingAdapters: steps)
  }
}

extension DeviceFit {
  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    var time: LeastTime?
    if element["least-seconds"] != nil {
      time = LeastTime(
        saved: try element.number("least-seconds"), bound: try element.choice("bound"))
    }
    self.init(
      saved: Device(saved: try element.text("name")),
      memory: try element.child("memory").map { (entry) throws(XMLFailure) in try Figure(entry) },
      fits: element["fits"].map { $0 == "true" },
      devicesForWeights: try element.optionalAmount("devices-for-weights"), leastTime: time)
  }
}

extension DeviceFit.Figure {
  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    self.init(
      saved: try element.number("bytes", upTo: 1e18),
      source: DeviceFigure(
        saved: try element.text("figure"), value: .number(try element.number("value", upTo: 1e18)),
        unit: element["unit"]?.fromXML, kind: try element.choice("kind"),
        source: try element.text("source"), commit: element["commit"]?.fromXML,
        path: element["path"]?.fromXML, line: element["line"]?.fromXML,
        date: element["date"]?.fromXML, confidence: try element.choice("confidence")))
  }
}

extension GraphRun {
  /// The most nodes of a run: sums over as many runs as a document can hold do not overflow.
  private static let mostNodes = 1 << 36

  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    var counts: [Side: Int] = [:]
    for side in Side.allCases {
      guard let nodes = try element.optionalCount(side.rawValue) else { continue }
      guard nodes <= Self.mostNodes else { throw element.failure("has more nodes than can be") }
      counts[side] = nodes
    }
    var operators: [(operation: OperatorIdentity, count: Int)] = []
    for entry in element.children("operator") {
      operators.append((try OperatorIdentity(entry), try entry.count("nodes")))
    }
    self.init(
      first: try element.count("first"), counts: counts, flops: try element.amount("flops"),
      operators: operators)
  }
}
