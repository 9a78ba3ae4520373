public import Bytes

/// Builds the manifests of stacks from fact tables, recipes and readings.
///
/// A folder of evidence holds a `recipe.json`, the tables it names, and for each front door a file
/// of readings that say what every sentence of the tables means. A sentence without a reading and a
/// reading without a sentence are failures, so that nothing is dropped in silence.
public enum ManifestBuilder {
  /// A text file by its path below the folder of rules.
  public typealias File = (path: String, text: String)

  /// Builds `stacks/<stack>/*.json` from all files below `evidence/`, given by their paths.
  public static func build(
    evidence: [(path: String, source: ByteSource)]
  ) throws(ManifestFailure) -> [File] {
    let recipes = evidence.filter { $0.path.hasSuffix("/recipe.json") }
    var files: [File] = []
    for recipe in recipes.sorted(by: { $0.path < $1.path }) {
      let folder = String(recipe.path.dropLast("recipe.json".utf8.count))
      let parsed = try parse(recipe) { (parser, bytes) throws(JSONFailure) in
        try parser.recipe(bytes)
      }
      let builder = StackBuilder(recipe: parsed, folder: folder, evidence: evidence)
      files += try builder.files()
    }
    for recipe in evidence.filter({ $0.path.hasSuffix("/mapping.json") }) {
      let folder = String(recipe.path.dropLast("mapping.json".utf8.count))
      let parsed = try parse(recipe) { (parser, bytes) throws(JSONFailure) in
        try parser.mappingRecipe(bytes)
      }
      let builder = MappingBuilder(recipe: parsed, folder: folder, evidence: evidence)
      files.append(try builder.file())
    }
    return files
  }

  /// Reads a file of the evidence with the strict parser.
  static func parse<Result>(
    _ file: (path: String, source: ByteSource),
    _ body: (inout ManifestParser, Span<UInt8>) throws(JSONFailure) -> Result
  ) throws(ManifestFailure) -> Result {
    try file.source.withBytes { (bytes) throws(ManifestFailure) in
      var parser = ManifestParser(file: file.path, collectsProblems: false)
      do throws(JSONFailure) {
        return try body(&parser, bytes)
      } catch {
        throw parser.failure(error)
      }
    }
  }
}

/// Builds the files of one stack.
struct StackBuilder {
  let recipe: Recipe
  /// Folder of the evidence, ending in `/`.
  let folder: String
  let evidence: [(path: String, source: ByteSource)]

  func files() throws(ManifestFailure) -> [ManifestBuilder.File] {
    let stack = "stacks/\(recipe.stack)/stack.json"
    var files: [ManifestBuilder.File] = [(stack, try stackText())]
    for door in recipe.doors {
      let path = "stacks/\(recipe.stack)/\(door.name).json"
      files.append((path, try doorText(door)))
    }
    for file in files { try check(file, isStack: file.path == stack) }
    return files
  }

  /// Reads what was written, so that a recipe cannot build a manifest that is refused later.
  private func check(_ file: ManifestBuilder.File, isStack: Bool) throws(ManifestFailure) {
    let source = ByteSource(Array(file.text.utf8))
    if isStack {
      _ = try ManifestReader.stack(file: file.path, source: source)
    } else {
      _ = try ManifestReader.frontDoor(file: file.path, source: source)
    }
  }

  /// The path of a file that the recipe names; `../` names a folder beside the recipe's.
  func path(of name: String) -> String {
    guard name.hasPrefix("../") else { return folder + name }
    let parent = folder.dropLast().lastIndex(of: "/").map { folder[...$0] } ?? ""
    return String(parent + name.dropFirst("../".count))
  }

  /// A file of the stack's evidence.
  func source(_ name: String, at position: SourcePosition) throws(ManifestFailure) -> ByteSource {
    let path = path(of: name)
    guard let file = evidence.first(where: { $0.path == path }) else {
      throw failure("there is no file \"\(name)\" beside the recipe", at: position)
    }
    return file.source
  }

  /// A failure in the recipe.
  func failure(_ reason: String, at position: SourcePosition) -> ManifestFailure {
    ManifestFailure(file: recipe.file, position: position, path: "", reason: reason)
  }

  private func doorText(_ door: Recipe.Door) throws(ManifestFailure) -> String {
    var builder = DoorBuilder(door: door, stack: self)
    return try builder.text()
  }
}

/// The sources that one document cites, in the order of the recipe.
struct SourceTable {
  private let recipe: Recipe
  private var cited: Set<EvidenceSource> = []

  init(_ recipe: Recipe) {
    self.recipe = recipe
  }

  /// The sources that `citation` stands for; they become part of the document.
  mutating func sources(of citation: String) -> [EvidenceSource]? {
    guard let found = recipe.sources.first(where: { $0.cited == citation }) else { return nil }
    cited.formUnion(found.sources)
    return found.sources
  }

  /// Cited sources in order, without repetition.
  var ordered: [EvidenceSource] {
    var seen: Set<EvidenceSource> = []
    return recipe.sources.flatMap(\.sources).filter {
      cited.contains($0) && seen.insert($0).inserted
    }
  }

  /// The table of a document that holds these citations: each source with the file and the
  /// confidence that most of its citations share.
  func table(for citations: [Evidence]) -> [CitedSource] {
    Self.table(ordered, for: citations)
  }

  /// The table of a document that cites these sources.
  static func table(
    _ sources: [EvidenceSource], for citations: [Evidence]
  ) -> [CitedSource] {
    let bySource = Dictionary(grouping: citations, by: \.source)
    return sources.map { source in
      let cited = bySource[source] ?? []
      // A citation without a file must not get one.
      let isComplete = cited.allSatisfy { $0.path != nil }
      return CitedSource(
        source: source, path: isComplete ? Self.mostFrequent(cited.compactMap(\.path)) : nil,
        confidence: Self.mostFrequent(cited.map(\.confidence)))
    }
  }

  /// The value that stands there most often, if it stands there more than once.
  private static func mostFrequent<Value: Hashable>(_ values: [Value]) -> Value? {
    var counts: [Value: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    guard let most = counts.values.max(), most > 1 else { return nil }
    return values.first { counts[$0] == most }
  }
}

extension [CitedSource] {
  /// The table as JSON.
  var json: String {
    JSONText.lines(
      map { cited in
        JSONText.object([
          ("kind", JSONText.quoted(cited.source.kind.rawValue)),
          ("repository", JSONText.quoted(cited.source.repository)),
          ("commit", cited.source.commit.map(JSONText.quoted)),
          ("date", cited.source.date.map(JSONText.quoted)),
          ("path", cited.path.map(JSONText.quoted)),
          ("confidence", cited.confidence.map { JSONText.quoted($0.rawValue) }),
        ])
      })
  }
}

extension [Evidence] {
  /// The citations as JSON; sources by their position in `table`, without what it says of them.
  func json(_ table: [CitedSource]) -> String {
    JSONText.list(
      map { evidence in
        let place = table.firstIndex { $0.source == evidence.source }
        let cited = place.map { table[$0] }
        return JSONText.object([
          ("source", place.map(String.init)),
          ("path", evidence.path == cited?.path ? nil : evidence.path.map(JSONText.quoted)),
          ("line", evidence.line.map(JSONText.quoted)),
          (
            "confidence",
            evidence.confidence == cited?.confidence
              ? nil : JSONText.quoted(evidence.confidence.rawValue)
          ),
        ])
      })
  }
}
