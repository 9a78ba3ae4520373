import Inference
import ModelGraph
import Testing

@Suite struct ReductionTests {
  @Test(arguments: [
    Case("float[N,3,H] x", "y = ReduceMean<axes=[1]>(x)", opset: 13, gives: "float32[N,1,H]"),
    Case(
      "float[N,3,H] x", "y = ReduceMean<axes=[-1], keepdims=0>(x)", opset: 13,
      gives: "float32[N,3]"),
    Case("float[N,3,H] x", "y = ReduceSum<keepdims=0>(x)", gives: "float32[]"),
    Case(
      "float[N,3,H] x", "y = ReduceSum(x, a)", constants: "int64[2] a = {0, -1}",
      gives: "float32[1,3,1]"),
    Case("float[N,3,H] x", "y = ReduceMax<noop_with_empty_axes=1>(x)", gives: "float32[N,3,H]"),
    Case("float[N,3,H] x, int64[2] a", "y = ReduceSum<keepdims=0>(x, a)", gives: "float32[?]"),
    Case("float[N,1,H] x, int64[A] a", "y = ReduceSum(x, a)", gives: "float32[?,1,?]"),
    Case("float[N,3,H] x", "y = ArgMax<axis=-1, keepdims=0>(x)", gives: "int64[N,3]"),
    Case("float[N,3,H] x", "y = ReduceL2<axes=[3]>(x)", opset: 13, gives: "float32"),
  ])
  func `axes go or become 1`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }
}
