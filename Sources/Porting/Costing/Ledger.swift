import ModelGraph

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What has been paid for already, so that the same is not paid for twice.
///
/// One ledger is kept for a model on several targets: what a second target can reuse is said by the
/// evidence's reuse rules.
struct Ledger {
  private let effort: EffortRules
  private let policy: EstimatePolicy
  private(set) var terms: [Term] = []

  /// Operators and signatures seen on the current target, by task and what it is paid per.
  private var seenOperators: [String: Set<String>] = [:]
  private var seenSignatures: [String: [OperatorSignature]] = [:]
  private var paidForModel: [String: Int] = [:]
  private var paidForOperator: [String: Double] = [:]
  /// On targets before this one: tasks of the model, signatures rewritten, kernels written.
  private var modelTasksBefore: Set<String> = []
  private var graphWorkBefore: Set<String> = []
  private var kernelsBefore: Set<String> = []
  private var tritonOperators: Set<String> = []
  private var tritonBefore = Kernels()
  private var placeOfJoined: [String: Int] = [:]
  private var placeOfCrossings: Int?
  private var isFurtherTarget = false

  /// Kernels written on targets before: signatures by task and operator, operators by task and class.
  private struct Kernels {
    var signatures: [String: [OperatorSignature]] = [:]
    var operators: [String: Set<String>] = [:]
  }

  init(_ effort: EffortRules, _ policy: EstimatePolicy) {
    self.effort = effort
    self.policy = policy
  }

  /// Begins the next target; what was written for those before can be reused.
  mutating func beginFurtherTarget() {
    isFurtherTarget = true
    modelTasksBefore.formUnion(paidForModel.keys)
    for (key, signatures) in seenSignatures {
      graphWorkBefore.formUnion(signatures.map { "\(key)|\($0.description)" })
    }
    seenOperators = [:]
    seenSignatures = [:]
    paidForModel = [:]
    paidForOperator = [:]
    placeOfJoined = [:]
  }

  // MARK: What every port needs

  mutating func addBringUp(_ id: String, of stack: String, further: Bool = false) {
    guard let task = effort.task(id) else { return }
    var (factor, reason) = (1.0, "")
    if policy.knownStacks.contains(stack) {
      (factor, reason) = (task.repeatFactor, "\(stack) is known")
    } else if further, modelTasksBefore.contains(id) {
      (factor, reason) = (effort.parameter("triton_bring_up_further_chip"), "a further chip")
    }
    paidForModel[id] = terms.count
    append(task, .bringUp, stack, nil, count: 1, factor, reason)
  }

  mutating func addModelWork(_ model: PortedModel, throughPyTorch: Bool) {
    if model.isGenerative || throughPyTorch { addModelTask("E1", .conversion) }
    addModelTask(model.isGenerative ? "E3" : "E2", .validation)
    addDefects(
      "V3", .validation,
      count: effort.parameter(
        model.isGenerative ? "accuracy_issues_per_llm" : "accuracy_issues_other_model"))
    let tuning =
      model.isGenerative
      ? effort.parameter("tuning_changes_per_llm")
      : max(
        effort.parameter("tuning_least"),
        effort.parameter("tuning_share_of_operators") * Double(model.operatorCount))
    addDefects("P1", .performance, count: tuning)
    if model.isGenerative { addModelTask("P2", .performance) }
  }

  /// Pays for data that cross between CPU and device among the heavy operators of a target's model.
  mutating func addCrossings(_ sum: Crossings.Sum, route: String) {
    guard sum.crossings > 0, let task = effort.task("P1") else { return }
    placeOfCrossings = terms.count
    append(
      task, .performance, "crossings between CPU and device", route, count: Double(sum.crossings),
      effort.parameter("tuning_share_of_crossings"), "a share of it for each crossing")
  }

  /// Says what it is that crosses on the target added last, for those who read the ledger.
  mutating func explainCrossings(_ text: String?) {
    guard let place = placeOfCrossings, let text else { return }
    terms[place].subject = text
    placeOfCrossings = nil
  }

  private mutating func addModelTask(_ id: String, _ part: RouteRules.Part) {
    guard let task = effort.task(id) else { return }
    let (factor, reason) = modelFactor(task)
    paidForModel[id] = terms.count
    append(task, part, "the model", nil, count: 1, factor, reason)
  }

  private mutating func addDefects(_ id: String, _ part: RouteRules.Part, count: Double) {
    guard let task = effort.task(id) else { return }
    append(task, part, "the model, expected number", nil, count: count, 1, "")
  }

  private func modelFactor(_ task: EffortRules.Task) -> (Double, String) {
    if modelTasksBefore.contains(task.id) { return (task.repeatFactor, "on a further target") }
    if policy.team == .experienced { return (task.repeatFactor, "an experienced team") }
    return (1, "")
  }

  // MARK: Gaps

  /// Pays for dealing with a gap on a way.
  mutating func add(_ gap: Gap, _ offer: RouteOffer, _ stack: RouteRules.StackRoutes) {
    for route in offer.routes {
      for task in route.tasks {
        switch task.unless {
        case .model where gap.signature == nil: continue
        case .cpuAcceptable where gap.operatorClass?.cpu == .acceptable: continue
        default: add(task, route, gap, stack)
        }
      }
    }
    for route in offer.routes {
      for task in route.tasks { remember(task, gap, stack) }
    }
  }

  private func id(_ task: RouteRules.RouteTask, _ stack: RouteRules.StackRoutes) -> String {
    task.id ?? stack.dialect.kernelTask
  }

  private mutating func add(
    _ routeTask: RouteRules.RouteTask, _ route: RouteRules.Route, _ gap: Gap,
    _ stack: RouteRules.StackRoutes
  ) {
    let id = id(routeTask, stack)
    guard let task = effort.task(id, class: gap.operatorClass?.name) else { return }
    var count =
      switch routeTask.count {
      case .number(let number): number
      case .parameter(let name): effort.parameter(name)
      case .overrideShare: stack.tritonOverrideShare ?? 0
      }
    guard count > 0 else { return }
    switch routeTask.per {
    case .model:
      if let place = paidForModel[id] {
        terms[place].count = max(terms[place].count, count)
        return
      }
      let (factor, reason) = modelFactor(task)
      paidForModel[id] = terms.count
      append(task, route.part, "the model", route.name, count: count, factor, reason)
    case .operator: addForOperator(task, route, gap, &count, stack)
    case .signature: addForSignature(task, route, gap, count)
    case .node: addForNodes(task, route, gap, count)
    case .class: addForClass(task, route, gap, count)
    case .kernel: addKernel(task, route, gap, stack)
    }
  }

  /// Checks, expected defects and chip-specific rewrites: one line for all operators.
  private mutating func addForOperator(
    _ task: EffortRules.Task, _ route: RouteRules.Route, _ gap: Gap, _ count: inout Double,
    _ stack: RouteRules.StackRoutes
  ) {
    guard let operation = gap.signature?.operationText else { return }
    var reason = ""
    if isFurtherTarget, route.need == .triton, tritonOperators.contains(operation) {
      if task.id == "V2" { return }
      if task.id == "V1" {
        count = effort.parameter("operator_check_factor_further_chip")
        reason = "a further chip"
      }
    }
    // An operator with several findings is checked once, for the one that asks for most.
    let paid = paidForOperator["\(task.id)/\(operation)"] ?? 0
    guard count > paid else { return }
    paidForOperator["\(task.id)/\(operation)"] = count
    let repeats =
      task.id == "G2" && !(seenOperators[task.id] ?? []).subtracting([operation]).isEmpty
    let factor = repeats ? task.repeatFactor : 1
    count -= paid
    let key = "\(task.id)/\(route.name)/\(repeats)/\(reason)"
    if let place = placeOfJoined[key] {
      terms[place].count += count
      return
    }
    placeOfJoined[key] = terms.count
    append(
      task, route.part, "operators, expected number", route.name, count: count, factor,
      repeats ? "further operators" : reason)
  }

  private mutating func addForSignature(
    _ task: EffortRules.Task, _ route: RouteRules.Route, _ gap: Gap, _ count: Double
  ) {
    guard let signature = gap.signature else { return }
    let seen = seenSignatures[signatureKey(task.id, signature)] ?? []
    var (factor, reason) = (1.0, "")
    if graphWorkBefore.contains("\(signatureKey(task.id, signature))|\(signature.description)")
      || seen.contains(signature)
    {
      (factor, reason) = (effort.parameter("same_signature_repeat"), "the same signature again")
    } else if !seen.isEmpty {
      (factor, reason) = (task.repeatFactor, "another signature of the operator")
    }
    append(task, route.part, signature.description, route.name, count: count, factor, reason)
  }

  private mutating func addForNodes(
    _ task: EffortRules.Task, _ route: RouteRules.Route, _ gap: Gap, _ count: Double
  ) {
    guard let operation = gap.signature?.operationText else { return }
    let isFirst = (seenOperators[task.id] ?? []).isEmpty
    let further = Double(isFirst ? gap.nodes - 1 : gap.nodes)
    if isFirst { append(task, route.part, operation, route.name, count: count, 1, "") }
    guard further > 0 else { return }
    append(
      task, route.part, operation, route.name, count: count * further, task.repeatFactor,
      "further nodes")
  }

  private mutating func addForClass(
    _ task: EffortRules.Task, _ route: RouteRules.Route, _ gap: Gap, _ count: Double
  ) {
    guard let operation = gap.signature?.operationText else { return }
    let seen = seenOperators[task.id] ?? []
    guard !seen.contains(operation) else { return }
    let factor = seen.isEmpty ? 1 : task.repeatFactor
    append(
      task, route.part, operation, route.name, count: count, factor,
      seen.isEmpty ? "" : "a further operator")
  }

  private mutating func addKernel(
    _ task: EffortRules.Task, _ route: RouteRules.Route, _ gap: Gap,
    _ stack: RouteRules.StackRoutes
  ) {
    guard let signature = gap.signature, let name = gap.operatorClass?.name else { return }
    // A Triton kernel of a target before serves this one too; what differs from it is added.
    let before = route.need == .triton ? tritonBefore : .init()
    let key = signatureKey(task.id, signature)
    let seen = (before.signatures[key] ?? []) + (seenSignatures[key] ?? [])
    let template = "\(task.id)/\(name)"
    let hasTemplate = seenOperators[template] != nil || before.operators[template] != nil
    var (factor, reason) = (1.0, "")
    var paid = task
    if seen.contains(signature) {
      (factor, reason) = (effort.parameter("same_signature_repeat"), "the same signature again")
    } else if let near = seen.first(where: {
      $0.mode == signature.mode && $0.ranks == signature.ranks
    }),
      near.types != signature.types, let extension_ = effort.task("K1")
    {
      paid = extension_
      reason = ""
    } else if !seen.isEmpty {
      (factor, reason) = (
        effort.parameter("same_op_other_attribute_mode"), "another mode or rank of the operator"
      )
    } else if hasTemplate {
      (factor, reason) = (task.repeatFactor, "a template of the class \(name) is there")
    }
    // A type added to a kernel costs no more than the kernel.
    if paid.id == "K1", paid.hours.mean > task.hours.mean { paid = task }
    let (reuse, why) = reuse(of: signature, route, stack)
    guard reuse > 0 else { return }
    let (learning, learned) = learning(route)
    let reasons = [reason, why, learned].filter { !$0.isEmpty }.joined(separator: "; ")
    append(
      paid, route.part, signature.description, route.name, count: 1, factor * reuse * learning,
      reasons)
  }

  /// What an operator written for a target before leaves to do on this one.
  private func reuse(
    of signature: OperatorSignature, _ route: RouteRules.Route, _ stack: RouteRules.StackRoutes
  ) -> (Double, String) {
    guard isFurtherTarget else { return (1, "") }
    if route.need == .triton {
      let before = tritonBefore.signatures[signatureKey("T1", signature)] ?? []
      return before.contains(signature) ? (0, "") : (1, "")
    }
    guard kernelsBefore.contains("\(stack.dialect.rawValue)/\(signature.description)") else {
      return (1, "")
    }
    switch stack.dialect {
    case .cudaLike: return (effort.parameter("second_simt_vendor"), "a second CUDA-like vendor")
    case .npu: return (effort.parameter("second_dsa_vendor"), "a second NPU vendor")
    }
  }

  /// What experience takes off a kernel: slope^log2(n) after n similar ones, down to a floor.
  private func learning(_ route: RouteRules.Route) -> (Double, String) {
    guard policy.team == .experienced else { return (1, "") }
    let name = route.need == .triton ? "learning_slope_triton" : "learning_slope_native"
    let doublings = log2(max(1, effort.parameter("experienced_tasks")))
    let factor = pow(effort.parameter(name), doublings)
    return (max(effort.parameter("learning_floor"), factor), "an experienced team")
  }

  // MARK: Memory

  private func signatureKey(_ task: String, _ signature: OperatorSignature) -> String {
    "\(task)/\(signature.operationText)"
  }

  private mutating func remember(
    _ task: RouteRules.RouteTask, _ gap: Gap, _ stack: RouteRules.StackRoutes
  ) {
    guard let signature = gap.signature else { return }
    let id = id(task, stack)
    let operation = signature.operationText
    seenOperators[id, default: []].insert(operation)
    guard task.per == .signature || task.per == .kernel else { return }
    seenSignatures[signatureKey(id, signature), default: []].append(signature)
    guard task.per == .kernel else { return }
    seenOperators["\(id)/\(gap.operatorClass?.name ?? "")", default: []].insert(operation)
    if id == "T1" {
      tritonHere.insert(operation)
    } else {
      writtenHere.insert("\(stack.dialect.rawValue)/\(signature.description)")
    }
  }

  /// Kernels written on this target; they can be reused once it is done.
  private var writtenHere: Set<String> = []
  private var tritonHere: Set<String> = []

  /// Ends a target: its kernels can be reused on further ones.
  mutating func endTarget() {
    kernelsBefore.formUnion(writtenHere)
    tritonOperators.formUnion(tritonHere)
    (writtenHere, tritonHere) = ([], [])
    for (key, signatures) in seenSignatures where key.hasPrefix("T1/") {
      tritonBefore.signatures[key, default: []] += signatures
    }
    for (key, operators) in seenOperators where key.hasPrefix("T1/") {
      tritonBefore.operators[key, default: []].formUnion(operators)
    }
  }

  private mutating func append(
    _ task: EffortRules.Task, _ part: RouteRules.Part, _ subject: String, _ route: String?,
    count: Double, _ factor: Double, _ reason: String
  ) {
    terms.append(
      Term(
        part: part, subject: subject, route: route, task: task.id, title: task.title,
        operatorClass: task.operatorClass, hours: task.hours, spread: effort.spreadInSums(of: task),
        count: count, factor: factor,
        factorReason: factor == 1 ? "" : reason,
        calibration: policy.calibration.factor(
          of: task.id, priorStrength: effort.parameter("calibration_prior_strength")),
        basis: task.basis,
        isMeasured: task.isMeasured))
  }
}
