/// What the user knows or wants of a port.
public struct EstimatePolicy: Sendable {
  /// How experienced a team is.
  public enum Team: String, Sendable, CaseIterable {
    /// It ports its first model.
    case firstPort = "first-port"
    /// It has ported models before.
    case experienced
  }

  /// Stacks whose toolchain the team has running already.
  public var knownStacks: Set<String> = []
  /// How experienced the team is.
  public var team = Team.firstPort
  /// How many people work at a time.
  public var people = 1
  /// A route to take wherever it exists.
  public var route: String?
  /// Routes to choose from; empty for all.
  public var allowed: Set<String> = []
  /// Routes that are not to be taken.
  public var denied: Set<String> = []
  /// What is assumed to be so, and estimated beside.
  public var assumptions: [Assumption] = []
  /// Hours of the project's own.
  public var calibration = Calibration.none

  /// Makes the policy of a first port by one person, with all routes.
  public init() {}

  func allows(_ route: String) -> Bool {
    !denied.contains(route) && (allowed.isEmpty || allowed.contains(route))
  }

  /// Of the ways to deal with a gap those that may be taken.
  func choosing(_ all: [RouteOffer]) -> [RouteOffer] {
    let found = all.filter { offer in offer.routes.allSatisfy { allows($0.name) } }
    guard let pinned = route else { return found }
    let wanted = found.filter { offer in offer.routes.contains { $0.name == pinned } }
    return wanted.isEmpty ? found : wanted
  }

  /// The same with a route wherever it exists.
  func pinning(_ route: String) -> EstimatePolicy {
    var policy = self
    policy.route = route
    return policy
  }

  /// The same with only the ways of porting by hand: what tools and Triton spare is not taken.
  var byHand: EstimatePolicy {
    var policy = pinning("native")
    policy.allowed = []
    policy.denied = ["triton"]
    return policy
  }
}

/// Something that would shorten a port.
public enum Assumption: Sendable, Hashable {
  /// An operator is taken by the target.
  case done(String)
  /// Kernels are written in Triton wherever it can express them.
  case tritonEverywhere
  /// The model has another opset.
  case opset(Int64)

  /// The assumption as options give it.
  public var description: String {
    switch self {
    case .done(let operation): "\(operation)=done"
    case .tritonEverywhere: "triton-everywhere"
    case .opset(let version): "opset=\(version)"
    }
  }

  /// Reads an assumption; nil when it is none.
  public init?(_ text: String) {
    if text == "triton-everywhere" {
      self = .tritonEverywhere
      return
    }
    guard let mark = text.lastIndex(of: "="), mark != text.startIndex else { return nil }
    let name = String(text[..<mark])
    let value = text[text.index(after: mark)...]
    if name == "opset" {
      guard let version = Int64(value), version > 0 else { return nil }
      self = .opset(version)
    } else if value == "done" {
      self = .done(name)
    } else {
      return nil
    }
  }
}
