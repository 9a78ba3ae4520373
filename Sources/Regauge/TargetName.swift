/// A target as users write it: `STACK[/FRONTDOOR][:DEVICE]`.
public struct TargetName: Sendable, Hashable, CustomStringConvertible {
  /// The stack.
  public let stack: String
  /// The front door; nil for all of the stack's.
  public let frontDoor: String?
  /// The device; nil for the stack without the limits of a chip.
  public let device: String?

  /// Makes a name.
  public init(stack: String, frontDoor: String? = nil, device: String? = nil) {
    self.stack = stack
    self.frontDoor = frontDoor
    self.device = device
  }

  /// Reads a name; nil when a part is empty.
  public init?(_ text: String) {
    let colon = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = colon[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let device = colon.count > 1 ? String(colon[1]) : nil
    let frontDoor = parts.count > 1 ? String(parts[1]) : nil
    guard !parts[0].isEmpty, frontDoor?.isEmpty != true, device?.isEmpty != true else { return nil }
    self.init(stack: String(parts[0]), frontDoor: frontDoor, device: device)
  }

  /// The name as users write it.
  public var description: String {
    stack + (frontDoor.map { "/\($0)" } ?? "") + (device.map { ":\($0)" } ?? "")
  }
}
