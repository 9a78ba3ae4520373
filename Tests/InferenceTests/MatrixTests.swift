import Inference
import ModelGraph
import Testing

@Suite struct MatrixTests {
  @Test(arguments: [
    Case("float[N,K] a, float[K,M] b", "y = MatMul(a, b)", gives: "float32[N,M]"),
    Case("float[B,1,N,K] a, float[H,K,M] b", "y = MatMul(a, b)", gives: "float32[B,H,N,M]"),
    Case("float[K] a, float[B,K,M] b", "y = MatMul(a, b)", gives: "float32[B,M]"),
    Case("float[N,K] a, float[K] b", "y = MatMul(a, b)", gives: "float32[N]"),
    Case("float[K] a, float[K] b", "y = MatMul(a, b)", gives: "float32[]"),
    Case("uint8[2,3] a, uint8[3,4] b", "y = MatMulInteger(a, b)", gives: "int32[2,4]"),
    Case("float[K,N] a, float[M,K] b", "y = Gemm<transA=1, transB=1>(a, b)", gives: "float32[N,M]"),
    Case("double[B,3,3] a", "y = Det(a)", gives: "float64[B]"),
  ])
  func `products keep rows and columns`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test(arguments: [
    Case(
      "float[B,I,J] a, float[B,J,K] b", "y = Einsum<equation=\"bij,bjk->bik\">(a, b)",
      gives: "float32[B,I,K]"),
    Case("float[B,I,J] a", "y = Einsum<equation=\"...ij->...ji\">(a)", gives: "float32[B,J,I]"),
    Case(
      "float[I,J] a, float[J,K] b", "y = Einsum<equation=\"ij,jk\">(a, b)",
      gives: "float32[I,K]"),
    Case("float[I,I] a", "y = Einsum<equation=\"ii->\">(a)", gives: "float32[]"),
    Case(
      "float[B,N] a, float[4,N] b", "y = Einsum<equation=\"b n , h n -> b h\">(a, b)",
      gives: "float32[B,4]"),
    Case("float[I,J] a", "y = Einsum<equation=\"ijk->i\">(a)", gives: "float32"),
    Case("float[I,J] a", "y = Einsum<equation=\"..ij->i\">(a)", gives: "float32"),
  ])
  func `einsum follows its subscripts`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test(arguments: [
    Case(
      "float[S,B,8] x, float[2,64,8] w, float[2,64,16] r",
      "y = LSTM<hidden_size=16, direction=\"bidirectional\">(x, w, r)", gives: "float32[S,2,B,16]"),
    Case(
      "float[S,B,8] x, float[1,48,8] w, float[1,48,16] r", "a, y = GRU(x, w, r)",
      gives: "float32[1,B,16]"),
    Case(
      "float[B,S,8] x, float[1,64,8] w, float[1,64,16] r",
      "a, b, y = LSTM<hidden_size=16, layout=1>(x, w, r)", gives: "float32[B,1,16]"),
  ])
  func `recurrent layers put out sequence and states`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test(arguments: [
    Case(
      "float[B,S,64] q, float[B,T,32] k, float[B,T,32] v",
      "y = Attention<q_num_heads=8, kv_num_heads=4>(q, k, v)", opset: 24, gives: "float32[B,S,64]"),
    Case(
      "float[B,8,S,16] q, float[B,4,T,16] k, float[B,4,T,16] v, float[B,4,P,16] pk, "
        + "float[B,4,P,16] pv", "o, y = Attention(q, k, v, , pk, pv)", opset: 24,
      gives: "float32[B,4,T + P,16]"),
  ])
  func `attention joins the caches`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test func `inner extents that differ are a contradiction`() throws {
    let model = try TestModel("float[2,3] a, float[4,5] b", "y = MatMul(a, b)")
    #expect(model.annotations.contradictions.map(\.detail) == ["a matrix product over 3 and 4"])
  }
}
