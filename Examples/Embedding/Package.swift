// swift-tools-version: 6.3
// Programs that embed Nightjar. They see what any embedder sees: the product `Nightjar`, the plugin
// `NightjarScripts`, and nothing else of the package above.
import PackageDescription

let nightjar: Target.Dependency = .product(name: "Nightjar", package: "nightjar")

let package = Package(
  name: "Embedding",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "nightjar", path: "../..")],
  targets: [
    .executableTarget(name: "QuickStart", dependencies: [nightjar]),
    .executableTarget(
      name: "ServerRules",
      dependencies: [nightjar],
      plugins: [.plugin(name: "NightjarScripts", package: "nightjar")]
    ),
    .executableTarget(name: "HotReload", dependencies: [nightjar]),
    .executableTarget(name: "GameLoop", dependencies: [nightjar]),
    .executableTarget(
      name: "FrameRuntime",
      dependencies: [nightjar],
      plugins: [.plugin(name: "NightjarScripts", package: "nightjar")]
    ),
    .executableTarget(name: "AgentTools", dependencies: [nightjar]),
    .executableTarget(name: "Configuration", dependencies: [nightjar]),
  ]
)
