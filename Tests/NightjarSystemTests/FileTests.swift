// Files, pipes and processes of the machine the tests run on.

import Foundation
import NightjarBase
import NightjarSystem
import Testing

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// A directory that lives as long as the value.
private final class Directory {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/nightjar-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> [UInt8] { bytes(path + "/" + name) }
}

@Suite struct FileTests {
  private let files = SystemFiles()

  private func open(_ path: [UInt8], _ mode: String) throws -> BufferedFile {
    BufferedFile(try files.open(path, mode: try #require(FileMode(bytes(mode)))))
  }

  @Test func whatIsWrittenIsRead() throws {
    let directory = try Directory()
    let path = directory.file("text")
    let writer = try open(path, "w")
    for index in 0..<10_000 {
      try writer.write(Int64(index))
      try writer.write(UInt8(ascii: "\n"))
    }
    try writer.close()
    let reader = try open(path, "r")
    for index in 0..<10_000 {
      let line = try #require(try reader.readLine(keepsLineEnd: false))
      #expect(Array(line) == bytes(String(index)))
    }
    #expect(try reader.readLine(keepsLineEnd: false) == nil)
    #expect(try reader.seek(by: -5, from: .end) == 48_885)
    #expect(Array(try reader.readAll()) == bytes("9999\n"))
  }

  @Test func appendingAndUpdating() throws {
    let directory = try Directory()
    let path = directory.file("text")
    try open(path, "w").write(bytes("one"))
    let appender = try open(path, "a+")
    #expect(try appender.seek(by: 0, from: .current) == 3)
    try appender.write(bytes("two"))
    _ = try appender.seek(by: 0, from: .start)
    try appender.write(bytes("three"))
    _ = try appender.seek(by: 0, from: .start)
    #expect(Array(try appender.readAll()) == bytes("onetwothree"))
    try appender.close()
    let updater = try open(path, "r+")
    #expect(try updater.read(count: 3).map { Array($0) } == bytes("one"))
    try updater.write(bytes("2"))
    #expect(Array(try updater.readAll()) == bytes("wothree"))
    try updater.close()
  }

  @Test func refusalsCarryTheSystemsWords() throws {
    let directory = try Directory()
    let missing = directory.file("missing")
    let noSuchFile = SystemError(code: ENOENT, message: "No such file or directory")
    #expect(noSuchFile == .noSuchFile)
    #expect(throws: noSuchFile) { try open(missing, "r") }
    #expect(throws: noSuchFile) { try files.remove(missing) }
    #expect(throws: noSuchFile) { try files.rename(missing, to: directory.file("other")) }
    #expect(throws: noSuchFile) { try open(bytes("/dev/null\0x"), "r") }
    #expect(throws: SystemError(code: EISDIR, message: "Is a directory")) {
      try open(bytes("/"), "w")
    }
    #expect(throws: SystemError(code: EISDIR, message: "Is a directory")) {
      try open(bytes("/"), "r").read(count: 1)
    }
    #expect(throws: SystemError.badDescriptor) {
      try open(directory.file("new"), "w").read(count: 1)
    }
    let readOnly = try open(directory.file("new"), "r")
    try readOnly.write(UInt8(1))
    #expect(throws: SystemError.badDescriptor) { try readOnly.flush() }
    #expect(throws: SystemError.invalidArgument) { try readOnly.seek(by: -1, from: .start) }
    #expect(throws: SystemError(code: ENOSPC, message: "No space left on device")) {
      let full = try open(bytes("/dev/full"), "w")
      try full.write(UInt8(1))
      try full.close()
    }
  }

  @Test func temporaryFiles() throws {
    let path = try files.temporaryPath()
    #expect(FileManager.default.fileExists(atPath: String(decoding: path, as: UTF8.self)))
    try files.remove(path)
    let file = BufferedFile(try files.openTemporary())
    try file.write(bytes("x"))
    _ = try file.seek(by: 0, from: .start)
    #expect(Array(try file.readAll()) == bytes("x"))
  }

  @Test func removingAndRenaming() throws {
    let directory = try Directory()
    try open(directory.file("a"), "w").close()
    try files.rename(directory.file("a"), to: directory.file("b"))
    try files.remove(directory.file("b"))
    #expect(throws: SystemError.noSuchFile) { try files.remove(directory.file("b")) }
    try FileManager.default.createDirectory(
      atPath: directory.path + "/empty",
      withIntermediateDirectories: false
    )
    try files.remove(directory.file("empty"))
  }
}

@Suite struct ProcessTests {
  private let processes = SystemProcesses()

  @Test(
    arguments: [
      ("true", .exited(0)), ("exit 7", .exited(7)), ("kill -9 $$", .signaled(9)),
      ("nightjar-no-such-command 2>/dev/null", .exited(127)),
    ] as [(String, ProcessStatus)]
  )
  func commandsEnd(command: String, status: ProcessStatus) throws {
    #expect(try processes.execute(bytes(command)) == status)
    let pipe = BufferedFile(try processes.open(bytes(command), direction: .read))
    #expect(try pipe.close() == status)
  }

  @Test func thereIsAShell() { #expect(processes.hasShell) }

  @Test func pipesCarryBothWays() throws {
    let reader = BufferedFile(
      try processes.open(bytes("printf 'one\\ntwo'; exit 3"), direction: .read)
    )
    #expect(try reader.readLine(keepsLineEnd: false).map { Array($0) } == bytes("one"))
    #expect(throws: SystemError.notSeekable) { try reader.seek(by: 0, from: .current) }
    #expect(Array(try reader.readAll()) == bytes("two"))
    #expect(try reader.close() == .exited(3))
    let path = try SystemFiles().temporaryPath()
    let text = String(decoding: path, as: UTF8.self)
    let writer = BufferedFile(try processes.open(bytes("cat > \(text)"), direction: .write))
    try writer.write(bytes("hello"))
    #expect(try writer.close() == .exited(0))
    #expect(FileManager.default.contents(atPath: text).map { Array($0) } == bytes("hello"))
    try SystemFiles().remove(path)
  }
}
