import Bytes
import ModelGraph

/// Model-local functions that call themselves.
enum FunctionRecursion: StructuralCheck {
  static let rule = Rule(
    id: "RG009", name: "function-recursion", severity: .error,
    summary: "A function of the model calls itself, directly or through others.",
    rationale: "ONNX forbids recursion; a runtime that inlines functions never ends.",
    help: "Use Loop for repetition and export the model again.")

  static func findings(in context: StructureContext) -> [Finding] {
    let calls = context.calls
    return calls.inCycles.map { index in
      Finding(
        rule: rule,
        reason: "the function \(context.graph.functions[index].identity) calls itself",
        position: context.graph.scopes[context.graph.functions[index].scope.index].position)
    }
  }
}
