import Bytes
import Compatibility
import Foundation
import Reporting
import Testing

@Suite struct TextCatalogueTests {
  private func shipped(_ language: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(filePath: ShippedTexts.path("text/\(language).json")))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func texts(_ language: String) throws -> [String: String] {
    try #require(try shipped(language)["texts"] as? [String: String])
  }

  /// Reads the English catalogue after a change.
  private func reason(catalogue change: (inout [String: Any]) -> Void) throws -> String? {
    var object = try shipped("en")
    change(&object)
    let data = try JSONSerialization.data(withJSONObject: object)
    do {
      _ = try TextCatalogue(file: "en.json", source: ByteSource(Array(data)))
      return nil
    } catch { return error.description }
  }

  private func reason(texts change: (inout [String: String]) -> Void) throws -> String? {
    try reason(catalogue: { object in
      var texts = object["texts"] as? [String: String] ?? [:]
      change(&texts)
      object["texts"] = texts
    })
  }

  @Test func allLanguagesNameTheSamePlaces() throws {
    let (english, chinese) = (try texts("en"), try texts("zh"))
    #expect(Set(english.keys) == Set(chinese.keys))
    for (key, text) in english {
      let places = text.matches(of: /\{(\w+)/).map(\.1)
      let others = (chinese[key] ?? "").matches(of: /\{(\w+)/).map(\.1)
      #expect(Set(places) == Set(others), "\(key)")
    }
  }

  @Test func chineseHasEveryRule() throws {
    let rules = try #require(try shipped("zh")["rules"] as? [String: [String: String]])
    #expect(Set(rules.keys) == Set(Rule.all.map(\.id)))
  }

  @Test func chineseHasEveryTaskAndGrade() throws {
    let phrases = try #require(try shipped("zh")["phrases"] as? [String: String])
    func objects(_ file: String, _ field: String) throws -> [[String: Any]] {
      let data = try Data(contentsOf: URL(filePath: ShippedTexts.path("effort/\(file).json")))
      let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      return try #require(object[field] as? [[String: Any]])
    }
    for task in try objects("tasks", "tasks") {
      for field in ["title", "basis"] {
        let text = try #require(task[field] as? String)
        #expect(phrases[text] != nil, "\(text)")
      }
    }
    for grade in try objects("grades", "letters") {
      #expect(phrases[try #require(grade["meaning"] as? String)] != nil)
    }
  }

  @Test func phrasesKeepTheirPlaces() throws {
    let phrases = try #require(try shipped("zh")["phrases"] as? [String: String])
    for (english, chinese) in phrases {
      let places = english.matches(of: /\{(\w+)\}/).map(\.1)
      let others = chinese.matches(of: /\{(\w+)\}/).map(\.1)
      #expect(places.sorted() == others.sorted(), "\(english)")
      #expect(Set(places).count == places.count, "\(english)")
    }
  }

  @Test func aRuleWithoutHelpIsNamed() throws {
    let reason = try reason(catalogue: { $0["rules"] = ["RG101": ["summary": "s"]] })
    #expect(reason?.contains("rules.RG101: needs summary, rationale and help") == true)
  }

  @Test func theSchemaNamesEveryText() throws {
    let data = try Data(contentsOf: URL(filePath: ShippedTexts.path("schema/text.schema.json")))
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let properties = try #require(schema["properties"] as? [String: Any])
    let field = try #require(properties["texts"] as? [String: Any])
    let keys = Set(try texts("en").keys)
    #expect(Set(try #require(field["required"] as? [String])) == keys)
    #expect(Set(try #require(field["properties"] as? [String: Any]).keys) == keys)
  }

  @Test func theShippedOnesAreRead() throws {
    #expect(ShippedTexts.english.language == "en")
    #expect(ShippedTexts.chinese.language == "zh")
    #expect(try reason(catalogue: { _ in }) == nil)
  }

  @Test func aMissingTextIsNamed() throws {
    let reason = try #require(try reason(texts: { $0["skip"] = nil }))
    #expect(reason.contains("texts.skip: is missing"))
  }

  @Test func anUnknownTextIsNamed() throws {
    let reason = try #require(try reason(texts: { $0["skipp"] = "x" }))
    #expect(reason.contains("texts.skipp: is not a text of the page"))
  }

  @Test func anEmptyTextIsRefused() throws {
    #expect(try reason(texts: { $0["skip"] = "" })?.contains("texts.skip: is empty") == true)
  }

  @Test func anotherSchemaIsRefused() throws {
    let reason = try #require(try reason(catalogue: { $0["schema"] = "regauge/text/2" }))
    #expect(reason.contains("schema: expected \"regauge/text/1\""))
  }

  @Test func anUnknownFieldIsRefused() throws {
    #expect(try reason(catalogue: { $0["text"] = "x" })?.contains("text: is not a field") == true)
  }
}
