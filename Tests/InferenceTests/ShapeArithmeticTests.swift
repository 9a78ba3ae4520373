import Inference
import ModelGraph
import Testing

@Suite struct ShapeArithmeticTests {
  @Test func `a chain of shape, gather and concat reaches reshape`() throws {
    let model = try TestModel(
      "float[N,8,S,64] x",
      """
      s = Shape(x)
      n = Gather(s, zero)
      t = Gather(s, two)
      nt = Mul(n, t)
      u = Unsqueeze(nt, axis)
      target = Concat<axis=0>(u, minus)
      y = Reshape(x, target)
      """,
      constants: "int64 zero = {0}, int64 two = {2}, int64[1] axis = {0}, int64[1] minus = {-1}"
    )
    #expect(model.integers("target") == ["N*S", "-1"])
    #expect(model.type() == "float32[N*S,512]")
  }

  @Test(arguments: [
    ("y = Shape(x)", ["N", "3", "H"]),
    ("y = Shape<start=-1>(x)", ["H"]),
    ("y = Shape<start=1, end=-1>(x)", ["3"]),
    ("y = Size(x)", ["N*H*3"]),
    ("s = Shape(x)\ny = ReduceProd<keepdims=0>(s)", ["N*H*3"]),
    ("s = Shape(x)\ny = Slice(s, one, big)", ["3", "H"]),
    ("s = Shape(x)\ny = Cast<to=6>(s)", ["N", "3", "H"]),
    ("s = Shape(x)\ny = Add(s, s)", ["N*2", "6", "H*2"]),
    ("s = Shape(x)\ny = Div(s, two)", ["N/2", "1", "H/2"]),
    ("s = Shape(x)\ny = Mod(s, two)", ["N - (N/2)*2", "1", "H - (H/2)*2"]),
    ("s = Shape(x)\nm = Equal(s, minus)\ny = Where(m, one, s)", ["N", "3", "H"]),
    ("s = Shape(x)\ny = Max(s, one)", ["N", "3", "H"]),
    ("s = Shape(x)\ny = Min(s, two)", ["min(N, 2)", "2", "min(H, 2)"]),
    ("s = Shape(x)\na, y = Split(s, parts)", ["H"]),
    ("y = ConstantOfShape<value = int64[1] {7}>(two)", ["7", "7"]),
    ("y = Range(zero, five, two)", ["0", "2", "4"]),
    ("f = Cast<to=1>(five)\ng = Mul(f, half)\nc = Ceil(g)\ny = Cast<to=7>(c)", ["3"]),
    (
      "s = Shape<start=2>(x)\nf = Cast<to=1>(s)\ng = Mul(f, half)\nc = Floor(g)\ny = Cast<to=7>(c)",
      ["H/2"]
    ),
  ])
  func `integers that carry shapes are followed`(_ nodes: String, _ expected: [String]) throws {
    let model = try TestModel(
      "float[N,3,H] x", nodes,
      constants: """
        int64[1] one = {1}, int64[1] two = {2}, int64[1] minus = {-1}, int64[1] five = {5},
        int64 zero = {0}, int64[1] big = {9223372036854775807}, int64[2] parts = {2, 1},
        float[1] half = {0.5}
        """)
    #expect(model.integers() == expected)
  }

  @Test func `integers without symbols are constants`() throws {
    let model = try TestModel("float[2,3] x", "s = Shape(x)\ny = Mul(s, s)")
    #expect(model.annotations.constantIntegers(of: model.value("y")) == [4, 9])
    #expect(model.annotations.isConstant(model.value("y")))
  }

  @Test func `an overflow leaves the product unknown`() throws {
    let model = try TestModel(
      "float[4611686018427387904,4] x", "s = Size(x)\ny = Reshape(x, m)",
      constants: "int64[1] m = {-1}")
    #expect(model.integers("s") == nil)
    #expect(model.type() == "float32[?]")
  }
}
