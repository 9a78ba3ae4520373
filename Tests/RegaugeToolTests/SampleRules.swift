import Foundation

/// A set of rules with the real operators and one made-up stack that gives every verdict.
enum SampleRules {
  /// For each verdict an operator that gets it.
  static let operators = [
    "supported": "Relu(x)", "conditional": "Neg(x)", "fallback": "Exp(x)", "unknown": "Abs(x)",
    "silent": "Softmax <axis = 0> (x)", "unsupported": "Add(x, x)",
  ]

  static let stack = """
    {"schema":"regauge/stack/1","stack":"sample","title":"Sample stack","vendor":"Nobody",
     "frontDoors":["door"],"sources":[],"devices":[{"name":"Chip 1"},{"name":"Chip 2"}]}
    """

  static let door = """
    {"schema":"regauge/front-door/1","stack":"sample","door":"door","title":"the only door",
     "version":"7","speaks":"onnx","matching":"any","list":"closed","onMissing":"fails",
     "functionBodies":"none","modelFunctions":"inlined","notes":["Made up."],
     "sources":[{"kind":"source code","repository":"nobody/sample","commit":"c0ffee"}],
     "operators":[
     {"domain":"ai.onnx","op":"Relu",\(evidence)},
     {"domain":"ai.onnx","op":"Neg","limits":[{"check":{"undecidable":"the driver's age"},
      "reason":"needs a new driver"}],\(evidence)},
     {"domain":"ai.onnx","op":"Exp","limits":[{"check":{"input":0,"ranks":[9]},
      "otherwise":"fallback","reason":"only for rank 9"}],\(evidence)},
     {"domain":"ai.onnx","op":"Abs","status":"unknown","reason":"not looked at",\(evidence)},
     {"domain":"ai.onnx","op":"Softmax",
      "ignores":[{"attribute":"axis","because":"never read"}],\(evidence)}
     ]}
    """

  private static let evidence =
    #""evidence":[{"source":0,"path":"kernels.cc","line":"12","confidence":"high"}]"#

  /// The repository's folder.
  private static var repository: URL {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return root
  }

  /// The environment of a run by the shipped rules instead of these.
  static var shipped: [String: String] {
    ["REGAUGE_RULES": repository.appending(path: "Rules").path]
  }

  /// Writes the set to the folder `rules`.
  static func write(to folder: WorkFolder) throws {
    try folder.write("rules/stacks/sample/stack.json", stack)
    try folder.write("rules/stacks/sample/door.json", door)
    for name in ["operators", "conversions"] {
      try folder.makeLink("rules/\(name)", to: repository.appending(path: "Rules/\(name)").path)
    }
  }
}

/// Models in ONNX's textual syntax.
enum SampleModels {
  static let header = "<ir_version: 8, opset_import: [\"\": 17]>\n"

  /// A model with one node that gets a verdict.
  static func judged(_ verdict: String) -> String {
    body("y = \(SampleRules.operators[verdict] ?? "")")
  }

  /// A model with one input, one output, and these nodes.
  static func body(_ nodes: String) -> String {
    header + "g (float[2] x) => (float[2] y) { \(nodes) }"
  }

  static let supported = judged("supported")
  static let unsupported = judged("unsupported")

  /// Functions of which each calls the next one twice.
  static func doubling(_ levels: Int) -> String {
    let domain = "<domain: \"f\", opset_import: [\"\": 17, \"f\": 1]>"
    let functions = (0..<levels).map { level in
      "\(domain) F\(level) (a) => (b) { c = f.F\(level + 1)(a) b = f.F\(level + 1)(c) }\n"
    }
    return "<ir_version: 8, opset_import: [\"\": 17, \"f\": 1]>\n"
      + "g (float[2] x) => (float[2] y) { y = f.F0(x) }\n\(functions.joined())"
      + "\(domain) F\(levels) (a) => (b) { b = Relu(a) }\n"
  }
}
