#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How long work takes, as a range: a log-normal distribution with the mean and variance of its tasks.
public struct EffortRange: Sendable, Hashable {
  /// Expected person-hours.
  public let mean: Double
  /// Standard deviation in person-hours.
  public let deviation: Double

  /// Makes a range.
  public init(mean: Double, deviation: Double) {
    self.mean = mean
    self.deviation = deviation
  }

  /// Makes the range whose logarithm has a standard deviation.
  public init(mean: Double, spread: Double) {
    self.init(mean: mean, deviation: mean * (exp(spread * spread) - 1).squareRoot())
  }

  /// Sums up tasks whose hours are correlated, since toolchain and team are the same for all:
  /// variance = (1 − ρ) Σ s² + ρ (Σ s)².
  public init(of tasks: some Sequence<EffortRange>, correlation rho: Double) {
    var mean = 0.0
    var sum = 0.0
    var squares = 0.0
    for task in tasks {
      mean += task.mean
      sum += task.deviation
      squares += task.deviation * task.deviation
    }
    self.init(mean: mean, deviation: ((1 - rho) * squares + rho * sum * sum).squareRoot())
  }

  /// Standard deviation of the logarithm.
  public var spread: Double {
    guard mean > 0 else { return 0 }
    let ratio = deviation / mean
    return log(1 + ratio * ratio).squareRoot()
  }

  /// Person-hours that are enough with a probability; `z` is its quantile of the standard normal.
  public func quantile(z: Double) -> Double {
    guard mean > 0 else { return 0 }
    let spread = spread
    return mean * exp(z * spread - spread * spread / 2)
  }

  /// Person-hours that suffice in one case of ten.
  public var p10: Double { quantile(z: -1.281_551_565_5) }
  /// Person-hours that suffice in half of all cases.
  public var p50: Double { quantile(z: 0) }
  /// Person-hours that suffice in four cases of five.
  public var p80: Double { quantile(z: 0.841_621_233_6) }
  /// Person-hours that suffice in nine cases of ten.
  public var p90: Double { quantile(z: 1.281_551_565_5) }
}
