import Bytes
import Compatibility
import Inference
import ModelGraph
import ModelReading
import TestSupport
import Testing

@Suite struct StructureTests {
  private func findings(_ graph: ModelGraph, pins: InputPins = .none) -> [Finding] {
    let annotations = Inference.annotate(graph, catalogue: shippedCatalogue, pins: pins)
    return StructureCheck.findings(in: graph, annotations, catalogue: shippedCatalogue)
  }

  private func rules(_ text: String, opset: Int = 17, imports: String = "") throws -> [String] {
    findings(try graph(text, opset: opset, imports: imports)).map(\.rule.id)
  }

  private func rules(_ bytes: [UInt8]) throws -> [String] {
    findings(try ModelReader.read(ByteSource(bytes)).graph).map(\.rule.id)
  }

  @Test func aSoundModelHasNoFindings() throws {
    #expect(try rules("g (float[1] x) => (float[1] y) { y = Relu(x) }").isEmpty)
  }

  @Test func undefinedInputsAreFound() throws {
    #expect(try rules("g (float[1] x) => (float[1] y) { y = Add(x, ghost) }") == ["RG001"])
    #expect(try rules("g (float[1] x) => (float[1] ghost) { y = Relu(x) }") == ["RG001"])
  }

  @Test func doubleDefinitionsAreFound() throws {
    #expect(try rules("g (float[1] x) => (float[1] y) { y = Relu(x) y = Neg(x) }") == ["RG002"])
  }

  @Test func cyclesAreFound() throws {
    #expect(try rules("g (float[1] x) => (float[1] y) { y = Add(x, z) z = Relu(y) }") == ["RG003"])
  }

  @Test func cyclesThroughSubgraphsAreFound() throws {
    let found = try rules(
      """
      g (bool c) => (float[1] y) {
        y = If(c) <then_branch = a () => (float[1] z) { z = Relu(h) },
                   else_branch = b () => (float[1] z) { z = Neg(h) }>
        h = Relu(y)
      }
      """)
    #expect(found == ["RG003"])
  }

  @Test func nodesInTheWrongOrderAreFound() throws {
    #expect(try rules("g (float[1] x) => (float[1] y) { y = Neg(h) h = Relu(x) }") == ["RG014"])
  }

  @Test func missingImportsAreFound() throws {
    let found = try rules("g (float[1] x) => (float[1] y) { y = com.microsoft.Gelu(x) }")
    #expect(found == ["RG004"])
  }

  @Test func unknownDomainsAreNoted() throws {
    let found = try rules(
      "g (float[1] x) => (float[1] y) { y = acme.Gelu(x) }", imports: ", \"acme\": 1")
    #expect(found == ["RG005"])
  }

  @Test func unknownOperatorsAreFound() throws {
    #expect(try rules("g (float[1] x) => (float[1] y) { y = Rellu(x) }") == ["RG016"])
  }

  @Test func operatorsNewerThanTheOpsetAreFound() throws {
    #expect(try rules("g (float[1] x) => (float[1] y) { y = Gelu(x) }", opset: 17) == ["RG016"])
  }

  @Test func negativeDimensionsAreFound() throws {
    let found = try rules(
      WireMessage.model { graph in
        graph.tensorInfo(11, "x", dims: [-3])
        graph.node("Relu", inputs: ["x"], outputs: ["y"])
      })
    #expect(found == ["RG007"])
  }

  @Test func overflowingConstantsAreFound() throws {
    let found = try rules(
      WireMessage.model { graph in
        graph.message(5) { tensor in
          tensor.int(1, Int64.max)
          tensor.int(1, 4)
          tensor.int(2, 1)
          tensor.text(8, "w")
        }
      })
    #expect(found == ["RG007"])
  }

  @Test func newerIRVersionsAreANote() throws {
    let found = findings(
      try ModelReader.read(
        ByteSource(WireMessage.model(irVersion: 99) { $0.node("Relu", outputs: ["y"]) })
      ).graph)
    #expect(found.map(\.rule.id) == ["RG008"])
    #expect(found.first?.severity == .note)
  }

  @Test func recursionIsFound() throws {
    let found = try rules(
      """
      g (float[1] x) => (float[1] y) { y = f.A(x) }
      <domain: "f", opset_import: ["": 17, "f": 1]> A (a) => (b) { b = f.B(a) }
      <domain: "f", opset_import: ["": 17, "f": 1]> B (a) => (b) { b = f.A(a) }
      """, imports: ", \"f\": 1")
    #expect(found == ["RG009", "RG009"])
  }

  @Test func callersOfARecursiveFunctionAreNotRecursive() throws {
    let found = try rules(
      """
      g (float[1] x) => (float[1] y) { y = f.Caller(x) }
      <domain: "f", opset_import: ["": 17, "f": 1]> Caller (a) => (b) { b = f.A(a) }
      <domain: "f", opset_import: ["": 17, "f": 1]> A (a) => (b) { c = f.Leaf(a) b = f.A(c) }
      <domain: "f", opset_import: ["": 17]> Leaf (a) => (b) { b = Relu(a) }
      """, imports: ", \"f\": 1")
    #expect(found == ["RG009"])
  }

  @Test func exponentialExpansionIsCountedAndNotDone() throws {
    var text = "g (float[1] x) => (float[1] y) { y = f.F0(x) }\n"
    for level in 0..<80 {
      text += """
        <domain: "f", opset_import: ["": 17, "f": 1]> F\(level) (a) => (b)
        { c = f.F\(level + 1)(a) b = f.F\(level + 1)(c) }

        """
    }
    text += "<domain: \"f\", opset_import: [\"\": 17]> F80 (a) => (b) { b = Relu(a) }"
    #expect(try rules(text, imports: ", \"f\": 1") == ["RG010"])
  }

  @Test func declaredTypesThatCannotBeRightAreShownWithTheInferredOnes() throws {
    let found = findings(
      try graph("g (float[2,3] x) => (float[2,4] y) { y = Relu(x) }"))
    #expect(found.map(\.rule.id) == ["RG017"])
    #expect(
      found.first?.reason == "\"y\" is declared float32[2,4], inferred float32[2,3]")
  }

  @Test func inputsThatDoNotFitTogetherAreFound() throws {
    let found = try rules(
      "g (float[2,3] a, float[4,5] b) => (float[2,5] y) { y = MatMul(a, b) }")
    #expect(found == ["RG018"])
  }

  @Test func pinsThatFitNothingAreFound() throws {
    let model = try graph("g (float[N,3] x) => (float[N,3] y) { y = Relu(x) }")
    #expect(findings(model, pins: InputPins(symbols: ["N": 4])).isEmpty)
    #expect(
      findings(model, pins: InputPins(symbols: ["M": 4])).map(\.rule.id) == ["RG019"])
  }

  @Test func integersBeyond32BitsAreNotedAndSentinelsAreNot() throws {
    let sentinel = "g (float[4] x) => (y) <int64[1] s = {0}, int64[1] e = {9223372036854775807}> "
    #expect(try rules(sentinel + "{ y = Slice(x, s, e) }").isEmpty)
    let wide = "g (int64[1] x) => (y) <int64[1] c = {4294967296}> { y = Add(x, c) }"
    #expect(try rules(wide) == ["RG020"])
    #expect(
      findings(try graph(wide)).map(\.reason) == [
        "1 INT64 constant holds values beyond 32 bits (\"c\"); of the others 0 hold sentinels only, "
          + "0 fit"
      ])
  }

  @Test func ruleIdentifiersAreUnique() {
    #expect(Set(Rule.all.map(\.id)).count == Rule.all.count)
    #expect(Set(Rule.all.map(\.name)).count == Rule.all.count)
  }
}
