// One folder of the host: what is in it can be used, what is not cannot be reached by any name.

import Foundation
import NightjarBase
import NightjarSystem
import Testing

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// A folder with a file, a directory and links that lead out, beside a secret.
private final class Jail {
  let outside: URL
  let inside: URL

  init() throws {
    outside = FileManager.default.temporaryDirectory.appending(path: "jail-\(UUID().uuidString)")
    inside = outside.appending(path: "inside")
    let manager = FileManager.default
    try manager.createDirectory(
      at: inside.appending(path: "sub"),
      withIntermediateDirectories: true
    )
    try Data("secret".utf8).write(to: outside.appending(path: "secret"))
    try Data("fine".utf8).write(to: inside.appending(path: "sub/file"))
    try manager.createSymbolicLink(
      at: inside.appending(path: "link"),
      withDestinationURL: outside.appending(path: "secret")
    )
    try manager.createSymbolicLink(
      at: inside.appending(path: "folderLink"),
      withDestinationURL: outside
    )
    try manager.createSymbolicLink(
      atPath: inside.appending(path: "sub/up").path,
      withDestinationPath: "../.."
    )
    mkfifo(inside.appending(path: "pipe").path, 0o600)
  }

  deinit { try? FileManager.default.removeItem(at: outside) }

  func files(isWritable: Bool = true) throws -> FolderFiles {
    try FolderFiles(bytes(inside.path), isWritable: isWritable)
  }

  func secret() throws -> String {
    try String(contentsOf: outside.appending(path: "secret"), encoding: .utf8)
  }
}

private func read(_ files: any FileAccess, _ path: String) throws -> String {
  let file = BufferedFile(try files.open(bytes(path), mode: .read))
  return String(decoding: try file.readAll(), as: UTF8.self)
}

@Suite struct FolderFilesTests {
  static let escapes = [
    "../secret", "sub/../../secret", "./../secret", "link", "folderLink/secret", "sub/up/secret",
    "sub/up/inside/sub/file", "sub/../link", "link/", "/etc/passwd", "//etc/passwd", "..", "/",
    "sub/../..", "sub\0/file", "pipe", "../inside/sub/file", "folderLink", "sub/up",
  ]

  @Test(arguments: escapes)
  func nothingOutsideIsRead(path: String) throws {
    let jail = try Jail()
    let files = try jail.files()
    #expect(throws: SystemError.self) { try read(files, path) }
  }

  @Test(arguments: escapes)
  func nothingOutsideIsWritten(path: String) throws {
    let jail = try Jail()
    let files = try jail.files()
    for mode in ["w", "a", "r+", "w+"] {
      let mode = try #require(FileMode(bytes(mode)))
      #expect(throws: SystemError.self) {
        let file = BufferedFile(try files.open(bytes(path), mode: mode))
        try file.write(bytes("overwritten"))
        try file.close()
      }
    }
    #expect(try jail.secret() == "secret")
  }

  @Test(arguments: ["../secret", "folderLink/secret", "sub/up/secret", "sub/../../secret"])
  func nothingOutsideIsRemovedOrMoved(path: String) throws {
    let jail = try Jail()
    let files = try jail.files()
    #expect(throws: SystemError.self) { try files.remove(bytes(path)) }
    #expect(throws: SystemError.self) { try files.rename(bytes(path), to: bytes("taken")) }
    #expect(throws: SystemError.self) { try files.rename(bytes("sub/file"), to: bytes(path)) }
    #expect(try jail.secret() == "secret")
  }

  @Test func whatIsInsideCanBeUsed() throws {
    let jail = try Jail()
    let files = try jail.files()
    #expect(try read(files, "sub/file") == "fine")
    #expect(try read(files, "./sub//x/../file") == "fine")
    let file = BufferedFile(try files.open(bytes("new"), mode: .write))
    try file.write(bytes("text"))
    try file.close()
    try files.rename(bytes("new"), to: bytes("sub/moved"))
    #expect(try read(files, "sub/moved") == "text")
    try files.remove(bytes("sub/moved"))
    let temporary = try files.temporaryPath()
    #expect(try read(files, String(decoding: temporary, as: UTF8.self)) == "")
    try files.remove(temporary)
    // A link itself is an entry of the folder and may be removed; what it leads to stays.
    try files.remove(bytes("link"))
    #expect(try jail.secret() == "secret")
  }

  @Test func aReadOnlyFolderRefusesEveryChange() throws {
    let jail = try Jail()
    let files = try jail.files(isWritable: false)
    #expect(try read(files, "sub/file") == "fine")
    let attempts: [() throws -> Void] = [
      { _ = try files.open(bytes("sub/file"), mode: .write) },
      { _ = try files.open(bytes("x"), mode: .write) },
      { try files.remove(bytes("sub/file")) },
      { try files.rename(bytes("sub/file"), to: bytes("y")) },
      { _ = try files.temporaryPath() }, { _ = try files.openTemporary() },
    ]
    for attempt in attempts {
      let failure = #expect(throws: SystemError.self) { try attempt() }
      #expect(failure?.isRefusal == true)
    }
    #expect(try read(files, "sub/file") == "fine")
  }
}

@Suite struct NetworkTests {
  /// A socket that listens on a port of its own.
  private final class Listener {
    let descriptor: Int32
    let port: UInt16

    init() throws {
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      var byteCount = socklen_t(MemoryLayout<sockaddr_in>.size)
      let descriptor = descriptor
      let result = withUnsafeMutableBytes(of: &address) { room -> Int32 in
        guard let base = room.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
        return bind(descriptor, base, byteCount) + listen(descriptor, 4)
          + getsockname(descriptor, base, &byteCount)
      }
      try #require(result == 0)
      port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }
  }

  @Test func bytesGoBothWays() throws {
    let listener = try Listener()
    let stream = try SystemNetwork().connect(
      host: bytes("127.0.0.1"),
      port: listener.port,
      isEncrypted: false,
      timeoutNanoseconds: 5_000_000_000
    )
    let peer = accept(listener.descriptor, nil, nil)
    defer { close(peer) }
    let file = BufferedFile(stream)
    try file.write(bytes("ping\n"))
    var room = [UInt8](repeating: 0, count: 16)
    #expect(recv(peer, &room, 16, 0) == 5)
    let answer = bytes("one\ntwo\n")
    #expect(send(peer, answer, answer.count, 0) == answer.count)
    #expect(try file.readLine(keepsLineEnd: false).map { Array($0) } == bytes("one"))
    // What was read ahead survives writing.
    try file.write(bytes("x"))
    #expect(try file.readLine(keepsLineEnd: false).map { Array($0) } == bytes("two"))
    try file.close()
  }

  @Test func aSilentPeerIsGivenUp() throws {
    let listener = try Listener()
    let stream = try SystemNetwork().connect(
      host: bytes("127.0.0.1"),
      port: listener.port,
      isEncrypted: false,
      timeoutNanoseconds: 50_000_000
    )
    let failure = #expect(throws: SystemError.self) {
      _ = try BufferedFile(stream).readLine(keepsLineEnd: false)
    }
    #expect(failure?.code == ETIMEDOUT)
  }

  @Test func onlyTheListIsReached() throws {
    let listener = try Listener()
    let entry = NetworkAllowList.Entry(host: "127.0.0.1", port: listener.port)
    let network = ListedNetwork(SystemNetwork(), NetworkAllowList([entry]))
    for (host, port) in [("127.0.0.1", listener.port &+ 1), ("localhost", listener.port)] {
      let failure = #expect(throws: SystemError.self) {
        _ = try network.connect(
          host: bytes(host),
          port: port,
          isEncrypted: false,
          timeoutNanoseconds: 1_000_000_000
        )
      }
      #expect(failure?.isRefusal == true)
    }
    _ = try network.connect(
      host: bytes("127.0.0.1"),
      port: listener.port,
      isEncrypted: false,
      timeoutNanoseconds: 1_000_000_000
    )
  }
}
