// The files derived from the instruction set, and whether the committed ones are fresh.

package import Foundation

/// A file that is written by the generator and committed.
package struct GeneratedFile: Sendable {
  /// Its path from the package's root.
  package let path: String
  package let contents: String

  /// All generated files as they ought to be.
  package static func all() -> [GeneratedFile] {
    let generated = "Sources/NightjarBytecode/Generated"
    return [
      GeneratedFile(path: "\(generated)/Opcode.swift", contents: renderOpcodeSource()),
      GeneratedFile(path: "\(generated)/InstructionTable.swift", contents: renderTableSource()),
      GeneratedFile(
        path: "docs/book/reference/instructions.md",
        contents: renderReferencePage()
      ),
    ]
  }

  /// Whether the committed file says the same.
  package func isFresh(in root: URL) -> Bool {
    let committed = try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    return committed == contents
  }

  /// Writes the file below the package's root.
  package func write(in root: URL) throws {
    let url = root.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try contents.write(to: url, atomically: true, encoding: .utf8)
  }
}
