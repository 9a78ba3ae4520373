import Inference
import ModelGraph

extension NodeSubject {
  /// What an extent that is no number yet depends on, and what would decide it; starts with a space.
  func dependence(of value: ValueReference, axis: Int) -> String {
    guard let found = facts.annotations.dependence(ofAxis: axis, of: value) else { return "" }
    return describe([found])
  }

  /// The same for all dims of a value together.
  func dependence(of value: ValueReference) -> String {
    let rank = facts.annotations.rank(of: value) ?? 0
    return describe(
      (0..<rank).compactMap { facts.annotations.dependence(ofAxis: $0, of: value) })
  }

  private func describe(_ found: [Dependence]) -> String {
    let symbols = Set(found.flatMap(\.symbols)).sorted()
    var parts = symbols.map { "\($0) (decided by --dim \($0)=…)" }
    for input in Set(found.flatMap(\.inputs)).sorted(by: {
      ($0.value.position, $0.axis) < ($1.value.position, $1.axis)
    }) {
      parts.append("axis \(input.axis) of input \"\(name(of: input.value))\" (--input-shape)")
    }
    let nodes = Set(found.flatMap(\.nodes)).sorted { $0.position < $1.position }
    parts += nodes.prefix(2).map { "the data that \(graph.label(of: $0)) computes" }
    return parts.isEmpty ? "" : ", which depends on \(parts.joined(separator: " and "))"
  }

  private func name(of value: ValueReference) -> String {
    graph.text(graph.values[value.index].name)
  }
}
