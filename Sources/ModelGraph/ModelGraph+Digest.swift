import Bytes

extension ModelGraph {
  /// Payloads of tensors of fewer bytes belong to what `headerDigest` covers.
  private static let smallestWeight = 1024

  /// SHA-256, in hexadecimal digits, of the model's binary form without its weights.
  ///
  /// Left out are the payloads of tensors of 1,024 bytes and more, so that no weight is touched; for
  /// a binary file without such tensors it is the digest of the file. Takes time in the bytes left.
  public func headerDigest() -> String {
    let weights = tensors.compactMap { tensor -> ByteRange? in
      switch tensor.storage {
      case .file(let range), .fileVarints(let range):
        range.count >= Self.smallestWeight ? range : nil
      case .none, .joined, .joinedVarints, .texts, .notKept, .external: nil
      }
    }.sorted { $0.start < $1.start }
    return source.withBytes { bytes in
      var hash = SHA256()
      var start = 0
      for weight in weights where weight.start >= start && weight.end <= bytes.count {
        hash.update(bytes.extracting(start..<weight.start))
        start = weight.end
      }
      hash.update(bytes.extracting(start..<bytes.count))
      return hash.hexadecimalDigest()
    }
  }
}
