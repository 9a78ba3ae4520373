import Inference
import ModelGraph
import Testing

@Suite struct SequenceTests {
  @Test(arguments: [
    Case(
      "float[N,2] a, float[N,3] b", "y = SequenceConstruct(a, b)",
      gives: "sequence(float32[N,?])"),
    Case(
      "float[N,2] a", "e = SequenceEmpty()\ny = SequenceInsert(e, a)",
      gives: "sequence(float32[N,2])"),
    Case(
      "float[N,2] a", "s = SequenceConstruct(a)\ny = SequenceAt(s, p)",
      constants: "int64 p = {0}", gives: "float32[N,2]"),
    Case("float[N,2] a", "s = SequenceConstruct(a)\ny = SequenceLength(s)", gives: "int64[]"),
    Case(
      "float[N,2] a", "y = SplitToSequence<axis=1, keepdims=0>(a)",
      gives: "sequence(float32[N])"),
    Case(
      "float[N,2] a", "s = SequenceConstruct(a)\ny = ConcatFromSequence<axis=0, new_axis=1>(s)",
      gives: "float32[?,N,2]"),
    Case("float[N,2] a", "o = Optional(a)\ny = OptionalGetElement(o)", gives: "float32[N,2]"),
    Case("float[N,2] a", "y = Optional(a)", gives: "optional(float32[N,2])"),
    Case("seq(float[2]) s", "y = SequenceErase(s)", gives: "sequence(float32[2])"),
  ])
  func `containers know what they contain`(_ example: Case) throws {
    #expect(try example.result == example.expected)
  }

  @Test func `a sequence nested without end is cut off`() throws {
    let steps = (0..<1000).map { "s\($0 + 1) = SequenceConstruct(s\($0))" }
    let model = try TestModel(
      "float[2] s0", steps.joined(separator: "\n") + "\ny = Identity(s1000)")
    #expect(model.type().hasPrefix("sequence("))
    #expect(model.type().count < 100)
  }
}
