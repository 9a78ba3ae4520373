import ModelGraph

/// A scope whose nodes are being inferred.
struct Frame {
  /// Why the scope is walked and what happens at its end.
  enum Purpose {
    /// For its own values only.
    case free
    /// A branch of a conditional; `results` are the outputs of the branches before it.
    case branch(rest: [ScopeReference], results: [[TypeSlot]])
    /// The body of a loop or scan with these types of its states.
    case iteration(Iteration)
    /// The body of a map over sequences.
    case map
    /// The body of a function.
    case call(FunctionCalls.Call)
  }

  let scope: ScopeReference
  let nodes: Run
  var next = 0
  /// Which operator-set imports apply.
  let environment: Int
  /// The node that holds or calls the scope, or `none`.
  let owner: NodeReference
  let purpose: Purpose
}

/// One look at the body of a loop or scan.
struct Iteration {
  /// How many inputs and outputs of the body stand before its states.
  let leadingInputs: Int
  let leadingOutputs: Int
  /// Inputs of the node that are states.
  let firstState: Int
  /// What is assumed of each state at the start of an iteration.
  var states: [TypeSlot]
  /// Looks taken so far.
  var pass: Int
  /// Number of iterations, as far as it is known; a loop may end earlier.
  let count: Dim
}
