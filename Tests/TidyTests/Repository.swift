// The files of the checkout, as the tidy tests see them: by path from the root, build products,
// caches and hidden folders left out (but for `.ci`).

import Foundation

/// The checkout that this test was compiled from.
enum Repository {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The paths of all files below the given folders, in order.
  static func files(below folders: [String], suffixes: [String] = []) -> [String] {
    folders.flatMap { folder in
      let enumerator = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
      let inside = (enumerator?.allObjects ?? []).compactMap { $0 as? String }
      return inside.map { "\(folder)/\($0)" }
    }
    .filter { path in
      let hidden = path.split(separator: "/").contains { $0.hasPrefix(".") && $0 != ".ci" }
      return !hidden && isFile(path)
        && (suffixes.isEmpty || suffixes.contains { path.hasSuffix($0) })
    }
    .sorted()
  }

  /// The Swift files of the package.
  static var swiftSources: [String] {
    files(below: ["Sources"], suffixes: [".swift"])
  }

  /// Everything people wrote here: sources, tests, tools, programs, prose and scripts.
  static var writtenFiles: [String] {
    let folders = [
      "Sources", "Tests", "Tools", "Fuzz", "Benchmarks", "Examples", "Plugins", "docs", ".ci",
    ]
    let top = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return top.filter { !$0.hasPrefix(".") && isFile($0) }.sorted() + files(below: folders)
  }

  /// The text of a file, or nil when it is not UTF-8 text.
  static func text(_ path: String) -> String? {
    guard let data = try? Data(contentsOf: root.appending(path: path)) else { return nil }
    return String(data: data, encoding: .utf8)
  }

  static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let there = FileManager.default.fileExists(
      atPath: root.appending(path: path).path,
      isDirectory: &isFolder
    )
    return there && !isFolder.boolValue
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }
}
