import ModelGraph

/// What each operator costs: one table.
///
/// An operator is added by one line; a product of some kind needs a function beside its siblings.
enum CostRules {
  /// How the work of a node follows from its shapes.
  enum Rule: Sendable {
    /// Moves data, if that.
    case free
    /// So many operations for each element of the first output.
    case perOutput(Int64)
    /// So many operations for each element of the first input.
    case perInput(Int64)
    /// Counted by a function; nil when an extent is missing.
    case counted(@Sendable (CostedNode) -> Work?)
  }

  /// The rules of the operators that a graph uses, nil for those whose work is unknown.
  static func rules(of graph: ModelGraph) -> [Rule?] {
    graph.operators.map { tables[$0.domain]?[$0.name] }
  }

  /// The work of a node by its rule; nil when one of the extents is unknown.
  static func work(of node: CostedNode, by rule: Rule?) -> Work? {
    switch rule {
    case nil: return nil
    case .free: return Work.none
    case .perOutput(let count):
      return node.elements(output: 0).map { Work(operations: $0.timesClamping(count)) }
    case .perInput(let count):
      return node.elements(input: 0).map { Work(operations: $0.timesClamping(count)) }
    case .counted(let function): return function(node)
    }
  }

  private static let tables: [String: [String: Rule]] = [
    "ai.onnx": table(standard), "ai.onnx.ml": table(machineLearning),
    "com.microsoft": table(contrib),
    "com.microsoft.nchwc": table(blocked), "com.ms.internal.nhwc": table(standard),
  ]

  private static func table(_ entries: [([String], Rule)]) -> [String: Rule] {
    var result: [String: Rule] = [:]
    for (names, rule) in entries { for name in names { result[name] = rule } }
    return result
  }

  private static let standard: [([String], Rule)] = [
    (
      [
        "AffineGrid", "BitCast", "Bernoulli", "Cast", "CastLike", "CenterCropPad", "Compress",
        "Concat", "ConcatFromSequence", "Constant", "ConstantOfShape", "DepthToSpace", "Dropout",
        "Expand", "EyeLike", "Flatten", "Gather", "GatherElements", "GatherND", "Identity", "If",
        "ImageDecoder", "Loop", "MaxUnpool", "Multinomial", "NonZero", "OneHot", "Optional",
        "OptionalGetElement", "OptionalHasElement", "Pad", "RandomNormal", "RandomNormalLike",
        "RandomUniform", "RandomUniformLike", "Range", "RegexFullMatch", "Reshape",
        "ReverseSequence", "Scan", "Scatter", "ScatterElements", "ScatterND", "SequenceAt",
        "SequenceConstruct", "SequenceEmpty", "SequenceErase", "SequenceInsert",
        "SequenceLength", "SequenceMap", "Shape", "Size", "Slice", "SpaceToDepth", "Split",
        "SplitToSequence", "Squeeze", "StringConcat", "StringNormalizer", "StringSplit",
        "TensorScatter", "TfIdfVectorizer", "Tile", "Transpose", "Trilu", "Unique", "Unsqueeze",
      ], .free
    ),
    (
      [
        "Abs", "Acos", "Acosh", "Add", "And", "Asin", "Asinh", "Atan", "Atanh", "BitShift",
        "BitwiseAnd", "BitwiseNot", "BitwiseOr", "BitwiseXor", "Ceil", "Cos", "Cosh", "Div",
        "Equal", "Erf", "Exp", "Floor", "Greater", "GreaterOrEqual", "IsInf", "IsNaN", "Less",
        "LessOrEqual", "Log", "Mod", "Mul", "Neg", "Not", "Or", "Pow", "Reciprocal", "Relu",
        "Round", "Sign", "Sin", "Sinh", "Sqrt", "Sub", "Tan", "Tanh", "Where", "Xor",
      ], .perOutput(1)
    ),
    (["Clip", "LeakyRelu", "PRelu", "Shrink", "Softsign", "ThresholdedRelu"], .perOutput(2)),
    (["Elu", "Sigmoid", "Softplus", "HardSigmoid"], .perOutput(3)),
    (["Celu", "Gelu", "HardSwish", "Mish", "Selu", "SwiGLU", "Swish"], .perOutput(5)),
    (["DequantizeLinear"], .perOutput(2)),
    (["QuantizeLinear"], .perOutput(4)),
    (["DynamicQuantizeLinear"], .perInput(6)),
    (["Max", "Min", "Mean", "Sum"], .counted(ReductionCost.variadic)),
    (["CumProd", "CumSum", "Hardmax", "ArgMax", "ArgMin", "Det"], .perInput(1)),
    (["ReduceMax", "ReduceMin", "ReduceProd", "ReduceSum", "ReduceMean", "TopK"], .perInput(1)),
    (["ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceSumSquare"], .perInput(2)),
    (["Softmax", "LogSoftmax"], .perOutput(5)),
    (["NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss"], .perInput(5)),
    (["BatchNormalization"], .perInput(2)),
    (["RMSNormalization", "LpNormalization", "SimplifiedLayerNormalization"], .perInput(4)),
    (
      [
        "GroupNormalization", "InstanceNormalization", "LayerNormalization",
        "MeanVarianceNormalization",
      ], .perInput(7)
    ),
    (["LRN"], .counted(ReductionCost.localResponse)),
    (["AveragePool", "LpPool", "MaxPool"], .counted(ReductionCost.pool)),
    (["GlobalAveragePool", "GlobalLpPool", "GlobalMaxPool"], .perInput(1)),
    (["MaxRoiPool", "NonMaxSuppression"], .perInput(1)),
    (["RoiAlign"], .perOutput(11)),
    (["Resize", "Upsample", "GridSample"], .counted(ReductionCost.resample)),
    (["RotaryEmbedding"], .perOutput(3)),
    (["DFT", "STFT"], .counted(ReductionCost.fourier)),
    (["BlackmanWindow", "HammingWindow", "HannWindow", "MelWeightMatrix"], .perOutput(4)),
    (["Col2Im"], .perInput(1)),
    (["Conv", "ConvInteger"], .counted { ConvolutionCost.convolution($0, weight: 1) }),
    (["QLinearConv"], .counted { ConvolutionCost.convolution($0, weight: 3) }),
    (["DeformConv"], .counted { ConvolutionCost.convolution($0, weight: 1) }),
    (["CausalConvWithState"], .counted { ConvolutionCost.convolution($0, weight: 1) }),
    (["ConvTranspose"], .counted(ConvolutionCost.transposed)),
    (["MatMul", "MatMulInteger"], .counted { MatrixCost.product($0) }),
    (["QLinearMatMul"], .counted { MatrixCost.product($0) }),
    (["Gemm"], .counted(MatrixCost.general)),
    (["Einsum"], .counted(MatrixCost.einsum)),
    (["LSTM"], .counted { RecurrentCost.layer($0, gates: 4) }),
    (["GRU"], .counted { RecurrentCost.layer($0, gates: 3) }),
    (["RNN"], .counted { RecurrentCost.layer($0, gates: 1) }),
    (["LinearAttention"], .counted(AttentionCost.linear)),
    (["Attention"], .counted(AttentionCost.scaledDotProduct)),
  ]

  private static let machineLearning: [([String], Rule)] = [
    (
      [
        "ArrayFeatureExtractor", "CastMap", "CategoryMapper", "DictVectorizer", "FeatureVectorizer",
      ],
      .free
    ),
    (["LabelEncoder", "OneHotEncoder", "ZipMap"], .free),
    (["Binarizer", "Imputer"], .perOutput(1)),
    (["Normalizer", "Scaler"], .perOutput(2)),
  ]

  private static let contrib: [([String], Rule)] = [
    (
      ["ExpandDims", "GatherND", "Pad", "Range", "RemovePadding", "RestorePadding", "Tokenizer"],
      .free
    ),
    (["EPContext", "TorchEmbedding", "Trilu", "UnfoldTensor", "Unique"], .free),
    (["BiasAdd"], .perOutput(2)),
    (["BiasGelu", "FastGelu", "Gelu", "QuickGelu", "BiasSplitGelu", "SwiGLU"], .perOutput(6)),
    (["GatherBlockQuantized", "DequantizeLinear"], .perOutput(2)),
    (["QuantizeLinear"], .perOutput(4)),
    (["QLinearAdd", "QLinearMul", "QLinearLeakyRelu", "QLinearSigmoid"], .perOutput(7)),
    (["QLinearConcat", "QLinearWhere"], .perOutput(3)),
    (["QLinearAveragePool", "NhwcMaxPool", "MaxpoolWithMask"], .counted(ReductionCost.pool)),
    (["QLinearGlobalAveragePool"], .perInput(1)),
    (["QLinearSoftmax", "BiasSoftmax"], .perOutput(6)),
    (["SkipLayerNormalization"], .perInput(9)),
    (["SkipSimplifiedLayerNormalization", "GatedRMSNorm"], .perInput(6)),
    (["EmbedLayerNormalization"], .perOutput(9)),
    (["GroupNorm", "SkipGroupNorm"], .perInput(8)),
    (["RotaryEmbedding", "GemmaRotaryEmbedding", "MRotaryEmbedding"], .perInput(3)),
    (["GatedAdd"], .perOutput(2)),
    (["LinearAttentionGate"], .perInput(6)),
    (
      ["FusedConv", "NhwcConv", "NhwcFusedConv"],
      .counted { ConvolutionCost.convolution($0, weight: 1) }
    ),
    (["QLinearConv"], .counted { ConvolutionCost.convolution($0, weight: 3) }),
    (["CausalConvWithState"], .counted { ConvolutionCost.convolution($0, weight: 1) }),
    (["ConvTransposeWithDynamicPads"], .counted(ConvolutionCost.transposed)),
    (
      ["DynamicQuantizeMatMul", "MatMulInteger16", "MatMulIntegerToFloat"],
      .counted { MatrixCost.product($0) }
    ),
    (["FusedMatMul", "FusedMatMulActivation", "TransposeMatMul"], .counted(MatrixCost.fused)),
    (["FusedGemm", "GemmFastGelu", "GemmFloat8"], .counted(MatrixCost.general)),
    (["QGemm"], .counted(MatrixCost.quantizedGeneral)),
    (
      ["MatMulNBits", "MatMulBnb4", "MatMulFpQ4", "MatMulNBitsQLoRA", "MatMulPacked"],
      .counted { MatrixCost.product($0) }
    ),
    (
      ["MatMulBlockQuantizedFp4Weight", "MatMulBlockQuantizedFp8Weight"],
      .counted { MatrixCost.product($0) }
    ),
    (["MatMulNBitsMlp"], .counted { MatrixCost.product($0, count: 2) }),
    (["MatMulNBitsQkv"], .counted(MatrixCost.projections)),
    (["DynamicQuantizeLSTM"], .counted { RecurrentCost.layer($0, gates: 4) }),
    (["Attention", "QAttention"], .counted(AttentionCost.projecting)),
    (
      ["MultiHeadAttention", "DecoderMaskedMultiHeadAttention"],
      .counted(AttentionCost.multiHead)
    ),
    (["GroupQueryAttention", "SparseAttention"], .counted(AttentionCost.groupQuery)),
    (["LinearAttention"], .counted(AttentionCost.linear)),
    (["MoE"], .counted { AttentionCost.experts($0, weights: [2, 4, 6], packing: 1) }),
    (["QMoE"], .counted(AttentionCost.quantizedExperts)),
  ]

  private static let blocked: [([String], Rule)] = [
    (["ReorderInput", "ReorderOutput"], .free),
    (["Conv"], .counted { ConvolutionCost.convolution($0, weight: 1) }),
    (["AveragePool", "MaxPool"], .counted(ReductionCost.pool)),
    (["GlobalAveragePool", "GlobalMaxPool"], .perInput(1)),
    (["Upsample"], .counted(ReductionCost.resample)),
  ]
}
