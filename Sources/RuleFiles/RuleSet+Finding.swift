import Bytes
import CRules

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension RuleSet {
  /// Name of the environment variable that can name a folder of rules.
  public static let environmentVariable = "REGAUGE_RULES"

  /// Finds the rules: in `directory`, else in the folder that `REGAUGE_RULES` names, else in
  /// `../share/regauge/Rules` seen from the executable's folder, else in the binary.
  ///
  /// A folder that is named, or that is there, must be a set of rules; none is skipped silently.
  ///
  /// - Parameters:
  ///   - directory: The folder that the user names, if any.
  ///   - environment: Gives the value of an environment variable.
  ///   - executable: Path of the program; nil leaves out the folder beside it.
  /// - Returns: The first set found in that order.
  /// - Throws: `RuleFailure` when a folder is no set of rules, or there are no rules anywhere.
  public static func find(
    directory: String?, environment: (String) -> String?, executable: String? = runningExecutable()
  ) throws(RuleFailure) -> RuleSet {
    if let directory {
      return try RuleSet(
        folder: directory, origin: .directory(directory),
        help: "name the folder that holds operators/ and stacks/")
    }
    if let named = environment(environmentVariable), !named.isEmpty {
      return try RuleSet(
        folder: named, origin: .environment(named),
        help: "correct or unset \(environmentVariable), which names this folder")
    }
    if let executable, let shared = sharedFolder(of: executable), exists(shared) {
      return try RuleSet(
        folder: shared, origin: .installed(shared),
        help: "install regauge again, or remove this folder to use the rules in the binary")
    }
    return try RuleSet(embedded: embeddedFiles(), digest: embeddedDigest)
  }

  /// The path of the running program with its links resolved; nil when the system does not tell.
  public static func runningExecutable() -> String? {
    guard let path = unsafe realpath("/proc/self/exe", nil) else { return nil }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  private static func sharedFolder(of executable: String) -> String? {
    guard let slash = executable.lastIndex(of: "/") else { return nil }
    return executable[..<slash] + "/../share/regauge/Rules"
  }

  private static func exists(_ path: String) -> Bool {
    unsafe access(path, F_OK) == 0
  }

  /// The digest of the files in this binary, computed when they were embedded.
  package static var embeddedDigest: String { unsafe String(cString: regauge_rules_digest()) }

  /// The files that are constants of this binary, none of them copied.
  package static func embeddedFiles() -> [RuleFile] {
    (0..<regauge_rule_file_count()).map { index in
      let file = unsafe regauge_rule_file_at(index)
      let name = unsafe String(cString: file.name)
      let bytes = unsafe UnsafeBufferPointer(start: file.bytes, count: file.count)
      return unsafe RuleFile(
        name: name, location: "embedded:\(name)", source: ByteSource(immortal: bytes))
    }
  }
}
