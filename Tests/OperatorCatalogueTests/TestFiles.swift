import Bytes
import OperatorCatalogue

/// An operator file with these lines as its operators.
func operatorFile(domain: String = "test", package: String = "onnx", _ operators: String) -> String
{
  """
  {"schema": "regauge/operators/1",
  "source": {"package": "\(package)", "version": "1.0"},
  "domain": "\(domain)",
  "typeSets": {"floats": {"tensors": ["float32", "float16"]}, "bool": {"tensors": ["bool"]}},
  "operators": [
  \(operators)
  ]}
  """
}

/// The catalogue of files with these texts, named `1.json`, `2.json` and so on.
func catalogue(_ texts: String...) throws(CatalogueFailure) -> OperatorCatalogue {
  try OperatorCatalogue(
    files: texts.enumerated().map { (name: "\($0 + 1).json", source: ByteSource(Array($1.utf8))) })
}

extension OperatorLookup {
  /// The lookup in a word and a version, to compare with.
  var summary: String {
    switch self {
    case .found(let schema): "found \(schema.since)"
    case .deprecated(let schema): "deprecated \(schema.since)"
    case .notYet(let since): "not yet \(since)"
    case .unknownOperator: "unknown operator"
    case .unknownDomain: "unknown domain"
    }
  }
}
