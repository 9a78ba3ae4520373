import Inference
import ModelGraph
import Testing

@Suite struct FunctionTests {
  static let imports = "<domain: \"local\", opset_import: [\"\": 18, \"local\": 1]>\n"

  @Test func `each call of a function has its own types`() throws {
    let model = try TestModel(
      text: """
        g (float[N,3] a, float16[M,3] b) => (y, z) {
          y = local.twice(a)
          z = local.twice(b)
        }
        \(Self.imports)twice (v) => (w) { u = Transpose(v)
          w = Concat<axis=0>(u, u) }
        """)
    #expect(model.type() == "float32[6,N]")
    #expect(model.type("z") == "float16[6,M]")
    #expect(model.type("u") == "?[3,?]")
  }

  @Test func `attributes reach the body`() throws {
    let model = try TestModel(
      text: """
        g (float[N,3] a) => (y) { y = local.turn<to=7>(a) }
        \(Self.imports)turn <to, axis: int = 1> (v) => (w) {
          u = Cast<to: int = @to>(v)
          w = Flatten<axis: int = @axis>(u)
        }
        """)
    #expect(model.type() == "int64[N,3]")
  }

  @Test func `a function that calls itself stays unknown`() throws {
    let model = try TestModel(
      text: """
        g (float[N] a) => (y) { y = local.again(a) }
        \(Self.imports)again (v) => (w) { u = local.again(v)
          w = Relu(u) }
        """)
    #expect(model.type() == "?")
  }

  @Test func `functions that call each other twice take no exponential time`() throws {
    let functions = (0..<30).map { level in
      """
      \(Self.imports)f\(level + 1) (v) => (w) { a = local.f\(level)(v)
        w = local.f\(level)(a) }
      """
    }
    let model = try TestModel(
      text: """
        g (float[N] a) => (y) { y = local.f30(a) }
        \(Self.imports)f0 (v) => (w) { w = Relu(v) }
        \(functions.joined(separator: "\n"))
        """)
    #expect(model.type() == "float32[N]")
  }

  @Test func `extents that the data decide differ between calls`() throws {
    let model = try TestModel(
      text: """
        g (float[N] a, float[N] b) => (y) { c = local.find(a)
          d = local.find(b)
          y = Concat<axis=1>(c, d) }
        \(Self.imports)find (v) => (w) { w = NonZero(v) }
        """)
    #expect(
      model.annotations.dimension(1, of: model.value("c"))
        != model.annotations.dimension(1, of: model.value("d")))
  }
}
