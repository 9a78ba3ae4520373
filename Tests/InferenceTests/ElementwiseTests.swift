import Inference
import ModelGraph
import Testing

@Suite struct ElementwiseTests {
  @Test(arguments: [
    Case("float[N,3] x", "y = Relu(x)", gives: "float32[N,3]"),
    Case("float16[N,3] a, float16[1,3] b", "y = Add(a, b)", gives: "float16[N,3]"),
    Case("float[N,1] a, float[1,M] b", "y = Mul(a, b)", gives: "float32[N,M]"),
    Case("float[N] a, float[M] b", "y = Sub(a, b)", gives: "float32[max(N, M)]"),
    Case("float[N] a, float[5] b", "y = Sub(a, b)", gives: "float32[5]"),
    Case("float[2,3] a, float[] b", "y = Add(a, b)", gives: "float32"),
    Case("float[2,3] a, float b", "y = Add(a, b)", gives: "float32[2,3]"),
    Case("float[N,4] a, float[N,4] b", "y = Equal(a, b)", gives: "bool[N,4]"),
    Case("bool[4] c, int32[1] a, int32[N,4] b", "y = Where(c, a, b)", gives: "int32[N,4]"),
    Case("float[2,3] a, float[3] b", "y = Add<broadcast=1>(a, b)", opset: 6, gives: "float32[2,3]"),
    Case("float[2] a, float[2] b, float[1] c", "y = Max(a, b, c)", gives: "float32[2]"),
    Case("float[N,8] x, float[8] s", "y = PRelu(x, s)", gives: "float32[N,8]"),
  ])
  func `shapes broadcast and element types are shared`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test(arguments: [
    Case("float[N] x", "y = Cast<to=10>(x)", gives: "float16[N]"),
    Case("float[N] x, int8[1] t", "y = CastLike(x, t)", gives: "int8[N]"),
    Case("float[N] x", "y = IsNaN(x)", gives: "bool[N]"),
    Case("float[N] x", "y = Bernoulli(x)", gives: "float32[N]"),
    Case("float[N] x", "y = Bernoulli<dtype=7>(x)", gives: "int64[N]"),
    Case("float[N] x", "a, y = Dropout(x)", gives: "bool[N]"),
    Case("uint32[N] x", "y = BitCast<to=1>(x)", opset: 26, gives: "float32[N]"),
  ])
  func `operators with an output type of their own set it`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test func `extents that do not broadcast are a contradiction`() throws {
    let model = try TestModel("float[2,3] a, float[2,4] b", "y = Add(a, b)")
    #expect(model.type() == "float32[2,?]")
    #expect(model.annotations.contradictions.map(\.detail) == ["extents 3 and 4 do not broadcast"])
  }

  @Test func `an unknown operator leaves its outputs unknown`() throws {
    let model = try TestModel("float[2] x", "z = local.Secret(x)\ny = Add(z, x)")
    #expect(model.type("z") == "?")
    #expect(model.type() == "float32")
  }

  @Test func `elements that are not known are not known to be equal`() throws {
    let model = try TestModel(
      "bool c, int64[1] p, int64[1] q",
      """
      a = Concat<axis=0>(p, one)
      b = Concat<axis=0>(q, one)
      y = Equal(a, b)
      """, constants: "int64[1] one = {1}")
    #expect(model.integers()?.first != "1")
    let unknown = try TestModel(
      "float[?] x, float[?] z", "a = Shape(x)\nb = Shape(z)\ny = Equal(a, b)")
    #expect(unknown.integers() != ["1"])
  }
}
