import Inference
import ModelGraph
import Testing

@Suite struct ContribTests {
  @Test(arguments: [
    Case(
      "float[N,K] a, float[M,K] b", "y = com.microsoft.FusedMatMul<transB=1>(a, b)",
      gives: "float32[N,M]"),
    Case(
      "float[N,S,64] a, uint8[32,2,16] b, float[64] s",
      "y = com.microsoft.MatMulNBits<K=64, N=32, bits=4, block_size=32>(a, b, s)",
      gives: "float32[N,S,32]"),
    Case(
      "float[N,S,64] a, float[64] g",
      "y = com.microsoft.SkipSimplifiedLayerNormalization(a, a, g)", gives: "float32[N,S,64]"),
    Case(
      "float[N,S,64] a, float[64] g",
      "o, m, i, y = com.microsoft.SkipLayerNormalization(a, a, g)", gives: "float32[N,S,64]"),
    Case(
      "float[N,S,64] a, float[64,192] w, float[192] b",
      "o, y = com.microsoft.Attention<num_heads=4>(a, w, b)", gives: "float32[2,N,4,S,16]"),
    Case(
      "float[N,S,64] q, float[N,T,64] k, float[N,T,64] v",
      "o, y = com.microsoft.MultiHeadAttention<num_heads=4>(q, k, v)", gives: "float32[N,4,T,16]"),
    Case(
      "float16[N,S,96] q, int32[N] l, int32 t",
      "y = com.microsoft.GroupQueryAttention<num_heads=4, kv_num_heads=1>(q, , , , , l, t)",
      gives: "float16[N,S,64]"),
    Case(
      "int32[N,S] i, float[30,64] w, float[9,64] p, float[64] g",
      "y = com.microsoft.EmbedLayerNormalization(i, , w, p, , g, g)", gives: "float32[N,S,64]"),
    Case("float[N,S,64] x", "y = com.microsoft.QuickGelu(x)", gives: "float32[N,S,64]"),
    Case(
      "uint8[2,8] a, float s, uint8 z, int8[8,4] w, float t, int8 u",
      "y = com.microsoft.QGemm(a, s, z, w, t, u)", gives: "float32[2,4]"),
    Case(
      "float[N,K] a, uint8[K,M] b, float s",
      "y = com.microsoft.DynamicQuantizeMatMul(a, b, s)", gives: "float32[N,M]"),
    Case(
      "uint8[2,3] a, float s, uint8 z, uint8[2,1] b",
      "y = com.microsoft.QLinearAdd(a, s, z, b, s, z, s, z)", gives: "uint8[2,3]"),
    Case(
      "float s, uint8 z, uint8[2,3] a, uint8[2,4] b",
      "y = com.microsoft.QLinearConcat<axis=1>(s, z, a, s, z, b, s, z)", gives: "uint8[2,7]"),
    Case(
      "float[1,8,8,3] x, float[4,3,3,3] w",
      "y = com.microsoft.NhwcConv<kernel_shape=[3,3]>(x, w)", gives: "float32[1,6,6,4]"),
    Case(
      "uint8[100,32] t, int64[N] i, float16[100,2] s",
      "y = com.microsoft.GatherBlockQuantized<bits=4, block_size=32>(t, i, s)",
      gives: "float16[N,64]"),
    Case(
      "float[N,S,64] x, float[64] g", "y = SimplifiedLayerNormalization(x, g)",
      gives: "float32[N,S,64]"),
  ])
  func `contributed operators`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test(arguments: [
    Case(
      "float[N,3] x", "y, s = ai.onnx.ml.TreeEnsembleClassifier<classlabels_int64s=[0,1,2]>(x)",
      gives: "int64[N]"),
    Case(
      "float[N,3] x",
      "l, y = ai.onnx.ml.LinearClassifier<coefficients=[1.0], classlabels_strings=[\"a\",\"b\"]>(x)",
      gives: "float32[N,2]"),
    Case("float[N,3] x", "y = ai.onnx.ml.LinearRegressor<targets=2>(x)", gives: "float32[N,2]"),
    Case(
      "string[N,3] x", "y = ai.onnx.ml.LabelEncoder<values_int64s=[1], keys_strings=[\"a\"]>(x)",
      gives: "int64[N,3]"),
    Case(
      "float[N,3] x", "y = ai.onnx.ml.ZipMap<classlabels_int64s=[0,1,2]>(x)",
      gives: "sequence(map(int64,float32))"),
    Case(
      "int64[N,3] x", "y = ai.onnx.ml.OneHotEncoder<cats_int64s=[1,2,3,4]>(x)",
      gives: "float32[N,3,4]"),
  ])
  func `machine-learning operators`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }
}
