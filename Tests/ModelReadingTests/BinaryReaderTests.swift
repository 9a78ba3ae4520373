import Bytes
import ModelGraph
import ModelReading
import TestSupport
import Testing

@Suite struct BinaryReaderTests {
  private func read(_ bytes: [UInt8]) throws -> ModelGraph {
    try ModelReader.read(ByteSource(bytes), as: .protobuf).graph
  }

  @Test func readsNodesInOrderWithTheirOperands() throws {
    let graph = try read(
      WireMessage.model { graph in
        graph.node("Relu", inputs: ["x"], outputs: ["h"], name: "first")
        graph.node("Add", inputs: ["h", "", "x"], outputs: ["y"])
        graph.tensorInfo(11, "x", dims: [1, 3])
        graph.tensorInfo(12, "y", dims: [1, 3])
      })
    #expect(graph.nodes.count == 2)
    #expect(graph.nodes.map { graph.operation(of: $0).name } == ["Relu", "Add"])
    let add = graph.nodes[1]
    let inputs = Array(graph.inputs(of: add))
    #expect(inputs[1].isNone)
    #expect(graph.values[inputs[0].index].producer == NodeReference(0))
    #expect(graph.values[inputs[2].index].origin == .input)
    #expect(graph.label(of: NodeReference(0)) == "first")
    #expect(graph.label(of: NodeReference(1)) == "Add#1")
  }

  @Test func nodesShareTheirOperators() throws {
    let graph = try read(
      WireMessage.model { graph in
        for domain in (0..<20).map({ Array("d\($0)".utf8) }) + [[0xFF], [0xFE]] {
          for overload in ["", "o"] {
            for _ in 0..<2 {
              graph.message(1) { node in
                node.text(4, "Op")
                node.data(7, domain)
                node.text(8, overload)
              }
            }
          }
        }
      })
    // Two of the domains are the same once their bytes are repaired.
    #expect(graph.operators.count == 21 * 2)
    #expect(Set(graph.operators).count == 21 * 2)
    #expect(graph.nodes.count == 22 * 4)
    #expect(graph.operation(of: graph.nodes[79]).description == "d19::Op:o")
  }

  @Test func aGraphMayBeTheDefaultOfAFunctionsAttribute() throws {
    let bytes = WireMessage { model in
      model.message(7) { graph in
        graph.message(1) { node in
          node.text(4, "f")
          node.text(7, "m")
        }
      }
      model.message(25) { function in
        function.text(1, "f")
        function.text(10, "m")
        function.message(11) { attribute in
          attribute.text(1, "body")
          attribute.int(20, 5)
          attribute.message(6) { body in
            body.message(1) { $0.text(4, "Relu") }
          }
        }
      }
    }.bytes
    let graph = try read(bytes)
    let inner = try #require(graph.nodes.first { graph.operation(of: $0).name == "Relu" })
    #expect(graph.path(of: inner.scope).hasSuffix("default of body"))
    #expect(graph.environments.count == graph.scopes.count)
  }

  @Test func acceptsFieldsInAnyOrder() throws {
    let bytes = WireMessage { model in
      model.message(8) { $0.int(2, 17) }
      model.message(7) { graph in
        graph.tensorInfo(12, "y")
        graph.tensorInfo(11, "x")
        graph.message(1) { node in
          node.text(4, "Relu")
          node.text(2, "y")
          node.text(1, "x")
        }
      }
      model.int(1, 8)
    }.bytes
    let graph = try read(bytes)
    #expect(graph.opsetImports == [OpsetImport(domain: "", version: 17)])
    #expect(graph.values.allSatisfy { $0.origin != .undefined })
  }

  @Test func mergesRepeatedGraphs() throws {
    let bytes = WireMessage { model in
      model.message(7) { $0.node("Relu", inputs: ["x"], outputs: ["h"]) }
      model.message(7) { graph in
        graph.node("Neg", inputs: ["h"], outputs: ["y"])
        graph.tensorInfo(11, "x")
      }
    }.bytes
    let graph = try read(bytes)
    #expect(graph.nodes.count == 2)
    #expect(graph.values.allSatisfy { $0.origin != .undefined })
  }

  @Test func mergesRepeatedTypes() throws {
    let bytes = WireMessage.model { graph in
      graph.message(11) { info in
        info.text(1, "x")
        info.message(2) { $0.message(1) { $0.int(1, 10) } }
        info.message(2) { $0.message(1) { $0.message(2) { $0.message(1) { $0.int(1, 4) } } } }
      }
    }
    let graph = try read(bytes)
    let input = try #require(graph.main?.inputs.first)
    #expect(
      graph.declaredType(of: input) == .tensor(TensorType(.float16, shape: [.fixed(4)])))
  }

  /// So many nodes that their operands are looked up by a second thread.
  private func longChain(of count: Int) -> [UInt8] {
    WireMessage.model { graph in
      for index in 0..<count {
        graph.node("Add", inputs: ["v\(index)", "", "bias"], outputs: ["v\(index + 1)"])
      }
      graph.tensorInfo(11, "v0")
      graph.tensorInfo(12, "v\(count)")
      graph.message(5) { $0.text(8, "bias") }
    }
  }

  @Test func operandsOfABigGraphAreFoundLikeThoseOfASmallOne() throws {
    let count = 50_000
    let graph = try read(longChain(of: count))
    #expect(graph.nodes.count == count)
    #expect(graph.values.count == count + 2)
    for (index, node) in graph.nodes.enumerated() {
      let inputs = Array(graph.inputs(of: node))
      guard graph.text(graph.values[inputs[0].index].name) == "v\(index)", inputs[1].isNone,
        graph.values[inputs[2].index].origin == .initializer,
        index == 0 || graph.values[inputs[0].index].producer == NodeReference(index - 1)
      else {
        Issue.record("node \(index) has the wrong inputs")
        return
      }
    }
  }

  @Test func aBigGraphThatIsCutShortIsRefused() throws {
    let bytes = longChain(of: 50_000)
    #expect(throws: ReadFailure.self) { try read(Array(bytes.dropLast(100_000))) }
  }

  @Test func aMergedTypeLeavesTheTypesOfItsPartsAlone() throws {
    let whole = WireMessage { $0.message(1) { $0.int(1, 10) } }.bytes
    let bytes = WireMessage.model { graph in
      graph.message(11) { info in
        info.text(1, "x")
        info.data(2, whole)
        info.message(2) { $0.message(1) { $0.message(2) { $0.message(1) { $0.int(1, 4) } } } }
      }
      for name in ["y", "z"] {
        graph.message(11) { info in
          info.text(1, name)
          info.data(2, whole)
        }
      }
    }
    let graph = try read(bytes)
    let types = (graph.main?.inputs ?? []).map { graph.declaredType(of: $0) }
    let plain = ValueType.tensor(TensorType(.float16))
    #expect(types == [.tensor(TensorType(.float16, shape: [.fixed(4)])), plain, plain])
  }

  @Test func aTextOfManyMegabytesIsKeptWhole() throws {
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: (1 << 24) + 5)
    let attribute = WireMessage { attribute in
      attribute.text(1, "vocabulary")
      attribute.data(4, text)
      attribute.int(20, 3)
    }.bytes
    let graph = try read(
      WireMessage.model { $0.node("Op", outputs: ["y"], attributes: [attribute]) })
    guard case .string(let name) = graph.attribute("vocabulary", of: graph.nodes[0]) else {
      Issue.record("no text")
      return
    }
    #expect(graph.text(name).utf8.count == text.count)
  }

  @Test func takesPackedAndUnpackedNumbersMixed() throws {
    let attribute = WireMessage { attribute in
      attribute.text(1, "axes")
      attribute.int(8, -1)
      attribute.data(8, [1, 2])
      attribute.int(8, 3)
      attribute.int(20, 7)
    }.bytes
    let graph = try read(
      WireMessage.model { $0.node("Squeeze", outputs: ["y"], attributes: [attribute]) })
    guard case .ints(let run) = graph.attribute("axes", of: graph.nodes[0]) else {
      Issue.record("no list of integers")
      return
    }
    #expect(Array(graph.integerPool[run.range]) == [-1, 1, 2, 3])
  }

  @Test func countsLongListsWithoutKeepingThem() throws {
    let attribute = WireMessage { attribute in
      attribute.text(1, "nodes_values")
      for index in 0..<5000 { attribute.float(7, Float(index)) }
      attribute.int(20, 6)
    }.bytes
    let graph = try read(
      WireMessage.model { $0.node("TreeEnsemble", outputs: ["y"], attributes: [attribute]) })
    guard case .longList(.floats, let count) = graph.attributes[0].value else {
      Issue.record("not a long list")
      return
    }
    #expect(count == 5000)
    #expect(graph.floatPool.isEmpty)
  }

  @Test func deducesTheKindOfAttributesWithoutType() throws {
    let attribute = WireMessage { attribute in
      attribute.text(1, "alpha")
      attribute.float(2, 0.5)
    }.bytes
    let graph = try read(
      WireMessage.model { $0.node("Elu", outputs: ["y"], attributes: [attribute]) })
    #expect(graph.attributes[0].value.kind == .float)
  }

  @Test func skipsUnknownFieldsAndGroups() throws {
    let bytes = WireMessage { model in
      model.int(900, 7)
      model.tag(901, 3)
      model.int(1, 1)
      model.tag(902, 3)
      model.tag(902, 4)
      model.tag(901, 4)
      model.message(7) { $0.node("Relu", outputs: ["y"]) }
    }.bytes
    #expect(try read(bytes).nodes.count == 1)
  }

  @Test func resolvesOuterValuesInSubgraphs() throws {
    let branch = WireMessage { graph in
      graph.node("Neg", inputs: ["x"], outputs: ["z"])
      graph.tensorInfo(12, "z")
    }.bytes
    let attribute = WireMessage { attribute in
      attribute.text(1, "then_branch")
      attribute.data(6, branch)
      attribute.int(20, 5)
    }.bytes
    let graph = try read(
      WireMessage.model { graph in
        graph.tensorInfo(11, "x")
        graph.tensorInfo(11, "c", elementType: 9)
        graph.node("If", inputs: ["c"], outputs: ["y"], name: "choose", attributes: [attribute])
      })
    #expect(graph.scopes.count == 2)
    let inner = graph.nodes[graph.scopes[1].nodes.range.lowerBound]
    let captured = graph.input(0, of: inner)
    #expect(graph.values[captured.index].scope == ScopeReference(0))
    #expect(graph.path(of: ScopeReference(1)) == "main/choose.then_branch")
  }

  @Test func keepsFunctionsInTheirOwnNamespace() throws {
    let bytes = WireMessage { model in
      model.message(7) { graph in
        graph.tensorInfo(11, "x")
        graph.message(1) { node in
          node.text(1, "x")
          node.text(2, "y")
          node.text(4, "F")
          node.text(7, "mine")
        }
      }
      model.message(25) { function in
        function.text(1, "F")
        function.text(4, "x")
        function.text(5, "out")
        function.message(7) { node in
          node.text(1, "x")
          node.text(2, "out")
          node.text(4, "Relu")
        }
        function.message(9) { $0.int(2, 18) }
        function.text(10, "mine")
      }
    }.bytes
    let graph = try read(bytes)
    let function = try #require(
      graph.function(called: OperatorIdentity(domain: "mine", name: "F")))
    #expect(graph.opsetImports(in: function.scope) == [OpsetImport(domain: "", version: 18)])
    let body = graph.scopes[function.scope.index]
    let relu = graph.nodes[body.nodes.range.lowerBound]
    #expect(graph.values[graph.input(0, of: relu).index].scope == function.scope)
  }

  @Test func readsSmallConstantsInEveryStorageForm() throws {
    func tensor(_ type: Int64, _ build: (inout WireMessage) -> Void) -> [UInt8] {
      WireMessage { tensor in
        tensor.int(1, 2)
        tensor.int(2, type)
        build(&tensor)
      }.bytes
    }
    let tensors = [
      tensor(7) { $0.data(9, [1, 0, 0, 0, 0, 0, 0, 0, 0xFE] + Array(repeating: 0xFF, count: 7)) },
      tensor(7) { message in
        message.int(7, 1)
        message.int(7, -2)
      },
      tensor(7) { message in
        let packed = WireMessage {
          $0.varint(1)
          $0.varint(UInt64(bitPattern: -2))
        }
        message.data(7, packed.bytes)
      },
      tensor(3) { message in
        message.int(5, 1)
        message.int(5, -2)
      },
    ]
    let graph = try read(
      WireMessage.model { graph in
        for tensor in tensors { graph.data(5, tensor) }
      })
    for index in tensors.indices {
      #expect(graph.integers(of: TensorReference(index)) == [1, -2])
    }
  }

  @Test func readsHalfPrecisionConstants() throws {
    let graph = try read(
      WireMessage.model { graph in
        graph.message(5) { tensor in
          tensor.int(1, 3)
          tensor.int(2, 10)
          tensor.data(9, [0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00])
        }
      })
    #expect(graph.floats(of: TensorReference(0)) == [1, -2, 0x1p-24])
  }

  @Test func notesUnknownEnumerations() throws {
    let attribute = WireMessage { attribute in
      attribute.text(1, "odd")
      attribute.int(20, 77)
    }.bytes
    let graph = try read(
      WireMessage.model { graph in
        graph.node("Relu", outputs: ["y"], attributes: [attribute])
        graph.tensorInfo(11, "x", elementType: 99)
      })
    #expect(graph.irregularities.map(\.kind) == [.unknownEnumeration, .unknownEnumeration])
  }
}
