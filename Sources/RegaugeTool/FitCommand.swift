import Capabilities
import CommandLineKit
import Compatibility
import Inference
import ModelGraph
import ModelReading
import Regauge

/// `regauge fit`: compares a model's memory and work with devices.
enum FitCommand {
  static let command = Command(
    "fit", summary: "Compare a model's memory and work with devices",
    discussion: """
      Needed are the weights, the values between nodes at their peak and, for language models, the \
      cache of the prompt. The least time is a roofline: arithmetic at the device's peak, or each \
      weight read once at its bandwidth, whichever takes longer; no device reaches it.
      """,
    options: [
      stack, InspectCommand.prompt, CommonOptions.dim, CommonOptions.inputShape,
    ],
    operands: [
      Operand(
        "model", count: 1...1, completion: .files, help: "ONNX file in any serialisation.")
    ],
    examples: [Example("One token of a language model", "regauge fit model.onnx --prompt 2048")]
  ) { arguments in try run(arguments) }

  static let stack = Option<[String]>(
    "stack", placeholder: "STACK", as: .text, help: "Only devices of this stack; repeatable.")

  private static func run(_ arguments: Arguments) throws -> Int32 {
    let knowledge = try CommonOptions.knowledge(arguments)
    let stacks = try chosenStacks(arguments, knowledge)
    let path = arguments.operands.first ?? "-"
    let model: LoadedModel
    do {
      model = try ModelReader.read(path: path)
    } catch {
      RegaugeTool.complain("\(path): \(error)")
      return ExitCode.unreadableModel
    }
    let (demand, findings) = try demand(of: model.graph, knowledge, arguments)
    for finding in findings where finding.severity > .note {
      RegaugeTool.complain("\(path): \(finding.reason) (\(finding.rule.id))")
    }
    guard !findings.contains(where: { $0.severity == .error }) else {
      return ExitCode.unreadableModel
    }
    var text = headline(demand)
    for stack in stacks {
      for device in stack.devices { text += row(DeviceFit(demand, on: device), stack.name) }
    }
    try RegaugeTool.print(text)
    return ExitCode.clean
  }

  private static func chosenStacks(
    _ arguments: Arguments, _ knowledge: Knowledge
  ) throws -> [Stack] {
    var names = try arguments[stack]
    if names.isEmpty { names = try knowledge.stackNames() }
    var stacks: [Stack] = []
    for name in names where !stacks.contains(where: { $0.name == name }) {
      stacks.append(try knowledge.stack(name))
    }
    return stacks
  }

  /// What the model takes, and what is wrong with its form or with the extents that were fixed.
  private static func demand(
    of graph: ModelGraph, _ knowledge: Knowledge, _ arguments: Arguments
  ) throws -> (DeviceFit.Demand, [Finding]) {
    let catalogue = try knowledge.catalogue(operators: Set(graph.operators.map(\.name)))
    var pins = try CommonOptions.pins(arguments)
    let language = LanguageModel(graph)
    if let language {
      let prompt = Int64(try arguments[InspectCommand.prompt])
      let own =
        language.caches.isEmpty
        ? language.pins(for: graph, newTokens: prompt, past: 0)
        : language.pins(for: graph, newTokens: 1, past: prompt)
      pins.symbols.merge(own.symbols) { mine, _ in mine }
      pins.shapes.merge(own.shapes) { mine, _ in mine }
    }
    let annotations = Inference.annotate(graph, catalogue: catalogue, pins: pins)
    let demand = DeviceFit.Demand(
      ModelCost(of: graph, annotations), cacheBytes: language?.cacheBytes(annotations))
    let findings = StructureCheck.findings(in: graph, annotations, catalogue: catalogue)
    return (demand, findings)
  }

  // MARK: Text

  private static func headline(_ demand: DeviceFit.Demand) -> String {
    let bound =
      demand.isLowerBound
      ? "; at least, since some shapes are open: fix them with --dim or --input-shape" : ""
    return "needed \(megabytes(demand.total)): weights \(megabytes(demand.weights)), "
      + "activations \(megabytes(demand.activations)), cache \(megabytes(demand.cache))\(bound)\n"
  }

  private static func row(_ fit: DeviceFit, _ stack: String) -> String {
    var text = "  \(stack)  \(fit.device.name): "
    guard let memory = fit.memory else { return text + "no memory figure is known\n" }
    switch fit.fits {
    case true: text += "fits"
    case false:
      let count = fit.devicesForWeights ?? 1
      text += count > 1 ? "does not fit; the weights alone need \(count) devices" : "does not fit"
    case nil: text += "may fit"
    }
    text += " \(megabytes(Int64(memory.value))) (\(mark(memory.source)))"
    if let least = fit.leastTime {
      text += ", at least \(microseconds(least.seconds)), \(reason(least.bound))"
    }
    return text + "\n"
  }

  private static func reason(_ bound: DeviceFit.LeastTime.Bound) -> String {
    switch bound {
    case .memory: "bound by memory"
    case .arithmetic: "bound by arithmetic"
    case .memoryAlone: "by memory alone; no figure of its arithmetic is known"
    case .arithmeticAlone: "by arithmetic alone; no figure of its bandwidth is known"
    }
  }

  /// Announced and measured figures are marked as such.
  private static func mark(_ figure: DeviceFigure) -> String {
    "\(figure.kind.rawValue), \(figure.confidence.rawValue) confidence"
  }

  private static func megabytes(_ bytes: Int64) -> String {
    let tenths = bytes / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
  }

  private static func microseconds(_ seconds: Double) -> String {
    let micro = Int64(min(seconds * 1e6, 1e15).rounded(.up))
    return micro < 10_000 ? "\(micro) µs" : "\(micro / 1000) ms"
  }
}
