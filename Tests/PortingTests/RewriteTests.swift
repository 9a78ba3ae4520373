import Porting
import Regauge
import Testing

@Suite struct RewriteTests {
  private func estimate(
    _ body: String, inputs: String, opset: Int = 17, on door: String
  ) throws -> Estimate {
    let text = """
      <ir_version: 8, opset_import: ["" : \(opset)]>
      g (\(inputs)) => (y) {
        \(body)
      }
      """
    var options = EffortOptions()
    // Of a model of two nodes both could run on the CPU.
    options.policy.denied = ["cpu"]
    let outcome = try SampleEffort.estimator(options)
      .estimate(try SampleTarget.of(text, on: door))
    return try #require(outcome.estimate)
  }

  private func ways(_ estimate: Estimate) -> [String?] { estimate.best.choices }

  // MARK: Casts

  @Test func aTypeThatADoorThroughPyTorchDoesNotTakeIsCast() throws {
    let estimate = try estimate(
      "y = Gather(x, i)", inputs: "float[8,4] x, int64[2] i", on: "enflame-tops/triton")
    #expect(ways(estimate) == ["cast"])
  }

  @Test func withoutATypeToCastToNoCastIsOffered() throws {
    let estimate = try estimate("y = Det(x)", inputs: "float[4,4] x", on: "ascend-cann/atc")
    #expect(!ways(estimate).contains("cast"))
  }

  // MARK: Limits of what a rewrite leads to

  @Test func aBodyIsAskedForInTheOpsetThatTheModelIsConvertedTo() throws {
    let estimate = try estimate(
      "a = Relu(x) y = Gelu(a)", inputs: "float[2,8] x", opset: 20, on: "ascend-cann/atc")
    #expect(ways(estimate).contains("expand"))
    #expect(
      estimate.reservations.contains {
        $0.hasPrefix("expand of Gelu only if: the model is converted to opset 18")
      })
  }

  @Test func partsThatAreKnownToFailKeepARecipeFromBeingOffered() throws {
    // The recipe is Mul, Add and Clip; the plug-in keeps aten::add away from these kernels.
    let estimate = try estimate(
      "y = HardSigmoid(x)", inputs: "float[2,8] x", on: "enflame-tops/triton")
    #expect(!ways(estimate).contains("decompose"))
  }

  @Test func whatARewriteDependsOnIsSaid() throws {
    let estimate = try estimate(
      "y = Gather(x, i)", inputs: "float[8,4] x, int64[2] i", on: "enflame-tops/triton")
    #expect(estimate.reservations.contains { $0.hasPrefix("cast of Gather only if: ") })
  }
}
