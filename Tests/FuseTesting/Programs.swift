// The programs and texts of Tests/Fuse, which the tests of Fuse's modules share.

package import Foundation

/// Programs beside the tests.
package enum Programs {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fuse")

  /// The files of a folder of Tests/Fuse by name.
  package static func names(in folder: String, suffix: String) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: url(folder, "").path)) ?? []
    return all.filter { $0.hasSuffix(suffix) }.sorted()
  }

  /// The place of a file.
  package static func url(_ folder: String, _ name: String) -> URL {
    root.appending(path: folder).appending(path: name)
  }

  /// The bytes of a file.
  package static func bytes(_ folder: String, _ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: url(folder, name)))
  }

  /// The samples of the language's specification.
  package static let samples = names(in: "Samples", suffix: ".fuse")
}
