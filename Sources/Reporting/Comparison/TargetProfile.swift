public import Compatibility

/// What one target makes of a model beyond counts and findings, for comparing it with others.
public struct TargetProfile: Sendable {
  /// Floating-point operations of one run by the verdict on their nodes, as far as they are known.
  public let flops: [Verdict: Int64]
  /// What becomes of each operator.
  public let operators: [JudgedOperator]
  /// Whether the whole model is refused, whatever its nodes.
  public let refusesModel: Bool
  /// Element types in use that the target does not take, by name.
  public let refusedTypes: [String]
  /// The opsets in which it takes the model; nil for front doors that do not take ONNX.
  public let opsets: OpsetZone?
  /// The target's chip, or all chips of its stack.
  public let devices: [DeviceFit]
  /// Whether the front door is a library of portable kernels beside the vendor's own.
  public let isPortable: Bool
  /// The main graph in execution order, condensed to some hundred runs.
  public let runs: [GraphRun]

  /// Makes a profile.
  public init(
    flops: [Verdict: Int64], operators: [JudgedOperator], refusesModel: Bool,
    refusedTypes: [String], opsets: OpsetZone?, devices: [DeviceFit], isPortable: Bool,
    runs: [GraphRun]
  ) {
    self.flops = flops
    self.operators = operators
    self.refusesModel = refusesModel
    self.refusedTypes = refusedTypes
    self.opsets = opsets
    self.devices = devices
    self.isPortable = isPortable
    self.runs = runs
  }
}
