import Inference
import ModelGraph
import Testing

@Suite struct GenerationTests {
  @Test(arguments: [
    Case("float[1] x", "y = Constant<value = float16[2,1] {1, 2}>()", gives: "float16[2,1]"),
    Case("float[1] x", "y = Constant<value_int = 3>()", gives: "int64[]"),
    Case("float[1] x", "y = Constant<value_ints = [3, 4]>()", gives: "int64[2]"),
    Case("float[1] x", "y = Constant<value_floats = [3.5]>()", gives: "float32[1]"),
    Case("float[1] x", "y = Constant<value_string = \"a\">()", gives: "string[]"),
    Case("int64[2] s", "y = ConstantOfShape(s)", gives: "float32[?,?]"),
    Case(
      "float[N,M] x", "s = Shape(x)\ny = ConstantOfShape<value = int32[1] {1}>(s)",
      gives: "int32[N,M]"),
    Case("int64 a, int64 b, int64 c", "y = Range(a, b, c)", gives: "int64[Range#0?0]"),
    Case(
      "float[S] x", "n = Size(x)\ny = Range(zero, n, one)",
      constants: "int64 zero = {0}, int64 one = {1}", gives: "int64[S]"),
    Case(
      "float[S] x", "n = Size(x)\ny = Range(one, n, two)",
      constants: "int64 one = {1}, int64 two = {2}", gives: "int64[S/2]"),
    Case("float[1] x", "y = RandomNormal<shape=[2,3]>()", gives: "float32[2,3]"),
    Case("float[N,3] x", "y = RandomUniformLike<dtype=11>(x)", gives: "float64[N,3]"),
    Case("int32[N,3] x", "y = EyeLike(x)", gives: "int32[N,3]"),
    Case("float[N,9] x", "y = Multinomial<sample_size=4>(x)", gives: "int32[N,4]"),
    Case("float[1] x", "y = HannWindow(n)", constants: "int64 n = {16}", gives: "float32[16]"),
  ])
  func `tensors come out of attributes and shapes`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test(arguments: [
    Case("float[N,3] x, float s, int8 z", "y = QuantizeLinear(x, s, z)", gives: "int8[N,3]"),
    Case("float[N,3] x, float s", "y = QuantizeLinear(x, s)", gives: "uint8[N,3]"),
    Case(
      "float[N,3] x, float s", "y = QuantizeLinear<output_dtype=17>(x, s)", opset: 21,
      gives: "float8e4m3fn[N,3]"),
    Case(
      "int8[N,3] x, float16 s, int8 z", "y = DequantizeLinear(x, s, z)", opset: 21,
      gives: "float16[N,3]"),
    Case("float[N,3] x", "a, b, y = DynamicQuantizeLinear(x)", gives: "uint8[]"),
  ])
  func `quantisation takes types from scales and zero points`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test(arguments: [
    Case(
      "float[N,S,D] x, float[D] g", "m, y, z = LayerNormalization(x, g)",
      gives: "float32[N,S,1]"),
    Case(
      "float[N,C,H,W] x, float[C] s", "y = InstanceNormalization(x, s, s)",
      gives: "float32[N,C,H,W]"),
    Case(
      "float[N,C,H] x, float[C] s", "a, y, b = BatchNormalization<training_mode=1>(x, s, s, s, s)",
      gives: "float32[C]"),
    Case("float[N,C] x, int64[N] t", "y = SoftmaxCrossEntropyLoss(x, t)", gives: "float32[]"),
    Case(
      "float[N,C] x, int64[N] t", "y = NegativeLogLikelihoodLoss<reduction=\"none\">(x, t)",
      gives: "float32[N]"),
  ])
  func `normalisations put out statistics`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test(arguments: [
    Case("float[B,N,1] x", "y = DFT<onesided=1>(x)", gives: "float32[B,N/2 + 1,2]"),
    Case(
      "float[B,N,1] x", "y = DFT(x, , a)", constants: "int64 a = {1}", opset: 20,
      gives: "float32[B,N,2]"),
    Case(
      "float[B,480,1] x", "y = STFT(x, s, , f)", constants: "int64 s = {160}, int64 f = {400}",
      gives: "float32[B,1,201,2]"),
    Case("string[N] x", "y = StringSplit(x)", opset: 20, gives: "string[N,StringSplit#0?0]"),
  ])
  func `signals and strings`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }
}
