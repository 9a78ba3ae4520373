import Bytes
import ModelGraph

/// Extents that are negative or too large to count.
enum BadDimension: StructuralCheck {
  static let rule = Rule(
    id: "RG007", name: "bad-dimension", severity: .warning,
    summary: "A dimension is negative, or the number of elements overflows 64 bits.",
    rationale: "Such shapes are taken for unknown here; runtimes refuse them or misbehave.",
    help: "Use a symbolic dimension where the extent is not fixed.")

  static func findings(in context: StructureContext) -> [Finding] {
    let graph = context.graph
    var found = context.irregularities(.badDimension, as: rule)
    for tensor in graph.tensors where graph.elementCount(of: tensor) == nil {
      let extents = graph.dims(of: tensor).prefix(8).map(String.init).joined(separator: "×")
      found.append(
        Finding(
          rule: rule,
          reason: "the constant \"\(graph.text(tensor.name))\" has the extents \(extents)",
          position: tensor.position))
      if found.count > 32 { break }
    }
    return found
  }
}
