import ModelGraph

/// The attributes that rules read.
enum AttributeName: String, CaseIterable {
  case allowZero = "allowzero"
  case autoPad = "auto_pad"
  case axes
  case axis
  case batchDims = "batch_dims"
  case bits
  case blocksize
  case body
  case broadcast
  case castTo = "cast_to"
  case catsInt64s = "cats_int64s"
  case catsStrings = "cats_strings"
  case ceilMode = "ceil_mode"
  case channelsLast = "channels_last"
  case classLabels = "classlabels_strings"
  case classLabelsInt64 = "classlabels_int64s"
  case classLabelsInts = "classlabels_ints"
  case columns = "N"
  case dilation
  case dilations
  case dim
  case direction
  case dtype
  case elseBranch = "else_branch"
  case end
  case ends
  case equation
  case fmod
  case gatherAxis = "gather_axis"
  case group
  case heightScale = "height_scale"
  case hiddenSize = "hidden_size"
  case inputAxes = "scan_input_axes"
  case inputChannels = "input_channels"
  case int64Vocabulary = "int64_vocabulary"
  case inverse
  case k
  case keepAspectRatio = "keep_aspect_ratio_policy"
  case keepDims = "keepdims"
  case kernelShape = "kernel_shape"
  case keyColumns = "Nkv"
  case keyValueHeads = "kv_num_heads"
  case layout
  case newAxis = "new_axis"
  case ngramIndexes = "ngram_indexes"
  case noopWithEmptyAxes = "noop_with_empty_axes"
  case numberOfHeads = "num_heads"
  case numberOfOutputs = "num_outputs"
  case numberOfScanInputs = "num_scan_inputs"
  case numberOfSpatialDims = "ndim"
  case onesided
  case outputAxes = "scan_output_axes"
  case outputDatatype = "output_datatype"
  case outputDtype = "output_dtype"
  case outputHeight = "output_height"
  case outputPadding = "output_padding"
  case outputShape = "output_shape"
  case outputWidth = "output_width"
  case paddings
  case pads
  case perm
  case pixelFormat = "pixel_format"
  case pooledShape = "pooled_shape"
  case positive
  case qkvHiddenSizes = "qkv_hidden_sizes"
  case queryColumns = "Nq"
  case queryHeads = "q_num_heads"
  case reduction
  case sampleSize = "sample_size"
  case scales
  case shape
  case size
  case sorted
  case sparseValue = "sparse_value"
  case split
  case start
  case starts
  case stashType = "stash_type"
  case stateLength = "state_length"
  case stateWindow = "state_window"
  case step
  case strides
  case stringVocabulary = "string_vocabulary"
  case targetCount = "n_targets"
  case targets
  case thenBranch = "then_branch"
  case to
  case transA
  case transB
  case transBatchA
  case transBatchB
  case type
  case value
  case valueFloat = "value_float"
  case valueFloats = "value_floats"
  case valueInt = "value_int"
  case valueInts = "value_ints"
  case valuesFloats = "values_floats"
  case valuesInt64s = "values_int64s"
  case valuesStrings = "values_strings"
  case valuesTensor = "values_tensor"
  case valueString = "value_string"
  case valueStrings = "value_strings"
  case widthScale = "width_scale"
}

/// The known attribute that each name of a graph stands for.
struct AttributeNames: Sendable {
  private static let byText = Dictionary(
    uniqueKeysWithValues: AttributeName.allCases.map { ($0.rawValue, $0) })

  private var known: [AttributeName?]

  /// Looks at every name that attributes of the graph have.
  init(of graph: ModelGraph) {
    known = Array(repeating: nil, count: graph.texts.count)
    var isSeen = [Bool](repeating: false, count: graph.texts.count)
    for attribute in graph.attributes where !attribute.name.isNone && !isSeen[attribute.name.index]
    {
      isSeen[attribute.name.index] = true
      known[attribute.name.index] = Self.byText[graph.text(attribute.name)]
    }
  }

  func isName(_ name: TextReference, _ attribute: AttributeName) -> Bool {
    !name.isNone && known[name.index] == attribute
  }
}
