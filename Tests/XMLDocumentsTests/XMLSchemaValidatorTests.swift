import Testing
import XMLDocuments

private let schema = """
  <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
    <xs:element name="suite">
      <xs:complexType>
        <xs:sequence>
          <xs:element name="case" minOccurs="0" maxOccurs="unbounded">
            <xs:complexType>
              <xs:attribute name="name" use="required" type="xs:string"/>
              <xs:attribute name="time" type="xs:decimal"/>
            </xs:complexType>
          </xs:element>
        </xs:sequence>
      </xs:complexType>
    </xs:element>
  </xs:schema>
  """

@Suite struct XMLSchemaValidatorTests {
  private let validator: XMLSchemaValidator

  init() throws {
    validator = try XMLSchemaValidator(schema: Array(schema.utf8))
  }

  private func problems(_ text: String) throws -> [XMLSchemaProblem] {
    try validator.problems(in: Array(text.utf8))
  }

  @Test func aValidDocumentHasNoProblems() throws {
    #expect(try problems("<suite><case name='a' time='0.5'/></suite>") == [])
  }

  @Test func problemsHaveLines() throws {
    let found = try problems(
      "<suite>\n<case/>\n<case name='a'/>\n\n<case name='b' time='x'/>\n<d/></suite>")
    #expect(found.map(\.line) == [2, 5, 6])
    #expect(found.first?.message.contains("'name' is required") ?? false)
    #expect(found.last?.message.contains("This element is not expected") ?? false)
  }

  @Test func whatIsWrittenCanBeValidated() throws {
    let document = try XMLWriter.document { writer in
      writer.startElement("suite")
      for (name, _) in nastyNames { writer.emptyElement("case", ["name": name]) }
      writer.endElement()
    }
    #expect(try validator.problems(in: document) == [])
  }

  @Test func problemsAreBounded() throws {
    let text = "<suite>" + String(repeating: "<case/>", count: 5000) + "</suite>"
    #expect(try problems(text).count == 1000)
  }

  @Test func aHintAboutAnotherSchemaIsIgnored() throws {
    let hint =
      "xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:noNamespaceSchemaLocation='/a.xsd'"
    #expect(try problems("<suite \(hint)/>") == [])
  }

  @Test(arguments: hostileDocuments)
  func documentTypeDeclarationsAreRefused(name: String, text: String) {
    let failure = #expect(throws: XMLFailure.self) { try problems(text) }
    #expect(failure?.reason == "has a document type declaration, which is not accepted", "\(name)")
  }

  @Test(arguments: ["", "<suite>", "<suite></case>", "\u{0}"])
  func whatIsNotWellFormedIsNotValidated(text: String) {
    #expect(throws: XMLFailure.self) { try problems(text) }
  }

  @Test func sizeIsLimited() {
    #expect(throws: XMLFailure.self) {
      try validator.problems(in: Array("<suite/>".utf8), limit: 7)
    }
  }

  @Test(
    arguments: [
      ("", nil), ("<a/>", nil), (schema.replacing("xs:decimal", with: "xs:decimals"), 8),
      (
        schema.replacing("</xs:schema>", with: "<xs:include schemaLocation='b.xsd'/></xs:schema>"),
        14
      ),
      (schema.replacing("</xs:schema>", with: ""), nil), ("<!DOCTYPE a>" + schema, nil),
    ] as [(String, Int?)])
  func aBadSchemaIsExplained(text: String, line: Int?) {
    let failure = #expect(throws: XMLFailure.self) {
      try XMLSchemaValidator(schema: Array(text.utf8))
    }
    if let line { #expect(failure?.line == line) }
  }

  @Test func validatorsDoNotMixUpTheirProblems() async {
    await withTaskGroup(of: Void.self) { group in
      for index in 1...16 {
        group.addTask {
          let lines = String(repeating: "\n", count: index)
          #expect(throws: Never.self) {
            let validator = try XMLSchemaValidator(schema: Array(schema.utf8))
            let found = try validator.problems(in: Array("<suite>\(lines)<d/></suite>".utf8))
            #expect(found.map(\.line) == [index + 1])
          }
        }
      }
    }
  }
}
