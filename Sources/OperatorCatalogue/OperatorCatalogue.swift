public import Bytes

/// What the catalogue knows about an operator at an opset version.
public enum OperatorLookup: Sendable {
  /// The definition that holds at that opset.
  case found(OperatorSchema)
  /// The definition that withdrew the operator.
  case deprecated(OperatorSchema)
  /// The operator is defined only from a later opset on.
  case notYet(firstSince: Int)
  /// The domain is known and has no such operator.
  case unknownOperator
  /// Nothing is known about the domain.
  case unknownDomain
}

/// The definitions of all operators of the known domains, for every opset version.
public struct OperatorCatalogue: Sendable {
  /// Versions of each operator, ascending, by name.
  typealias Domain = [String: [OperatorSchema]]

  private let tables: [String: Domain]

  /// Loads the operator files; several files may add to one domain.
  public init(files: [(name: String, source: ByteSource)]) throws(CatalogueFailure) {
    var tables: [String: Domain] = [:]
    for file in files {
      try file.source.withBytes { (bytes) throws(CatalogueFailure) in
        var reader = OperatorFileReader(file: file.name)
        try reader.read(bytes, into: &tables)
      }
    }
    self.tables = tables.mapValues { $0.mapValues(withEnds) }
  }

  /// Loads only some operators, and those that their function bodies bring in; operators are told
  /// by name alone.
  ///
  /// Records of other operators are passed over unread, so this is for files that are known to be
  /// valid. Other operators than these must not be asked for.
  public init(
    files: [(name: String, source: ByteSource)], operators: Set<String>
  ) throws(CatalogueFailure) {
    var tables: [String: Domain] = [:]
    var known: Set<String> = []
    var wanted = operators
    var readers = files.map { OperatorFileReader(file: $0.name) }
    repeat {
      for (index, file) in files.enumerated() {
        try file.source.withBytes { (bytes) throws(CatalogueFailure) in
          try readers[index].read(further: wanted, bytes, into: &tables)
        }
      }
      known.formUnion(wanted)
      wanted = Self.operatorsInBodies(of: wanted, tables).subtracting(known)
    } while !wanted.isEmpty
    self.tables = tables.mapValues { $0.mapValues(withEnds) }
  }

  private static func operatorsInBodies(
    of names: Set<String>, _ tables: [String: Domain]
  ) -> Set<String> {
    var found: Set<String> = []
    for table in tables.values {
      for name in names {
        for schema in table[name] ?? [] {
          found.formUnion(schema.functionBody?.operators ?? [])
        }
      }
    }
    return found
  }

  /// The definition that holds for an operator at an opset version.
  ///
  /// That is the newest one with `since` up to `opset`, so an opset newer than any known finds the
  /// newest. The domain `ai.onnx` may be given as the empty string.
  public func lookup(domain: String, name: String, opset: Int64) -> OperatorLookup {
    guard let table = tables[canonical(domain)] else { return .unknownDomain }
    guard let versions = table[name], let first = versions.first else { return .unknownOperator }
    guard let schema = versions.last(where: { Int64($0.since) <= opset }) else {
      return .notYet(firstSince: first.since)
    }
    return schema.isDeprecated ? .deprecated(schema) : .found(schema)
  }

  /// All definitions of an operator, ascending by `since`; empty when it is unknown.
  public func versions(domain: String, name: String) -> [OperatorSchema] {
    tables[canonical(domain)]?[name] ?? []
  }

  /// The newest opset version that brought a definition to a domain.
  public func newestOpset(of domain: String) -> Int? {
    tables[canonical(domain)]?.values.lazy.compactMap(\.last?.since).max()
  }

  /// The known domains, sorted.
  public var domains: [String] { tables.keys.sorted() }

  /// Names of all operators that were loaded, of any domain.
  public var operatorNames: Set<String> {
    tables.values.reduce(into: []) { $0.formUnion($1.keys) }
  }

  /// The operators of a domain, sorted; empty when the domain is unknown.
  public func operatorNames(in domain: String) -> [String] {
    (tables[canonical(domain)]?.keys).map { $0.sorted() } ?? []
  }
}

/// The domain as the catalogue spells it: models may leave the standard domain empty.
private func canonical(_ domain: String) -> String {
  domain.isEmpty ? "ai.onnx" : domain
}

/// The versions in ascending order, each ended by the next one.
private func withEnds(_ versions: [OperatorSchema]) -> [OperatorSchema] {
  var result = versions.sorted { $0.since < $1.since }
  for index in result.indices.dropLast() {
    result[index].until = result[index + 1].since - 1
  }
  return result
}
