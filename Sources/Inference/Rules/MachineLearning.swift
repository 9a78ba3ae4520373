import ModelGraph

/// Operators of `ai.onnx.ml`.
enum MachineLearning {
  static func extractFeatures(_ node: inout NodeInference) {
    guard let data = node.shape(0), !data.isEmpty, let indices = node.shape(1),
      let count = indices.last
    else { return }
    node.setShape(0, data.count == 1 ? [.one, count] : data.dropLast() + [count])
  }

  static func castMap(_ node: inout NodeInference) {
    switch node.text(.castTo) ?? "TO_FLOAT" {
    case "TO_FLOAT": node.setElement(0, .float32)
    case "TO_INT64": node.setElement(0, .int64)
    case "TO_STRING": node.setElement(0, .string)
    default: break
    }
    node.setRank(0, 2)
  }

  /// Maps texts to numbers or numbers to texts.
  static func mapCategories(_ node: inout NodeInference) {
    switch node.element(0) {
    case .string: node.setElement(0, .int64)
    case .int64: node.setElement(0, .string)
    default: break
    }
    node.setShape(0, like: 0)
  }

  static func vectorizeDictionary(_ node: inout NodeInference) {
    let map = node.slot(0)
    if map.kind == .map { node.setElement(0, node.content(of: map).element) }
    let count = node.count(.stringVocabulary) ?? node.count(.int64Vocabulary)
    node.setShape(0, [.one, count.map { node.dims.fixed(Int64($0)) } ?? .unknown])
  }

  static func encodeLabels(_ node: inout NodeInference) {
    if node.version < 2 {
      mapCategories(&node)
      return
    }
    if case .tensor(let tensor) = node.attribute(.valuesTensor) {
      node.setElement(0, node.graph.tensors[tensor.index].elementType)
    } else if node.count(.valuesStrings) != nil {
      node.setElement(0, .string)
    } else if node.count(.valuesInt64s) != nil {
      node.setElement(0, .int64)
    } else if node.count(.valuesFloats) != nil {
      node.setElement(0, .float32)
    }
    node.setShape(0, like: 0)
  }

  /// Each element becomes a row with one place a category.
  static func oneHot(_ node: inout NodeInference) {
    guard let shape = node.shape(0) else { return }
    let count = node.count(.catsInt64s) ?? node.count(.catsStrings)
    node.setShape(0, shape + [count.map { node.dims.fixed(Int64($0)) } ?? .unknown])
  }

  /// A label a row, and a score for each class.
  static func classify(_ node: inout NodeInference) {
    let rows = rows(&node)
    let texts = node.count(.classLabels) ?? 0
    node.setElement(0, texts > 0 ? .string : .int64)
    node.setShape(0, [rows])
    let numbers = node.count(.classLabelsInt64) ?? node.count(.classLabelsInts) ?? 0
    let count = max(texts, numbers)
    node.setShape(1, [rows, count > 0 ? node.dims.fixed(Int64(count)) : .unknown])
  }

  /// Support vector machines may score each pair of classes.
  static func classifyWithVectors(_ node: inout NodeInference) {
    let rows = rows(&node)
    let texts = node.count(.classLabels) ?? 0
    node.setElement(0, texts > 0 ? .string : .int64)
    node.setShape(0, [rows])
    node.setShape(1, [rows, .unknown])
  }

  /// One value a row and target.
  static func regress(_ node: inout NodeInference) {
    let targets = node.integer(.targetCount) ?? node.integer(.targets) ?? 1
    node.setShape(0, [rows(&node), node.dims.fixed(targets)])
  }

  private static func rows(_ node: inout NodeInference) -> Dim {
    guard let rank = node.rank(0) else { return .unknown }
    return rank < 2 ? .one : node.dim(0, 0)
  }

  static func concatenateFeatures(_ node: inout NodeInference) {
    var width = Dim.zero
    for index in 0..<node.inputCount {
      width = node.dims.sum(width, node.rank(index) == 1 ? node.dim(index, 0) : node.dim(index, 1))
    }
    node.setShape(0, [rows(&node), width])
  }

  static func zipMap(_ node: inout NodeInference) {
    let value = TypeSlot.tensor(.float32)
    var map = node.container(.map, of: value)
    map.element = node.count(.classLabels) != nil ? .string : .int64
    node.setType(0, node.container(.sequence, of: map))
  }

  // MARK: Training

  /// Rate and step count, then blocks of tensors, gradients and states; all but the gradients come
  /// out updated.
  static func optimize(_ node: inout NodeInference) {
    let tensors = node.inputCount - 2 - node.outputCount
    guard tensors > 0 else { return }
    for output in 0..<node.outputCount {
      let input = 2 + output + (output < tensors ? 0 : tensors)
      node.setElement(output, node.element(input))
      node.setShape(output, like: input)
    }
  }
}
