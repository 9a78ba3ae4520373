import Inference
import ModelGraph
import Testing

@Suite struct SpatialTests {
  static let image = "float[N,3,H,W] x, float[8,3,3,3] w"

  @Test(arguments: [
    Case(image, "y = Conv<pads=[1,1,1,1]>(x, w)", gives: "float32[N,8,H,W]"),
    Case(
      image, "y = Conv<pads=[1,1,1,1], strides=[2,2]>(x, w)",
      gives: "float32[N,8,(H + 1)/2,(W + 1)/2]"),
    Case(image, "y = Conv<dilations=[2,2]>(x, w)", gives: "float32[N,8,H - 4,W - 4]"),
    Case(
      image, "y = Conv<auto_pad=\"SAME_UPPER\", strides=[2,2]>(x, w)",
      gives: "float32[N,8,(H + 1)/2,(W + 1)/2]"),
    Case(image, "y = Conv<auto_pad=\"VALID\">(x, w)", gives: "float32[N,8,H - 2,W - 2]"),
    Case(
      "float[1,4,5,5] x, float[4,6,3,3] w",
      "y = ConvTranspose<group=2, strides=[2,2], output_padding=[1,1], pads=[1,1,1,1]>(x, w)",
      gives: "float32[1,12,10,10]"),
    Case(
      "float[1,4,5,5] x, float[4,6,3,3] w",
      "y = ConvTranspose<strides=[2,2], output_shape=[12,11]>(x, w)", gives: "float32[1,6,12,11]"),
    Case(
      "uint8[1,3,8,8] x, float s, uint8 z, int8[4,3,1,1] w, float t, int8 u, float v, int8 o",
      "y = QLinearConv(x, s, z, w, t, u, v, o)", gives: "int8[1,4,8,8]"),
    Case(
      "uint8[1,3,8,8] x, uint8[4,3,3,3] w", "y = ConvInteger(x, w)", gives: "int32[1,4,6,6]"),
    Case(
      "float[N,4,L] x, float[4,1,3] w", "o, y = CausalConvWithState(x, w)", opset: 27,
      gives: "float32[N,4,2]"),
  ])
  func `convolutions place windows`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test(arguments: [
    Case(
      "float[1,3,7,7] x", "y = MaxPool<kernel_shape=[2,2], strides=[2,2]>(x)",
      gives: "float32[1,3,3,3]"),
    Case(
      "float[1,3,7,7] x", "y = MaxPool<kernel_shape=[2,2], strides=[2,2], ceil_mode=1>(x)",
      gives: "float32[1,3,4,4]"),
    // The last window would start in the padding, so it does not count.
    Case(
      "float[1,3,4,4] x",
      "y = MaxPool<kernel_shape=[1,1], strides=[3,3], pads=[0,0,1,1], ceil_mode=1>(x)",
      gives: "float32[1,3,2,2]"),
    Case(
      "float[1,3,2,2] x",
      "y = MaxPool<kernel_shape=[2,2], strides=[3,3], pads=[0,0,1,1], ceil_mode=1>(x)",
      gives: "float32[1,3,1,1]"),
    Case(
      "float[N,3,H,W] x", "y = AveragePool<kernel_shape=[3,3], strides=[2,2], ceil_mode=1>(x)",
      gives: "float32[N,3,H/2,W/2]"),
    Case("float[N,3,H,W] x", "a, y = MaxPool<kernel_shape=[1,1]>(x)", gives: "int64[N,3,H,W]"),
    Case("float[N,3,H,W] x", "y = GlobalAveragePool(x)", gives: "float32[N,3,1,1]"),
    Case(
      "float[1,3,8,8] x, float[R,4] r, int64[R] b",
      "y = RoiAlign<output_height=7, output_width=5>(x, r, b)", gives: "float32[R,3,7,5]"),
  ])
  func `pooling counts windows`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test(arguments: [
    Case(
      "float[N,3,H,W] x", "y = Resize(x, , s)", constants: "float[4] s = {1, 1, 2, 0.5}",
      gives: "float32[N,3,H*2,W/2]"),
    Case(
      "float[N,3,H,6] x", "y = Resize(x, , s)", constants: "float[4] s = {1, 1, 0.6, 0.6}",
      gives: "float32[N,3,floor(H*0.6),3]"),
    Case(
      "float[N,3,H,W] x", "y = Resize(x, , , s)", constants: "int64[4] s = {1, 3, 10, 20}",
      gives: "float32[1,3,10,20]"),
    Case(
      "float[1,3,4,8] x",
      "y = Resize<axes=[2,3], keep_aspect_ratio_policy=\"not_larger\">(x, , , s)",
      constants: "int64[2] s = {8, 8}", gives: "float32[1,3,4,8]"),
    Case(
      "float[N,3,H,W] x", "y = Upsample<scales=[1.0,1.0,2.0,2.0]>(x)", opset: 8,
      gives: "float32[N,3,H*2,W*2]"),
    Case("float[N,12,H,W] x", "y = DepthToSpace<blocksize=2>(x)", gives: "float32[N,3,H*2,W*2]"),
    Case("float[N,3,H,W] x", "y = SpaceToDepth<blocksize=2>(x)", gives: "float32[N,12,H/2,W/2]"),
    Case(
      "float[N,3,H,W] x, float[N,9,7,2] g", "y = GridSample(x, g)", gives: "float32[N,3,9,7]"),
  ])
  func `resampling scales extents`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test func `a window larger than the padded extent is a contradiction`() throws {
    let model = try TestModel("float[1,3,2,2] x, float[8,3,3,3] w", "y = Conv(x, w)")
    #expect(model.type() == "float32[1,8,?,?]")
    #expect(!model.annotations.contradictions.isEmpty)
  }
}
