// What a saved report makes its devices of again; what only judging needs is left empty.

extension Device {
  /// Makes a device that was saved, by its name alone.
  package init(saved name: String) {
    self.init(
      name: name, aliases: [], product: nil, lacks: [], has: [], figures: [], evidence: [],
      note: nil)
  }
}

extension DeviceFigure {
  /// Makes a figure that was saved.
  package init(
    saved figure: String, value: Value, unit: String?, kind: Kind, source: String,
    commit: String?, path: String?, line: String?, date: String?, confidence: Confidence
  ) {
    self.init(
      figure: figure, value: value, unit: unit, kind: kind, source: source, commit: commit,
      path: path, line: line, date: date, confidence: confidence, note: nil)
  }
}
