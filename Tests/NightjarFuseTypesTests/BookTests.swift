// What the book shows of Fuse is read, resolved and formatted without a word.

import Foundation
import NightjarFuseFormat
import NightjarFuseSyntax
import NightjarFuseTypes
import Testing

@Suite struct BookTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/book/fuse")

  private static let pages =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".md") }.sorted()

  /// The programs of a page.
  private func programs(_ page: String) throws -> [String] {
    let text = try String(contentsOf: Self.folder.appending(path: page), encoding: .utf8)
    return text.components(separatedBy: "```fuse\n").dropFirst().map { part in
      part.components(separatedBy: "```")[0]
    }
  }

  @Test func thereAreProgramsOnPages() throws {
    #expect(Self.pages.count >= 5)
    #expect(try Self.pages.flatMap(programs).count >= 10)
  }

  @Test(arguments: pages)
  func programsAreGood(page: String) throws {
    for text in try programs(page) {
      let program = program(text)
      #expect(!program.hasErrors, "\(page)\n\(rendered(program))")
      let formatted = FuseFormatter.format(FuseSyntax.parse(Array(text.utf8)))
      #expect(formatted.map { String(decoding: $0, as: UTF8.self) } == text, "\(page)")
    }
  }
}
