// Everything that embedders can name has a comment for its page: the compiler's own list of the public
// declarations of `Nightjar`, enum cases, requirements and initialisers included, is looked through.

import Foundation
import Testing

/// A module's public declarations as the compiler writes them down.
struct SymbolGraph: Decodable {
  struct Symbol: Decodable {
    struct Comment: Decodable {
      struct Line: Decodable { let text: String }
      let lines: [Line]
    }

    let pathComponents: [String]
    let docComment: Comment?

    var isDocumented: Bool {
      docComment?.lines.contains { !$0.text.allSatisfy(\.isWhitespace) } ?? false
    }
  }

  let symbols: [Symbol]

  var undocumented: [String] {
    symbols.filter { !$0.isDocumented }.map { $0.pathComponents.joined(separator: ".") }.sorted()
  }
}

@Suite struct DocumentationTests {
  /// The folder of what was built, beside the bundle of these tests.
  private static let products: URL = {
    let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let isThere = FileManager.default.fileExists(atPath: bundle.appending(path: "Modules").path)
    #if DEBUG
    let usual = Repository.root.appending(path: ".build/debug")
    #else
    let usual = Repository.root.appending(path: ".build/release")
    #endif
    return isThere ? bundle : usual
  }()

  private static var architecture: String {
    #if arch(arm64)
    "aarch64"
    #else
    "x86_64"
    #endif
  }

  /// Has the compiler write the graph of the module `Nightjar`.
  private static func graph() throws -> SymbolGraph {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "nightjar-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "swift", "symbolgraph-extract", "-module-name", "Nightjar",
      "-target", "\(architecture)-unknown-linux-gnu",
      "-I", products.appending(path: "Modules").path,
      "-Xcc", "-fmodule-map-file=\(products.path)/CNightjar.build/module.modulemap",
      "-minimum-access-level", "public", "-skip-synthesized-members",
      "-output-dir", folder.path,
    ]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "swift symbolgraph-extract failed")
    let data = try Data(contentsOf: folder.appending(path: "Nightjar.symbols.json"))
    return try JSONDecoder().decode(SymbolGraph.self, from: data)
  }

  #if os(Linux)
  @Test func everyPublicDeclarationIsDocumented() throws {
    let graph = try Self.graph()
    #expect(graph.symbols.count > 300)
    #expect(graph.undocumented == [])
  }
  #endif

  @Test func aDeclarationWithoutACommentIsFound() throws {
    let text = """
      {"symbols": [
        {"pathComponents": ["Machine"], "docComment": {"lines": [{"text": "A machine."}]}},
        {"pathComponents": ["Machine", "fuel"]},
        {"pathComponents": ["Limits"], "docComment": {"lines": [{"text": " "}]}}
      ]}
      """
    let graph = try JSONDecoder().decode(SymbolGraph.self, from: Data(text.utf8))
    #expect(graph.undocumented == ["Limits", "Machine.fuel"])
  }
}
