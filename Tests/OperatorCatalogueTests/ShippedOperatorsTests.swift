import Bytes
import ModelGraph
import OperatorCatalogue
import Testing
import TestSupport

/// Known facts of the shipped operator files.
struct ShippedOperatorsTests {
  private let catalogue: OperatorCatalogue

  init() throws {
    catalogue = try OperatorCatalogue(files: shippedOperatorFiles())
  }

  private func schema(_ name: String, _ opset: Int64, domain: String = "") throws -> OperatorSchema
  {
    let lookup = catalogue.lookup(domain: domain, name: name, opset: opset)
    guard case .found(let schema) = lookup else {
      Issue.record("\(name) at opset \(opset): \(lookup.summary)")
      throw CancellationError()
    }
    return schema
  }

  @Test("the domains of the standard and of ONNX Runtime are there")
  func domains() {
    #expect(
      catalogue.domains == [
        "ai.onnx", "ai.onnx.ml", "ai.onnx.preview", "ai.onnx.preview.training", "com.microsoft",
        "com.microsoft.nchwc", "com.ms.internal.nhwc",
      ])
    #expect(catalogue.newestOpset(of: "ai.onnx") == 28)
    #expect(catalogue.newestOpset(of: "ai.onnx.ml") == 5)
  }

  @Test(
    "operators are found, not there yet, withdrawn or unknown",
    arguments: [
      ("Softmax", 12, "found 11"), ("Softmax", 13, "found 13"), ("Gelu", 19, "not yet 20"),
      ("Upsample", 9, "found 9"), ("Upsample", 17, "deprecated 10"),
      ("Scatter", 10, "found 9"), ("Scatter", 11, "deprecated 11"), ("Add", 999, "found 14"),
      ("Conv2d", 13, "unknown operator"),
    ])
  func lookups(name: String, opset: Int64, expected: String) {
    #expect(catalogue.lookup(domain: "", name: name, opset: opset).summary == expected)
  }

  @Test("Conv has its inputs, types and attributes")
  func conv() throws {
    let conv = try schema("Conv", 11)
    #expect(conv.inputs.map(\.name) == ["X", "W", "B"])
    #expect(conv.inputs.map(\.option) == [.single, .single, .optional])
    #expect([conv.minimumInputs, conv.maximumInputs] == [2, 3])
    #expect(conv.typeParameters["T"]?.tensors == ElementTypeSet([.float16, .float32, .float64]))
    #expect(conv.attribute("group")?.defaultValue == .int(1))
    #expect(conv.attribute("auto_pad")?.defaultValue == .string("NOTSET"))
    #expect(conv.attribute("pads") == AttributeSchema(name: "pads", kind: .ints))
    #expect(conv.source.package == "onnx")
  }

  @Test("counts that do not follow from the options are kept")
  func counts() throws {
    let loop = try schema("Loop", 16)
    #expect(loop.inputs.map(\.option) == [.optional, .optional, .variadic])
    #expect([loop.minimumInputs, loop.maximumInputs] == [2, .max])
    #expect(loop.parameter(input: 7)?.isHomogeneous == false)
    #expect(try schema("EPContext", 1, domain: "com.microsoft").minimumInputs == 0)
  }

  @Test(
    "function bodies belong to the versions that define them",
    arguments: [
      ("Elu", 1, nil), ("Elu", 6, [18]), ("Elu", 22, [18]),
      ("Softmax", 11, nil), ("Softmax", 13, [13, 18]),
      ("Range", 11, [11]), ("Range", 27, [27]), ("MeanVarianceNormalization", 9, [9]),
    ] as [(String, Int64, [Int]?)])
  func functionBodies(name: String, opset: Int64, expected: [Int]?) throws {
    let body = try schema(name, opset).functionBody
    #expect(body?.opsetVersions == expected)
    #expect(body == nil || body?.isListed == true)
  }

  @Test("a body lists its operators, with those of subgraphs")
  func bodyOperators() throws {
    #expect(try schema("Mish", 22).functionBody?.operators == ["Mul", "Softplus", "Tanh"])
    let range = try #require(try schema("Range", 11).functionBody)
    #expect(range.operators.contains("Loop"))
    #expect(range.isContextDependent == false)
    #expect(try schema("CastLike", 15).functionBody?.isContextDependent == true)
    #expect(try schema("SequenceMap", 17).functionBody?.isListed == false)
  }

  @Test("types beside tensors are kept")
  func otherTypes() throws {
    let sequenceAt = try schema("SequenceAt", 11)
    let sequence = try #require(sequenceAt.typeParameters["S"])
    #expect(sequence.accepts(.sequence(.tensor(TensorType(.float32)))) == true)
    #expect(sequence.accepts(.tensor(TensorType(.float32))) == false)
    let zipMap = try schema("ZipMap", 1, domain: "ai.onnx.ml")
    #expect(
      zipMap.typeParameters["T"]?.sequencesOfMaps == [
        AllowedTypes.MapType(key: .int64, value: .float32),
        AllowedTypes.MapType(key: .string, value: .float32),
      ])
    let getElement = try schema("OptionalGetElement", 15)
    #expect(
      getElement.typeParameters["O"]?.accepts(.optional(.tensor(TensorType(.int8)))) == true)
  }

  @Test("what ONNX Runtime adds to the standard domain is marked")
  func additions() throws {
    #expect(try schema("ImageScaler", 9).source.package == "onnxruntime")
    #expect(try schema("FusedMatMul", 1, domain: "com.microsoft").source.package == "onnxruntime")
  }

  @Test("every parameter's type is resolved and every definition can be found again")
  func consistency() {
    for domain in catalogue.domains {
      for name in catalogue.operatorNames(in: domain) {
        for schema in catalogue.versions(domain: domain, name: name) {
          for parameter in schema.inputs + schema.outputs {
            #expect(schema.typeParameters[parameter.typeParameter] != nil, "\(domain) \(name)")
          }
          #expect(schema.minimumInputs <= schema.maximumInputs, "\(domain) \(name)")
          let lookup = catalogue.lookup(domain: domain, name: name, opset: Int64(schema.since))
          #expect(
            lookup.summary == "\(schema.isDeprecated ? "deprecated" : "found") \(schema.since)")
        }
      }
    }
  }
}

@Suite struct PartialLoadingTests {
  @Test("loading some operators gives the same definitions and those of their bodies")
  func sameDefinitions() throws {
    let whole = try OperatorCatalogue(files: shippedOperatorFiles())
    let part = try OperatorCatalogue(files: shippedOperatorFiles(), operators: ["Celu", "Conv"])
    for name in ["Celu", "Conv", "CastLike", "Cast", "Mul"] {
      #expect(
        part.versions(domain: "", name: name) == whole.versions(domain: "", name: name), "\(name)")
    }
    #expect(part.domains == whole.domains)
    #expect(!part.operatorNames.contains("LSTM"))
  }

  @Test("loading no operators leaves the domains known")
  func noOperators() throws {
    let part = try OperatorCatalogue(files: shippedOperatorFiles(), operators: [])
    #expect(part.domains.contains("ai.onnx"))
    #expect(part.operatorNames.isEmpty)
  }
}
