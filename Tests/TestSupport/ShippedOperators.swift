public import Bytes
import Foundation
public import OperatorCatalogue

/// The operator files in the repository's Rules folder, by name.
public func shippedOperatorFiles() throws -> [(name: String, source: ByteSource)] {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Rules/operators")
  return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    .filter { $0.hasSuffix(".json") }
    .map { (name: $0, source: try ByteSource.open(folder.appending(path: $0).path)) }
}

/// The shipped operator catalogue.
public let shippedCatalogue: OperatorCatalogue = {
  do {
    return try OperatorCatalogue(files: shippedOperatorFiles())
  } catch {
    preconditionFailure("the shipped catalogue does not load: \(error)")
  }
}()
