import Testing
import XMLDocuments

@Suite struct XMLReaderTests {
  @Test func piecesComeInOrder() throws {
    let text = "<a>\n <b x='1' y='&lt;'/>one<!-- - --> two<![CDATA[ <3>]]><?p q?>\n</a>"
    let attributes = [XMLAttribute(name: "x", value: "1"), XMLAttribute(name: "y", value: "<")]
    #expect(
      try events(text) == [
        .start(tag("a")), .text("\n "), .start(tag("b", attributes, line: 2)), .end("b"),
        .text("one two <3>\n"), .end("a"),
      ])
  }

  @Test func namespacesAreResolved() throws {
    let pieces = try events("<p:a xmlns:p='urn:p' p:x='1' x='2'/>")
    guard case .start(let tag) = pieces.first else {
      Issue.record("begins with \(pieces)")
      return
    }
    #expect(tag.name == "a")
    #expect(tag.namespace == "urn:p")
    #expect(tag["p:x"] == "1")
    #expect(tag["x"] == "2")
    #expect(tag["y"] == nil)
    #expect(tag.attributes.count == 2)
  }

  @Test func otherEncodingsAreUnderstood() throws {
    let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xFC]
    let reader = try XMLReader(latin + Array("</a>".utf8))
    #expect(try reader.next() == .start(tag("a")))
    #expect(try reader.next() == .text("ü"))
  }

  @Test func linesBeyondSixteenBitsAreCounted() throws {
    let pieces = try events("<a>" + String(repeating: "<b/>\n", count: 100_000) + "</a>")
    let lines = pieces.compactMap { piece in
      if case .start(let tag) = piece { tag.line } else { nil }
    }
    #expect((100_000...100_001).contains(lines.last ?? 0))
    #expect(lines[60_000] == 60_000)
  }

  @Test(arguments: [
    ("", "is empty"), ("<a>", "line 1: "), ("<a>\n<b></c></a>", "line 2: "),
    ("<a b='1' b='2'/>", "line 1: "),
    ("<a/><b/>", "line 1: "), ("text", "line 1: "), ("<a>\n\n&x;</a>", "line 3: "),
    ("<a>&#1;</a>", "line 1: "),
    ("<p:a/>", "line 1: "), ("<a>\u{1}</a>", "line 1: "), ("<a>]]></a>", "line 1: "),
    ("\0", "line 1: "),
  ])
  func whatIsNotWellFormedIsRefused(text: String, start: String) {
    let failure = #expect(throws: XMLFailure.self) { try events(text) }
    #expect(failure?.description.hasPrefix(start) ?? false)
    #expect(failure?.description.contains("\n") == false)
  }

  @Test func aFailureIsToldAgain() throws {
    let reader = try XMLReader(Array("<a><b/></c>".utf8))
    while case .some = try? reader.next() {}
    let first = #expect(throws: XMLFailure.self) { try reader.next() }
    let second = #expect(throws: XMLFailure.self) { try reader.next() }
    #expect(first == second)
  }

  @Test func invalidBytesAreRefused() {
    #expect(throws: XMLFailure.self) {
      let reader = try XMLReader(Array("<a>".utf8) + [0xFF, 0xFE] + Array("</a>".utf8))
      while try reader.next() != nil {}
    }
  }

  @Test(arguments: hostileDocuments)
  func documentTypeDeclarationsAreRefused(name: String, text: String) {
    let failure = #expect(throws: XMLFailure.self) { try events(text) }
    #expect(failure?.reason == "has a document type declaration, which is not accepted", "\(name)")
  }

  @Test func aDeclarationInAnotherEncodingIsRefusedToo() {
    let text = "\u{FEFF}<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"
    let bytes = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let failure = #expect(throws: XMLFailure.self) { try XMLReader(bytes) }
    #expect(failure?.reason == "has a document type declaration, which is not accepted")
  }

  @Test func aLongPrologIsReadToItsEnd() throws {
    let comment = "<!--" + String(repeating: "<!DOCTYPE a>\n", count: 10_000) + "-->"
    #expect(try events(comment + "<a/>") == [.start(tag("a", line: 10_001)), .end("a")])
    #expect(throws: XMLFailure.self) { try events(comment + "<!DOCTYPE a><a/>") }
  }

  @Test func depthIsLimited() {
    let text = String(repeating: "<a>", count: 10_000) + String(repeating: "</a>", count: 10_000)
    #expect(throws: XMLFailure.self) { try events(text) }
  }

  @Test func sizeIsLimited() {
    let failure = #expect(throws: XMLFailure.self) {
      try XMLReader(Array("<abcdef/>".utf8), limit: 8)
    }
    #expect(failure?.reason == "is 9 bytes long, more than the 8 that are accepted")
  }

  @Test func everyBeginningOfADocumentIsHandled() {
    let bytes = Array("<?xml version='1.0'?><a b='&lt;'>t<![CDATA[x]]><!--c--><c/></a>".utf8)
    for count in 0..<bytes.count {
      #expect(throws: XMLFailure.self) {
        let reader = try XMLReader(Array(bytes.prefix(count)))
        while try reader.next() != nil {}
      }
    }
  }
}
