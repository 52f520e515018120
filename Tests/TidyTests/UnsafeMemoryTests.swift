// Which files handle memory by hand. The list beside this file is kept in review: a file that is not on
// it fails, and so does a line whose file has become safe. NIGHTJAR_BLESS=1 rewrites it.

import Foundation
import Testing

@Suite struct UnsafeMemoryTests {
  private static let listPath = "Tests/TidyTests/unsafe-files.txt"

  /// The files whose code names an unsafe type or operation.
  ///
  /// In the modules of Fuse `unsafe` is also a word of the language they read, and part of names.
  private func found() -> Set<String> {
    Set(
      Repository.swiftSources.filter { path in
        let isFuse =
          path.hasPrefix("Sources/NightjarFuse")
          || path.hasPrefix("Sources/NightjarDiagnostics/Fuse/")
        return SwiftText(Repository.text(path) ?? "").code.contains { line in
          isFuse
            ? line.contains(/(^|[^.\w])unsafe\s+[\w(\[]|\b(with)?Unsafe\w*[A-Z]\w*/)
            : line.contains(/\w*[Uu]nsafe\w*/)
        }
      }
    )
  }

  private func listed() -> Set<String> {
    let lines = (Repository.text(Self.listPath) ?? "").split(separator: "\n").map(String.init)
    return Set(lines.filter { !$0.hasPrefix("#") })
  }

  @Test func onlyFilesOnTheListUseIt() throws {
    let found = found()
    if ProcessInfo.processInfo.environment["NIGHTJAR_BLESS"] == "1" {
      let head = "# Files that use unsafe memory; see UnsafeMemoryTests.swift.\n"
      try (head + found.sorted().joined(separator: "\n") + "\n")
        .write(
          to: Repository.root.appending(path: Self.listPath),
          atomically: true,
          encoding: .utf8
        )
    }
    let listed = listed()
    for path in found.subtracting(listed).sorted() {
      Issue.record("\(path) uses unsafe memory and was not reviewed for it; see \(Self.listPath)")
    }
    for path in listed.subtracting(found).sorted() {
      Issue.record("\(path) uses nothing unsafe any more: take it off the list")
    }
  }
}
