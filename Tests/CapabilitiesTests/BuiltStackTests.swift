import ModelGraph
import Testing

@testable import Capabilities

@Suite struct BuiltStackTests {
  @Test(arguments: [
    ("310P", "Ascend 310P"), ("310p3", "Ascend 310P3"), ("910b", "Ascend 910B"),
    ("a3", "Ascend 910C"), ("950PR", "Ascend 950PR"), ("910", "Ascend 910"),
  ])
  func findsAscendDevices(alias: String, name: String) throws {
    #expect(try RuleFolder.stack("ascend-cann").device(named: alias)?.name == name)
  }

  @Test(arguments: ["310P", "310B", "910", "910A"])
  func olderChipsLackBfloat16(name: String) throws {
    let device = try #require(RuleFolder.stack("ascend-cann").device(named: name))
    #expect(device.lacks.contains(.bfloat16))
  }

  @Test func onlyThe950HasFloat8() throws {
    let devices = try RuleFolder.stack("ascend-cann").devices.filter { $0.product != nil }
    for device in devices {
      #expect(device.lacks.contains(.float8e4m3fn) == (device.product != "950"), "\(device.name)")
    }
    #expect(devices.filter { $0.product == "a2_910b" }.allSatisfy { !$0.lacks.contains(.bfloat16) })
  }

  @Test func figuresThatDisagreeStandSideBySide() throws {
    let device = try #require(RuleFolder.stack("ascend-cann").device(named: "910B3"))
    let cores = device.figures.filter { $0.figure == "ai_cores" }
    #expect(cores.map(\.value) == [.number(20), .number(20)])
    #expect(cores.map(\.confidence) == [.medium, .low])
    #expect(cores.map(\.commit) == ["04488917080ab6c08032e9885f90528bf35579d3", "stored copy"])
  }

  @Test func theSourceOfAFigureIsSplit() throws {
    let device = try #require(RuleFolder.stack("ascend-cann").device(named: "Atlas 800 A2 376T"))
    let memory = try #require(device.figures.first { $0.figure == "memory" })
    #expect(memory.value == .number(64))
    #expect(memory.unit == "GB")
    #expect(memory.commit == "84fec853d6708256ca4fecf143d8b656a3a3496e")
    #expect(memory.date == "2026-08-21")
    #expect(memory.line == "218")
  }

  @Test(arguments: [
    ("S80", [ElementType.bfloat16, .float8e4m3fn]), ("S3000", [.bfloat16, .float8e5m2]),
    ("S4000", [.float8e4m3fn]),
  ])
  func musaCardsLack(name: String, types: [ElementType]) throws {
    let device = try #require(RuleFolder.stack("moorethreads-musa").device(named: name))
    for type in types { #expect(device.lacks.contains(type)) }
  }

  @Test func theS4000ComputesBfloat16AndTheS5000Float8() throws {
    let stack = try RuleFolder.stack("moorethreads-musa")
    #expect(stack.device(named: "S4000")?.lacks.contains(.bfloat16) == false)
    #expect(stack.device(named: "MTT S5000")?.has.contains(.float8e4m3fn) == true)
    #expect(stack.device(named: "S5000")?.lacks == [])
  }

  @Test func whatNobodyPublishesIsANote() throws {
    let stack = try RuleFolder.stack("moorethreads-musa")
    #expect(stack.device(named: "S5000")?.note?.contains("not found") == true)
    let huashan = try #require(stack.device(named: "huashan"))
    #expect(huashan.figures.contains { $0.kind == .announced })
    #expect(huashan.lacks == [])
  }

  @Test(arguments: [
    ("ascend-cann", ["atc", "onnxruntime", "mindspore-lite", "torch_npu", "triton"]),
    ("biren-supa", ["torch_supa", "suinfer"]),
    ("cambricon-neuware", ["torch_mlu", "triton"]),
    ("enflame-tops", ["topsgraph", "triton"]),
    ("hygon-dtk", ["migraphx", "triton"]),
    ("iluvatar-corex", ["ixrt", "triton"]),
    ("kunlunxin-xpu", ["triton"]),
    ("metax-maca", ["onnxruntime", "mctvm", "mcpytorch", "triton"]),
    ("moorethreads-musa", ["onnxruntime", "torch_musa", "triton"]),
    ("nvidia-cuda", ["tensorrt-10.15", "tensorrt-10.1", "onnxruntime"]),
    ("onnxruntime", ["cpu", "openvino", "coreml", "qnn", "webgpu"]),
  ])
  func listsItsFrontDoors(name: String, doors: [String]) throws {
    #expect(try RuleFolder.stack(name).frontDoors == doors)
  }

  @Test(arguments: [
    ("ascend-cann", ["910B", "910C", "950", "950PR", "310P"]),
    ("biren-supa", ["BR100", "BR104", "BR106", "BR110", "BR166", "BR200"]),
    ("cambricon-neuware", ["MLU370-X8", "MLU290-M5", "MLU370-X4", "MLU370-S4"]),
    ("enflame-tops", ["S60", "T10"]), ("hygon-dtk", ["K100", "K100_AI", "BW1000", "BW1100"]),
    ("iluvatar-corex", ["BI-V100", "BI-V150", "MR-V100"]),
    ("kunlunxin-xpu", ["P800", "R300", "K200", "R200"]),
    ("metax-maca", ["C500", "C550", "C600", "N100", "N260"]),
    ("moorethreads-musa", ["S80", "S3000", "S4000", "S5000", "Huashan", "Lushan"]),
  ])
  func findsDevicesByName(stack: String, names: [String]) throws {
    let stack = try RuleFolder.stack(stack)
    for name in names { #expect(stack.device(named: name) != nil, "\(stack.name) \(name)") }
  }

  @Test func everyFigureSaysWhereItIsFrom() throws {
    for stack in try RuleFolder.stacks() {
      for device in stack.devices {
        for figure in device.figures {
          let place = "\(stack.name) \(device.name) \(figure.figure)"
          #expect(!figure.source.isEmpty, "\(place)")
          #expect(
            figure.date != nil || figure.commit != nil || figure.path != nil
              || figure.source.contains("://") || figure.kind == .derived, "\(place)")
        }
        #expect(device.lacks.isEmpty || !device.evidence.isEmpty, "\(stack.name) \(device.name)")
      }
    }
  }

  @Test func announcedFiguresAreMarked() throws {
    let device = try #require(RuleFolder.stack("biren-supa").device(named: "BR104"))
    let memory = try #require(device.figures.first { $0.figure == "memory" })
    #expect(memory.kind == .announced)
    #expect(memory.value == .number(32))
    #expect(device.lacks == ElementTypeSet(.float64))
  }

  @Test func measuredFiguresAreMarked() throws {
    let device = try #require(RuleFolder.stack("iluvatar-corex").device(named: "BI-V150"))
    let peak = try #require(device.figures.first { $0.figure == "fp16_peak" })
    #expect(peak.kind == .measured)
    #expect(peak.value == .number(196.47))
  }
}
