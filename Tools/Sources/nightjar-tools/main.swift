// Tools of those who work on Nightjar; no product, so nobody who embeds it builds them.

import Foundation
import NightjarGeneration
import NightjarHotPath

let usage = """
  usage: nightjar-tools generate [--check]
         nightjar-tools hotpath [FOLDER]

    generate          write the files derived from the instruction set
    generate --check  say which of them are stale and fail if any is
    hotpath           disassemble the dispatch loop of the release build, or of the object files
                      in FOLDER; say what it calls, and fail if it calls the Swift runtime
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
case let arguments where arguments.first == "hotpath" && arguments.count <= 2:
  let folder = arguments.count == 2 ? arguments[1] : ".build/release/NightjarEngine.build"
  do {
    let path = try HotPath(objects: URL(filePath: folder))
    print(path.report)
    exit(path.loop.runtimeCalls.isEmpty ? 0 : 1)
  } catch {
    FileHandle.standardError.write(Data("nightjar-tools: \(error)\n".utf8))
    exit(2)
  }
default:
  FileHandle.standardError.write(Data((usage + "\n").utf8))
  exit(2)
}
