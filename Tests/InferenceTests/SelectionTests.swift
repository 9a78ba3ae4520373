import Inference
import ModelGraph
import Testing

@Suite struct SelectionTests {
  @Test(arguments: [
    Case("float[V,D] t, int64[N,S] i", "y = Gather(t, i)", gives: "float32[N,S,D]"),
    Case("float[A,B,C] t, int64 i", "y = Gather<axis=1>(t, i)", gives: "float32[A,C]"),
    Case("float[A,B] t, int64[A,K] i", "y = GatherElements<axis=1>(t, i)", gives: "float32[A,K]"),
    Case(
      "float[B,C,D] t, int64[B,K,1] i", "y = GatherND<batch_dims=1>(t, i)",
      gives: "float32[B,K,D]"),
    Case(
      "float[A,B] t, int64[K,1] i, float[K,B] u", "y = ScatterND(t, i, u)",
      gives: "float32[A,B]"),
    Case("float[N,10] x", "y = TopK(x, k)", constants: "int64[1] k = {3}", gives: "float32[N,3]"),
    Case(
      "float[N,10] x", "a, y = TopK(x, k)", constants: "int64[1] k = {3}",
      gives: "int64[N,3]"),
    Case(
      "int64[N] i, float[2] v", "y = OneHot(i, d, v)", constants: "int64 d = {7}",
      gives: "float32[N,7]"),
  ])
  func `indices shape the output`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test(arguments: [
    ("float[N,3] x", "y = NonZero(x)", "int64[2,NonZero#0?0]"),
    ("float[N,3] x, bool[N] c", "y = Compress<axis=0>(x, c)", "float32[Compress#0?0,3]"),
    ("float[N,3] x", "y = Unique(x)", "float32[Unique#0?0]"),
    (
      "float[1,6,4] b, float[1,1,6] s", "y = NonMaxSuppression(b, s)",
      "int64[NonMaxSuppression#0?0,3]"
    ),
    ("float[N,9] x, int64[1] k", "y = TopK(x, k)", "float32[N,TopK#0?0]"),
  ])
  func `extents that the data decide name their node`(
    _ inputs: String, _ node: String, _ expected: String
  ) throws {
    let model = try TestModel(inputs, node)
    #expect(model.type() == expected)
  }

  @Test func `what depends on data says on which node`() throws {
    let model = try TestModel("float[N,3] x", "z = NonZero(x)\ny = Transpose(z)")
    let dependence = model.annotations.dependence(ofAxis: 0, of: model.value("y"))
    #expect(dependence?.nodes.map(\.index) == [0])
    #expect(dependence?.symbols == [])
  }
}
