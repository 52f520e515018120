// The committed files are what the declarations say.

import Foundation
import NightjarGeneration
import Testing

@Test(arguments: GeneratedFile.all().map(\.path))
func isFresh(path: String) throws {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let file = try #require(GeneratedFile.all().first { $0.path == path })
  #expect(file.isFresh(in: root), "stale: run `swift run nightjar-tools generate`")
}
