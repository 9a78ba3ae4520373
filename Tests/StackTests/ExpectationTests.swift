import Compatibility
import Testing

/// One node on one front door, with the verdict that the evidence gives by hand.
struct Expectation: CustomTestStringConvertible {
  let target: String
  let opset: Int
  let verdict: Verdict
  /// A part of the reason.
  let reason: String?
  /// Inputs, outputs and the node in ONNX's textual syntax.
  let node: String
  var imports = ""

  init(
    _ target: String, _ opset: Int, _ verdict: Verdict, _ node: String
  ) {
    self.init(target, opset, verdict, nil, node)
  }

  init(
    _ target: String, _ opset: Int, _ verdict: Verdict, _ reason: String?, _ node: String,
    imports: String = ""
  ) {
    self.target = target
    self.opset = opset
    self.verdict = verdict
    self.reason = reason
    self.node = node
    self.imports = imports
  }

  var testDescription: String { "\(target) \(node.prefix(60))" }
}

/// Nodes that several expectations share.
private enum Node {
  static let relu = "(float[2,4] x) => (float[2,4] y) { y = Relu (x) }"
  static let addDouble =
    "(double[2,4] a, double[2,4] b) => (double[2,4] y) { y = Add (a, b) }"
  static let add = "(float[2,4] a, float[2,4] b) => (float[2,4] y) { y = Add (a, b) }"
  static let gelu = "(float[2,4] x) => (float[2,4] y) { y = Gelu (x) }"
  static let einsum =
    "(float[2,4] a, float[4,3] b) => (float[2,3] y) { y = Einsum <equation = \"ij,jk->ik\"> (a, b) }"
  static let dft = "(float[1,8,1] x) => (float[1,8,2] y) { y = DFT (x) }"
  static let loop = """
    (int64 m, bool c, float[2] x) => (float[2] y) {
      y = Loop <body = g (int64 i, bool k, float[2] s) => (bool n, float[2] t) {
        n = Identity (k)
        t = Add (s, s)
      }> (m, c, x)
    }
    """
  static let nms = """
    (float[1,6,4] b, float[1,1,6] s) => (int64[k,3] y) { y = NonMaxSuppression (b, s) }
    """
  static let softmax = "(float[2,4] x) => (float[2,4] y) { y = Softmax (x) }"
  static let sequence = "(float[2] x) => (seq(float[2]) y) { y = SequenceConstruct (x) }"

  static func conv(_ type: String = "float", _ attributes: String = "", group: Int = 1) -> String {
    "(\(type)[1,4,8,8] x, \(type)[8,\(4 / group),3,3] w) => (\(type)[1,8,6,6] y) "
      + "{ y = Conv <kernel_shape = [3, 3]\(attributes)> (x, w) }"
  }

  static func conv3D(_ type: String = "float") -> String {
    "(\(type)[1,4,8,8,8] x, \(type)[8,4,3,3,3] w) => (\(type)[1,8,6,6,6] y) "
      + "{ y = Conv <kernel_shape = [3, 3, 3]> (x, w) }"
  }

  static func resize(_ attributes: String) -> String {
    "(float[1,1,4,4] x) => (float[1,1,8,8] y) <float[4] s = {1.0, 1.0, 2.0, 2.0}> "
      + "{ y = Resize <\(attributes)> (x, , s) }"
  }

  static func attention(mask: Bool) -> String {
    let (parameter, argument) = mask ? (", bfloat16[8,8] m", ", m") : ("", "")
    return "(bfloat16[1,2,8,64] q, bfloat16[1,2,8,64] k, bfloat16[1,2,8,64] v\(parameter)) "
      + "=> (bfloat16[1,2,8,64] y) { y = Attention (q, k, v\(argument)) }"
  }
}

/// What the front doors make of single nodes, checked by hand against the evidence.
@Suite struct ExpectationTests {
  static let ascend: [Expectation] = [
    Expectation("ascend-cann/atc", 18, .supported, Node.relu),
    Expectation("ascend-cann/atc", 19, .unsupported, "opset 19", Node.relu),
    Expectation("ascend-cann/atc", 18, .supported, Node.conv("float", ", group = 2", group: 2)),
    Expectation("ascend-cann/atc", 16, .unsupported, "E16002", Node.loop),
    Expectation(
      "ascend-cann/atc", 14, .silent, "clip",
      """
      (float[5,1,3] x, float[1,12,3] w, float[1,12,4] r) => (float[5,1,1,4] y)
      { y = GRU <hidden_size = 4, clip = 2.0> (x, w, r) }
      """),
    Expectation("ascend-cann/atc:310P", 18, .unsupported, "bfloat16", Node.conv("bfloat16")),
    Expectation("ascend-cann/mindspore-lite", 13, .conditional, "converter", Node.relu),
    Expectation(
      "ascend-cann/mindspore-lite", 13, .silent, "symmetric",
      """
      (float[1,4] x) => (float[1,8] y) <int64[4] p = {0, 2, 0, 2}>
      { y = Pad <mode = "edge"> (x, p) }
      """),
    Expectation(
      "ascend-cann/mindspore-lite", 13, .unsupported, "alpha",
      "(float[2,4] a, float[4,3] b) => (float[2,3] y) { y = Gemm <alpha = 2.0> (a, b) }"),
    Expectation("ascend-cann/torch_npu", 18, .supported, Node.relu),
    Expectation("ascend-cann/torch_npu", 18, .supported, Node.softmax),
    Expectation("ascend-cann/torch_npu", 18, .unknown, "torchvision::nms", Node.nms),
    Expectation(
      "ascend-cann/torch_npu", 18, .fallback, "linalg_det",
      "(float[3,3] x) => (float y) { y = Det (x) }"),
    Expectation(
      "ascend-cann/torch_npu", 18, .conditional, "torch.scatter_reduce",
      """
      (float[3,3] x, int64[1,3] i, float[1,3] u) => (float[3,3] y)
      { y = ScatterElements <reduction = "mul"> (x, i, u) }
      """),
    Expectation(
      "ascend-cann/triton", 18, .supported, "vendor's own library",
      "(float[2] a, float[2] b) => (float[4] y) { y = Concat <axis = 0> (a, b) }"),
    Expectation("ascend-cann/triton", 18, .unsupported, "float64", Node.addDouble),
    Expectation(
      "ascend-cann/triton", 18, .silent, "imprecise",
      "(float[2,4] x) => (float[2,4] y) { y = Exp (x) }"),
  ]

  static let musa: [Expectation] = [
    Expectation(
      "moorethreads-musa/onnxruntime", 21, .fallback, nil,
      "(float[2] x) => (int64[2] y) { y = Cast <to = 7> (x) }"),
    Expectation(
      "moorethreads-musa/onnxruntime", 18, .unsupported, "group",
      Node.conv("float", ", group = 2", group: 2)),
    Expectation("moorethreads-musa/onnxruntime", 20, .fallback, nil, Node.gelu),
    Expectation("moorethreads-musa/torch_musa", 18, .supported, Node.conv("float16")),
    Expectation(
      "moorethreads-musa/torch_musa", 18, .unsupported, "convolution_overrideable",
      Node.conv("double")),
    Expectation(
      "moorethreads-musa/torch_musa:S80", 18, .unsupported, "bfloat16", Node.conv("bfloat16")),
    Expectation("moorethreads-musa/torch_musa", 18, .unknown, "torchvision::nms", Node.nms),
    Expectation("moorethreads-musa/torch_musa", 17, .supported, Node.dft),
    Expectation("moorethreads-musa/torch_musa", 17, .supported, Node.sequence),
    Expectation(
      "moorethreads-musa/torch_musa", 20, .fallback, "host",
      "(string[2] a, string[2] b) => (string[2] y) { y = StringConcat (a, b) }"),
    Expectation("moorethreads-musa/triton", 18, .unsupported, "float64", Node.addDouble),
    Expectation("moorethreads-musa/triton", 18, .supported, Node.add),
    Expectation("moorethreads-musa/triton", 17, .supported, "vendor's own library", Node.dft),
  ]

  static let metax: [Expectation] = [
    Expectation("metax-maca/onnxruntime", 14, .supported, Node.relu),
    Expectation("metax-maca/onnxruntime", 15, .unsupported, "6-14", Node.relu),
    Expectation(
      "metax-maca/onnxruntime", 16, .unsupported, "not in the list",
      """
      (float[1,1,4,4] x, float[1,2,2,2] g) => (float[1,1,2,2] y) { y = GridSample (x, g) }
      """),
    Expectation("metax-maca/onnxruntime", 16, .conditional, "float16", Node.conv()),
    Expectation("metax-maca/onnxruntime", 16, .supported, Node.conv("float16")),
    Expectation(
      "metax-maca/onnxruntime", 13, .unsupported, "int8",
      """
      (float[4] x) => (uint8[4] y) <float s = {0.1}, uint8 z = {0}>
      { y = QuantizeLinear (x, s, z) }
      """),
    Expectation(
      "metax-maca/onnxruntime", 13, .supported, nil,
      "(float[4] x) => (int8[4] y) <float s = {0.1}, int8 z = {0}> { y = QuantizeLinear (x, s, z) }"
    ),
    Expectation(
      "metax-maca/onnxruntime", 13, .conditional, "optional", Node.resize("mode = \"nearest\"")),
    Expectation("metax-maca/mctvm", 13, .supported, Node.relu),
    Expectation("metax-maca/mctvm", 11, .conditional, "opset 13", Node.relu),
    Expectation("metax-maca/mctvm", 16, .unsupported, "not in the list", Node.loop),
    Expectation("metax-maca/mcpytorch", 18, .supported, Node.conv()),
    Expectation("metax-maca/mcpytorch", 18, .conditional, "operator database", Node.conv3D()),
    Expectation(
      "metax-maca/mcpytorch", 18, .conditional, "conv1d",
      """
      (float[1,4,8] x, float[8,4,3] w) => (float[1,8,6] y)
      { y = Conv <kernel_shape = [3]> (x, w) }
      """),
    Expectation("metax-maca/triton", 18, .supported, Node.addDouble),
    Expectation("metax-maca/triton", 18, .supported, Node.einsum),
  ]

  static let others: [Expectation] = [
    Expectation("biren-supa/suinfer", 18, .unknown, "nothing is known", Node.relu),
    Expectation("biren-supa/torch_supa", 17, .unsupported, "not supported", Node.dft),
    Expectation("biren-supa/torch_supa", 18, .supported, Node.softmax),
    Expectation("biren-supa/torch_supa", 18, .conditional, "float64", Node.addDouble),
    Expectation("biren-supa/torch_supa:BR100", 18, .unsupported, "float64", Node.addDouble),
    Expectation("biren-supa/torch_supa", 23, .supported, Node.attention(mask: true)),
    Expectation(
      "biren-supa/torch_supa", 18, .fallback, nil,
      "(float[3,3] x) => (float y) { y = Det (x) }"),
    Expectation("cambricon-neuware/torch_mlu", 18, .supported, Node.nms),
    Expectation("cambricon-neuware/torch_mlu", 18, .supported, Node.conv()),
    Expectation(
      "cambricon-neuware/torch_mlu", 18, .fallback, "aten::mish",
      "(float[2] x) => (float[2] y) { y = Mish (x) }"),
    Expectation(
      "enflame-tops/topsgraph", 13, .supported, "",
      "(float[2] x) => (float[2] y) { y = Clip (x) }"),
    Expectation("enflame-tops/topsgraph", 13, .unknown, "nothing is known", Node.einsum),
    Expectation("enflame-tops/triton", 18, .silent, "64-bit", Node.add),
    Expectation(
      "enflame-tops/triton", 18, .conditional, "int64",
      """
      (float[4,2] x, int64[3] i) => (float[3,2] y) { y = Gather (x, i) }
      """),
    Expectation("hygon-dtk/migraphx", 13, .supported, Node.relu),
    Expectation(
      "hygon-dtk/migraphx", 13, .unsupported, "nearest or linear", Node.resize("mode = \"cubic\"")),
    Expectation("hygon-dtk/migraphx", 23, .unknown, "not verified", Node.attention(mask: false)),
    Expectation(
      "hygon-dtk/migraphx", 18, .unsupported, "not available on the GPU",
      "(float[1,1,4,4] x) => (float[1,1,2,2] y) { y = LpPool <kernel_shape = [3, 3]> (x) }"),
    Expectation("hygon-dtk/triton", 18, .supported, Node.addDouble),
    Expectation("hygon-dtk/triton", 17, .unknown, "of which nothing is known", Node.dft),
    Expectation("iluvatar-corex/ixrt", 13, .supported, Node.relu),
    Expectation("iluvatar-corex/ixrt", 13, .unknown, "nothing is known", Node.einsum),
    Expectation("iluvatar-corex/triton", 18, .unsupported, "float64", Node.addDouble),
    Expectation("kunlunxin-xpu/triton", 18, .silent, "broken", Node.softmax),
    Expectation(
      "kunlunxin-xpu/triton", 18, .silent, "broken",
      "(float[2,4,4] a, float[2,4,4] b) => (float[2,4,4] y) { y = MatMul (a, b) }"),
    Expectation(
      "kunlunxin-xpu/triton", 18, .supported, nil,
      "(float[4,4] a, float[4,4] b) => (float[4,4] y) { y = MatMul (a, b) }"),
  ]

  static let nvidiaAndRuntime: [Expectation] = [
    Expectation("nvidia-cuda/tensorrt-10.15", 18, .supported, Node.conv()),
    Expectation(
      "nvidia-cuda/tensorrt-10.15", 18, .conditional, "computed in float32", Node.addDouble),
    Expectation("nvidia-cuda/tensorrt-10.15", 25, .unsupported, "9 to 24", Node.relu),
    Expectation("nvidia-cuda/tensorrt-10.15", 17, .unsupported, "operators table", Node.dft),
    Expectation("nvidia-cuda/tensorrt-10.15", 23, .supported, Node.attention(mask: false)),
    Expectation("nvidia-cuda/tensorrt-10.1", 20, .supported, Node.gelu),
    Expectation(
      "nvidia-cuda/tensorrt-10.1", 18, .unsupported, "int64",
      "(int64[2] a, int64[2] b) => (int64[2] y) { y = Pow (a, b) }"),
    Expectation(
      "nvidia-cuda/tensorrt-10.15", 18, .supported, nil,
      "(int64[2] a, int64[2] b) => (int64[2] y) { y = Pow (a, b) }"),
    Expectation(
      "nvidia-cuda/tensorrt-10.15", 18, .unsupported, "3840",
      """
      (float[5000] x) => (float[4000] y, int64[4000] i) <int64[1] k = {4000}>
      { y, i = TopK (x, k) }
      """),
    Expectation(
      "nvidia-cuda/tensorrt-10.15", 18, .unsupported, "indices",
      """
      (float[1,1,4,4] x) => (float[1,1,2,2] y, int64[1,1,2,2] i)
      { y, i = MaxPool <kernel_shape = [3, 3]> (x) }
      """),
    Expectation(
      "nvidia-cuda/onnxruntime", 18, .fallback, nil,
      "(string[1] x) => (string[n] y) { y = StringNormalizer (x) }"),
    Expectation("nvidia-cuda/onnxruntime", 18, .supported, Node.conv("float16")),
    Expectation(
      "onnxruntime/coreml", 18, .conditional, "epsilon",
      "(float[2] x) => (float[2] y) { y = Reciprocal (x) }"),
    Expectation("onnxruntime/coreml", 18, .fallback, "spatial", Node.conv3D()),
    Expectation("onnxruntime/qnn", 18, .conditional, "QNN", Node.relu),
    Expectation("onnxruntime/webgpu", 18, .unsupported, "three spatial axes", Node.conv3D()),
    // The list tells names only.
    Expectation("onnxruntime/openvino", 18, .conditional, "names only", Node.softmax),
    Expectation(
      "onnxruntime/openvino", 18, .fallback, nil,
      "(float[2,4] x) => (float[2,4] y) { y = Hardmax (x) }"),
  ]

  @Test(arguments: ascend + musa + metax + others + nvidiaAndRuntime)
  func theVerdictIsThatOfTheEvidence(_ expected: Expectation) throws {
    let judgement = try ShippedRules.all.get().judge(
      "g " + expected.node, opset: expected.opset, imports: expected.imports,
      by: expected.target)
    let reasons = judgement.findings.map(\.reason)
    #expect(judgement.verdict == expected.verdict, "\(reasons)")
    if let part = expected.reason, !part.isEmpty {
      #expect(reasons.contains { $0.contains(part) }, "\(reasons)")
    }
  }

  @Test func thereAreManyOfThem() {
    let all =
      Self.ascend + Self.musa + Self.metax + Self.others + Self.nvidiaAndRuntime
    #expect(all.count >= 60)
    #expect(Set(all.map { $0.target.prefix { $0 != ":" } }).count >= 25)
  }
}
