import Inference
import ModelGraph
import Testing

@Suite struct ControlFlowTests {
  @Test(arguments: [
    ("then = Identity(x)", "other = Relu(x)", "float32[N,3]"),
    ("then = Identity(x)", "other = Identity(w)", "float32[?,3]"),
    ("then = Identity(x)", "other = Flatten<axis=0>(v)", "float32[?,?]"),
    ("then = Identity(x)", "other = ReduceSum<keepdims=0>(x)", "float32"),
    ("then = Identity(x)", "other = Cast<to=7>(x)", "?[N,3]"),
  ])
  func `the branches of an if are merged`(
    _ first: String, _ second: String, _ expected: String
  ) throws {
    let model = try TestModel(
      "bool c, float[N,3] x, float[M,3] w, float[4] v",
      """
      y = If<then_branch = t () => (then) { \(first) },
             else_branch = e () => (other) { \(second) }>(c)
      """)
    #expect(model.type() == expected)
  }

  @Test func `a constant condition chooses its branch`() throws {
    let model = try TestModel(
      "float[N,3] x",
      """
      y = If<then_branch = t () => (then) { then = Identity(x) },
             else_branch = e () => (other) { other = Flatten<axis=0>(x) }>(c)
      """, constants: "bool c = {0}")
    #expect(model.type() == "float32[1,N*3]")
  }

  @Test func `a branch for another rank is no contradiction`() throws {
    let model = try TestModel(
      "bool c, float[N,3] x",
      """
      y = If<then_branch = t () => (then) { then = Squeeze(x, one) },
             else_branch = e () => (other) { other = Identity(x) }>(c)
      """, constants: "int64[1] one = {1}")
    #expect(model.annotations.contradictions.isEmpty)
  }

  static let loop = """
    y, scanned = Loop<body = b (int64 i, bool on, float[K] state) => (go, next, out) {
      go = Identity(on)
      BODY
      out = Identity(x)
    }>(n, yes, x)
    """

  @Test(arguments: [
    ("next = Relu(state)", "float32[N]", "float32[5,N]"),
    ("next = Concat<axis=0>(state, x)", "float32[?]", "float32[5,N]"),
    ("next = ReduceSum<keepdims=0>(state)", "float32", "float32[5,N]"),
  ])
  func `a loop keeps what an iteration keeps of its states`(
    _ body: String, _ state: String, _ scanned: String
  ) throws {
    let text = Self.loop.replacing("BODY", with: body).replacing("float[K] state", with: "state")
    let model = try TestModel(
      "float[N] x", text, constants: "int64 n = {5}, bool yes = {1}")
    #expect(model.type() == state)
    #expect(model.type("scanned") == scanned)
  }

  @Test func `a loop that may end early scans an open number of rows`() throws {
    let model = try TestModel(
      "float[N] x, int64 n",
      """
      y, scanned = Loop<body = b (int64 i, bool on, float[N] state) => (go, next, out) {
        go = Not(on)
        next = Relu(state)
        out = Identity(state)
      }>(n, , x)
      """)
    #expect(model.type("scanned") == "float32[Loop#0?0,N]")
  }

  @Test func `a scan slices its inputs and stacks its outputs`() throws {
    let model = try TestModel(
      "float[H] h, float[S,H] x",
      """
      last, y = Scan<num_scan_inputs = 1, scan_output_axes = [1],
        body = b (float[H] state, float[H] row) => (next, out) {
          next = Add(state, row)
          out = Identity(next)
        }>(h, x)
      """)
    #expect(model.type("row") == "float32[H]")
    #expect(model.type("last") == "float32[H]")
    #expect(model.type() == "float32[H,S]")
  }

  @Test func `a map over a sequence gives a sequence`() throws {
    let model = try TestModel(
      "seq(float[N,3]) s",
      """
      y = SequenceMap<body = b (e) => (o) { o = Transpose(e) }>(s)
      """)
    #expect(model.type() == "sequence(float32[3,N])")
  }

  @Test func `nested loops cost no more than their nodes allow`() throws {
    var text = "next0 = Concat<axis=0>(s0, x)"
    for depth in 0..<40 {
      text = """
        next\(depth + 1) = Loop<body = b\(depth) (i\(depth), on\(depth), s\(depth)) => (go\(depth), \
        next\(depth)) {
          go\(depth) = Identity(on\(depth))
          \(text)
        }>(n, yes, s\(depth + 1))
        """
    }
    let nodes = text.replacing("s40)", with: "x)").replacing("next40 =", with: "y =")
    let model = try TestModel(
      "float[N] x", nodes, constants: "int64 n = {2}, bool yes = {1}")
    #expect(model.type() == "float32[?]" || model.type() == "float32")
  }

  @Test func `nodes in any order are inferred in the order of their data`() throws {
    let model = try TestModel("float[N,4] x", "y = Relu(z)\nz = Transpose(x)")
    #expect(model.type() == "float32[4,N]")
  }

  @Test func `nodes in a circle stay unknown`() throws {
    let model = try TestModel("float[N,4] x", "y = Add(z, x)\nz = Identity(y)")
    #expect(model.type("z") == "?" || model.type("z") == "float32")
  }

  @Test func `integers of branches with other shapes are not merged`() throws {
    let model = try TestModel(
      "bool c",
      """
      y = If<then_branch = t () => (a) { a = Constant<value = int64[2,1,2] {1, 2, 3, 4}>() },
             else_branch = e () => (b) { b = Constant<value = int64[1,2,2] {1, 2, 3, 4}>() }>(c)
      """)
    #expect(model.type() == "int64[?,?,2]")
    #expect(model.integers() == nil)
  }
}
