import Bytes
import OperatorCatalogue
import Testing
import TestSupport

@testable import Capabilities

/// How many records a front door has and what they are made of.
struct DoorCount: CustomTestStringConvertible {
  let door: String
  /// Rows of each table that are used; a folder beside the stack's is named with it.
  let tables: [(name: String, rows: Int)]
  let records: Int
  /// Number of overloads, for doors whose rows are overloads.
  var overloads = 0
  var status: [OperatorRecord.Status: Int] = [:]

  var testDescription: String { door }
}

/// The records of every front door against the tables that they come from.
@Suite struct BuiltDoorCountTests {
  private static let gems = ("triton-flaggems/flaggems-ops", 1001)

  private static let counts: [DoorCount] = [
    DoorCount(
      door: "ascend-cann/mindspore-lite", tables: [("mindspore_lite_onnx_parsers", 180)],
      records: 180),
    DoorCount(
      door: "ascend-cann/torch_npu", tables: [("torch_npu_aten_ops", 1577)], records: 1127,
      overloads: 1577),
    DoorCount(
      door: "ascend-cann/triton", tables: [gems], records: 764, overloads: 1001,
      status: [.knownBad: 3]),
    DoorCount(door: "biren-supa/suinfer", tables: [], records: 0),
    DoorCount(
      door: "biren-supa/torch_supa", tables: [("aten_native_overrides", 52)], records: 751,
      overloads: 50, status: [.unsupported: 47]),
    DoorCount(
      door: "cambricon-neuware/torch_mlu", tables: [("aten_torch_mlu", 745)], records: 451,
      overloads: 745),
    DoorCount(
      door: "cambricon-neuware/triton", tables: [gems], records: 764, overloads: 1001,
      status: [.knownBad: 9]),
    // 94 of the builder's operators have no counterpart in ONNX.
    DoorCount(
      door: "enflame-tops/topsgraph", tables: [("topsgraph_builder_ops", 193)], records: 193 - 94),
    DoorCount(
      door: "enflame-tops/triton", tables: [gems], records: 764, overloads: 1001,
      status: [.knownBad: 8]),
    // Two records say that the standard's Attention and RotaryEmbedding are not known.
    DoorCount(
      door: "hygon-dtk/migraphx", tables: [("onnx_migraphx", 218)], records: 218 + 2,
      status: [.unsupported: 34, .unknown: 2]),
    DoorCount(
      door: "hygon-dtk/triton", tables: [gems], records: 764, overloads: 1001,
      status: [.knownBad: 5]),
    DoorCount(
      door: "iluvatar-corex/ixrt", tables: [("onnx_ixrt_deploy", 125), ("ixrt_fused_ops", 17)],
      records: 125 + 17),
    DoorCount(door: "iluvatar-corex/triton", tables: [gems], records: 764, overloads: 1001),
    DoorCount(
      door: "kunlunxin-xpu/triton", tables: [gems], records: 764, overloads: 1001,
      status: [.knownBad: 22]),
    DoorCount(
      door: "metax-maca/mcpytorch", tables: [("aten_mcpytorch", 1227), ("aten_composites", 1267)],
      records: 1565, overloads: 1227 + 1267),
    DoorCount(door: "metax-maca/mctvm", tables: [("onnx_mctvm_relax", 163)], records: 163),
    DoorCount(
      door: "metax-maca/onnxruntime", tables: [("onnx_ort_maca", 164)], records: 164,
      status: [.unsupported: 2]),
    DoorCount(
      door: "metax-maca/triton", tables: [gems], records: 764, overloads: 1001,
      status: [.knownBad: 7]),
    // 56 registrations are for quantised, sparse or nested tensors only.
    DoorCount(
      door: "moorethreads-musa/torch_musa", tables: [("torch_musa_aten_ops", 1233)],
      records: 712, overloads: 1233 - 56, status: [.unsupported: 2]),
    DoorCount(
      door: "moorethreads-musa/triton", tables: [gems], records: 764, overloads: 1001,
      status: [.knownBad: 1]),
    // `Constant` is no row of the runtimes' kernel lists.
    DoorCount(door: "nvidia-cuda/onnxruntime", tables: [("cuda-ep", 524)], records: 524 + 1),
    DoorCount(
      door: "nvidia-cuda/tensorrt-10.1", tables: [("operators-10.1", 196)], records: 196,
      status: [.unsupported: 46]),
    DoorCount(
      door: "nvidia-cuda/tensorrt-10.15", tables: [("operators-10.15", 200)], records: 200,
      status: [.unsupported: 42]),
    DoorCount(door: "onnxruntime/coreml", tables: [("coreml-mlprogram-ep", 45)], records: 45 + 1),
    // OpenVINO's own row of `Constant` gives way to what the runtime does with it before.
    DoorCount(door: "onnxruntime/openvino", tables: [("openvino-ep", 158)], records: 158),
    DoorCount(door: "onnxruntime/qnn", tables: [("qnn-ep", 91)], records: 91 + 1),
    DoorCount(door: "onnxruntime/webgpu", tables: [("webgpu-ep", 291)], records: 291 + 1),
  ]

  private func table(_ name: String, of door: String) throws -> CSVTable {
    let stack = try #require(door.split(separator: "/").first)
    let path = name.contains("/") ? "evidence/\(name).csv" : "evidence/\(stack)/\(name).csv"
    return try CSVTable(file: path, source: RuleFolder.source(path))
  }

  @Test(arguments: counts)
  func recordsAreAsManyAsTheTablesGive(_ count: DoorCount) throws {
    for (name, rows) in count.tables {
      #expect(try table(name, of: count.door).rows.count == rows, "\(name)")
    }
    let records = try RuleFolder.frontDoor(count.door).records
    #expect(records.count == count.records)
    #expect(records.reduce(0) { $0 + $1.overloads.count } == count.overloads)
    var status = Dictionary(grouping: records, by: \.status).mapValues(\.count)
    status[.supported] = nil
    #expect(status == count.status)
  }

  @Test func everyDoorIsCounted() throws {
    // These have tests of their own.
    let others = [
      "ascend-cann/atc", "ascend-cann/onnxruntime", "moorethreads-musa/onnxruntime",
      "onnxruntime/cpu",
    ]
    let counted = Self.counts.map(\.door) + others
    #expect(try RuleFolder.frontDoorNames().sorted() == counted.sorted())
  }

  @Test(arguments: [
    ("ascend-cann", 97, 6), ("cambricon-neuware", 338, 0), ("enflame-tops", 286, 101),
    ("hygon-dtk", 64, 0), ("iluvatar-corex", 36, 0), ("kunlunxin-xpu", 339, 5),
    ("metax-maca", 73, 0), ("moorethreads-musa", 85, 0),
  ])
  func tellsWhoseTritonKernelsTheyAre(stack: String, vendor: Int, native: Int) throws {
    let records = try RuleFolder.frontDoor("\(stack)/triton").records
    let kernels = Dictionary(grouping: records, by: \.kernel).mapValues(\.count)
    #expect(kernels[.vendor] == vendor)
    #expect(kernels[.native, default: 0] == native)
    #expect(kernels[.generic] == 764 - vendor - native)
  }

  // MARK: Tracing

  /// Every 23rd record of a door, with the table that its first citation must be found in.
  @Test(arguments: [
    ("metax-maca/onnxruntime", "onnx_ort_maca", "op_type"),
    ("metax-maca/mctvm", "onnx_mctvm_relax", "op_type"),
    ("hygon-dtk/migraphx", "onnx_migraphx", "op_type"),
    ("iluvatar-corex/ixrt", "onnx_ixrt_deploy", "op_type"),
    ("nvidia-cuda/tensorrt-10.15", "operators-10.15", "op_type"),
    ("nvidia-cuda/onnxruntime", "cuda-ep", "op_type"),
    ("ascend-cann/mindspore-lite", "mindspore_lite_onnx_parsers", "op_type"),
    ("ascend-cann/torch_npu", "torch_npu_aten_ops", "op_type"),
    ("cambricon-neuware/torch_mlu", "aten_torch_mlu", "op_type"),
    ("moorethreads-musa/torch_musa", "torch_musa_aten_ops", "base_op"),
    ("moorethreads-musa/triton", "triton-flaggems/flaggems-ops", "op_type"),
  ])
  func recordsAreFoundInTheirTable(door: String, name: String, column: String) throws {
    let csv = try table(name, of: door)
    let (operation, path, line) =
      (try csv.index(of: column), try csv.index(of: "path"), try csv.index(of: "line"))
    let records = try RuleFolder.frontDoor(door).records
    var found = 0
    for index in stride(from: 0, to: records.count, by: 23) {
      let record = records[index]
      let rows = csv.rows.filter { $0.fields[operation].prefix { $0 != "." } == record.name }
      let cited = record.evidence.contains { evidence in
        let lines = (evidence.line ?? "").split(separator: ",").map(String.init)
        return rows.contains { row in
          row.fields[path] == evidence.path ?? ""
            && (row.fields[line].isEmpty || lines.contains(row.fields[line]))
        }
      }
      if cited { found += 1 }
      // Records that recipes add are in no table.
      #expect(cited || rows.isEmpty, "\(record.name)")
    }
    #expect(found > 3)
  }
}

/// Operators that the definitions do not know.
@Suite struct OperatorNameTests {
  /// Names in the default domain that ONNX does not have, and which notes tell of.
  private static let outside: [String: Int] = [
    "ascend-cann/mindspore-lite": 42, "hygon-dtk/migraphx": 5, "iluvatar-corex/ixrt": 2,
    "metax-maca/mctvm": 1, "onnxruntime/openvino": 2,
  ]

  @Test func namesOutsideTheStandardAreTold() throws {
    let catalogue = shippedCatalogue
    for name in try RuleFolder.frontDoorNames() where name != "ascend-cann/atc" {
      let door = try RuleFolder.frontDoor(name)
      guard door.speaks == .onnx else { continue }
      let unknown = door.records.filter {
        $0.domain == "ai.onnx"
          && catalogue.versions(domain: $0.domain, name: $0.name).isEmpty
      }
      #expect(unknown.count == Self.outside[name, default: 0], "\(name)")
      #expect(
        unknown.allSatisfy { record in
          record.note != nil || door.notes.contains { $0.contains("spelled") }
            || door.notes.contains { $0.contains("no operators of the standard") }
        }, "\(name)")
    }
  }

  @Test func theMappingNeedsOnlyOperatorsOfPyTorch() throws {
    let door = try RuleFolder.frontDoor("metax-maca/mcpytorch")
    let known = Set(door.records.map(\.name))
    let unknown = try RuleFolder.mapping().neededNames.subtracting(known)
    // Of plug-ins, of the CPU alone, of a later PyTorch, and of torchvision.
    #expect(
      unknown == [
        "_copy_from", "pixel_shuffle", "pixel_unshuffle", "_fused_rms_norm", "deform_conv2d", "nms",
        "roi_align", "roi_pool",
      ])
  }
}
