import XMLDocuments

/// Names as a hostile or careless model may hold them, and what XML can carry of each.
let nastyNames: [(String, String)] = [
  ("\u{1}", "\u{FFFD}"), ("a\u{0}b", "a\u{FFFD}b"), ("\u{1B}[31m", "\u{FFFD}[31m"),
  ("\t\n\r", "\t\n\r"), ("\r\n", "\r\n"), ("\"'<>&", "\"'<>&"), ("]]>", "]]>"),
  ("<![CDATA[", "<![CDATA["), ("&amp;&#1;", "&amp;&#1;"), ("😀", "😀"), ("\u{FFFE}", "\u{FFFD}"),
  ("a\u{FFFF}", "a\u{FFFD}"), ("\u{FFFD}", "\u{FFFD}"), ("\u{EFBF}", "\u{EFBF}"),
  ("\u{202E}abc", "\u{202E}abc"), ("\u{7F}\u{85}\u{2028}", "\u{7F}\u{85}\u{2028}"),
  ("\u{D7FF}\u{E000}\u{10FFFF}", "\u{D7FF}\u{E000}\u{10FFFF}"),
  (String(decoding: [0x61, 0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80], as: UTF8.self), "a" + replaced(6)),
  (" leading and trailing ", " leading and trailing "), ("", ""),
]

private func replaced(_ count: Int) -> String { String(repeating: "\u{FFFD}", count: count) }

/// The start tag of an element without namespace on the first line.
func tag(_ name: String, _ attributes: [XMLAttribute] = [], line: Int = 1) -> XMLTag {
  XMLTag(name: name, namespace: nil, attributes: attributes, line: line)
}

/// All events of a document.
func events(_ text: String) throws(XMLFailure) -> [XMLEvent] {
  let reader = try XMLReader(Array(text.utf8))
  var events: [XMLEvent] = []
  while let event = try reader.next() { events.append(event) }
  return events
}

/// Documents that try to make a reader open files or fill its memory.
let hostileDocuments: [(name: String, text: String)] = [
  ("plain DOCTYPE", "<!DOCTYPE a><a/>"),
  ("external DOCTYPE", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"),
  (
    "external entity",
    "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a b='1'>&x;</a>"
  ),
  (
    "parameter entity",
    "<!DOCTYPE a [<!ENTITY % x SYSTEM \"file:///etc/passwd\"> %x;]><a/>"
  ),
  ("billion laughs", laughs(in: "<a>&l30;</a>")),
  ("billion laughs in an attribute", laughs(in: "<a b='&l30;'/>")),
  (
    "quadratic growth",
    "<!DOCTYPE a [<!ENTITY x '\(String(repeating: "x", count: 50_000))'>]><a b='"
      + String(repeating: "&x;", count: 20_000) + "'/>"
  ),
]

private func laughs(in content: String) -> String {
  let levels = (1...30).map { "<!ENTITY l\($0) '&l\($0 - 1);&l\($0 - 1);'>" }.joined()
  return "<!DOCTYPE a [<!ENTITY l0 'ha'>\(levels)]>\(content)"
}
