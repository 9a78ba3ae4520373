import ModelGraph

/// The attributes that rules read.
enum AttributeName: String, CaseIterable {
  case alignCorners = "align_corners"
  case allowZero = "allowzero"
  case autoPad = "auto_pad"
  case axes, axis
  case batchAxis = "batch_axis"
  case batchDims = "batch_dims"
  case bits
  case blockSize = "block_size"
  case blocksize
  case body, border, broadcast
  case castTo = "cast_to"
  case catsInt64s = "cats_int64s"
  case catsStrings = "cats_strings"
  case ceilMode = "ceil_mode"
  case channelsLast = "channels_last"
  case classLabels = "classlabels_strings"
  case classLabelsInt64 = "classlabels_int64s"
  case classLabelsInts = "classlabels_ints"
  case classIDs = "class_ids"
  case coefficients
  case defaultString = "default_string"
  case detectNegative = "detect_negative"
  case dilations
  case direction, directions
  case dtype
  case elseBranch = "else_branch"
  case equation
  case fmod
  case group
  case height
  case hiddenSize = "hidden_size"
  case imputedFloats = "imputed_value_floats"
  case inputAxes = "scan_input_axes"
  case inputDirections = "scan_input_directions"
  case int64Vocabulary = "int64_vocabulary"
  case inverse
  case isCaseSensitive = "is_case_sensitive"
  case k
  case keepAspectRatio = "keep_aspect_ratio_policy"
  case keepDims = "keepdims"
  case keysFloats = "keys_floats"
  case keysInt64s = "keys_int64s"
  case keysStrings = "keys_strings"
  case kernelShape = "kernel_shape"
  case keyValueHeads = "kv_num_heads"
  case layout
  case mode
  case newAxis = "new_axis"
  case columns = "N"
  case queryColumns = "Nq"
  case keyColumns = "Nkv"
  case gatherAxis = "gather_axis"
  case inputChannels = "input_channels"
  case qkvHiddenSizes = "qkv_hidden_sizes"
  case targets
  case ngramIndexes = "ngram_indexes"
  case noopWithEmptyAxes = "noop_with_empty_axes"
  case numberOfClasses = "n_targets"
  case numberOfHeads = "num_heads"
  case numberOfOutputs = "num_outputs"
  case numberOfScanInputs = "num_scan_inputs"
  case numberOfSupports = "vectors_per_class"
  case numberOfTargets = "num_targets"
  case onesided
  case outputAxes = "scan_output_axes"
  case outputDatatype = "output_datatype"
  case outputDtype = "output_dtype"
  case outputHeight = "output_height"
  case outputPadding = "output_padding"
  case outputSequence = "output_sequence"
  case outputShape = "output_shape"
  case outputWidth = "output_width"
  case paddings
  case pads
  case perm
  case pixelFormat = "pixel_format"
  case pooledShape = "pooled_shape"
  case postTransform = "post_transform"
  case precision
  case queryHeads = "q_num_heads"
  case reduction
  case repeats
  case sampleSize = "sample_size"
  case scale
  case scales
  case selectLastIndex = "select_last_index"
  case shape
  case sorted
  case sparseValue = "sparse_value"
  case split
  case start, end, starts, ends
  case stashType = "stash_type"
  case storageOrder = "storage_order"
  case stringVocabulary = "string_vocabulary"
  case strides
  case targetClassIDs = "target_ids"
  case thenBranch = "then_branch"
  case tiles
  case to
  case transA, transB
  case transBatchA, transBatchB
  case trainingMode = "training_mode"
  case type
  case upper
  case value
  case valueFloat = "value_float"
  case valueFloats = "value_floats"
  case valueInt = "value_int"
  case valueInts = "value_ints"
  case valueString = "value_string"
  case valueStrings = "value_strings"
  case valuesFloats = "values_floats"
  case valuesInt64s = "values_int64s"
  case valuesStrings = "values_strings"
  case valuesTensor = "values_tensor"
  case width
  case widthScale = "width_scale"
  case heightScale = "height_scale"
  case zeros
}

/// The known attribute that each name of a graph stands for.
struct AttributeNames: Sendable {
  private var known: [AttributeName?]

  /// Looks at every name that attributes of the graph have.
  init(of graph: ModelGraph) {
    let byText = Dictionary(
      uniqueKeysWithValues: AttributeName.allCases.map { ($0.rawValue, $0) })
    known = Array(repeating: nil, count: graph.names.count)
    var isSeen = [Bool](repeating: false, count: graph.names.count)
    for attribute in graph.attributes where !attribute.name.isNone && !isSeen[attribute.name.index]
    {
      isSeen[attribute.name.index] = true
      known[attribute.name.index] = byText[graph.names.text(attribute.name)]
    }
  }

  func isName(_ name: NameReference, _ attribute: AttributeName) -> Bool {
    !name.isNone && known[name.index] == attribute
  }
}
