// Imports go down a floor, or sideways only where this table says so. Package.swift and the import
// lines are both held against it, so that neither can drift.
//
// ORDER: docs/architecture.md shows the same floors to people.

import Foundation
import Testing

/// One module of the package: its floor and the modules it may know.
struct Module {
  let name: String
  let floor: Int
  let mayImport: Set<String>
  /// Modules of the operating system or the toolchain it may import.
  let mayImportOutside: Set<String>

  init(_ floor: Int, _ name: String, _ mayImport: Set<String>, outside: Set<String> = []) {
    self.name = name
    self.floor = floor
    self.mayImport = mayImport
    self.mayImportOutside = outside
  }

  static let libc: Set<String> = ["Glibc", "Musl", "Darwin"]

  static let all: [Module] = [
    Module(0, "CNightjar", []),
    Module(0, "CNightjarAPI", []),
    Module(0, "NightjarBase", ["CNightjar"]),
    Module(0, "NightjarDiagnostics", ["NightjarBase"]),
    Module(1, "NightjarBytecode", ["NightjarBase", "NightjarDiagnostics"]),
    // The engine calls memcpy and malloc and nothing else of the C library.
    Module(2, "NightjarEngine", ["NightjarBase", "NightjarBytecode", "CNightjar"], outside: libc),
    Module(2, "NightjarLuaSyntax", ["NightjarBase", "NightjarDiagnostics"]),
    Module(
      2,
      "NightjarLuaCompiler",
      ["NightjarBase", "NightjarDiagnostics", "NightjarBytecode", "NightjarLuaSyntax"]
    ),
    Module(2, "NightjarFuseSyntax", ["NightjarBase", "NightjarDiagnostics"]),
    Module(2, "NightjarFuseFormat", ["NightjarDiagnostics", "NightjarFuseSyntax"]),
    Module(2, "NightjarFuseLibrary", ["NightjarFuseSyntax"]),
    Module(
      2,
      "NightjarFuseTypes",
      ["NightjarDiagnostics", "NightjarFuseSyntax", "NightjarFuseLibrary"]
    ),
    Module(
      2,
      "NightjarFuseLua",
      ["NightjarDiagnostics", "NightjarFuseSyntax", "NightjarFuseLibrary", "NightjarFuseTypes"]
    ),
    Module(
      3,
      "NightjarFuseProject",
      [
        "NightjarDiagnostics", "NightjarBytecode", "NightjarFuseSyntax", "NightjarFuseTypes",
        "NightjarFuseLua",
      ]
    ),
    Module(3, "NightjarLuaLibrary", ["NightjarBase", "NightjarBytecode", "NightjarEngine"]),
    Module(3, "NightjarRuntime", ["NightjarBase", "NightjarBytecode", "NightjarEngine"]),
    // The only module that talks to the operating system.
    Module(3, "NightjarSystem", ["NightjarBase", "CNightjar"], outside: libc),
    Module(3, "NightjarSimulation", ["NightjarBase"]),
    // The one module whose names are promised.
    Module(
      4,
      "Nightjar",
      [
        "NightjarBase", "NightjarDiagnostics", "NightjarBytecode", "NightjarEngine",
        "NightjarLuaCompiler", "NightjarFuseSyntax", "NightjarFuseTypes", "NightjarFuseLua",
        "NightjarFuseProject", "NightjarLuaLibrary", "NightjarRuntime", "NightjarSimulation",
        "NightjarSystem",
      ]
    ),
    Module(5, "NightjarConsole", ["NightjarBase", "NightjarSystem"]),
    Module(5, "NightjarExplanations", []),
    // The library for other languages.
    Module(5, "NightjarC", ["CNightjarAPI", "Nightjar"]),
    // The plugin's tool: no engine, so that its users build none for it.
    Module(
      5,
      "nightjar-scripts",
      ["NightjarBase", "NightjarDiagnostics", "NightjarLuaCompiler", "NightjarSystem"]
    ),
    Module(
      5,
      "nightjar",
      [
        "NightjarBase", "NightjarDiagnostics", "NightjarBytecode", "NightjarEngine",
        "NightjarLuaSyntax", "NightjarLuaCompiler", "NightjarLuaLibrary", "NightjarRuntime",
        "NightjarSimulation", "NightjarSystem", "NightjarConsole", "NightjarExplanations",
        "NightjarFuseSyntax", "NightjarFuseTypes", "NightjarFuseLua", "NightjarFuseFormat",
        "NightjarFuseProject",
      ]
    ),
  ]

  static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
  /// Parts of the standard library that have modules of their own.
  static let partsOfSwift: Set<String> = ["Swift", "Synchronization"]
}

@Suite struct DirectionTests {
  /// The name and the dependencies of each target in Package.swift that is neither test nor tool.
  private func declaredTargets() throws -> [String: [String]] {
    let manifest = try #require(Repository.text("Package.swift"))
    var targets: [String: [String]] = [:]
    let opening = /\.(target|executableTarget|testTarget|systemLibrary)\(\s*name:\s*"([^"]+)"/
    for match in manifest.matches(of: opening) {
      let declaration = balanced(manifest[match.range.lowerBound...])
      let isOurs = match.output.1 != "testTarget" && !declaration.contains("path: \"")
      guard isOurs else { continue }
      let list = declaration.firstMatch(of: /dependencies:\s*\[([^\]]*)\]/)?.output.1 ?? ""
      targets[String(match.output.2)] = list.matches(of: /"([^"]+)"/).map { String($0.output.1) }
    }
    return targets
  }

  /// The text up to the parenthesis that closes the first one.
  private func balanced(_ text: Substring) -> Substring {
    var depth = 0
    for index in text.indices {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      if depth == 0 && text[index] == ")" { return text[...index] }
    }
    return text
  }

  /// The modules that a file imports, with line numbers.
  private func imports(_ path: String) -> [(line: Int, module: String)] {
    let line =
      /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
    return SwiftText(Repository.text(path) ?? "").code.enumerated().compactMap { number, text in
      text.firstMatch(of: line).map { (number + 1, String($0.output.1)) }
    }
  }

  @Test func everyTargetHasAFloor() throws {
    let targets = try declaredTargets()
    #expect(targets.count >= 10, "the manifest could not be read")
    for name in targets.keys.sorted() {
      #expect(
        Module.named[name] != nil,
        "\(name) is not in the floor table of DirectionTests.swift"
      )
    }
  }

  @Test func theTableItselfGoesDown() {
    for module in Module.all {
      for other in module.mayImport {
        let floor = Module.named[other]?.floor ?? .max
        #expect(floor <= module.floor, "\(module.name) may not import \(other) from a higher floor")
      }
    }
  }

  @Test func manifestDependenciesAreAllowed() throws {
    for (name, dependencies) in try declaredTargets() {
      guard let module = Module.named[name] else { continue }
      for dependency in dependencies {
        #expect(
          module.mayImport.contains(dependency),
          "Package.swift: \(name) may not use \(dependency)"
        )
      }
    }
  }

  @Test(arguments: Repository.swiftSources)
  func importsAreAllowed(path: String) throws {
    let name = String(path.split(separator: "/")[1])
    let module = try #require(Module.named[name], "\(path) belongs to no known module")
    for (line, imported) in imports(path) {
      let allowed =
        module.mayImport.contains(imported) || module.mayImportOutside.contains(imported)
        || Module.partsOfSwift.contains(imported)
      #expect(allowed, "\(path):\(line): \(name) may not import \(imported)")
    }
  }

  /// Foundation costs start-up time and determinism: it is for tests and tools.
  @Test(arguments: Repository.swiftSources)
  func nothingInSourcesImportsFoundation(path: String) {
    for (line, imported) in imports(path) {
      #expect(!imported.hasPrefix("Foundation"), "\(path):\(line): imports \(imported)")
    }
  }
}
