// What the book shows of Fuse runs and prints what the book says; samples with a code show it.

import Foundation
import NightjarDiagnostics
import NightjarFuseSyntax
import NightjarFuseTypes
import Testing

@Suite struct BookSampleTests {
  /// A fence of a page: what stands after its backquotes, and its text.
  struct Fence {
    var head: String
    var text: String
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/book/fuse")

  private static let pages =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".md") }.sorted()

  private func fences(_ page: String) throws -> [Fence] {
    let text = try String(contentsOf: Self.folder.appending(path: page), encoding: .utf8)
    var found: [Fence] = []
    var open: Fence?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let fence = open {
          found.append(fence)
          open = nil
        } else {
          open = Fence(head: String(line.dropFirst(3)), text: "")
        }
      } else {
        open?.text += "\(line)\n"
      }
    }
    return found
  }

  @Test(arguments: pages)
  func samplesDoWhatTheBookSays(page: String) throws {
    let all = try fences(page)
    for (index, fence) in all.enumerated() where fence.head.hasPrefix("fuse") {
      let code = fence.head.dropFirst("fuse".count).drop { $0 == " " }
      let files = MemoryModuleFiles(["sample.fuse": fence.text])
      for engine in Engine.all {
        let compiled = Compiled(["sample.fuse"], in: files, target: engine.target)
        guard code.isEmpty else {
          let codes = compiled.diagnostics.map(\.code.description)
          #expect(codes.contains(String(code)), "\(page): \(codes)\n\(fence.text)")
          continue
        }
        try #require(
          !compiled.diagnostics.contains { $0.severity == .error },
          "\(page)\n\(fence.text)\n\(compiled.rendered)"
        )
        guard index + 1 < all.count, all[index + 1].head == "output" else { continue }
        try withFolder { folder in
          try compiled.emit(engine.target, to: folder)
          let (output, status) = try engine.run("sample.lua", in: folder)
          #expect(status == 0, "\(page) on \(engine.name): \(output.suffix(600))")
          #expect(output == all[index + 1].text, "\(page) on \(engine.name)\n\(fence.text)")
        }
      }
    }
  }

  @Test func thereAreSamples() throws {
    let all = try Self.pages.flatMap(fences)
    #expect(all.filter { $0.head == "fuse" }.count >= 50)
    #expect(all.filter { $0.head == "output" }.count >= 40)
    #expect(all.filter { $0.head.hasPrefix("fuse F") }.count >= 20)
  }
}
