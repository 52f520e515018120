// Tools of those who work on Nightjar; no product, so nobody who embeds it builds them.

import Foundation
import NightjarGeneration

let usage = """
  usage: nightjar-tools generate [--check]

    generate          write the files derived from the instruction set
    generate --check  say which of them are stale and fail if any is
  """

let root = URL(filePath: FileManager.default.currentDirectoryPath)
switch Array(CommandLine.arguments.dropFirst()) {
case ["generate"]:
  for file in GeneratedFile.all() where !file.isFresh(in: root) {
    try file.write(in: root)
    print("wrote \(file.path)")
  }
case ["generate", "--check"]:
  let stale = GeneratedFile.all().filter { !$0.isFresh(in: root) }
  for file in stale { print("stale: \(file.path); run `swift run nightjar-tools generate`") }
  exit(stale.isEmpty ? 0 : 1)
default:
  FileHandle.standardError.write(Data((usage + "\n").utf8))
  exit(2)
}
