public import Bytes
public import Capabilities
public import OperatorCatalogue
public import Porting
public import RuleFiles

/// Why a target could not be found among the rules.
public struct TargetFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public let reason: String
  /// Names that exist in its place, for a suggestion.
  public let candidates: [String]
  /// The word that was not found.
  public let word: String

  /// The reason.
  public var description: String { reason }
}

/// What can be wrong with the rules themselves.
public enum KnowledgeFailure: Error, Sendable, CustomStringConvertible {
  /// A rule file is missing or unreadable.
  case rules(RuleFailure)
  /// An operator file is invalid.
  case catalogue(CatalogueFailure)
  /// A manifest is invalid.
  case manifest(ManifestFailure)
  /// A file of efforts or routes is invalid.
  case effort(EffortFailure)
  /// A target names something that does not exist.
  case target(TargetFailure)

  /// The failure in words.
  public var description: String {
    switch self {
    case .rules(let failure): failure.description
    case .catalogue(let failure): failure.description
    case .manifest(let failure): failure.description
    case .effort(let failure): failure.description
    case .target(let failure): failure.description
    }
  }
}

/// A target with everything that is needed to judge by it.
public struct Target: Sendable {
  /// The stack.
  public let stack: Stack
  /// The front door.
  public let frontDoor: FrontDoorName
  /// The chip, when its own limits count.
  public let device: Device?

  /// The full name, `stack/door` or `stack/door:device`.
  public var name: String {
    frontDoor.description + (device.map { ":\($0.name)" } ?? "")
  }
}

/// The rules of one run: the operator catalogue and the stacks, as far as they are asked for.
public struct Knowledge: Sendable {
  /// Where the rules come from.
  public let rules: RuleSet
  /// Takes the rules; catalogue and manifests are loaded when they are asked for.
  public init(rules: RuleSet) {
    self.rules = rules
  }

  /// Loads the operators' definitions.
  ///
  /// Only rules that were checked when they were embedded are read in part: then `operators` names
  /// those that will be asked for; nil stands for all.
  ///
  /// - Throws: `KnowledgeFailure` when a file is missing or invalid.
  public func catalogue(
    operators: Set<String>? = nil
  ) throws(KnowledgeFailure) -> OperatorCatalogue {
    do {
      let files = try rules.files(under: "operators").map { ($0.location, $0.source) }
      if let operators, rules.origin == .embedded {
        return try OperatorCatalogue(files: files, operators: operators)
      }
      return try OperatorCatalogue(files: files)
    } catch let failure as RuleFailure {
      throw .rules(failure)
    } catch let failure as CatalogueFailure {
      throw .catalogue(failure)
    } catch {
      preconditionFailure("no other error is thrown")
    }
  }

  /// Loads the steps that ONNX's version converter can take.
  ///
  /// - Throws: `KnowledgeFailure` when the file is missing or invalid.
  public func conversions() throws(KnowledgeFailure) -> OpsetConversions {
    let file = try file("conversions/onnx.json")
    do {
      return try OpsetConversions(file: file.location, source: file.source)
    } catch { throw .catalogue(error) }
  }

  /// SHA-256 of the rules, in hexadecimal digits.
  ///
  /// - Throws: `KnowledgeFailure` when a file cannot be read.
  public func digest() throws(KnowledgeFailure) -> String {
    do { return try rules.digest } catch { throw .rules(error) }
  }

  /// Names of all stacks, sorted.
  ///
  /// - Throws: `KnowledgeFailure` when the rules cannot be listed.
  public func stackNames() throws(KnowledgeFailure) -> [String] {
    do { return try rules.directories(under: "stacks") } catch { throw .rules(error) }
  }

  /// Loads a stack without its front doors.
  ///
  /// Of rules that were checked when they were embedded the devices can be left out.
  ///
  /// - Throws: `KnowledgeFailure` when there is no such stack or its file is invalid.
  public func stack(
    _ name: String, listsDevices: Bool = true
  ) throws(KnowledgeFailure) -> Stack {
    let path = "stacks/\(name)/stack.json"
    let names = rules.contains(path) ? [] : try stackNames()
    guard rules.contains(path) || names.contains(name) else {
      throw .target(
        TargetFailure(
          reason: "there is no stack '\(name)'; known are \(names.joined(separator: ", "))",
          candidates: names, word: name))
    }
    let file = try file(path)
    do {
      return try ManifestReader.stack(
        file: file.location, source: file.source,
        listsDevices: listsDevices || rules.origin != .embedded)
    } catch { throw .manifest(error) }
  }

  /// Loads a front door.
  ///
  /// Only rules that were checked when they were embedded are read in part: then `operators` names
  /// those whose records will be asked for; nil stands for all.
  ///
  /// - Throws: `KnowledgeFailure` when there is no such door or its file is invalid.
  public func frontDoor(
    _ name: FrontDoorName, operators: Set<String>? = nil
  ) throws(KnowledgeFailure) -> FrontDoor {
    let file = try file("stacks/\(name.stack)/\(name.door).json")
    do {
      return try ManifestReader.frontDoor(
        file: file.location, source: file.source,
        operators: rules.origin == .embedded ? operators : nil)
    } catch { throw .manifest(error) }
  }

  /// Whether a front door speaks PyTorch's operators, as far as its file tells.
  ///
  /// - Throws: `KnowledgeFailure` when there is no such door.
  func speaksAten(_ name: FrontDoorName) throws(KnowledgeFailure) -> Bool {
    let file = try file("stacks/\(name.stack)/\(name.door).json")
    return ManifestReader.operatorSet(of: file.source) == .aten
  }

  /// Loads the mapping from ONNX's operators to PyTorch's, or the part of it for some operators.
  ///
  /// - Throws: `KnowledgeFailure` when the file is missing or invalid.
  public func mapping(
    operators: Set<String>? = nil
  ) throws(KnowledgeFailure) -> OperatorMapping {
    let file = try file("mappings/onnx-to-aten.json")
    do {
      return try ManifestReader.mapping(
        file: file.location, source: file.source,
        operators: rules.origin == .embedded ? operators : nil)
    } catch { throw .manifest(error) }
  }

  /// Finds the targets that names stand for, each once, in the order that reports have; no names
  /// stand for all stacks.
  ///
  /// Stacks whose devices nobody will ask for may come without them.
  ///
  /// - Throws: `KnowledgeFailure` when a part of a name does not exist.
  public func targets(
    _ names: [TargetName], listsDevices: Bool = true
  ) throws(KnowledgeFailure) -> [Target] {
    let names = names.isEmpty ? try stackNames().map { TargetName(stack: $0) } : names
    var targets: [Target] = []
    for name in names {
      for target in try self.targets(name, listsDevices: listsDevices)
      where !targets.contains(where: { $0.name == target.name }) {
        targets.append(target)
      }
    }
    return targets.sorted { $0.place < $1.place }
  }

  /// Finds the targets that a name stands for; without a front door, all of the stack's.
  ///
  /// - Throws: `KnowledgeFailure` when a part of the name does not exist.
  public func targets(
    _ name: TargetName, listsDevices: Bool = true
  ) throws(KnowledgeFailure) -> [Target] {
    let stack = try stack(name.stack, listsDevices: listsDevices || name.device != nil)
    if let door = name.frontDoor, !stack.frontDoors.contains(door) {
      let list = stack.frontDoors.joined(separator: ", ")
      throw .target(
        TargetFailure(
          reason: "\(name.stack) has no front door '\(door)'; it has \(list)",
          candidates: stack.frontDoors, word: door))
    }
    let device = try name.device.map { (text) throws(KnowledgeFailure) in
      try self.device(text, of: stack)
    }
    return (name.frontDoor.map { [$0] } ?? stack.frontDoors).map { door in
      Target(
        stack: stack, frontDoor: FrontDoorName(stack: name.stack, door: door), device: device)
    }
  }

  private func device(_ name: String, of stack: Stack) throws(KnowledgeFailure) -> Device {
    if let device = stack.device(named: name) { return device }
    let names = stack.devices.map(\.name)
    throw .target(
      TargetFailure(
        reason: "\(stack.name) has no device '\(name)'; known are \(names.joined(separator: ", "))",
        candidates: names, word: name))
  }

  private func file(_ path: String) throws(KnowledgeFailure) -> RuleFile {
    do { return try rules.file(path) } catch { throw .rules(error) }
  }
}

extension Target {
  /// Place among targets, whatever order they are named in: stacks by name, doors as the stack has
  /// them, then devices.
  fileprivate var place: (String, Int, String) {
    (stack.name, stack.frontDoors.firstIndex(of: frontDoor.door) ?? 0, device?.name ?? "")
  }
}
