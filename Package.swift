// swift-tools-version: 6.3
import PackageDescription

// Targets stand in floor order; docs/architecture.md says who may import whom, and a tidy test checks it.

/// Settings every target shares.
///
/// A section for each function lets the linker drop and order them. Functions of equal code are not merged:
/// what merging leaves behind has no names, and lies where it cannot be ordered.
let common: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .unsafeFlags(
    ["-Xfrontend", "-function-sections", "-Xfrontend", "-disable-llvm-merge-functions-pass"],
    .when(platforms: [.linux], configuration: .release)
  ),
]

/// Settings of the modules in which each step that the compiler cannot vouch for says `unsafe`
/// or is an error (docs/decisions/0011).
let strict: [SwiftSetting] =
  common + [.strictMemorySafety(), .treatWarning("StrictMemorySafety", as: .error)]

/// Settings of the module that holds the dispatch loop.
///
/// The code is correct and fast without them; tail duplication gives every instruction its own
/// indirect jump (docs/internals/loop.md).
let engine: [SwiftSetting] =
  common + [
    .unsafeFlags(
      [
        "-Xllvm", "-tail-dup-pred-size=4096", "-Xllvm", "-tail-dup-succ-size=4096",
        "-Xllvm", "-sil-disable-pass=dead-store-elimination",
      ],
      .when(configuration: .release)
    )
  ]

/// The command is one file without shared libraries: it starts in half the time and memory.
///
/// What programs run of it lies together, so that the rest need not be resident
/// (docs/decisions/0009).
let command: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-executable", "-use-ld=lld", "-Xlinker", "--no-warn-symbol-ordering", "-Xlinker",
      "--symbol-ordering-file=\(Context.packageDirectory)/Sources/nightjar/function-order.txt",
    ],
    .when(platforms: [.linux], configuration: .release)
  )
]

/// The library for other languages is one file that needs nothing of Swift's and shows what its header
/// declares.
let library: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-stdlib", "-use-ld=lld", "-Xlinker", "-soname=libnightjar.so", "-Xlinker",
      "--gc-sections", "-Xlinker", "--strip-all", "-Xlinker",
      "--version-script=\(Context.packageDirectory)/Sources/NightjarC/exports.map",
    ],
    .when(platforms: [.linux], configuration: .release)
  )
]

let package = Package(
  name: "nightjar",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "nightjar", targets: ["nightjar"]),
    .library(name: "Nightjar", targets: ["Nightjar"]),
    .plugin(name: "NightjarScripts", targets: ["NightjarScripts"]),
    // The library for other languages; `make library` makes libnightjar.so of it.
    .library(name: "NightjarC", type: .dynamic, targets: ["NightjarC"]),
  ],
  targets: [
    // Floor 0
    .target(name: "CNightjar"),
    .target(name: "CNightjarAPI"),
    .target(name: "NightjarBase", dependencies: ["CNightjar"], swiftSettings: common),
    .testTarget(name: "NightjarBaseTests", dependencies: ["NightjarBase"], swiftSettings: common),
    .target(name: "NightjarDiagnostics", dependencies: ["NightjarBase"], swiftSettings: strict),
    // Floor 1
    .target(name: "NightjarBytecode", dependencies: ["NightjarBase"], swiftSettings: strict),
    // Floor 2
    .target(
      name: "NightjarEngine",
      dependencies: ["NightjarBase", "NightjarBytecode", "CNightjar"],
      swiftSettings: engine
    ),
    .target(
      name: "NightjarLuaSyntax",
      dependencies: ["NightjarBase", "NightjarDiagnostics"],
      swiftSettings: strict
    ),
    .target(
      name: "NightjarLuaCompiler",
      dependencies: [
        "NightjarBase", "NightjarDiagnostics", "NightjarBytecode", "NightjarLuaSyntax",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "NightjarFuseSyntax",
      dependencies: ["NightjarBase", "NightjarDiagnostics"],
      swiftSettings: strict
    ),
    .target(
      name: "NightjarFuseFormat",
      dependencies: ["NightjarDiagnostics", "NightjarFuseSyntax"],
      swiftSettings: strict
    ),
    // The texts of Fuse's library are part of the program.
    .target(
      name: "NightjarFuseLibrary",
      dependencies: ["NightjarFuseSyntax"],
      resources: [
        "prelude.fuse", "rt.fuse", "string.fuse", "ustring.fuse", "math.fuse", "bit32.fuse",
        "table.fuse", "collections.fuse", "io.fuse", "os.fuse", "coroutine.fuse", "debug.fuse",
        "json.fuse", "test.fuse", "task.fuse", "jit.fuse", "ffi.fuse", "rt_core.lua",
        "rt_bits.lua", "rt_dictionaries.lua", "rt_text.lua", "rt_pack.lua", "rt_system.lua",
      ].map { .embedInCode($0) },
      swiftSettings: strict
    ),
    .target(
      name: "NightjarFuseTypes",
      dependencies: ["NightjarDiagnostics", "NightjarFuseSyntax", "NightjarFuseLibrary"],
      swiftSettings: strict
    ),
    .target(
      name: "NightjarFuseLua",
      dependencies: [
        "NightjarDiagnostics", "NightjarFuseSyntax", "NightjarFuseLibrary", "NightjarFuseTypes",
      ],
      swiftSettings: strict
    ),
    // Floor 3
    .target(
      name: "NightjarFuseProject",
      dependencies: [
        "NightjarDiagnostics", "NightjarBytecode", "NightjarFuseSyntax", "NightjarFuseTypes",
        "NightjarFuseLua",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "NightjarLuaLibrary",
      dependencies: ["NightjarBase", "NightjarBytecode", "NightjarEngine"],
      swiftSettings: strict
    ),
    .target(
      name: "NightjarRuntime",
      dependencies: ["NightjarBase", "NightjarBytecode", "NightjarEngine"],
      swiftSettings: strict
    ),
    .target(
      name: "NightjarSystem",
      dependencies: ["NightjarBase", "CNightjar"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "NightjarSystemTests",
      dependencies: ["NightjarBase", "NightjarSystem"],
      swiftSettings: common
    ),
    .target(
      name: "NightjarSimulation",
      dependencies: ["NightjarBase"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "NightjarSimulationTests",
      dependencies: ["NightjarBase", "NightjarSimulation", "NightjarSystem"],
      swiftSettings: common
    ),
    // Floor 4
    .target(
      name: "Nightjar",
      dependencies: [
        "NightjarBase", "NightjarDiagnostics", "NightjarBytecode", "NightjarEngine",
        "NightjarLuaCompiler", "NightjarFuseSyntax", "NightjarFuseTypes", "NightjarFuseLua",
        "NightjarFuseProject", "NightjarLuaLibrary", "NightjarRuntime", "NightjarSimulation",
        "NightjarSystem",
      ],
      swiftSettings: strict
    ),
    .testTarget(name: "NightjarTests", dependencies: ["Nightjar"], swiftSettings: common),
    // Floor 5
    // The pages about errors are part of the command.
    .target(
      name: "NightjarExplanations",
      resources: [.embedInCode("pages.md")],
      swiftSettings: strict
    ),
    .target(
      name: "NightjarConsole",
      dependencies: ["NightjarBase", "NightjarSystem"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "NightjarConsoleTests",
      dependencies: ["NightjarConsole"],
      swiftSettings: common
    ),
    .executableTarget(
      name: "nightjar",
      dependencies: [
        "NightjarBase", "NightjarDiagnostics", "NightjarBytecode", "NightjarEngine",
        "NightjarLuaSyntax", "NightjarLuaCompiler", "NightjarLuaLibrary", "NightjarRuntime",
        "NightjarSimulation", "NightjarSystem", "NightjarConsole", "NightjarExplanations",
        "NightjarFuseSyntax", "NightjarFuseTypes", "NightjarFuseLua", "NightjarFuseFormat",
        "NightjarFuseProject",
      ],
      exclude: ["function-order.txt"],
      swiftSettings: strict,
      linkerSettings: command
    ),
    .target(
      name: "NightjarC",
      dependencies: ["CNightjarAPI", "Nightjar"],
      exclude: ["exports.map"],
      swiftSettings: common,
      linkerSettings: library
    ),
    .executableTarget(
      name: "nightjar-scripts",
      dependencies: [
        "NightjarBase", "NightjarDiagnostics", "NightjarLuaCompiler", "NightjarSystem",
      ],
      swiftSettings: common
    ),
    .plugin(
      name: "NightjarScripts",
      capability: .buildTool(),
      dependencies: ["nightjar-scripts"]
    ),
    // Tools: never products, so no embedder builds them
    .target(
      name: "NightjarInstructionSet",
      path: "Tools/Sources/InstructionSet",
      swiftSettings: strict
    ),
    .target(
      name: "NightjarGeneration",
      dependencies: ["NightjarInstructionSet"],
      path: "Tools/Sources/Generation",
      swiftSettings: strict
    ),
    .target(name: "NightjarHotPath", path: "Tools/Sources/HotPath", swiftSettings: strict),
    .executableTarget(
      name: "nightjar-tools",
      dependencies: ["NightjarGeneration", "NightjarHotPath"],
      path: "Tools/Sources/nightjar-tools",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "nightjar-embedding-benchmark",
      dependencies: ["Nightjar"],
      path: "Benchmarks/Sources/Embedding",
      swiftSettings: common
    ),
    .executableTarget(
      name: "nightjar-task-benchmark",
      dependencies: ["Nightjar"],
      path: "Benchmarks/Sources/Tasks",
      swiftSettings: common
    ),
    .executableTarget(
      name: "nightjar-fuse-benchmark",
      dependencies: ["NightjarFuseSyntax", "NightjarFuseTypes", "NightjarFuseLua"],
      path: "Benchmarks/Sources/Fuse",
      swiftSettings: common
    ),
    // Fuzzers: libraries that Fuzz/run links with libFuzzer
    .target(
      name: "NightjarFuzzing",
      dependencies: [
        "NightjarBase", "NightjarBytecode", "NightjarDiagnostics", "NightjarLuaSyntax",
        "NightjarLuaCompiler", "NightjarEngine",
      ],
      path: "Fuzz/Sources/NightjarFuzzing",
      swiftSettings: common
    ),
    .target(
      name: "FuzzBinaryChunk",
      dependencies: ["NightjarFuzzing"],
      path: "Fuzz/Sources/FuzzBinaryChunk",
      swiftSettings: common
    ),
    .target(
      name: "FuzzLuaSource",
      dependencies: ["NightjarFuzzing"],
      path: "Fuzz/Sources/FuzzLuaSource",
      swiftSettings: common
    ),
    .target(
      name: "FuzzLuaRun",
      dependencies: ["NightjarFuzzing"],
      path: "Fuzz/Sources/FuzzLuaRun",
      swiftSettings: common
    ),
    // Tests
    .testTarget(
      name: "ProgramTests",
      exclude: ["Expected", "Programs"],
      swiftSettings: common
    ),
    .testTarget(
      name: "NightjarEngineTests",
      dependencies: [
        "NightjarBase", "NightjarBytecode", "NightjarEngine", "NightjarLuaCompiler",
      ],
      swiftSettings: common
    ),
    .testTarget(
      name: "NightjarRuntimeTests",
      dependencies: [
        "NightjarBase", "NightjarBytecode", "NightjarEngine", "NightjarLuaCompiler",
        "NightjarLuaLibrary", "NightjarRuntime",
      ],
      swiftSettings: common
    ),
    // Runs programs over the libraries of connections, in the real and in the simulated world.
    .testTarget(
      name: "OperationProgramTests",
      dependencies: [
        "NightjarBase", "NightjarBytecode", "NightjarEngine", "NightjarLuaCompiler",
        "NightjarLuaLibrary", "NightjarRuntime", "NightjarSimulation", "NightjarSystem",
        "TestSupport",
      ],
      swiftSettings: common
    ),
    // Runs the benchmark programs on the engine itself, to read its counters.
    .testTarget(
      name: "CountTests",
      dependencies: [
        "NightjarBase", "NightjarBytecode", "NightjarEngine", "NightjarLuaCompiler",
        "NightjarLuaLibrary",
      ],
      exclude: ["counts.txt"],
      swiftSettings: common
    ),
    // Runs programs with the built command; it imports nothing of this package.
    .testTarget(name: "ConformanceTests", swiftSettings: common),
    // Builds packages that see what an embedder sees.
    .testTarget(name: "EmbeddingTests", swiftSettings: common),
    // Hostile scripts, each run by a host in a process of its own.
    .executableTarget(
      name: "EscapeHost",
      dependencies: [
        "Nightjar", "NightjarBase", "NightjarBytecode", "NightjarEngine", "NightjarLuaCompiler",
        "NightjarLuaLibrary", "NightjarSystem",
      ],
      path: "Tests/EscapeHost",
      swiftSettings: common
    ),
    .testTarget(
      name: "EscapeTests",
      dependencies: ["EscapeHost"],
      swiftSettings: common
    ),
    .testTarget(name: "TidyTests", exclude: ["unsafe-files.txt"], swiftSettings: common),
    .testTarget(
      name: "NightjarToolsTests",
      dependencies: [
        "NightjarInstructionSet", "NightjarGeneration", "NightjarHotPath", "NightjarBytecode",
      ],
      swiftSettings: common
    ),
    .testTarget(
      name: "NightjarDiagnosticsTests",
      dependencies: ["NightjarDiagnostics"],
      swiftSettings: common
    ),
    .testTarget(
      name: "NightjarLuaSyntaxTests",
      dependencies: ["NightjarBase", "NightjarDiagnostics", "NightjarLuaSyntax", "TestSupport"],
      swiftSettings: common
    ),
    // What tests of several modules share.
    .target(
      name: "TestSupport",
      dependencies: ["NightjarBase"],
      path: "Tests/TestSupport",
      swiftSettings: common
    ),
    // What the tests of Fuse share
    .target(
      name: "FuseTesting",
      dependencies: [
        "NightjarBase", "NightjarDiagnostics", "NightjarFuseSyntax", "TestSupport",
      ],
      path: "Tests/FuseTesting",
      swiftSettings: common
    ),
    .testTarget(
      name: "NightjarFuseSyntaxTests",
      dependencies: [
        "NightjarBase", "NightjarDiagnostics", "NightjarFuseSyntax", "NightjarLuaLibrary",
        "FuseTesting", "TestSupport",
      ],
      swiftSettings: common
    ),
    // Runs the library's Lua on every interpreter there is.
    .testTarget(
      name: "NightjarFuseLibraryTests",
      dependencies: [
        "NightjarDiagnostics", "NightjarFuseSyntax", "NightjarFuseFormat", "NightjarFuseLibrary",
        "FuseTesting",
      ],
      swiftSettings: common
    ),
    .testTarget(
      name: "FuseConformanceTests",
      dependencies: [
        "NightjarDiagnostics", "NightjarFuseSyntax", "NightjarFuseTypes", "NightjarFuseLua",
        "FuseTesting",
      ],
      swiftSettings: common
    ),
    .testTarget(
      name: "NightjarFuseLuaTests",
      dependencies: [
        "NightjarDiagnostics", "NightjarFuseSyntax", "NightjarFuseTypes", "NightjarFuseLua",
        "FuseTesting",
      ],
      swiftSettings: common
    ),
    .testTarget(
      name: "NightjarFuseTypesTests",
      dependencies: [
        "NightjarDiagnostics", "NightjarFuseSyntax", "NightjarFuseFormat", "NightjarFuseLibrary",
        "NightjarFuseTypes", "FuseTesting",
      ],
      swiftSettings: common
    ),
    // Programs as a whole, on every interpreter of Lua there is.
    .testTarget(
      name: "NightjarFuseProgramsTests",
      dependencies: [
        "NightjarDiagnostics", "NightjarFuseSyntax", "NightjarFuseFormat", "NightjarFuseTypes",
        "NightjarFuseLua", "FuseTesting",
      ],
      swiftSettings: common
    ),
    .testTarget(
      name: "NightjarFuseFlowTests",
      dependencies: [
        "NightjarBase", "NightjarDiagnostics", "NightjarFuseSyntax", "NightjarFuseTypes",
        "NightjarFuseLua", "Nightjar", "FuseTesting", "TestSupport",
      ],
      swiftSettings: common
    ),
    .testTarget(
      name: "NightjarFuseFormatTests",
      dependencies: [
        "NightjarBase", "NightjarDiagnostics", "NightjarFuseSyntax", "NightjarFuseFormat",
        "FuseTesting",
      ],
      swiftSettings: common
    ),
    .testTarget(
      name: "NightjarFuseProjectTests",
      dependencies: [
        "NightjarDiagnostics", "NightjarFuseSyntax", "NightjarFuseTypes", "NightjarFuseLua",
        "NightjarFuseProject",
      ],
      swiftSettings: common
    ),
    .testTarget(
      name: "NightjarBytecodeTests",
      dependencies: ["NightjarBytecode", "NightjarBase"],
      swiftSettings: common
    ),
    .testTarget(
      name: "NightjarLuaCompilerTests",
      dependencies: [
        "NightjarLuaCompiler", "NightjarLuaSyntax", "NightjarDiagnostics", "NightjarBytecode",
        "NightjarBase",
      ],
      swiftSettings: common
    ),
    .testTarget(
      name: "NightjarFuzzingTests",
      dependencies: ["NightjarFuzzing", "NightjarBytecode", "TestSupport"],
      swiftSettings: common
    ),
  ],
  swiftLanguageModes: [.v6]
)
