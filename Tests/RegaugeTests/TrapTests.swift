import Compatibility
import Testing

/// A trap that the evidence names: a model, a target, and what must come of it.
struct Trap: Sendable, CustomTestStringConvertible {
  let name: String
  let target: String
  let opset: Int
  let graph: String
  let verdict: Verdict
  let rule: String?

  init(
    _ name: String, _ target: String, opset: Int, _ verdict: Verdict, _ rule: String? = nil,
    _ graph: String
  ) {
    self.name = name
    self.target = target
    self.opset = opset
    self.graph = graph
    self.verdict = verdict
    self.rule = rule
  }

  var testDescription: String { "\(target): \(name)" }

  private static let atc = "ascend-cann/atc"
  private static let musa = "moorethreads-musa/onnxruntime"
  private static let cann = "ascend-cann/onnxruntime"
  private static let cpu = "onnxruntime/cpu"

  private static let relu = "g (float[4] x) => (float[4] y) { y = Relu(x) }"
  private static func unary(_ node: String, type: String = "float[2,3]") -> String {
    "g (\(type) x) => (y) { y = \(node)(x) }"
  }
  private static let gru = "float[5,1,4] x, float[1,12,4] w, float[1,12,4] r"
  private static let image = "float[1,4,8,8] x, float[4,4,3,3] w"

  private static func experts(_ fusion: String, _ inputs: String) -> String {
    "g (float[3,32] x, float[3,4] r, float[4,64,32] a, float[4,32,32] b) => (y) { "
      + "y = com.microsoft.MoE<k=2, activation_type=\"swiglu\", \(fusion)>(\(inputs)) }"
  }

  static let all: [Trap] = [
    // ATC looks operators up by the model's opset, exactly.
    .init("Relu at opset 18", atc, opset: 18, .supported, relu),
    .init("Relu at opset 19", atc, opset: 19, .unsupported, "RG102", relu),
    .init("ReduceL1 at opset 18", atc, opset: 18, .unsupported, "RG102", unary("ReduceL1")),
    .init("ReduceL1 at opset 17", atc, opset: 17, .supported, unary("ReduceL1<axes=[0]>")),
    .init(
      "Loop has no registration", atc, opset: 16, .unsupported, "RG101",
      """
      g (int64 n, bool c, float[2] x) => (float[2] y) {
        y = Loop(n, c, x) <body = b (int64 i, bool k, float[2] s) => (bool k2, float[2] s2)
          { k2 = Identity(k) s2 = Add(s, s) }>
      }
      """),
    // Attributes that ATC's plug-ins never read.
    .init(
      "GRU linear_before_reset", atc, opset: 14, .silent, "RG106",
      "g (\(gru)) => (y) { y = GRU<hidden_size=4, linear_before_reset=1>(x, w, r) }"),
    .init(
      "GRU clip", atc, opset: 14, .silent, "RG106",
      "g (\(gru)) => (y) { y = GRU<hidden_size=4, clip=1.0>(x, w, r) }"),
    .init(
      "GRU alone", atc, opset: 14, .supported,
      "g (\(gru)) => (y) { y = GRU<hidden_size=4>(x, w, r) }"),
    .init("Shape start", atc, opset: 15, .silent, "RG106", unary("Shape<start=1>")),
    .init("Shape alone", atc, opset: 15, .supported, unary("Shape")),
    .init("Unique axis", atc, opset: 16, .silent, "RG106", unary("Unique<axis=0>")),
    .init(
      "Mod fmod", atc, opset: 13, .silent, "RG106",
      "g (float[2] a, float[2] b) => (y) { y = Mod<fmod=1>(a, b) }"),
    .init("Multinomial seed", atc, opset: 13, .silent, "RG106", unary("Multinomial<seed=1.0>")),
    .init(
      "RoiAlign mode", atc, opset: 16, .silent, "RG106",
      """
      g (float[1,4,8,8] x, float[2,4] rois, int64[2] batch) => (y)
      { y = RoiAlign<mode="max">(x, rois, batch) }
      """),
    .init(
      "Resize cubic_coeff_a", atc, opset: 13, .silent, "RG106",
      """
      g (float[1,4,8,8] x) => (y) <float[4] s = {1.0, 1.0, 2.0, 2.0}>
      { y = Resize<mode="cubic", cubic_coeff_a=-0.5>(x, , s) }
      """),
    .init(
      "Hardmax below opset 13 has another default axis", atc, opset: 11, .silent, nil,
      unary("Hardmax", type: "float[2,3,4]")),
    // Limits of ATC's plug-ins.
    .init(
      "ArgMax select_last_index", atc, opset: 13, .unsupported, "RG104",
      unary("ArgMax<select_last_index=1>")),
    .init("Selu alpha", atc, opset: 13, .unsupported, "RG104", unary("Selu<alpha=2.0>")),
    .init("Transpose without perm", atc, opset: 13, .unsupported, "RG104", unary("Transpose")),
    .init("Transpose with perm", atc, opset: 13, .supported, unary("Transpose<perm=[1,0]>")),
    .init(
      "GatherND batch_dims", atc, opset: 13, .unsupported, "RG104",
      "g (float[2,3,4] x, int64[2,1] i) => (y) { y = GatherND<batch_dims=1>(x, i) }"),
    .init(
      "IsInf of one sign", atc, opset: 13, .unsupported, "RG104", unary("IsInf<detect_negative=0>")),
    // Chips.
    .init(
      "bfloat16 on 310P", "ascend-cann/atc:310P", opset: 13, .unsupported, "RG111",
      "g (bfloat16[4] x) => (y) { y = Relu(x) }"),
    .init(
      "bfloat16 on 910B", "ascend-cann/atc:910B", opset: 13, .supported, nil,
      "g (bfloat16[4] x) => (y) { y = Relu(x) }"),
    // The CANN provider runs on the CPU what it does not take.
    .init(
      "the CANN provider leaves text to the CPU", cann, opset: 13, .fallback, "RG101",
      unary("StringNormalizer", type: "string[3]")),
    // The MUSA provider decides by schema version and types alone …
    .init("Relu at opset 12", musa, opset: 12, .fallback, "RG102", relu),
    .init("Relu at opset 21", musa, opset: 21, .supported, relu),
    .init("Cast at opset 21", musa, opset: 21, .fallback, "RG102", unary("Cast<to=10>")),
    .init("Cast at opset 19", musa, opset: 19, .supported, unary("Cast<to=10>")),
    .init(
      "GreaterOrEqual at opset 13 never matches", musa, opset: 13, .fallback, "RG102",
      "g (float[2] a, float[2] b) => (y) { y = GreaterOrEqual(a, b) }"),
    .init(
      "float16 convolutions have no kernel", musa, opset: 13, .fallback, "RG103",
      "g (float16[1,4,8,8] x, float16[4,4,3,3] w) => (y) { y = Conv(x, w) }"),
    .init("Gelu has no kernel", musa, opset: 20, .fallback, "RG101", unary("Gelu")),
    // … and checks attributes and shapes when the kernel runs, without a way back.
    .init(
      "grouped convolution", musa, opset: 13, .unsupported, "RG104",
      "g (float[1,4,8,8] x, float[4,2,3,3] w) => (y) { y = Conv<group=2>(x, w) }"),
    .init(
      "convolution with auto_pad", musa, opset: 13, .silent, "RG106",
      "g (\(image)) => (y) { y = Conv<auto_pad=\"SAME_UPPER\">(x, w) }"),
    .init(
      "plain convolution", musa, opset: 13, .supported, "g (\(image)) => (y) { y = Conv(x, w) }"),
    .init(
      "convolution with a bias", musa, opset: 13, .conditional, nil,
      "g (\(image), float[4] b) => (y) { y = Conv(x, w, b) }"),
    .init(
      "pooling with ceil_mode", musa, opset: 13, .unsupported, "RG104",
      "g (float[1,4,8,8] x) => (y) { y = MaxPool<kernel_shape=[2,2], ceil_mode=1>(x) }"),
    .init(
      "reflecting pads", musa, opset: 13, .unsupported, "RG104",
      """
      g (float[4] x) => (y) <int64[2] p = {1, 1}> { y = Pad<mode="reflect">(x, p) }
      """),
    .init(
      "slicing backwards", musa, opset: 13, .unsupported, "RG104",
      """
      g (float[4] x) => (y) <int64[1] s = {3}, int64[1] e = {0}, int64[1] a = {0}, int64[1] t = {-1}>
      { y = Slice(x, s, e, a, t) }
      """),
    .init(
      "rank 9", musa, opset: 14, .unsupported, "RG104",
      """
      g (float[1,1,1,1,1,1,1,1,2] a, float[1,1,1,1,1,1,1,1,2] b) => (y) { y = Add(a, b) }
      """),
    .init(
      "an equation without kernel", musa, opset: 13, .conditional, "RG105",
      "g (float[2,3] a, float[3,4] b) => (y) { y = Einsum<equation=\"ij,jk->ik\">(a, b) }"),
    .init(
      "ReduceSum noop_with_empty_axes", musa, opset: 13, .silent, "RG106",
      unary("ReduceSum<noop_with_empty_axes=1>")),
    // What only ONNX Runtime's own CPU provider shows.
    .init(
      "float16 is widened by casts", cpu, opset: 13, .supported,
      "g (float16[1,4,8,8] x, float16[4,4,3,3] w) => (y) { y = Conv(x, w) }"),
    .init(
      "recurrent operators batch first", cpu, opset: 14, .unsupported, "RG104",
      "g (float[1,5,4] x, float[1,12,4] w, float[1,12,4] r) => (y) "
        + "{ y = GRU<hidden_size=4, layout=1>(x, w, r) }"),
    .init(
      "a function body whose operators have changed since", cpu, opset: 25, .unsupported, nil,
      unary("Swish")),
    .init("the same body at its own opset", cpu, opset: 24, .supported, unary("Swish")),
    .init(
      "experts in two matrices", cpu, opset: 17, .supported,
      experts("swiglu_fusion=1", "x, r, a, , b")),
    .init(
      "experts in three matrices", cpu, opset: 17, .unsupported, "RG104",
      experts("swiglu_fusion=1", "x, r, a, , b, , a")),
    .init(
      "gate and up of experts one after the other", cpu, opset: 17, .unsupported, "RG104",
      experts("swiglu_fusion=2", "x, r, a, , b")),
  ]
}

extension Trap {
  fileprivate init(
    _ name: String, _ target: String, opset: Int, _ verdict: Verdict, _ graph: String
  ) {
    self.init(name, target, opset: opset, verdict, nil, graph)
  }
}

@Suite struct TrapTests {
  @Test(arguments: Trap.all) func isSeen(_ trap: Trap) throws {
    let imports = trap.graph.contains("com.microsoft") ? ", \"com.microsoft\": 1" : ""
    let judgement = try judge(
      try model(trap.graph, opset: trap.opset, imports: imports), by: trap.target)
    #expect(judgement.verdict == trap.verdict, "\(judgement.findings.map(\.reason))")
    if let rule = trap.rule {
      #expect(judgement.findings.map(\.rule.id).contains(rule))
    }
  }
}
