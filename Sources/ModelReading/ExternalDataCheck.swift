public import ModelGraph

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Something wrong with a file that a model's tensors point to.
public struct ExternalDataProblem: Sendable, Hashable {
  /// How bad it is.
  public enum Kind: Sendable, Hashable {
    /// The path leaves the model's folder or is no path; no runtime should open it.
    case unsafe
    /// The file is missing, no regular file, or too short.
    case unavailable
  }

  /// How bad it is.
  public let kind: Kind
  /// The location as the model gives it.
  public let location: String
  /// What is wrong, in plain words.
  public let reason: String
  /// How many tensors point there.
  public let tensorCount: Int
}

extension ModelGraph {
  /// Checks the files that tensors point to by their names and sizes; never opens one.
  ///
  /// - Parameter folder: The folder of the model file.
  /// - Returns: One entry for each file that is unsafe or unavailable, in order of first use.
  public func externalDataProblems(inFolder folder: String) -> [ExternalDataProblem] {
    var demands: [String: Demand] = [:]
    var order: [String] = []
    for tensor in tensors {
      guard case .external(let index) = tensor.storage else { continue }
      let entry = externalData[index]
      if demands[entry.location] == nil { order.append(entry.location) }
      let size = elementCount(of: tensor).flatMap { tensor.elementType.byteCount(elements: $0) }
      demands[entry.location, default: Demand()].add(entry, tensorBytes: size)
    }
    return order.compactMap { location in
      demands[location].flatMap { $0.problem(at: location, inFolder: folder) }
    }
  }
}

/// What all tensors together want of one file.
private struct Demand {
  var tensorCount = 0
  var end: Int64 = 0
  var fault: String?

  mutating func add(_ entry: ExternalData, tensorBytes: Int64?) {
    tensorCount += 1
    if let malformed = entry.malformed { fault = "\(malformed) is no number" }
    let offset = entry.offset ?? 0
    let length = entry.length ?? tensorBytes ?? 0
    if offset < 0 || length < 0 { fault = "offset or length is negative" }
    if let declared = entry.length, let tensorBytes, declared != tensorBytes {
      fault = "length \(declared) is not the \(tensorBytes) bytes that the tensor's shape needs"
    }
    let (sum, overflow) = offset.addingReportingOverflow(length)
    if overflow { fault = "offset and length overflow" } else { end = max(end, sum) }
  }

  func problem(at location: String, inFolder folder: String) -> ExternalDataProblem? {
    if let reason = unsafePath(location) {
      return ExternalDataProblem(
        kind: .unsafe, location: location, reason: reason, tensorCount: tensorCount)
    }
    let outcome = inspect("\(folder)/\(location)", folder: folder)
    guard let (kind, reason) = outcome ?? fault.map({ (.unavailable, $0) }) else { return nil }
    return ExternalDataProblem(
      kind: kind, location: location, reason: reason, tensorCount: tensorCount)
  }

  private func unsafePath(_ location: String) -> String? {
    if location.isEmpty { return "no location is given" }
    if location.utf8.contains(0) { return "the location contains a NUL byte" }
    if location.hasPrefix("/") || location.hasPrefix("\\") { return "the path is absolute" }
    if location.dropFirst().hasPrefix(":") { return "the path names a drive" }
    let parts = location.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
    if parts.contains("..") { return "the path contains '..'" }
    return nil
  }

  private func inspect(
    _ path: String, folder: String
  ) -> (kind: ExternalDataProblem.Kind, reason: String)? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      return (.unavailable, errno == ENOENT ? "the file is missing" : "the file cannot be reached")
    }
    guard let real = resolved(path), let home = resolved(folder) else {
      return (.unavailable, "the file cannot be reached")
    }
    if home != "/", !real.hasPrefix(home + "/") {
      return (.unsafe, "a link leads out of the model's folder")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return (.unavailable, "is not a regular file")
    }
    if Int64(status.st_size) < end {
      return (.unavailable, "the file has \(status.st_size) bytes but \(end) are needed")
    }
    return nil
  }

  private func resolved(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }
}
