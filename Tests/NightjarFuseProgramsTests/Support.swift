// What the tests of whole programs share: files of the disk, compiling for a target, and running Lua.

import Foundation
import FuseTesting
import NightjarDiagnostics
import NightjarFuseLua
import NightjarFuseSyntax
import NightjarFuseTypes
import Testing

/// A program of the corpus: a file, or a folder whose root is `main.fuse`.
struct CorpusProgram: Sendable, CustomTestStringConvertible {
  var name: String
  /// The folder of its sources.
  var folder: URL
  /// Its root in that folder.
  var root: String
  /// What it prints.
  var output: URL

  var testDescription: String { name }

  /// All programs of Tests/Fuse/Programs by name: each has its output beside it.
  static let all: [CorpusProgram] = {
    let place = Programs.url("Programs", "")
    return Programs.names(in: "Programs", suffix: ".out").map { file in
      let name = String(file.dropLast(".out".count))
      let inner = place.appending(path: name)
      let source = inner.appending(path: "src")
      let isFolder = FileManager.default.fileExists(atPath: inner.path)
      let isPackage = FileManager.default.fileExists(atPath: source.path)
      return CorpusProgram(
        name: name,
        folder: isFolder ? (isPackage ? source : inner) : place,
        root: isFolder ? "main.fuse" : "\(name).fuse",
        output: place.appending(path: file)
      )
    }
  }()
}

/// The files of a folder.
struct DiskFiles: ModuleFiles {
  let root: URL

  func names(in folder: String) -> [String] {
    let url = folder.isEmpty ? root : root.appending(path: folder)
    return (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
  }

  func read(_ path: String) -> [UInt8]? {
    (try? Data(contentsOf: root.appending(path: path))).map { Array($0) }
  }
}

/// A program after its checks.
struct Compiled {
  let program: CheckedProgram

  init(_ roots: [String], in files: any ModuleFiles, target: FuseTarget) {
    var options = FuseProgram.Options()
    options.conditions.target = target
    program = CheckedProgram(
      checking: FuseProgram(roots: roots, files: files, options: options)
    )
  }

  /// All that is wrong with its own modules.
  var diagnostics: [Diagnostic] {
    program.program.modules.indices.filter {
      !program.program.modules[$0].path.hasPrefix("@")
    }.flatMap { program.program.modules[$0].diagnostics + program.modules[$0].diagnostics }
  }

  /// The diagnostics as people see them.
  var rendered: String {
    program.program.modules.indices.map { index in
      let module = program.program.modules[index]
      let found = module.diagnostics + program.modules[index].diagnostics
      let source = SourceText(name: module.path, bytes: module.tree.source)
      return found.isEmpty ? "" : DiagnosticRenderer().render(found, in: source)
    }.joined()
  }

  /// Writes its Lua into a folder.
  func emit(_ target: FuseTarget, to folder: URL) throws {
    let output = FuseLowering.emit(program, target: target)
    try #require(output.diagnostics.isEmpty)
    for module in output.modules + (output.runtime.map { [$0] } ?? []) {
      let file = folder.appending(path: "\(module.path).lua")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(module.text).write(to: file)
    }
  }
}

/// An interpreter and the target its Lua is compiled for.
struct Engine: Sendable, CustomTestStringConvertible {
  var name: String
  var command: URL
  var arguments: [String] = []
  var target: FuseTarget

  var testDescription: String { name }

  /// The command, which compiles and runs programs by itself.
  static let direct: Engine? = nightjar.map {
    Engine(name: "nightjar run", command: $0, arguments: ["run"], target: .lua54)
  }

  /// The reference interpreters this machine has, and the Nightjar machine.
  static let all: [Engine] = {
    let targets: [(String, FuseTarget)] = [
      ("lua5.1", .lua51), ("lua5.2", .lua52), ("lua5.3", .lua53), ("lua5.4", .lua54),
      ("luajit", .luajit),
    ]
    var found = targets.compactMap { name, target in
      find(name).map { Engine(name: name, command: $0, target: target) }
    }
    if let command = nightjar {
      found.append(
        Engine(name: "nightjar", command: command, arguments: ["lua"], target: .lua54)
      )
    }
    return found
  }()

  private static func find(_ command: String) -> URL? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { URL(filePath: "\($0)/\(command)") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  private static let nightjar: URL? = {
    let package = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return ["release", "debug"]
      .map { package.appending(path: ".build/\($0)/nightjar") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  /// What a Lua file prints, and how it ends.
  func run(_ file: String, in folder: URL, path: String? = nil) throws -> (String, Int32) {
    let process = Process()
    process.executableURL = command
    process.arguments = arguments + [file]
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["LUA_PATH"] = path ?? "./?.lua;./?/init.lua"
    environment["LC_ALL"] = "C"
    process.environment = environment
    let outputFile = FileManager.default.temporaryDirectory
      .appending(path: "output-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: outputFile) }
    FileManager.default.createFile(atPath: outputFile.path, contents: nil)
    let handle = try FileHandle(forWritingTo: outputFile)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    let limit = DispatchWorkItem { [id = process.processIdentifier] in kill(id, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 120, execute: limit)
    process.waitUntilExit()
    limit.cancel()
    try handle.close()
    let output = try Data(contentsOf: outputFile)
    return (String(decoding: output, as: UTF8.self), process.terminationStatus)
  }
}

/// A folder of a test's own.
func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let url = FileManager.default.temporaryDirectory.appending(path: "fuse-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: url) }
  return try body(url)
}
