// The programs of Examples/Embedding: built as a package of their own, each prints what it always prints.
// NIGHTJAR_BLESS=1 writes down what they print now.

import Foundation
import Testing

extension StrangerTests {
  @Suite struct ExampleTests {
    private static let package = Stranger(
      folder: Stranger.repository.appending(path: "Examples/Embedding")
    )

    /// The executable targets that the manifest names.
    private static var names: [String] {
      let manifest = package.folder.appending(path: "Package.swift")
      let text = (try? String(contentsOf: manifest, encoding: .utf8)) ?? ""
      return text.matches(of: /\.executableTarget\(\s*name: "(\w+)"/).map { String($0.output.1) }
    }

    @Test func examplesPrintWhatTheyAlwaysPrint() throws {
      #expect(Self.names.count >= 4)
      let build = try Self.package.build()
      try #require(build.status == 0, "\(build.summary)")
      for name in Self.names {
        let run = try Self.package.run(name)
        #expect(run.status == 0, "\(name): \(run.summary)")
        let file = Self.package.folder.appending(path: "Expected/\(name).txt")
        if ProcessInfo.processInfo.environment["NIGHTJAR_BLESS"] == "1" {
          try Data(run.output.utf8).write(to: file)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(run.output == expected, "\(name) prints something else:\n\(run.output)")
      }
    }
  }
}
