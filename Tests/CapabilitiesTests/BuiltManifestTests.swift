import Bytes
import ModelGraph
import Testing
import TestSupport

@testable import Capabilities

/// What the manifests say, compared by hand with the tables and their sources.
@Suite struct BuiltManifestTests {
  private static let atc = Result { try RuleFolder.frontDoor("ascend-cann/atc") }
  private static let cann = Result { try RuleFolder.frontDoor("ascend-cann/onnxruntime") }
  private static let musa = Result { try RuleFolder.frontDoor("moorethreads-musa/onnxruntime") }
  private static let cpu = Result { try RuleFolder.frontDoor("onnxruntime/cpu") }

  private func records(
    _ door: Result<FrontDoor, any Error>, _ name: String, domain: String = "ai.onnx"
  ) throws -> [OperatorRecord] {
    let records = try door.get().records(domain: domain, name: name)
    #expect(!records.isEmpty, "\(name)")
    return records
  }

  // MARK: Completeness

  @Test(arguments: [
    ("ascend-cann/atc", ["ge_onnx_parser", "ge_onnx_unregistered_standard_ops"], 402),
    ("ascend-cann/onnxruntime", ["ort_cann_ep_graph_ops", "ort_cann_ep_kernels"], 217),
    ("moorethreads-musa/onnxruntime", ["ort_musa_kernels", "ort_musa_absent_ops"], 239),
  ])
  func everyRowIsARecord(name: String, tables: [String], count: Int) throws {
    let stack = try #require(name.split(separator: "/").first)
    var rows = 0
    for table in tables {
      let path = "evidence/\(stack)/\(table).csv"
      rows += try CSVTable(file: path, source: RuleFolder.source(path)).rows.count
    }
    #expect(rows == count)
    let door = try RuleFolder.frontDoor(name)
    // `Constant` is no row of the runtimes' kernel lists; MUSA's list of absent operators has it.
    let added = name == "ascend-cann/atc" || name.hasPrefix("moorethreads") ? 0 : 1
    #expect(door.records.count == count + added)
  }

  @Test func kernelsOfOneCombinationEachReplaceTheMergedRows() throws {
    func rows(_ table: String) throws -> [String] {
      let path = "evidence/onnxruntime/\(table).csv"
      let csv = try CSVTable(file: path, source: RuleFolder.source(path))
      let column = try csv.index(of: "op_type")
      return csv.rows.map { $0.fields[column] }
    }
    let separate = try rows("cpu-ep-combinations")
    let merged = try rows("cpu-ep")
    #expect(merged.count == 643)
    let kept = merged.filter { !separate.contains($0) }
    let door = try RuleFolder.frontDoor("onnxruntime/cpu")
    // `Constant` is no row of the kernel lists.
    #expect(door.records.count == kept.count + separate.count + 1)
  }

  @Test func everyRecordNamesItsEvidence() throws {
    for name in try RuleFolder.frontDoorNames() {
      let door = try RuleFolder.frontDoor(name)
      #expect(door.records.allSatisfy { !$0.evidence.isEmpty }, "\(name)")
      #expect(!door.sources.isEmpty, "\(name)")
      #expect(!door.notes.isEmpty, "\(name)")
    }
  }

  @Test func namesOfAttributesAndParametersExist() throws {
    for name in try RuleFolder.frontDoorNames() { try checkNames(of: name) }
  }

  private func checkNames(of name: String) throws {
    let file = try #require(
      try RuleFolder.built.get().first { $0.path == "stacks/\(name).json" })
    let problems = ManifestReader.problems(
      file: file.path, source: ByteSource(Array(file.text.utf8)),
      catalogue: shippedCatalogue)
    // The runtime's own LayerNormalization of opset 1 registers a type its definition lacks.
    let reasons = problems.map(\.reason)
    let known = ["no version of LayerNormalization has a type \"V\""]
    let isKnown = name == "onnxruntime/cpu" || name == "nvidia-cuda/onnxruntime"
    #expect(Set(reasons) == Set(isKnown ? known : []), "\(name)")
  }

  @Test func theHostOfEveryDoorIsThere() throws {
    for door in [try Self.cann.get(), try Self.musa.get()] {
      #expect(door.onMissing == .runsOnCPU(host: try Self.cpu.get().name))
    }
    let deciding = Set(try Self.cann.get().records.compactMap(\.decidedBy))
    #expect(deciding == [try Self.atc.get().name])
  }

  // MARK: ATC

  @Test func aTCStopsAtOpset18() throws {
    let relu = try records(Self.atc, "Relu")
    #expect(!relu.contains { $0.versions.contains(19) })
    #expect(relu.contains { $0.versions.contains(18) })
  }

  @Test func aTCTakesConstantsAtAnyOpsetByTheirValueOnly() throws {
    let constant = try #require(records(Self.atc, "Constant").first)
    #expect(constant.versions == .any)
    #expect(constant.limits.map(\.check) == [.attribute("value", .isPresent(true))])
  }

  @Test func aTCHasNoLoop() throws {
    let loop = try #require(records(Self.atc, "Loop").first)
    #expect(loop.status == .unsupported)
    #expect(loop.reason?.contains("E16002") == true)
    #expect(try Self.atc.get().controlFlow == ["If"])
  }

  @Test func aTCSaysWhyNewerOperatorsAreMissing() throws {
    let gelu = try #require(records(Self.atc, "Gelu").first)
    #expect(gelu.reason == "introduced after opset 18, the last registered opset")
  }

  @Test func resizeLeavesOutOpset13InTheDocumentsOnly() throws {
    let resize = try records(Self.atc, "Resize")
    #expect(resize.contains { $0.versions.contains(13) })
    #expect(resize.contains { $0.note?.contains("leaves opset 13 out") == true })
  }

  @Test func upsampleHasAHoleAtOpset10() throws {
    let upsample = try #require(records(Self.atc, "Upsample").first)
    #expect(upsample.versions.description == "8-9,11-16")
  }

  @Test(arguments: [
    (
      "LSTM",
      ["activations", "activation_alpha", "activation_beta", "clip", "input_forget", "layout"]
    ),
    (
      "GRU",
      [
        "activations", "activation_alpha", "activation_beta", "clip", "layout",
        "linear_before_reset",
      ]
    ),
    ("RoiAlign", ["mode"]), ("Unique", ["axis"]), ("Shape", ["start", "end"]),
    ("BatchNormalization", ["momentum"]), ("SequenceEmpty", ["dtype"]), ("Mod", ["fmod"]),
    ("Multinomial", ["sample_size", "dtype", "seed"]), ("LpPool", ["ceil_mode", "dilations"]),
    ("AveragePool", ["dilations"]), ("ReduceL1", ["noop_with_empty_axes"]),
    ("ReduceL2", ["noop_with_empty_axes"]),
  ])
  func aTCIgnores(name: String, attributes: [String]) throws {
    let ignored = Set(try records(Self.atc, name).flatMap { $0.ignores.map(\.attribute) })
    #expect(ignored == Set(attributes))
  }

  @Test func aTCIgnoresHalfOfResize() throws {
    let ignored = Set(try records(Self.atc, "Resize").flatMap { $0.ignores.map(\.attribute) })
    #expect(
      ignored == [
        "nearest_mode", "cubic_coeff_a", "exclude_outside", "extrapolation_value", "antialias",
        "axes", "keep_aspect_ratio_policy",
      ])
  }

  @Test func theDefaultActivationsOfAnLSTMDoNoHarm() throws {
    let lstm = try #require(records(Self.atc, "LSTM").first)
    let activations = try #require(lstm.ignores.first { $0.attribute == "activations" })
    #expect(activations.harmless.contains(.strings(["Sigmoid", "Tanh", "Tanh"])))
  }

  @Test func theSofterDefaultAxisIsSilentBelowOpset13() throws {
    for name in ["LogSoftmax", "Hardmax"] {
      let limit = try #require(records(Self.atc, name).first?.limits.first)
      #expect(limit.otherwise == .silent)
      #expect(limit.when == .opset(IntegerRange(nil, 12)))
    }
  }

  @Test func documentedLimitsOnlyMakeConditional() throws {
    let conv = try #require(records(Self.atc, "Conv").first)
    let strides = try #require(
      conv.limits.first { $0.check == .attribute("strides", .elements(.range(NumberRange(1, 63)))) }
    )
    #expect(strides.otherwise == .conditional)
    #expect(strides.reason.contains("310P"))
    #expect(conv.evidence.contains { $0.source.kind == .vendorDocument })
  }

  @Test func theGroupOfAConvolutionIsNotLimited() throws {
    let conv = try #require(records(Self.atc, "Conv").first)
    #expect(!conv.limits.contains { $0.check.attributeNames.contains("group") })
    #expect(conv.note?.contains("group") == true)
  }

  @Test func typesThatBelongToAnAddedInputAreNotTheOperators() throws {
    let split = try #require(records(Self.atc, "Split").first)
    #expect(split.types.map(\.typeParameter) == ["T"])
    #expect(split.types.first?.types.tensors.contains(.float32) == true)
    #expect(try records(Self.atc, "ConvTranspose").allSatisfy { $0.types.isEmpty })
    #expect(try records(Self.atc, "Xor").allSatisfy { $0.types.isEmpty })
  }

  @Test func mathOnWideIntegersIsNotTaken() throws {
    let matMul = try #require(records(Self.atc, "MatMul").first)
    #expect(matMul.types.first?.types.tensors.contains(.int64) == false)
    #expect(matMul.types.first?.types.tensors.contains(.bfloat16) == true)
  }

  @Test func operatorsOutsideTheStandardAreListed() throws {
    #expect(try Self.atc.get().records.filter { $0.domain == "npu" }.count == 60)
    #expect(try Self.atc.get().records.filter { $0.domain == "mmdeploy" }.count == 2)
    let quantize = try #require(records(Self.atc, "AscendQuant").first)
    #expect(quantize.versions.description == "8-22")
    #expect(quantize.statement(for: "a2_910b") == .no)
    #expect(quantize.statement(for: "950") == .yes)
  }

  @Test func aMissingDocumentIsNoStatement() throws {
    let affine = try #require(records(Self.atc, "Where").first)
    #expect(affine.products.isEmpty)
    let tan = try #require(records(Self.atc, "Tan").first)
    #expect(tan.statement(for: "a3") == .aclnn)
  }

  // MARK: CANN provider of ONNX Runtime

  @Test func graphModeIsDecidedByATC() throws {
    let relu = try #require(records(Self.cann, "Relu").first)
    #expect(relu.decidedBy == FrontDoorName(stack: "ascend-cann", door: "atc"))
    #expect(relu.limits.first?.check == .opset(IntegerRange(8, nil)))
    #expect(try Self.cann.get().records.filter { $0.decidedBy != nil }.count == 134)
  }

  @Test func kernelsNeedSingleOperatorMode() throws {
    let kernels = try records(Self.cann, "Gemm").filter { $0.decidedBy == nil }
    #expect(kernels.count == 4)
    for kernel in kernels {
      #expect(kernel.types.first?.types.tensors == ElementTypeSet(.float16))
      #expect(kernel.limits.first?.otherwise == .conditional)
    }
  }

  @Test func theTransposeKernelDoesNotTakeOpset13() throws {
    let kernel = try #require(records(Self.cann, "Transpose").last)
    #expect(kernel.versions.takes(sinceVersion: 1))
    #expect(!kernel.versions.takes(sinceVersion: 13))
  }

  // MARK: MUSA

  @Test func musaIgnoresAutoPadOfConvolutions() throws {
    let conv = try #require(records(Self.musa, "Conv").first)
    #expect(conv.ignores.map(\.attribute) == ["auto_pad"])
    #expect(conv.note?.contains("kernel_shape") == true)
    #expect(conv.types.first?.types.tensors == ElementTypeSet(.float32))
  }

  @Test func theBiasOfAConvolutionIsConditionalOnMusa() throws {
    let conv = try #require(records(Self.musa, "Conv").first)
    let bias = try #require(
      conv.limits.first { $0.check == .input(.index(2), .isPresent(false)) })
    #expect(bias.otherwise == .conditional)
  }

  @Test func otherLimitsEndTheRunOnMusa() throws {
    let conv = try #require(records(Self.musa, "Conv").first)
    let group = try #require(
      conv.limits.first { $0.check == .attribute("group", .equals(.int(1))) })
    #expect(group.otherwise == .unsupported)
  }

  @Test func greaterOrEqualNeverMatchesItsFirstVersionOnMusa() throws {
    let greater = try records(Self.musa, "GreaterOrEqual")
    #expect(!greater.contains { $0.versions.takes(sinceVersion: 12) })
    #expect(greater.contains { $0.versions.takes(sinceVersion: 16) })
    #expect(try records(Self.musa, "LessOrEqual").contains { $0.versions.takes(sinceVersion: 12) })
  }

  @Test(arguments: ["Cast", "Reshape", "Transpose", "Squeeze", "Shape", "Pad", "If", "Loop"])
  func operatorsRedefinedAtOpset21DropOutOnMusa(name: String) throws {
    #expect(!(try records(Self.musa, name)).contains { $0.versions.takes(sinceVersion: 21) })
  }

  @Test(arguments: ["Add", "MatMul", "Gemm", "Relu", "Concat", "Reshape", "Transpose"])
  func modelsAtOpset12LoseThisOnMusa(name: String) throws {
    let earlier = 1...12
    #expect(
      !(try records(Self.musa, name)).contains { record in
        earlier.contains { record.versions.takes(sinceVersion: Int64($0)) }
      })
  }

  @Test(arguments: ["ReduceSum", "ReduceMax", "ReduceMean", "ReduceProd", "ReduceSumSquare"])
  func reductionsIgnoreTheEmptyListOfAxesOnMusa(name: String) throws {
    for record in try records(Self.musa, name) {
      #expect(record.ignores.map(\.attribute) == ["noop_with_empty_axes"])
      #expect(record.ignores.first?.when != nil)
    }
  }

  @Test func shapeIgnoresItsEndsOnMusa() throws {
    let shape = try #require(records(Self.musa, "Shape").first)
    #expect(shape.ignores.map(\.attribute) == ["start", "end"])
  }

  @Test(arguments: [
    "Gelu", "HardSwish", "AveragePool", "ConvTranspose", "Resize", "InstanceNormalization",
    "ArgMax",
    "Trilu", "LSTM", "QuantizeLinear",
  ])
  func absentOnMusa(name: String) throws {
    let record = try #require(records(Self.musa, name).first)
    #expect(record.status == .unsupported)
    #expect(record.reason?.hasPrefix("no kernel registered") == true)
  }

  @Test func poolingTakesNoBfloat16OnMusa() throws {
    for name in ["MaxPool", "GlobalAveragePool", "BatchNormalization"] {
      for record in try records(Self.musa, name) {
        #expect(record.types.first?.types.tensors.contains(.bfloat16) == false)
      }
    }
  }

  @Test func constantsAreNoGapOnMusa() throws {
    #expect(try records(Self.musa, "Constant").map(\.status) == [.supported])
  }

  @Test func limitsOnMusaCiteTheirLines() throws {
    let pad = try #require(records(Self.musa, "Pad").first)
    let lines = pad.evidence.compactMap(\.line)
    #expect(lines == ["137", "66", "103-108", "75"])
    #expect(pad.evidence.allSatisfy { $0.path == "musa/ep/src/kernels/tensor/pad.cc" })
  }

  // MARK: ONNX Runtime

  @Test func theRuntimeTakesConvolutionsOfFloat32Only() throws {
    for record in try records(Self.cpu, "Conv") {
      #expect(record.types.map(\.types.tensors) == [ElementTypeSet(.float32)])
    }
  }

  @Test func theNewestKernelTakesOneVersionOnly() throws {
    let newest = try #require(records(Self.cpu, "Conv").last)
    #expect(newest.versions.description == "22+")
    #expect(newest.versions.takes(sinceVersion: 22))
  }

  @Test func theRuntimeKnowsTypesThatAreNoTensors() throws {
    let zip = try #require(records(Self.cpu, "ZipMap", domain: "ai.onnx.ml").first)
    let maps = zip.types.first?.types.names
    #expect(maps == ["seq(map(int64,float32))", "seq(map(string,float32))"])
    let at = try #require(records(Self.cpu, "SequenceAt").first)
    let sequence = ValueType.sequence(.tensor(TensorType(.float32)))
    #expect(at.types.first { $0.typeParameter == "S" }?.types.accepts(sequence) == true)
  }

  @Test func theRuntimeStatesItsNewestOpset() throws {
    let door = try Self.cpu.get()
    #expect(door.opsets.first { $0.domain == "ai.onnx" }?.versions == IntegerRange(1, 28))
    #expect(door.maximumIRVersion == 14)
  }
}
