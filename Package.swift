// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is checked as strictly as the toolchain allows.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
/// Modules that read what others wrote also mark every unsafe expression.
let memoryStrict = strict + [.strictMemorySafety()]

func module(_ name: String, _ dependencies: [String] = [], settings: [SwiftSetting]) -> Target {
  .target(name: name, dependencies: dependencies.map { .byName(name: $0) }, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [String], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies.map { .byName(name: $0) }, exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "Regauge",
  products: [
    .library(name: "Regauge", targets: ["Regauge"]),
    .executable(name: "regauge", targets: ["RegaugeTool"]),
  ],
  targets: [
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .target(name: "CRules"),
    .target(name: "CThreads"),

    // The pipeline, left to right: a module imports only what stands above it.
    module("Bytes", settings: memoryStrict),
    module("RuleFiles", ["Bytes", "CRules"], settings: memoryStrict),
    module("ModelGraph", ["Bytes"], settings: memoryStrict),
    module("Threads", ["CThreads"], settings: strict),
    module("ModelReading", ["Bytes", "ModelGraph", "Threads"], settings: memoryStrict),
    module("OperatorCatalogue", ["Bytes", "ModelGraph"], settings: memoryStrict),
    module("Inference", ["Bytes", "ModelGraph", "OperatorCatalogue"], settings: memoryStrict),
    module("Capabilities", ["Bytes", "ModelGraph", "OperatorCatalogue"], settings: memoryStrict),
    module(
      "Compatibility",
      [
        "Bytes", "ModelGraph", "ModelReading", "OperatorCatalogue", "Inference", "Capabilities",
      ],
      settings: memoryStrict),
    module(
      "Porting",
      [
        "Bytes", "ModelGraph", "ModelReading", "OperatorCatalogue", "Inference", "Capabilities",
        "Compatibility",
      ],
      settings: memoryStrict),

    module("XMLDocuments", ["CLibXML2"], settings: strict),
    module(
      "Reporting",
      [
        "Bytes", "ModelGraph", "Inference", "Capabilities", "Compatibility", "Porting",
        "XMLDocuments",
      ],
      settings: memoryStrict),
    module(
      "Gating", ["Bytes", "ModelGraph", "Compatibility", "Porting", "Reporting"],
      settings: memoryStrict),
    module("CommandLineKit", settings: strict),
    module(
      "Regauge",
      [
        "Bytes", "RuleFiles", "ModelGraph", "ModelReading", "OperatorCatalogue", "Inference",
        "Capabilities", "Compatibility", "Porting", "Reporting", "Threads",
      ], settings: strict),
    .executableTarget(
      name: "RegaugeTool",
      dependencies: [
        "Regauge", "Bytes", "RuleFiles", "ModelGraph", "ModelReading", "Inference", "Capabilities",
        "Compatibility",
        "Porting", "Reporting", "Gating", "XMLDocuments",
        "CommandLineKit",
      ], swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["Bytes", "ModelGraph", "OperatorCatalogue"],
      path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("Bytes", ["Bytes"]),
    tests("Threads", ["Threads"]),
    tests(
      "Compatibility",
      [
        "Bytes", "ModelGraph", "ModelReading", "OperatorCatalogue", "Inference", "Capabilities",
        "Compatibility", "TestSupport",
      ]),
    tests("ModelReading", ["Bytes", "ModelGraph", "ModelReading", "TestSupport"]),
    tests(
      "Capabilities", ["Bytes", "ModelGraph", "OperatorCatalogue", "Capabilities", "TestSupport"]),
    tests(
      "Regauge",
      [
        "Bytes", "RuleFiles", "ModelGraph", "ModelReading", "OperatorCatalogue", "Inference",
        "Capabilities", "Compatibility", "Regauge", "TestSupport",
      ], exclude: ["Golden"]),
    tests("OperatorCatalogue", ["Bytes", "ModelGraph", "OperatorCatalogue", "TestSupport"]),
    tests(
      "Stack",
      [
        "Bytes", "ModelGraph", "ModelReading", "OperatorCatalogue", "Inference", "Capabilities",
        "Compatibility", "TestSupport",
      ]),
    tests(
      "Inference",
      ["Bytes", "ModelGraph", "ModelReading", "OperatorCatalogue", "Inference", "TestSupport"]),
    tests(
      "Porting",
      [
        "Bytes", "RuleFiles", "ModelGraph", "ModelReading", "OperatorCatalogue", "Inference",
        "Capabilities", "Compatibility", "Porting", "Reporting", "Regauge", "TestSupport",
      ]),
    tests("RuleFiles", ["Bytes", "RuleFiles"]),
    tests(
      "Reporting",
      [
        "Bytes", "ModelGraph", "ModelReading", "Inference", "Capabilities", "Compatibility",
        "Porting", "Reporting", "XMLDocuments", "CLibXML2", "TestSupport",
      ], exclude: ["Golden"]),
    tests(
      "Gating",
      ["Bytes", "ModelGraph", "Compatibility", "Reporting", "Gating", "TestSupport"]),
    tests("RegaugeTool", ["RegaugeTool", "TestSupport"]),
    tests("CommandLineKit", ["CommandLineKit"]),
    tests("XMLDocuments", ["XMLDocuments"]),
  ]
)
