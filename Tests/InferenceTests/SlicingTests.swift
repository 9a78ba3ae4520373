import Inference
import ModelGraph
import Testing

@Suite struct SlicingTests {
  static let bounds =
    "int64[1] zero = {0}, int64[1] one = {1}, int64[1] minus = {-1}, "
    + "int64[1] end = {9223372036854775807}, int64[1] low = {-9223372036854775808}"

  @Test(arguments: [
    Case("float[N,S] x", "y = Slice(x, zero, end, one)", constants: bounds, gives: "float32[N,S]"),
    Case(
      "float[N,S] x", "y = Slice(x, one, end, one)", constants: bounds,
      gives: "float32[N,S - 1]"),
    Case(
      "float[N,S] x", "y = Slice(x, zero, minus, one)", constants: bounds,
      gives: "float32[N,S - 1]"),
    Case(
      "float[N,S] x", "y = Slice(x, minus, end, one)", constants: bounds,
      gives: "float32[N,1]"),
    Case(
      "float[N,S] x", "y = Slice(x, minus, low, one, minus)", constants: bounds,
      gives: "float32[N,S]"),
    Case(
      "float[N,S] x", "y = Slice(x, three, end, one)", constants: bounds + ", int64[1] three = {3}",
      gives: "float32[N,max(S - 3, 0)]"),
    Case(
      "float[N,S] x", "y = Slice(x, zero, three, one)",
      constants: bounds + ", int64[1] three = {3}", gives: "float32[N,min(S, 3)]"),
    Case("float[10] x", "y = Slice<starts=[1], ends=[-1]>(x)", opset: 9, gives: "float32[8]"),
    Case(
      "float[10] x", "y = Slice(x, s, e, zero, t)",
      constants: bounds + ", int64[1] s = {8}, int64[1] e = {-10}, int64[1] t = {-3}",
      gives: "float32[3]"),
    // A start before the first element counts as the first one, an end does not.
    Case(
      "float[2] x", "y = Slice(x, s, e, zero, minus)",
      constants: bounds + ", int64[1] s = {-3}, int64[1] e = {-20}", gives: "float32[1]"),
    Case(
      "float[N,5] x, int64[1] s", "y = Slice(x, s, end, zero)", constants: bounds,
      gives: "float32[?,5]"),
    Case(
      "float[N,5] x, int64[2] s, int64[2] e, int64[A] a", "y = Slice(x, s, e, a)",
      gives: "float32[?,?]"),
  ])
  func `slices count elements`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test(arguments: [
    Case("float[N,2] a, float[N,B] b", "y = Concat<axis=-1>(a, b)", gives: "float32[N,B + 2]"),
    Case("float[?,2] a, float[4,3] b", "y = Concat<axis=1>(a, b)", gives: "float32[4,5]"),
    Case("float[N,6] x", "a, y = Split<axis=1, num_outputs=2>(x)", gives: "float32[N,3]"),
    Case("float[N,7] x", "a, y = Split<axis=1, num_outputs=2>(x)", gives: "float32[N,3]"),
    Case(
      "float[N,S] x", "a, y = Split<axis=1, num_outputs=2>(x)",
      gives: "float32[N,S - (S + 1)/2]"),
    Case(
      "float[N,7] x", "a, y = Split<axis=1>(x, s)", constants: "int64[2] s = {2, 5}",
      gives: "float32[N,5]"),
    Case("float[N,8] x", "a, y = Split<axis=1>(x)", opset: 11, gives: "float32[N,4]"),
    Case(
      "float[N,S] x", "y = Pad(x, p)", constants: "int64[4] p = {0, 1, 0, 2}",
      gives: "float32[N,S + 3]"),
    Case(
      "float[N,S] x", "y = Pad(x, p, , a)",
      constants: "int64[2] p = {1, 2}, int64[1] a = {-1}", gives: "float32[N,S + 3]"),
    Case("float[N,S] x", "y = Pad<pads=[1,0,1,0]>(x)", opset: 10, gives: "float32[N + 2,S]"),
    Case(
      "float[10,7,3] x", "y = CenterCropPad<axes=[0,1]>(x, s)", constants: "int64[2] s = {5, 9}",
      gives: "float32[5,9,3]"),
  ])
  func `tensors are joined, split and padded`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }
}
