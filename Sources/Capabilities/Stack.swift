public import ModelGraph

/// An accelerator stack: its devices and the ways into it.
public struct Stack: Sendable {
  /// The name used in targets, such as `ascend-cann`.
  public let name: String
  /// A name for people.
  public let title: String
  /// Who makes it.
  public let vendor: String
  /// Names of the front doors; the first is the one meant when none is named.
  public let frontDoors: [String]
  /// The devices, in file order.
  public let devices: [Device]
  /// Where the facts were read.
  public let sources: [EvidenceSource]
  /// What readers should know.
  public let notes: [String]

  /// The device called `name`, or with that alias, in any letter case.
  public func device(named name: String) -> Device? {
    let wanted = name.lowercased()
    return devices.first { device in
      device.name.lowercased() == wanted || device.aliases.contains { $0.lowercased() == wanted }
    }
  }
}

/// A chip or card of a stack.
public struct Device: Sendable {
  /// The name that documents use.
  public let name: String
  /// Other names.
  public let aliases: [String]
  /// Key of the product line that operator records speak of.
  public let product: String?
  /// Element types that the device does not compute.
  public let lacks: ElementTypeSet
  /// Element types that the device is said to compute.
  public let has: ElementTypeSet
  /// What is known in numbers; figures that disagree stand side by side.
  public let figures: [DeviceFigure]
  /// Where `lacks` and `has` were read.
  public let evidence: [Evidence]
  /// A remark for readers.
  public let note: String?
}

/// One figure of a device.
public struct DeviceFigure: Sendable, Hashable {
  /// Who says so.
  public enum Kind: String, Sendable, CaseIterable {
    case vendor
    case measured
    case press
    case announced
    case code
    case derived
  }

  /// A number, or a statement that is none.
  public enum Value: Sendable, Hashable, CustomStringConvertible {
    case number(Double)
    case text(String)

    /// The number, without a fraction that says nothing, or the text.
    public var description: String {
      switch self {
      case .number(let number): Int64(exactly: number).map(String.init) ?? String(number)
      case .text(let text): text
      }
    }
  }

  /// What is told, such as `memory`.
  public let figure: String
  /// How much or what.
  public let value: Value
  /// Unit of a number.
  public let unit: String?
  /// Who says so.
  public let kind: Kind
  /// Repository or address.
  public let source: String
  /// Commit or edition.
  public let commit: String?
  /// File inside the source.
  public let path: String?
  /// Line or lines.
  public let line: String?
  /// Date of the source.
  public let date: String?
  /// How far it can be trusted.
  public let confidence: Confidence
  /// A remark for readers.
  public let note: String?
}
