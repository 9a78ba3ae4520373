public import Capabilities
public import Inference
public import ModelGraph

/// Whether a model fits the memory of a device, and how fast it could run there at best.
public struct DeviceFit: Sendable {
  /// What a run takes of a device's memory, in bytes.
  public struct Demand: Sendable, Hashable {
    /// All weights.
    public let weights: Int64
    /// Values between nodes at their peak.
    public let activations: Int64
    /// Keys and values of earlier tokens; 0 for models without a cache.
    public let cache: Int64
    /// Floating-point operations of one run.
    public let flops: Int64
    /// The type that most of the weights have.
    public let mainType: ElementType
    /// Whether some sizes or some work are not known, so that the true demand is larger.
    public let isLowerBound: Bool

    /// All bytes together; the largest number when they do not fit one.
    public var total: Int64 {
      weights.plusClamping(activations).plusClamping(cache)
    }

    /// Takes the demand from a model's cost.
    public init(_ cost: ModelCost, cacheBytes: Int64?) {
      weights = cost.weightBytes
      activations = cost.memory.peakBytes
      cache = cacheBytes ?? 0
      flops = cost.work.flops
      mainType = cost.weights.max { $0.bytes < $1.bytes }?.elementType ?? .float32
      isLowerBound = cost.memory.unsizedValues > 0 || cost.openNodes > 0
    }
  }

  /// The device.
  public let device: Device
  /// The memory figure that is used, in bytes; nil when there is none.
  public let memory: Figure?
  /// Whether everything fits one device; nil without a memory figure, or when the demand is only
  /// known from below and fits.
  public let fits: Bool?
  /// Devices that the weights alone need; nil without a memory figure.
  public let devicesForWeights: Int64?
  /// The least time of one run; nil without figures.
  public let leastTime: LeastTime?

  /// A bound from below on the time of one run.
  public struct LeastTime: Sendable, Hashable {
    /// What sets the bound.
    public enum Bound: String, Sendable, Hashable {
      /// Reading the weights takes longer than the arithmetic.
      case memory
      /// The arithmetic takes longer than reading the weights.
      case arithmetic
      /// Reading the weights; how fast the device computes is not known.
      case memoryAlone = "memory-alone"
      /// The arithmetic; how fast the device reads is not known.
      case arithmeticAlone = "arithmetic-alone"
    }

    /// The time in seconds.
    public let seconds: Double
    /// What sets it.
    public let bound: Bound

    init?(byMemory: Double?, byArithmetic: Double?) {
      switch (byMemory, byArithmetic) {
      case (let memory?, let arithmetic?):
        seconds = max(memory, arithmetic)
        bound = memory > arithmetic ? .memory : .arithmetic
      case (let memory?, nil):
        seconds = memory
        bound = .memoryAlone
      case (nil, let arithmetic?):
        seconds = arithmetic
        bound = .arithmeticAlone
      case (nil, nil): return nil
      }
    }
  }

  /// A figure in base units with where it comes from.
  public struct Figure: Sendable {
    /// Bytes, bytes a second, or operations a second.
    public let value: Double
    /// The figure as it stands in the evidence.
    public let source: DeviceFigure
  }

  /// Compares a demand with what is known of a device.
  public init(_ demand: Demand, on device: Device) {
    self.device = device
    let memory = device.figure("memory", in: DeviceFit.bytes)
    self.memory = memory
    let total = Double(demand.total)
    fits = memory.flatMap { total > $0.value ? false : demand.isLowerBound ? nil : true }
    devicesForWeights = memory.map {
      Int64(min((Double(demand.weights) / $0.value).rounded(.up), 1e9))
    }
    let bandwidth = device.figure("memory_bandwidth", in: DeviceFit.bytesPerSecond)
    let peak = DeviceFit.peakNames(for: demand.mainType).lazy
      .compactMap { device.figure($0, in: DeviceFit.operationsPerSecond) }.first
    // Each weight is read once in a run, whatever else is.
    let byMemory = bandwidth.map { Double(demand.weights) / $0.value }
    let byArithmetic = peak.map { Double(demand.flops) / $0.value }
    leastTime = LeastTime(byMemory: byMemory, byArithmetic: byArithmetic)
  }

  /// Names of the peaks that bound arithmetic in a type, the best first.
  private static func peakNames(for type: ElementType) -> [String] {
    switch type {
    case .float16: ["fp16_peak"]
    case .bfloat16: ["bf16_peak", "fp16_peak"]
    case .int8, .uint8, .int4, .uint4: ["int8_peak"]
    case .float8e4m3fn, .float8e5m2: ["fp8_peak"]
    default: ["fp32_matrix_peak", "tf32_peak", "fp32_peak"]
    }
  }

  private static let bytes: [String: Double] = [
    "bytes": 1, "MiB": 0x1p20, "GiB": 0x1p30, "GB": 1e9, "GiB as printed GB": 0x1p30,
  ]
  private static let bytesPerSecond: [String: Double] = ["GB/s": 1e9, "TB/s": 1e12]
  private static let operationsPerSecond: [String: Double] = ["TFLOPS": 1e12, "TOPS": 1e12]
}

extension Device {
  /// A figure in base units: of several the most trusted one, and of these the smallest.
  fileprivate func figure(_ name: String, in units: [String: Double]) -> DeviceFit.Figure? {
    let found = figures.compactMap { figure -> DeviceFit.Figure? in
      guard figure.figure == name, case .number(let number) = figure.value, number > 0,
        let unit = figure.unit.flatMap({ units[$0] })
      else { return nil }
      return DeviceFit.Figure(value: number * unit, source: figure)
    }
    return found.min {
      // The most trusted comes first, so the confidences stand the other way round.
      ($1.source.confidence, $0.value) < ($0.source.confidence, $1.value)
    }
  }
}
