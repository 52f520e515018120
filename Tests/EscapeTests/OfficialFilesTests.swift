// The files of the official suite that are about files and modules pass, unmodified, over files in memory.

import Foundation
import Testing

/// Where the unpacked suite is.
enum OfficialSuite {
  static let package = HostileScript.folder.deletingLastPathComponent().deletingLastPathComponent()
  static let folder = package.appending(path: ".cache/lua-5.4-tests")
}

@Suite(
  .enabled(
    if: FileManager.default.fileExists(atPath: OfficialSuite.folder.path),
    "run Tools/fetch-suites.sh first"
  )
)
struct OfficialFilesTests {
  @Test(arguments: ["files.lua", "attrib.lua"])
  func passesInMemory(file: String) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "official-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // `files.lua` starts the interpreter that runs it to look at its exit status.
    let interpreter = folder.appending(path: "lua")
    try FileManager.default.createSymbolicLink(
      at: interpreter,
      withDestinationURL: OfficialSuite.package.appending(path: ".build/release/nightjar")
    )
    let process = Process()
    process.executableURL = Observation.host
    process.arguments = ["--official", OfficialSuite.folder.path, file, interpreter.path]
    process.currentDirectoryURL = folder
    // A stream without positions, as `files.lua` expects it.
    let input = Pipe()
    try input.fileHandleForWriting.close()
    process.standardInput = input
    process.standardError = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.runWithAllSignals()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(file): \(text.suffix(2000))")
    // What it wrote is in memory and not beside the interpreter.
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left == ["lua"])
  }
}
