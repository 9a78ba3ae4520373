import Bytes
import Compatibility
import Foundation
import Reporting
import Testing

/// Sentences of findings on a page in a language that has patterns for them.
@Suite struct PhraseTests {
  /// What the Chinese page says of a finding with this reason.
  private func text(of reason: String) throws -> String {
    let model = ModelReport(
      path: "m.onnx",
      summary: try summary("<ir_version: 8, opset_import: [\"\": 17]>\ng () => () {}"),
      structure: [],
      targets: [target("a/b", nodes: 1, [finding(.unsupported, "Conv", reason: reason)])])
    let style = TextStyle(width: 80, usesColour: false, usesUnicode: true, isVerbose: false)
    let page = try ParsedPage(
      try ReportFormat.html.bytes(
        report([model]), ReportOptions(style: style, texts: ShippedTexts.chinese)))
    return page.all(ofClass: "finding").first?.text ?? ""
  }

  @Test(arguments: [
    ("nothing is known of Conv on a door", "关于 a door 上的 Conv 没有任何证据"),
    (
      "Conv is registered for opsets 1-9, 11; the model uses opset 20",
      "Conv 注册的 opset 为 1-9, 11，模型使用 opset 20"
    ),
    // What stands in a place may be a sentence again.
    (
      "group must be 1; not told by the file: the rank of input \"X\"",
      "group 必须为 1；文件未说明：输入“X”的秩"
    ),
    ("the attribute \"a\" is not read", "属性“a”未被读取"),
  ])
  func factsStandInPlaces(reason: String, expected: String) throws {
    let text = try text(of: reason).split(separator: " ").joined(separator: " ")
    #expect(text.replacing(" ", with: "").contains(expected.replacing(" ", with: "")), "\(text)")
  }

  @Test func whatNoPatternFitsStaysAsItIs() throws {
    #expect(try text(of: "a thing that nobody foresaw").contains("a thing that nobody foresaw"))
  }

  @Test(arguments: ["{a}", "{", "}", "{}{}", "{operator} x {door}"])
  func bracesInNamesAreNoPlaces(name: String) throws {
    let text = try text(of: "nothing is known of \(name) on d")
    #expect(text.contains(name))
  }
}
