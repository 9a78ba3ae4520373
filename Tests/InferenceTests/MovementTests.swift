import Inference
import ModelGraph
import Testing

@Suite struct MovementTests {
  static let tokens = "float[N,S,768] x"

  @Test(arguments: [
    Case(
      tokens, "y = Reshape(x, s)", constants: "int64[4] s = {0, -1, 12, 64}",
      gives: "float32[N,S,12,64]"),
    Case(
      tokens, "y = Reshape(x, s)", constants: "int64[2] s = {-1, 768}",
      gives: "float32[N*S,768]"),
    Case(
      tokens, "y = Reshape(x, s)", constants: "int64[2] s = {-1, 1536}",
      gives: "float32[N*S/2,1536]"),
    Case(
      "float[?,?,8] x", "y = Reshape(x, s)", constants: "int64[3] s = {0, 0, -1}",
      gives: "float32[x[0],x[1],8]"),
    Case(
      "float[0,3] x", "y = Reshape<allowzero=1>(x, s)", constants: "int64[2] s = {3, 0}",
      gives: "float32[3,0]"),
    Case(tokens + ", int64[3] s", "y = Reshape(x, s)", gives: "float32[?,?,?]"),
    Case(tokens + ", int64[R] s", "y = Reshape(x, s)", gives: "float32"),
    Case("float[2,12] x", "y = Reshape<shape=[4,-1]>(x)", opset: 4, gives: "float32[4,6]"),
  ])
  func `reshape solves for what is open`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test(arguments: [
    Case("float[A,B,C] x", "y = Transpose(x)", gives: "float32[C,B,A]"),
    Case("float[A,B,C] x", "y = Transpose<perm=[1,0,2]>(x)", gives: "float32[B,A,C]"),
    Case("float[A,B,C] x", "y = Flatten<axis=2>(x)", gives: "float32[A*B,C]"),
    Case("float[A,B,C] x", "y = Flatten<axis=-3>(x)", gives: "float32[1,A*B*C]"),
    Case(
      "float[A,1,C,1] x", "y = Squeeze(x, a)", constants: "int64[1] a = {1}",
      gives: "float32[A,C,1]"),
    Case("float[2,1,3,1] x", "y = Squeeze(x)", gives: "float32[2,3]"),
    Case("float[A,1] x", "y = Squeeze(x)", gives: "float32"),
    Case("float[A,1] x", "y = Squeeze<axes=[1]>(x)", opset: 11, gives: "float32[A]"),
    Case(
      "float[A,B] x", "y = Unsqueeze(x, a)", constants: "int64[2] a = {0, -1}",
      gives: "float32[1,A,B,1]"),
    Case("float[A,B] x", "y = Unsqueeze<axes=[1]>(x)", opset: 11, gives: "float32[A,1,B]"),
    Case(
      "float[A,1] x", "y = Expand(x, s)", constants: "int64[3] s = {2, 1, 5}",
      gives: "float32[2,A,5]"),
    Case("float[A,4] x, int64[3] s", "y = Expand(x, s)", gives: "float32[?,?,4]"),
    Case(
      "float[A,B] x", "y = Tile(x, r)", constants: "int64[2] r = {2, 3}",
      gives: "float32[A*2,B*3]"),
  ])
  func `dims move, come and go`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test func `elements that do not fit the target shape are a contradiction`() throws {
    let model = try TestModel(
      "float[2,3] x", "y = Reshape(x, s)", constants: "int64[2] s = {4, -1}")
    #expect(model.type() == "float32[4,?]")
    #expect(!model.annotations.contradictions.isEmpty)
  }
}
