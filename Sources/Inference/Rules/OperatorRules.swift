/// The rules of all operators, by domain, operator and version.
///
/// An operator is added by writing a rule beside its siblings and one line in the table of its domain.
enum OperatorRules {
  /// A rule and the versions of the operator (`since` of the schema in force) that it serves.
  struct Entry: Sendable {
    let name: String
    let versions: ClosedRange<Int>
    let rule: OperatorRule
  }

  /// The rule of an operator, or nil when nothing is known of its shapes.
  static func entry(domain: String, name: String, version: Int) -> Entry? {
    tables[domain]?[name]?.first { $0.versions.contains(version) }
  }

  private static let tables: [String: [String: [Entry]]] = [
    "ai.onnx": grouped(standard + standardFromONNXRuntime),
    "ai.onnx.ml": grouped(machineLearning),
    "ai.onnx.preview": grouped(preview),
    "ai.onnx.preview.training": grouped(training),
    "com.microsoft": grouped(contrib),
    "com.microsoft.nchwc": grouped(blocked),
    "com.ms.internal.nhwc": grouped(channelsLast),
  ]

  private static func grouped(_ entries: [[Entry]]) -> [String: [Entry]] {
    Dictionary(grouping: entries.joined(), by: \.name)
  }

  static func on(
    _ names: String..., versions: ClosedRange<Int> = 0...Int.max, rule: @escaping OperatorRule
  ) -> [Entry] {
    names.map { Entry(name: $0, versions: versions, rule: rule) }
  }

  static func on(
    _ names: String..., from version: Int, rule: @escaping OperatorRule
  ) -> [Entry] {
    names.map { Entry(name: $0, versions: version...Int.max, rule: rule) }
  }

  static func on(
    _ names: String..., before version: Int, rule: @escaping OperatorRule
  ) -> [Entry] {
    names.map { Entry(name: $0, versions: 0...(version - 1), rule: rule) }
  }
}

// MARK: - ai.onnx

extension OperatorRules {
  private static let standard: [[Entry]] =
    elementwise + reductions + spatial + matrices + movements + selections + generators + others

  private static let elementwise: [[Entry]] = [
    on(
      "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "BitwiseNot", "Celu", "Clip", "Cos",
      "Cosh", "CumProd", "CumSum", "Elu", "Erf", "Exp", "Gelu", "HardSigmoid", "HardSwish",
      "Hardmax", "IsInf", "IsNaN", "LeakyRelu", "Log", "LogSoftmax", "Mish", "PRelu",
      "Reciprocal", "Relu", "ReverseSequence", "Selu", "Shrink", "Sigmoid", "Sign", "Sin", "Sinh",
      "Softmax", "Softplus", "Softsign", "Sqrt", "SwiGLU", "Swish", "Tan", "Tanh",
      "TensorScatter", "ThresholdedRelu", "Trilu", rule: Elementwise.unary),
    on("Identity", rule: Elementwise.identity),
    on("Cast", rule: Elementwise.cast),
    on("CastLike", rule: Elementwise.castLike),
    on("BitCast", rule: Elementwise.bitCast),
    on("Dropout", rule: Elementwise.dropout),
    on("Bernoulli", rule: Elementwise.bernoulli),
    on("Abs", rule: Elementwise.absolute),
    on("Neg", rule: Elementwise.negate),
    on("Not", rule: Elementwise.not),
    on("Floor", rule: Elementwise.floor),
    on("Ceil", rule: Elementwise.ceiling),
    on("Round", rule: Elementwise.round),
    on(
      "Add", "Sub", "Mul", "Div", "Pow", "And", "Or", "Xor", "Equal", "Greater", "Less",
      before: 7, rule: Elementwise.stretchedToFirst),
    on("Add", from: 7, rule: Elementwise.add),
    on("Sub", from: 7, rule: Elementwise.subtract),
    on("Mul", from: 7, rule: Elementwise.multiply),
    on("Div", from: 7, rule: Elementwise.divide),
    on("Pow", "Xor", from: 7, rule: Elementwise.broadcasting),
    on("And", from: 7, rule: Elementwise.and),
    on("Or", from: 7, rule: Elementwise.or),
    on("Equal", from: 7, rule: Elementwise.equal),
    on("Greater", from: 7, rule: Elementwise.greater),
    on("Less", from: 7, rule: Elementwise.less),
    on("GreaterOrEqual", rule: Elementwise.greaterOrEqual),
    on("LessOrEqual", rule: Elementwise.lessOrEqual),
    on("Max", "Min", "Mean", "Sum", before: 8, rule: Elementwise.unary),
    on("Max", from: 8, rule: Elementwise.maximum),
    on("Min", from: 8, rule: Elementwise.minimum),
    on("Sum", from: 8, rule: Elementwise.add),
    on("Mean", from: 8, rule: Elementwise.broadcasting),
    on("Mod", rule: Elementwise.modulo),
    on("Where", rule: Elementwise.choose),
    on(
      "BitShift", "BitwiseAnd", "BitwiseOr", "BitwiseXor", "StringConcat",
      rule: Elementwise.broadcasting),
  ]

  private static let reductions: [[Entry]] = [
    on(
      "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean",
      "ReduceMin", "ReduceSumSquare", before: 18, rule: Reduction.attributeAxes),
    on(
      "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean",
      "ReduceMin", "ReduceSumSquare", from: 18, rule: Reduction.inputAxes),
    on("ReduceProd", before: 18, rule: Reduction.productByAttribute),
    on("ReduceProd", from: 18, rule: Reduction.product),
    on("ReduceSum", before: 13, rule: Reduction.attributeAxes),
    on("ReduceSum", from: 13, rule: Reduction.inputAxes),
    on("ArgMax", "ArgMin", rule: Reduction.argument),
  ]

  private static let spatial: [[Entry]] = [
    on("Conv", "ConvInteger", rule: Convolution.convolution),
    on("QLinearConv", rule: Convolution.quantized),
    on("DeformConv", rule: Convolution.deformable),
    on("ConvTranspose", rule: Convolution.transposed),
    on("CausalConvWithState", rule: Convolution.causalWithState),
    on("Col2Im", rule: Convolution.columnsToImage),
    on("AveragePool", "LpPool", "MaxPool", rule: Pooling.window),
    on("GlobalAveragePool", "GlobalLpPool", "GlobalMaxPool", rule: Pooling.global),
    on("MaxUnpool", rule: Pooling.maximumUnpool),
    on("MaxRoiPool", rule: Pooling.maximumOfRegions),
    on("RoiAlign", rule: Pooling.alignedRegions),
    on("Upsample", before: 7, rule: Resizing.upsampleImage),
    on("Upsample", versions: 7...8, rule: Resizing.upsampleByAttribute),
    on("Upsample", from: 9, rule: Resizing.upsample),
    on("Resize", before: 11, rule: Resizing.upsample),
    on("Resize", from: 11, rule: Resizing.resize),
    on("GridSample", rule: Selection.gridSample),
    on("AffineGrid", rule: Selection.affineGrid),
    on("DepthToSpace", rule: Movement.depthToSpace),
    on("SpaceToDepth", rule: Movement.spaceToDepth),
    on("ImageDecoder", rule: Signal.image),
  ]

  private static let matrices: [[Entry]] = [
    on("MatMul", "MatMulInteger", rule: Matrix.product),
    on("QLinearMatMul", rule: Matrix.quantizedProduct),
    on("Gemm", rule: Matrix.general),
    on("Det", rule: Matrix.determinant),
    on("Einsum", rule: Matrix.einsum),
    on("RNN", "GRU", "LSTM", rule: Recurrent.layer),
    on("LinearAttention", rule: Recurrent.linearAttention),
    on("Attention", rule: Attention.scaledDotProduct),
    on("RotaryEmbedding", rule: Elementwise.unary),
  ]

  private static let movements: [[Entry]] = [
    on("Transpose", rule: Movement.transpose),
    on("Flatten", rule: Movement.flatten),
    on("Reshape", before: 5, rule: Movement.reshapeByAttribute),
    on("Reshape", from: 5, rule: Movement.reshape),
    on("Squeeze", before: 13, rule: Movement.squeezeByAttribute),
    on("Squeeze", from: 13, rule: Movement.squeeze),
    on("Unsqueeze", before: 13, rule: Movement.unsqueezeByAttribute),
    on("Unsqueeze", from: 13, rule: Movement.unsqueeze),
    on("Expand", rule: Movement.expand),
    on("Tile", before: 6, rule: Movement.tileAlongAxis),
    on("Tile", from: 6, rule: Movement.tile),
    on("Concat", rule: Slicing.concatenate),
    on("Split", before: 13, rule: Slicing.splitByAttribute),
    on("Split", from: 13, rule: Slicing.split),
    on("Slice", before: 10, rule: Slice.byAttribute),
    on("Slice", from: 10, rule: Slice.byInputs),
    on("Pad", before: 11, rule: Slicing.padByAttribute),
    on("Pad", from: 11, rule: Slicing.pad),
    on("CenterCropPad", rule: Slicing.centerCropPad),
  ]

  private static let selections: [[Entry]] = [
    on("Gather", rule: Selection.gather),
    on("GatherElements", rule: Selection.gatherElements),
    on("GatherND", rule: Selection.gatherND),
    on("Scatter", "ScatterElements", "ScatterND", rule: Selection.scatter),
    on("Compress", rule: Selection.compress),
    on("NonZero", rule: Selection.nonZero),
    on("NonMaxSuppression", rule: Selection.nonMaximumSuppression),
    on("Unique", rule: Selection.unique),
    on("TopK", before: 10, rule: Selection.topByAttribute),
    on("TopK", from: 10, rule: Selection.top),
    on("OneHot", rule: Selection.oneHot),
  ]

  private static let generators: [[Entry]] = [
    on("Constant", rule: Generation.constant),
    on("ConstantOfShape", rule: Generation.constantOfShape),
    on("Shape", rule: Generation.shape),
    on("Size", rule: Generation.size),
    on("Range", rule: Generation.range),
    on("RandomNormal", "RandomUniform", rule: Generation.random),
    on("EyeLike", "RandomNormalLike", "RandomUniformLike", rule: Generation.like),
    on("Multinomial", rule: Generation.multinomial),
    on("BlackmanWindow", "HammingWindow", "HannWindow", rule: Signal.window),
    on("MelWeightMatrix", rule: Signal.melWeights),
  ]

  private static let others: [[Entry]] = [
    on("BatchNormalization", rule: Normalization.batch),
    on("LayerNormalization", rule: Normalization.layer),
    on(
      "GroupNormalization", "InstanceNormalization", "LRN", "LpNormalization",
      "MeanVarianceNormalization", "RMSNormalization", rule: Elementwise.unary),
    on("NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss", rule: Normalization.loss),
    on("QuantizeLinear", rule: Quantization.quantize),
    on("DequantizeLinear", rule: Quantization.dequantize),
    on("DynamicQuantizeLinear", rule: Quantization.dynamic),
    on("DFT", before: 20, rule: Signal.fourierByAttribute),
    on("DFT", from: 20, rule: Signal.fourier),
    on("STFT", rule: Signal.shortTimeFourier),
    on("SequenceConstruct", rule: SequenceAndOptional.construct),
    on("SequenceEmpty", rule: SequenceAndOptional.empty),
    on("SequenceInsert", rule: SequenceAndOptional.insert),
    on("SequenceErase", rule: SequenceAndOptional.erase),
    on("SequenceAt", rule: SequenceAndOptional.at),
    on("SequenceLength", rule: SequenceAndOptional.length),
    on("SplitToSequence", rule: SequenceAndOptional.split),
    on("ConcatFromSequence", rule: SequenceAndOptional.concatenate),
    on("Optional", rule: SequenceAndOptional.optional),
    on("OptionalGetElement", rule: SequenceAndOptional.element),
    on("OptionalHasElement", rule: SequenceAndOptional.hasElement),
    on("StringNormalizer", rule: Text.normalize),
    on("StringSplit", rule: Text.split),
    on("RegexFullMatch", rule: Elementwise.unary),
    on("TfIdfVectorizer", rule: Text.countNgrams),
  ]

  /// Operators that ONNX Runtime alone keeps in the standard domain.
  private static let standardFromONNXRuntime: [[Entry]] = [
    on(
      "Affine", "ImageScaler", "ParametricSoftplus", "ScaledTanh", "ThresholdedRelu",
      "SimplifiedLayerNormalization", rule: Elementwise.unary)
  ]
}

// MARK: - Other domains of ONNX

extension OperatorRules {
  private static let machineLearning: [[Entry]] = [
    on("ArrayFeatureExtractor", rule: MachineLearning.extractFeatures),
    on("Binarizer", "Imputer", "Normalizer", "Scaler", rule: Elementwise.unary),
    on("CastMap", rule: MachineLearning.castMap),
    on("CategoryMapper", rule: MachineLearning.mapCategories),
    on("DictVectorizer", rule: MachineLearning.vectorizeDictionary),
    on("FeatureVectorizer", rule: MachineLearning.concatenateFeatures),
    on("LabelEncoder", rule: MachineLearning.encodeLabels),
    on("OneHotEncoder", rule: MachineLearning.oneHot),
    on("LinearClassifier", "TreeEnsembleClassifier", rule: MachineLearning.classify),
    on("SVMClassifier", rule: MachineLearning.classifyWithVectors),
    on(
      "LinearRegressor", "SVMRegressor", "TreeEnsemble", "TreeEnsembleRegressor",
      rule: MachineLearning.regress),
    on("ZipMap", rule: MachineLearning.zipMap),
  ]

  private static let preview: [[Entry]] = [on("FlexAttention", rule: Attention.flexible)]

  private static let training: [[Entry]] = [
    on("Adagrad", "Adam", "Momentum", rule: MachineLearning.optimize)
  ]
}

// MARK: - Domains of ONNX Runtime

extension OperatorRules {
  private static let contrib: [[Entry]] = contribAttention + contribMatrix + contribOther

  private static let contribAttention: [[Entry]] = [
    on("Attention", rule: ContribAttention.projecting),
    on("QAttention", rule: ContribAttention.quantizedProjecting),
    on("MultiHeadAttention", rule: ContribAttention.multiHead),
    on("DecoderMaskedMultiHeadAttention", rule: ContribAttention.decoderMasked),
    on("GroupQueryAttention", rule: ContribAttention.groupQuery),
    on("SparseAttention", rule: ContribAttention.sparse),
    on("PagedAttention", rule: ContribAttention.paged),
    on("PackedMultiHeadAttention", rule: ContribAttention.packedMultiHead),
    on("PackedAttention", rule: ContribAttention.projecting),
    on("RelativePositionBias", rule: ContribAttention.relativePositionBias),
    on("GatedRelativePositionBias", rule: ContribAttention.gatedPositionBias),
    on("EmbedLayerNormalization", rule: ContribAttention.embedLayerNormalization),
    on("QEmbedLayerNormalization", rule: ContribAttention.quantizedEmbedLayerNormalization),
    on(
      "SkipLayerNormalization", "SkipSimplifiedLayerNormalization",
      rule: ContribAttention.skipNormalization),
    on("LinearAttention", rule: ContribAttention.linearWithWindow),
    on("LinearAttentionGate", rule: ContribAttention.twice),
    on("CausalConvWithState", rule: ContribAttention.causalConvolution),
    on(
      "BranchwiseRMSNorm", "DecoderAttention", "GatedAdd", "GatedRMSNorm", "GemmaRotaryEmbedding",
      "GroupNorm", "LongformerAttention", "MRotaryEmbedding", "RotaryEmbedding",
      "SkipGroupNorm", rule: ContribAttention.twice),
  ]

  private static let contribMatrix: [[Entry]] = [
    on("FusedMatMul", "FusedMatMulActivation", "TransposeMatMul", rule: ContribMatrix.fused),
    on("FusedGemm", "GemmFloat8", rule: Matrix.general),
    on("GemmFastGelu", "SparseToDenseMatMul", rule: ContribMatrix.product),
    on("MatMulInteger16", rule: ContribMatrix.wideInteger),
    on("MatMulNBits", "MatMulBnb4", rule: ContribMatrix.packed),
    on("MatMulNBitsMlp", rule: ContribMatrix.packedMLP),
    on("MatMulNBitsQkv", rule: ContribMatrix.packedProjections),
    on(
      "MatMulBlockQuantizedFp4Weight", "MatMulBlockQuantizedFp8Weight", "MatMulNBitsQLoRA",
      "MatMulPacked", rule: ContribMatrix.byWeightRows),
    on("MatMulIntegerToFloat", rule: ContribMatrix.toFloat),
    on("DynamicQuantizeMatMul", rule: ContribMatrix.dynamicallyQuantized),
    on("QGemm", rule: ContribMatrix.quantizedGeneral),
    on("GatherBlockQuantized", rule: ContribMatrix.gatherQuantized),
    on("DynamicQuantizeLSTM", rule: Recurrent.layer),
    on("MoE", "QMoE", rule: Elementwise.unary),
    on("CDist", rule: ContribOther.distances),
  ]

  private static let contribOther: [[Entry]] = [
    on(
      "BiasDropout", "BiasGelu", "BiasAdd", "BiasSoftmax", "ComplexMul", "ComplexMulConj",
      "FastGelu", "Gelu", "Inverse", "QLinearLeakyRelu", "QLinearSigmoid", "QLinearSoftmax",
      "QuickGelu", "ScaledSiLU", "Trilu", "BitmaskDropout",
      "QuantizeWithOrder", "DequantizeWithOrder", "QOrderedGelu", "QOrderedLayerNormalization",
      rule: Elementwise.unary),
    on("MurmurHash3", rule: ContribOther.hash),
    on("NGramRepeatBlock", rule: Selection.gatherElements),
    on("UnfoldTensor", rule: ContribOther.unfold),
    on("BiasSplitGelu", rule: ContribOther.gatedHalf),
    on("SwiGLU", rule: ContribOther.gated),
    on("FusedConv", rule: Convolution.convolution),
    on("NhwcConv", "NhwcFusedConv", rule: ContribImage.convolutionChannelsLast),
    on("NhwcMaxPool", rule: ContribImage.poolChannelsLast),
    on("MaxpoolWithMask", rule: Pooling.window),
    on("ConvTransposeWithDynamicPads", rule: ContribImage.transposedWithPads),
    on("CropAndResize", rule: ContribImage.cropAndResize),
    on("GridSample", rule: ContribImage.gridSample),
    on("QuantizeLinear", rule: ContribOther.quantize),
    on("DequantizeLinear", rule: ContribOther.dequantize),
    on("QLinearAdd", "QLinearMul", rule: ContribOther.quantizedBroadcast),
    on("QLinearWhere", rule: ContribOther.quantizedChoice),
    on("MulInteger", rule: ContribOther.integerProduct),
    on("QLinearConcat", rule: ContribOther.quantizedConcat),
    on("QLinearConv", rule: ContribImage.quantizedConvolution),
    on("QLinearAveragePool", rule: ContribImage.quantizedPool),
    on("QLinearGlobalAveragePool", rule: ContribImage.quantizedGlobalPool),
    on("QLinearReduceMean", "ReduceSumInteger", rule: ContribOther.quantizedReduction),
    on("Pad", rule: Slicing.pad),
    on("Range", rule: Generation.range),
    on("GatherND", rule: Selection.gatherND),
    on("ExpandDims", rule: ContribOther.expandDims),
    on("TorchEmbedding", rule: ContribOther.embedding),
    on("Unique", rule: ContribOther.unique),
    on("Rfft", rule: ContribOther.fourier),
    on("Irfft", rule: ContribOther.inverseFourier),
    on("RemovePadding", rule: ContribOther.removePadding),
    on("RestorePadding", rule: ContribOther.restorePadding),
    on("Tokenizer", rule: ContribOther.tokenize),
    on("IsAllFinite", rule: ContribOther.scalar),
  ]

  private static let blocked: [[Entry]] = [
    on("Conv", rule: Convolution.convolution),
    on("AveragePool", "MaxPool", rule: Pooling.window),
    on("GlobalAveragePool", "GlobalMaxPool", rule: Pooling.global),
    on("Upsample", rule: ContribImage.upsampleBlocked),
  ]

  private static let channelsLast: [[Entry]] = [
    on("Conv", rule: ContribImage.convolutionChannelsLast),
    on("AveragePool", "LpPool", "MaxPool", rule: ContribImage.poolChannelsLast),
    on(
      "GlobalAveragePool", "GlobalLpPool", "GlobalMaxPool",
      rule: ContribImage.globalPoolChannelsLast),
    on("BatchNormalization", "InstanceNormalization", "LRN", rule: Elementwise.unary),
  ]
}
