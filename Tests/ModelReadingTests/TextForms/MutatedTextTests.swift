import Testing

@testable import ModelReading

/// Damaged texts are refused or read, but never end the process.
@Suite struct MutatedTextTests {
  private static let samples: [(TextForm, String)] = [
    (
      .json,
      #"{"graph": {"node": [{"opType": "A\u00e9", "op_type": "B", "attribute": [{"f": -1.5e3, "#
        + #""type": "FLOAT", "s": "aG\/k="}], "zz": [1, {"a": null}]}], "initializer": [{"#
        + #""dims": ["2"], "float_data": [1, "NaN"], "raw_data": "AAAAAAAAAAAAAAAA"}]}}"#
    ),
    (
      .textproto,
      #"graph { node { op_type: "A\303\251\u00e9" "b" attribute < f: -1.5e3f type: FLOAT > } # c"#
        + "\n initializer: [{ dims: 0x2 float_data: [1, nan]; raw_data: '\\000\\x00abcdefghi' }] }"
    ),
    (
      .onnxText,
      #"<ir_version: 9, opset_import: ["": 18]> g (float[N, ?, "a\"b"] x, seq(int64) s) => (y) "#
        + #"<float[2] w = {1.5, -inf}, string e = ["location": "f"]> { ["l"] y, = a.B:o <"#
        + "p = [1, 2, 3, 4], t = int64[1] \"n\" {1}, g = h () => () {}> (x,) # c\n } "
        + "<domain: \"f\"> F <i, j: int = @k> (x) => (y) {}"
    ),
  ]

  private static let limits = TranscodingLimits(payloadBytes: 8, listElements: 3)

  private func check(_ form: TextForm, _ text: [UInt8]) {
    guard let model = try? form.transcode(text, limits: Self.limits) else { return }
    let offsets = model.positions.map(\.offset)
    #expect(offsets == Set(offsets).sorted())
    #expect(throws: Never.self) { try WireDump.text(of: model) }
  }

  @Test(arguments: samples.indices)
  func everyBeginning(_ index: Int) {
    let (form, text) = Self.samples[index]
    let bytes = Array(text.utf8)
    #expect(form.failure(bytes, limits: Self.limits) == nil)
    for end in 0...bytes.count { check(form, Array(bytes[..<end])) }
  }

  @Test(arguments: samples.indices)
  func everyByteReplacedOrLeftOut(_ index: Int) {
    let (form, text) = Self.samples[index]
    let bytes = Array(text.utf8)
    for at in bytes.indices {
      for replacement in Array("\"\\{[<0-e".utf8) + [0x00, 0x0A, 0xFF] {
        var changed = bytes
        changed[at] = replacement
        check(form, changed)
      }
      var shorter = bytes
      shorter.remove(at: at)
      check(form, shorter)
    }
  }
}
