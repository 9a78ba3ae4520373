import Testing
import XMLDocuments

/// Writes a document and returns it as text without the declaration.
private func written(
  indentation: Int? = nil, _ body: (XMLWriter) -> Void
) throws -> String {
  let text = String(
    decoding: try XMLWriter.document(indentation: indentation, body), as: UTF8.self)
  let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  #expect(text.hasPrefix(declaration))
  return String(text.dropFirst(declaration.count))
}

@Suite struct XMLWriterTests {
  @Test func elementsAreIndented() throws {
    let text = try written(indentation: 2) { writer in
      writer.element("suite", ["name": "a", "package": nil, "tests": "2"]) {
        writer.element("case", text: "one")
        writer.emptyElement("case", ["name": "two"])
        writer.element("case", text: "")
      }
    }
    #expect(
      text == """
        <suite name="a" tests="2">
          <case>one</case>
          <case name="two"/>
          <case/>
        </suite>

        """)
  }

  @Test func withoutIndentationAllIsOnOneLine() throws {
    let text = try written { writer in
      writer.startElement("a")
      writer.attribute("xmlns:p", "urn:p")
      writer.emptyElement("p:b")
      writer.endElement()
    }
    #expect(text == "<a xmlns:p=\"urn:p\"><p:b/></a>\n")
  }

  @Test func charactersBeyondASCIIStayAsTheyAre() throws {
    let text = try written { writer in
      writer.element("a", ["b": "ü😀"], text: "昇腾")
    }
    #expect(text == "<a b=\"ü😀\">昇腾</a>\n")
  }

  @Test func markupIsEscaped() throws {
    let text = try written { writer in
      writer.element("a", ["b": "<\"&'>\t\n\r"], text: "<&]]>\r\n\t")
    }
    #expect(
      text == "<a b=\"&lt;&quot;&amp;'&gt;&#9;&#10;&#13;\">&lt;&amp;]]&gt;&#13;\n\t</a>\n")
  }

  @Test func commentsCannotEndEarly() throws {
    let text = try written { writer in
      writer.startElement("a")
      writer.comment("x --> y--\u{1}-")
      writer.endElement()
    }
    #expect(text == "<a><!--x - -> y- -\u{FFFD}- --></a>\n")
    #expect(try events(text) == [.start(tag("a")), .end("a")])
  }

  @Test(arguments: nastyNames)
  func nastyNamesComeBack(name: String, expected: String) throws {
    let text = try written { writer in
      writer.element("a", ["name": name], text: "|\(name)|")
    }
    let start = tag("a", [XMLAttribute(name: "name", value: expected)])
    #expect(try events(text) == [.start(start), .text("|\(expected)|"), .end("a")])
  }

  @Test func aLongTextComesBack() throws {
    let long = String(repeating: "ü<\u{1}", count: 200_000)
    let text = try written { writer in
      writer.element("a", text: long)
    }
    let expected = String(repeating: "ü<\u{FFFD}", count: 200_000)
    #expect(try events(text) == [.start(tag("a")), .text(expected), .end("a")])
  }

  /// Calls that do not make a document.
  struct Misuse: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let body: @Sendable (XMLWriter) -> Void

    init(_ name: String, _ body: @escaping @Sendable (XMLWriter) -> Void) {
      testDescription = name
      self.body = body
    }
  }

  @Test(arguments: [
    Misuse("no root") { _ in },
    Misuse("open element") { $0.startElement("a") },
    Misuse("two roots") { writer in
      writer.emptyElement("a")
      writer.emptyElement("b")
    },
    Misuse("text outside") { $0.text("x") },
    Misuse("attribute after text") { writer in
      writer.startElement("a")
      writer.text("x")
      writer.attribute("b", "c")
      writer.endElement()
    },
    Misuse("doubled attribute") { $0.emptyElement("a", ["b": "1", "b": "2"]) },
    Misuse("attribute without element") { $0.attribute("b", "c") },
    Misuse("too many ends") { $0.endElement() },
    Misuse("no element name") { $0.emptyElement("1a") },
    Misuse("injection by a name") { $0.emptyElement("a><b") },
    Misuse("no attribute name") { $0.emptyElement("a", ["": "x"]) },
  ])
  func misuseIsAnError(misuse: Misuse) {
    let failure = #expect(throws: XMLWriteFailure.self) { try XMLWriter.document(misuse.body) }
    guard case .misuse = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
  }

  struct Full: Error {}

  @Test func anErrorOfTheSinkComesThrough() throws {
    var calls = 0
    let writer = XMLWriter { _ in
      calls += 1
      throw Full()
    }
    let failure = #expect(throws: XMLWriteFailure.self) {
      writer.startElement("a")
      for _ in 0..<10_000 { writer.emptyElement("b") }
      writer.endElement()
      try writer.finish()
    }
    guard case .sink(let error) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(error is Full)
    #expect(calls == 1)
  }

  @Test func anAbandonedWriterWritesNothingMore() throws {
    var calls = 0
    do {
      let writer = XMLWriter { _ in calls += 1 }
      writer.startElement("a")
    }
    #expect(calls == 0)
  }

  @Test func nothingFollowsTheEnd() throws {
    var bytes: [UInt8] = []
    let writer = XMLWriter { chunk in
      chunk.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }
    writer.emptyElement("a")
    try writer.finish()
    let count = bytes.count
    try writer.finish()
    writer.emptyElement("late")
    #expect(writer.failure != nil)
    #expect(bytes.count == count)
  }

  @Test func theFirstFailureIsKept() {
    let writer = XMLWriter { _ in }
    writer.endElement()
    writer.emptyElement("")
    let failure = #expect(throws: XMLWriteFailure.self) { try writer.finish() }
    #expect(failure?.description == "XML cannot be written: no element is open")
  }
}
