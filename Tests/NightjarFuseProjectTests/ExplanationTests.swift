// The pages of docs/errors: the first sample has the mistake and no other, the second has none.

import Foundation
import NightjarDiagnostics
import NightjarFuseProject
import NightjarFuseTypes
import Testing

@Suite struct ExplanationTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/errors")

  static let pages: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasPrefix("F") && $0.hasSuffix(".md") }.sorted()
  }()

  @Test func thereArePages() { #expect(Self.pages.count > 150) }

  @Test(arguments: pages)
  func samplesShowTheMistake(_ page: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: page), encoding: .utf8)
    let samples = text.components(separatedBy: "```fuse\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    let code = String(page.dropLast(3))
    // A line that looks like a continuation is also a value that nobody uses.
    let expected: Set<String> = code == "F0115" ? ["F0115", "F0332"] : [code]
    if let bad = samples.first { #expect(codes(bad) == expected) }
    if samples.count > 1 { #expect(codes(samples[1]) == []) }
  }

  private func codes(_ sample: String) -> Set<String> {
    let files = MemoryModuleFiles(["main.fuse": sample])
    let checked = CheckedProgram(checking: FuseProgram(roots: ["main.fuse"], files: files))
    let main = checked.program.modules.firstIndex { $0.path == "main.fuse" } ?? 0
    return Set(checked.diagnostics(ofModule: main).map(\.code.description))
  }
}
