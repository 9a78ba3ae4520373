import Inference
import ModelGraph
import Testing

@Suite struct CostTests {
  private func cost(
    _ inputs: String, _ nodes: String, constants: String = "", opset: Int = 18,
    pins: InputPins = .none
  ) throws -> ModelCost {
    let model = try TestModel(inputs, nodes, constants: constants, opset: opset, pins: pins)
    return ModelCost(of: model.graph, model.annotations)
  }

  @Test(arguments: [
    // 2·8·6·6 outputs, each a sum over 3·3·3 weights.
    ("float[2,3,8,8] x, float[8,3,3,3] w", "y = Conv(x, w)", 2 * 8 * 36 * 27, 0),
    (
      "float[2,3,8,8] x, float[8,3,3,3] w, float[8] b", "y = Conv(x, w, b)", 2 * 8 * 36 * 27,
      2 * 8 * 36
    ),
    ("float[1,4,8,8] x, float[4,1,3,3] w", "y = Conv<group=4>(x, w)", 4 * 36 * 9, 0),
    ("float[1,4,5,5] x, float[4,2,2,2] w", "y = ConvTranspose<strides=[2,2]>(x, w)", 100 * 8, 0),
    ("float[5,7,3] a, float[3,4] b", "y = MatMul(a, b)", 5 * 7 * 4 * 3, 0),
    ("float[3,5] a, float[3,4] b, float[4] c", "y = Gemm<transA=1>(a, b, c)", 5 * 4 * 3, 20),
    (
      "float[2,5,3] a, float[2,3,4] b", "y = Einsum<equation=\"bij,bjk->bik\">(a, b)",
      2 * 5 * 3 * 4, 0
    ),
    (
      "float[6,2,8] x, float[1,64,8] w, float[1,64,16] r", "y = LSTM<hidden_size=16>(x, w, r)",
      6 * 2 * 64 * 24, 6 * 2 * 64 * 5
    ),
    ("float[2,3] a", "y = Relu(a)", 0, 6),
    ("float[2,3] a", "y = Transpose(a)", 0, 0),
    ("float[2,3] a", "y = ReduceSum<keepdims=0>(a)", 0, 6),
    ("float[1,2,4,4] x", "y = MaxPool<kernel_shape=[2,2], strides=[2,2]>(x)", 0, 8 * 4),
    (
      "float[1,4,32] a, uint8[16,1,16] b, float[16] s",
      "y = com.microsoft.MatMulNBits<K=32, N=16, bits=4, block_size=32>(a, b, s)", 4 * 16 * 32, 0
    ),
    (
      "float[1,3,32] q, int32[1] l, int32 t",
      "y = com.microsoft.GroupQueryAttention<num_heads=2, kv_num_heads=1>(q, , , , , l, t)",
      2 * 3 * 3 * 16, 2 * 3 * 3 * 6
    ),
  ])
  func `work follows from shapes`(
    _ inputs: String, _ node: String, _ multiplyAdds: Int, _ operations: Int
  ) throws {
    let cost = try cost(inputs, node)
    #expect(cost.work.multiplyAdds == Int64(multiplyAdds))
    #expect(cost.work.operations == Int64(operations))
    #expect(cost.openNodes == 0)
  }

  @Test func `a symbolic extent leaves work open until it is pinned`() throws {
    let nodes = "y = MatMul(a, b)"
    #expect(try cost("float[N,3] a, float[3,4] b", nodes).openNodes == 1)
    let pinned = try cost("float[N,3] a, float[3,4] b", nodes, pins: InputPins(symbols: ["N": 5]))
    #expect(pinned.work.multiplyAdds == 60)
  }

  @Test func `an unknown operator is open, not free`() throws {
    #expect(try cost("float[2] x", "y = local.Secret(x)").openNodes == 1)
  }

  @Test func `operators come dearest first`() throws {
    let cost = try cost("float[4,4] x", "a = Relu(x)\nb = MatMul(a, x)\ny = Relu(b)")
    #expect(cost.operators.map(\.operation.name) == ["MatMul", "Relu"])
    #expect(cost.operators.map(\.nodes) == [1, 2])
    #expect(cost.work.flops == 2 * 64 + 32)
  }

  @Test func `of the branches the dearer one counts`() throws {
    let cost = try cost(
      "bool c, float[4,4] x",
      """
      y = If<then_branch = t () => (then) { then = MatMul(x, x) },
             else_branch = e () => (other) { other = Relu(x) }>(c)
      """)
    #expect(cost.work == Work(multiplyAdds: 64))
  }

  @Test func `a loop counts its iterations`() throws {
    let body = """
      y = Loop<body = b (int64 i, bool on, float[4] s) => (go, next) {
        go = Identity(on)
        next = Relu(s)
      }>(n, , x)
      """
    let known = try cost("float[4] x", body, constants: "int64 n = {10}")
    #expect(known.work.operations == 40)
    let open = try cost("float[4] x, int64 n", body)
    #expect(open.work.operations == 4)
    #expect(open.openLoops.count == 1)
  }

  @Test func `a scan of opset 8 runs for each step of each sample`() throws {
    let cost = try cost(
      "float[2,4] s, float[2,5,4] x",
      """
      t, y = Scan<num_scan_inputs=1, body = b (float[4] a, float[4] v) => (n, o) {
        n = Add(a, v)
        o = Identity(n)
      }>(, s, x)
      """, opset: 8)
    #expect(cost.openLoops.isEmpty)
    #expect(cost.work.operations == 2 * 5 * 4)
  }

  @Test func `a fused product counts its transposed input`() throws {
    let cost = try cost(
      "float[3,5] a, float[3,4] b",
      "y = com.microsoft.FusedMatMulActivation<transA=1, activation=\"Relu\">(a, b)")
    #expect(cost.work.multiplyAdds == 5 * 4 * 3)
  }

  @Test func `each call of a function counts`() throws {
    let model = try TestModel(
      text: """
        g (float[4] a) => (y) { b = local.twice(a)
          y = local.twice(b) }
        <domain: "local", opset_import: ["": 18]>
        twice (v) => (w) { u = Relu(v)
          w = Relu(u) }
        """)
    #expect(ModelCost(of: model.graph, model.annotations).work.operations == 16)
  }

  @Test func `weights are summed by element type`() throws {
    let cost = try cost(
      "float[2] x", "c = Constant<value = float[2] {1, 2}>()\nz = Add(x, c)\ny = Add(z, w)",
      constants: "float[2] w = {1, 2}, int8[3] q = {1, 2, 3}")
    #expect(cost.parameters == 7)
    #expect(cost.weightBytes == 19)
    #expect(cost.weights.map(\.elementType) == [.float32, .int8])
  }
}

@Suite struct MemoryTests {
  private func memory(_ inputs: String, _ nodes: String) throws -> MemoryProfile {
    let model = try TestModel(inputs, nodes)
    return ModelCost(of: model.graph, model.annotations).memory
  }

  @Test func `a chain needs two values at a time`() throws {
    let memory = try memory("float[100] x", "a = Relu(x)\nb = Relu(a)\ny = Relu(b)")
    #expect(memory.peakBytes == 800)
    #expect(memory.inputBytes == 400)
    #expect(memory.outputBytes == 400)
  }

  @Test func `a value that is used late stays`() throws {
    let memory = try memory("float[100] x", "a = Relu(x)\nb = Relu(a)\nc = Relu(b)\ny = Add(a, c)")
    #expect(memory.peakBytes == 1200)
  }

  @Test func `views share memory`() throws {
    let memory = try memory(
      "float[100] x", "a = Relu(x)\nb = Flatten(a)\nc = Identity(b)\ny = Relu(c)")
    #expect(memory.peakBytes == 800)
  }

  @Test func `weights do not count`() throws {
    let model = try TestModel(
      "float[2] x", "y = Add(x, w)", constants: "float[2] w = {1, 2}")
    #expect(ModelCost(of: model.graph, model.annotations).memory.peakBytes == 16)
  }

  @Test func `a subgraph's memory comes on top at its node`() throws {
    let memory = try memory(
      "bool c, float[100] x",
      """
      y = If<then_branch = t () => (d) { a = Exp(x)
               b = Add(a, x)
               d = Add(a, b) },
             else_branch = e () => (f) { f = Relu(x) }>(c)
      """)
    #expect(memory.peakBytes == 1 + 400 + 400 + 1200)
  }

  @Test func `constants inside a graph do not count`() throws {
    let memory = try memory(
      "float[2] x", "c = Constant<value = float[2] {1, 2}>()\na = Add(x, c)\ny = Relu(a)")
    #expect(memory.peakBytes == 16)
  }

  @Test func `values of open size are counted apart`() throws {
    let memory = try memory("float[N] x", "a = Relu(x)\ny = Relu(a)")
    #expect(memory.unsizedValues == 2)
    #expect(memory.peakBytes == 0)
  }
}

@Suite struct LanguageModelTests {
  static let decoder = """
    g (int64[batch,seq] input_ids, int64[batch,total] attention_mask, \
    float16[batch,2,past,8] past_key_0, float16[batch,2,past,8] past_value_0) \
    => (y) {
      t = Gather(table, input_ids)
      y = MatMul(t, head)
    }
    """

  @Test func `a decoder is recognised and pinned for prefill and for one token`() throws {
    let open = try TestModel(text: Self.decoder)
    let model = try #require(LanguageModel(open.graph))
    #expect(model.caches.count == 2)
    let prefill = model.pins(for: open.graph, newTokens: 128, past: 0)
    #expect(prefill.symbols == ["batch": 1, "seq": 128, "past": 0, "total": 128])
    let next = model.pins(for: open.graph, newTokens: 1, past: 128)
    let pinned = try TestModel(text: Self.decoder, pins: next)
    #expect(pinned.type("attention_mask") == "int64[1,129]")
    // Two tensors of 2 heads, 128 tokens, 8 elements of 2 bytes.
    #expect(model.cacheBytes(pinned.annotations) == 8192)
  }

  @Test func `an image model is no language model`() throws {
    #expect(LanguageModel(try TestModel("float[1,3,8,8] x", "y = Relu(x)").graph) == nil)
  }

  @Test func `unnamed dims are pinned by shape`() throws {
    let model = try TestModel("int64[?,?] input_ids", "y = Identity(input_ids)")
    let pins = try #require(LanguageModel(model.graph))
      .pins(for: model.graph, newTokens: 7, past: 0, batch: 2)
    #expect(pins.shapes == ["input_ids": [2, 7]])
  }
}
