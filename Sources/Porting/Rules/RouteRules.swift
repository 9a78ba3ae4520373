public import Capabilities
import ModelGraph

/// Ways from a finding to a model that runs, and where they exist.
public struct RouteRules: Sendable {
  /// What a route needs of the front door, the stack or the operator.
  public enum Need: String, Sendable, CaseIterable {
    case castable
    case help
    case functionBody = "function-body"
    case recipe
    case quantisePair = "quantise-pair"
    case cpu
    case importer
    case library
    case triton
    case kernel
  }

  /// How often a task is paid.
  public enum Per: String, Sendable, CaseIterable {
    /// Once for the model.
    case model
    /// Once for each operator.
    case `operator`
    /// For each distinct signature; further ones of an operator at the task's repeat factor.
    case signature
    /// For each node; further ones at the task's repeat factor.
    case node
    /// For each operator; further ones at the task's repeat factor.
    case `class`
    /// Like a kernel: templates by class, types and modes by operator.
    case kernel
  }

  /// When a task of a route is left out.
  public enum Exception: String, Sendable, CaseIterable {
    /// For findings about the model as a whole.
    case model
    /// Where the CPU computes the class acceptably.
    case cpuAcceptable = "cpu-acceptable"
  }

  /// How many times a task is expected.
  enum Count: Sendable, Hashable {
    case number(Double)
    case parameter(String)
    case overrideShare
  }

  /// A task of a route.
  struct RouteTask: Sendable, Hashable {
    /// A task of the effort rules; nil stands for the native kernel of the stack's dialect.
    let id: String?
    let per: Per
    let count: Count
    let unless: Exception?
  }

  /// When in a plan something is done.
  public enum Part: String, Sendable, CaseIterable, Comparable {
    case bringUp = "bring-up"
    case conversion
    case operators
    case validation
    case performance
    case overhead

    /// Earlier parts come first.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// A way to deal with a finding.
  public struct Route: Sendable, Hashable {
    /// The name, as options give it.
    public let name: String
    /// What is done.
    public let title: String
    /// The best grade that a model gets for which this has to be done.
    public let grade: Grade
    let part: Part
    let rules: Set<String>
    let verdicts: Set<String>
    let classes: Set<String>?
    let domains: Set<String>?
    let need: Need?
    let tasks: [RouteTask]
    /// Why the route is offered.
    public let basis: String
  }

  /// How kernels are written natively.
  public enum Dialect: String, Sendable, CaseIterable {
    case cudaLike = "cuda-like"
    case npu

    /// The task of a new kernel.
    public var kernelTask: String {
      switch self {
      case .cudaLike: "N1"
      case .npu: "N2"
      }
    }
  }

  /// A stack as far as routes depend on it.
  public struct StackRoutes: Sendable, Hashable {
    /// The stack.
    public let name: String
    /// How kernels are written natively.
    public let dialect: Dialect
    /// The kernel language's name.
    public let language: String
    /// The task of bringing the toolchain up.
    public let bringUp: String
    /// The share of portable Triton kernels that the vendor replaced; nil without a Triton backend.
    public let tritonOverrideShare: Double?
    /// What this rests on.
    public let basis: String
  }

  /// A front door as far as routes depend on it.
  struct DoorRoutes: Sendable, Hashable {
    let hasOpenImporter: Bool
    let library: FrontDoorName?
  }

  /// Routes in the order of preference among equals.
  public let routes: [Route]
  let stacks: [String: StackRoutes]
  let doors: [FrontDoorName: DoorRoutes]
  let recipes: [OperatorIdentity: [OperatorIdentity]]

  /// The routes of a stack; nil when the evidence has none.
  public func stack(_ name: String) -> StackRoutes? { stacks[name] }

  /// The front door whose kernels a door can call, if it is known.
  public func library(of door: FrontDoorName) -> FrontDoorName? { doors[door]?.library }

  /// Names of all operators that recipes are made of.
  public var operatorNames: Set<String> {
    Set(recipes.values.flatMap { $0 }.map(\.name) + ["QuantizeLinear", "DequantizeLinear"])
  }
}
