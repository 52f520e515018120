// Packages that depend on this one by its path, as an embedder's would, built with plain `swift build`.
//
// All of them share one scratch folder, so that this package is compiled for them once; the suites that
// build are therefore parts of one serialized suite.

import Foundation
import Testing

/// What strangers build, one after another.
@Suite(.serialized) enum StrangerTests {}

/// A package of somebody else.
struct Stranger {
  /// The checkout that this test was compiled from.
  static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let scratch = repository.appending(path: ".build/embedding")

  let folder: URL

  /// The manifest of a package whose targets are given as the manifest would list them.
  static func manifest(targets: String) -> String {
    """
    // swift-tools-version: 6.3
    import PackageDescription

    let package = Package(
      name: "Stranger",
      platforms: [.macOS(.v15)],
      dependencies: [.package(name: "nightjar", path: "\(repository.path)")],
      targets: [
        \(targets)
      ]
    )
    """
  }

  /// Builds the package.
  func build(_ options: [String] = []) throws -> Run {
    let swift = try #require(Run.find("swift"), "there is no swift on the path")
    return try Run(
      swift,
      ["build", "--scratch-path", Self.scratch.path] + options,
      in: folder,
      seconds: 1_500
    )
  }

  /// Runs a program of the package that was built last.
  func run(_ product: String, _ arguments: [String] = []) throws -> Run {
    try Run(Self.scratch.appending(path: "debug/\(product)"), arguments, in: folder)
  }
}
