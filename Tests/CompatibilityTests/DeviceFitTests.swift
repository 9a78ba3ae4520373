import Bytes
import Capabilities
import Compatibility
import Inference
import Testing
import TestSupport

@Suite struct DeviceFitTests {
  /// A device with these figures, each `"figure":"memory","value":1,"unit":"GB"`.
  private func device(_ figures: String...) throws -> Device {
    let source =
      #""kind":"vendor","source":"a/b","date":"2026-01-02","confidence":"high""#
    let text = """
      {"schema":"regauge/stack/1","stack":"test","title":"T","vendor":"V","frontDoors":["door"],
       "notes":[],
       "sources":[{"kind":"source code","repository":"a/b","commit":"c0ffee","date":"2026-01-02"}],
       "devices":[{"name":"chip","evidence":[{"source":0,"line":"1","confidence":"high"}],
        "figures":[\(figures.map { "{\($0),\(source)}" }.joined(separator: ","))]}]}
      """
    let stack = try ManifestReader.stack(
      file: "stack.json", source: ByteSource(Array(text.utf8)))
    return try #require(stack.device(named: "chip"))
  }

  /// Weights of 4,000 bytes and 2,000 floating-point operations in a product.
  private func demand() throws -> DeviceFit.Demand {
    let graph = try graph(
      """
      g (float[1,10] x) => (y) <float[10,100] w = {\(String(repeating: "0, ", count: 999))0}> {
        y = MatMul(x, w)
      }
      """)
    let annotations = Inference.annotate(graph, catalogue: shippedCatalogue)
    return DeviceFit.Demand(ModelCost(of: graph, annotations), cacheBytes: nil)
  }

  private let memory = #""figure":"memory","value":1,"unit":"GB""#
  private let bandwidth = #""figure":"memory_bandwidth","value":1,"unit":"GB/s""#
  private let peak = #""figure":"fp32_peak","value":1,"unit":"TFLOPS""#

  @Test func nothingIsSaidWithoutFigures() throws {
    let fit = DeviceFit(try demand(), on: try device())
    #expect(fit.fits == nil)
    #expect(fit.leastTime == nil)
  }

  @Test func theSlowerOfReadingAndComputingBounds() throws {
    let fit = DeviceFit(try demand(), on: try device(memory, bandwidth, peak))
    #expect(fit.fits == true)
    #expect(fit.devicesForWeights == 1)
    #expect(fit.leastTime?.bound == .memory)
    #expect(fit.leastTime?.seconds == 4e-6)
  }

  @Test func aBoundByOneFigureSaysSo() throws {
    let byMemory = DeviceFit(try demand(), on: try device(memory, bandwidth))
    #expect(byMemory.leastTime?.bound == .memoryAlone)
    let byArithmetic = DeviceFit(try demand(), on: try device(memory, peak))
    #expect(byArithmetic.leastTime?.bound == .arithmeticAlone)
    #expect(byArithmetic.leastTime?.seconds == 2e-9)
  }

  @Test func aModelLargerThanTheMemoryDoesNotFit() throws {
    let fit = DeviceFit(
      try demand(), on: try device(#""figure":"memory","value":3000,"unit":"bytes""#))
    #expect(fit.fits == false)
    #expect(fit.devicesForWeights == 2)
  }
}
