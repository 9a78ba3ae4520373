package import Capabilities
package import ModelGraph

// What a saved report makes its profiles of again.

extension OpsetZone {
  /// Makes a zone that was saved.
  package init(
    saved current: Int64, opsets: [Int64], recommended: Int64?, never: [OperatorIdentity],
    lowerEnd: [OperatorIdentity], upperEnd: [OperatorIdentity], missingAdapters: [OpsetStep]
  ) {
    self.current = current
    self.opsets = opsets
    self.recommended = recommended
    self.never = never
    self.lowerEnd = lowerEnd
    self.upperEnd = upperEnd
    self.missingAdapters = missingAdapters
  }
}

extension OpsetStep {
  /// Makes a step that was saved.
  package init(saved operation: String, from: Int64, to: Int64) {
    self.init(operation: operation, from: from, to: to)
  }
}

extension DeviceFit {
  /// Makes a fit that was saved.
  package init(
    saved device: Device, memory: Figure?, fits: Bool?, devicesForWeights: Int64?,
    leastTime: LeastTime?
  ) {
    self.device = device
    self.memory = memory
    self.fits = fits
    self.devicesForWeights = devicesForWeights
    self.leastTime = leastTime
  }
}

extension DeviceFit.Figure {
  /// Makes a figure that was saved.
  package init(saved value: Double, source: DeviceFigure) {
    self.init(value: value, source: source)
  }
}

extension DeviceFit.LeastTime {
  /// Makes a time that was saved.
  package init(saved seconds: Double, bound: Bound) {
    self.seconds = seconds
    self.bound = bound
  }
}
