// Runs a file of the official suite with the whole library over files in memory: what `io`, `os`, `require`,
// `dofile` and `loadfile` do there must be what they do on a disk.

import Foundation
import NightjarBase
import NightjarBytecode
import NightjarEngine
import NightjarLuaCompiler
import NightjarLuaLibrary
import NightjarSystem

enum OfficialRun {
  /// Copies the suite's files into memory and runs one.
  ///
  /// - Parameters:
  ///   - suite: Its folder.
  ///   - file: The file to run.
  ///   - interpreter: What the suite runs as `lua`, in processes of its own.
  /// - Returns: The exit status; a failure is printed.
  static func run(suite: String, file: String, interpreter: String) -> Int32 {
    let files = MemoryFiles(quota: FileQuota(byteCount: 64 << 20))
    let suite = URL(filePath: suite).resolvingSymlinksInPath().path
    guard let walk = FileManager.default.enumerator(atPath: suite) else { return 2 }
    for case let name as String in walk {
      let path = suite + "/" + name
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      if isFolder.boolValue {
        try? files.makeDirectory(Array(name.utf8))
      } else if let data = FileManager.default.contents(atPath: path) {
        try? files.put(Array(name.utf8), Array(data))
      }
    }
    var capabilities = Capabilities.wholeSystem()
    capabilities.files = files
    let machine = Machine(seed: 1, compiler: LuaChunkCompiler(allowsBinary: true))
    machine.capabilities = capabilities
    machine.openIntrinsics()
    machine.openPackage()
    machine.openFiles()
    machine.openIO()
    machine.openOS()
    defer { try? capabilities.streams?.output.flush() }
    let arguments = [(-1, interpreter), (0, file)].map { ($0.0, machine.string(Array($0.1.utf8))) }
    machine.setGlobal("arg", machine.table(arguments))
    guard let source = files.contents(of: Array(file.utf8)) else { return 2 }
    let name = Array("@\(file)".utf8)
    if let failure = machine.load(SourceFile.chunk(in: source), chunkName: name) {
      print(String(decoding: failure.message, as: UTF8.self))
      return 1
    }
    guard case .finished = machine.call(traced: true) else {
      print(String(decoding: machine.errorText, as: UTF8.self))
      return 1
    }
    return 0
  }
}
