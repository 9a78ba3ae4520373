public import Capabilities
public import ModelGraph

/// What a verdict rests on: how sure and how old its evidence is, and whose kernels do the work.
public struct Grounds: Sendable, Hashable {
  /// The weakest confidence of the evidence; nil when there is no evidence.
  public private(set) var confidence: Confidence?
  /// Date of the oldest evidence that has one.
  public private(set) var oldest: EvidenceDate?
  /// The evidence, each piece once; of more than `namedEvidence` the weakest and oldest.
  public private(set) var evidence: [Evidence] = []
  /// Whether there is more evidence than is named.
  public private(set) var hasMoreEvidence = false
  /// Whose kernels run it, on front doors that bring kernels of their own beside the vendor's.
  public private(set) var kernels: Set<OperatorRecord.Kernel> = []

  /// At most so many pieces of evidence are named.
  public static let namedEvidence = 12

  /// No evidence at all.
  public static let none = Grounds([])

  /// Rests on citations, and on a kernel if it is told whose that is.
  public init(_ evidence: [Evidence], kernel: OperatorRecord.Kernel? = nil) {
    confidence = evidence.map(\.confidence).min()
    oldest = evidence.compactMap(\.source.day).min()
    add(evidence)
    if let kernel { kernels = [kernel] }
  }

  /// Rests on what both rest on.
  public static func + (left: Grounds, right: Grounds) -> Grounds {
    var sum = left
    sum.confidence = [left.confidence, right.confidence].compactMap(\.self).min()
    sum.oldest = [left.oldest, right.oldest].compactMap(\.self).min()
    sum.kernels.formUnion(right.kernels)
    sum.hasMoreEvidence = left.hasMoreEvidence || right.hasMoreEvidence
    sum.add(right.evidence)
    return sum
  }

  /// Makes grounds that were saved.
  package init(
    evidence: [Evidence], hasMoreEvidence: Bool, confidence: Confidence?, oldest: EvidenceDate?,
    kernels: Set<OperatorRecord.Kernel>
  ) {
    self.evidence = evidence
    self.hasMoreEvidence = hasMoreEvidence
    self.confidence = confidence
    self.oldest = oldest
    self.kernels = kernels
  }

  /// Adds what is not there yet; those that decide about confidence and age are kept.
  private mutating func add(_ further: [Evidence]) {
    if evidence.isEmpty, further.count <= 1 {
      evidence = further
      return
    }
    for piece in further where !evidence.contains(piece) { evidence.append(piece) }
    guard evidence.count > Self.namedEvidence else { return }
    hasMoreEvidence = true
    let weakest = evidence.enumerated().sorted { left, right in
      let dates = [left, right].map { $0.element.source.day?.description ?? "~" }
      return (left.element.confidence, dates[0], left.offset)
        < (right.element.confidence, dates[1], right.offset)
    }
    evidence = weakest.prefix(Self.namedEvidence).map(\.element)
  }

  /// Rests on what both rest on.
  public static func += (left: inout Grounds, right: Grounds) { left = left + right }
}

/// What a front door makes of all nodes of one operator.
public struct JudgedOperator: Sendable {
  /// The operator.
  public let operation: OperatorIdentity
  /// Number of nodes with each verdict.
  public internal(set) var counts: [Verdict: Int]
  /// What the verdicts rest on together.
  public internal(set) var grounds: Grounds

  /// Makes a summary.
  public init(
    operation: OperatorIdentity, counts: [Verdict: Int], grounds: Grounds
  ) {
    self.operation = operation
    self.counts = counts
    self.grounds = grounds
  }

  /// The worst verdict of any node.
  public var verdict: Verdict { counts.keys.max() ?? .supported }
}
