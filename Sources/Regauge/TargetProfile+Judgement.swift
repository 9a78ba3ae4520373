import Capabilities
import Compatibility
import Inference
import ModelGraph
import Reporting

extension TargetProfile {
  /// Sums up a judgement for comparing targets.
  init(
    _ judgement: Judgement, _ cost: ModelCost, _ annotations: Annotations, _ graph: ModelGraph,
    on door: FrontDoor, _ target: Target, opsets: OpsetZone?
  ) {
    let cache = LanguageModel(graph)?.cacheBytes(annotations)
    let demand = DeviceFit.Demand(cost, cacheBytes: cache)
    let devices = target.device.map { [$0] } ?? target.stack.devices
    self.init(
      flops: judgement.flops(cost.run, in: graph), operators: judgement.operators,
      refusesModel: judgement.refusesModel, refusedTypes: judgement.refusedTypes,
      opsets: opsets, devices: devices.map { DeviceFit(demand, on: $0) },
      isPortable: door.isPortable, runs: judgement.graphRuns(graph, annotations, cost.run))
  }
}

extension FrontDoor {
  /// Whether it is a library of kernels that leaves to the vendor's own library what it lacks.
  fileprivate var isPortable: Bool {
    if case .runsNatively = onMissing { true } else { false }
  }
}
