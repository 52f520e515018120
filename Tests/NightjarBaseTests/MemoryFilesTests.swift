// Files in memory and over others: the rules of the real world where a script can tell, and the quota.

import NightjarBase
import Testing

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

private func write(_ files: any FileAccess, _ path: String, _ text: String) throws {
  let file = BufferedFile(try files.open(bytes(path), mode: .write))
  try file.write(bytes(text))
  try file.close()
}

private func read(_ files: any FileAccess, _ path: String) throws -> String {
  let file = BufferedFile(try files.open(bytes(path), mode: .read))
  return String(decoding: try file.readAll(), as: UTF8.self)
}

private func code(_ body: () throws -> Void) -> Int32? {
  do { try body() } catch { return (error as? SystemError)?.code }
  return nil
}

@Suite struct MemoryFilesTests {
  @Test func namesMeanThePlaceTheyLeadTo() throws {
    let files = MemoryFiles()
    try files.put(bytes("a/b/c.txt"), bytes("deep"))
    #expect(try read(files, "/a/./b/../b//c.txt") == "deep")
    #expect(try read(files, "../../a/b/c.txt") == "deep", "the root has no outside")
    #expect(code { _ = try read(files, "a/b/c.txt/") } == SystemError.notDirectory.code)
    #expect(code { _ = try read(files, "a/b/c.txt/d") } == SystemError.notDirectory.code)
    #expect(code { _ = try read(files, "a/x") } == SystemError.noSuchFile.code)
    #expect(code { try write(files, "x/y", "") } == SystemError.noSuchFile.code)
    #expect(code { _ = try read(files, "a") } == SystemError.isDirectory.code)
    #expect(code { try write(files, "a", "") } == SystemError.isDirectory.code)
    #expect(code { _ = try read(files, "a\0b") } == SystemError.noSuchFile.code)
    #expect(code { _ = try read(files, "") } == SystemError.noSuchFile.code)
  }

  @Test func aRemovedFileLivesWhileItIsOpen() throws {
    let files = MemoryFiles(quota: FileQuota(byteCount: 100))
    try write(files, "a", "hello")
    let open = BufferedFile(try files.open(bytes("a"), mode: .read))
    try files.remove(bytes("a"))
    #expect(code { _ = try read(files, "a") } == SystemError.noSuchFile.code)
    #expect(String(decoding: try open.readAll(), as: UTF8.self) == "hello")
    #expect(code { try write(files, "b", String(repeating: "x", count: 96)) } != nil)
    try open.close()
    try write(files, "b", String(repeating: "x", count: 96))
  }

  @Test func renamingReplacesAndMovesDirectories() throws {
    let files = MemoryFiles()
    try files.put(bytes("d/one"), bytes("1"))
    try files.put(bytes("two"), bytes("2"))
    try files.rename(bytes("two"), to: bytes("d/one"))
    #expect(try read(files, "d/one") == "2")
    try files.rename(bytes("d"), to: bytes("e"))
    #expect(try read(files, "e/one") == "2")
    #expect(code { try files.rename(bytes("e"), to: bytes("e/f")) } == 22)
    #expect(code { try files.remove(bytes("e")) } == SystemError.notEmpty.code)
    try files.remove(bytes("e/one"))
    try files.remove(bytes("e"))
    #expect(code { try files.remove(bytes("e")) } == SystemError.noSuchFile.code)
  }

  /// Names of files keep their order, and moving a folder moves what is below it, however deep.
  @Test func foldersAreTrees() throws {
    let files = MemoryFiles(quota: FileQuota(fileCount: 12))
    try files.put(bytes("a/b/c/one"), bytes("1"))
    try files.put(bytes("a/b/two"), bytes("2"))
    try files.put(bytes("ab"), bytes("3"))
    try files.makeDirectory(bytes("z"))
    try files.rename(bytes("a/b"), to: bytes("z"))
    #expect(files.paths.map { String(decoding: $0, as: UTF8.self) } == ["ab", "z/c/one", "z/two"])
    #expect(code { try files.rename(bytes("z"), to: bytes("z/c")) } == SystemError.notEmpty.code)
    #expect(code { try files.rename(bytes("z"), to: bytes("z/c/d")) } == 22)
    #expect(code { try files.remove(bytes("a/b")) } == SystemError.noSuchFile.code)
    #expect(code { try files.remove(bytes("ab/c")) } == SystemError.notDirectory.code)
    try files.remove(bytes("a"))
    // tmp, ab, z, z/c, z/c/one and z/two are left: room for six more.
    for index in 1...6 { try files.put(bytes("z/\(index)"), []) }
    #expect(code { try files.put(bytes("more"), []) } == SystemError.noSpace.code)
  }

  /// A thousand folders in one another fall apart without a deep stack, and are moved as one.
  @Test func deepTreesAreMovedAtOnce() throws {
    let files = MemoryFiles()
    let deep = Array(repeating: "d", count: 1000).joined(separator: "/")
    try files.put(bytes(deep + "/f"), bytes("x"))
    try files.rename(bytes("d"), to: bytes("e"))
    #expect(files.paths.count == 1)
    #expect(try read(files, "e" + deep.dropFirst() + "/f") == "x")
  }

  @Test(arguments: [0, 1, 10, 4096])
  func theQuotaHoldsToTheByte(limit: Int) throws {
    let files = MemoryFiles(quota: FileQuota(byteCount: limit))
    try write(files, "full", String(repeating: "x", count: limit))
    #expect(code { try write(files, "more", "x") } == SystemError.noSpace.code)
    try write(files, "full", "")
    try write(files, "more", String(repeating: "y", count: limit))
    #expect(files.contents(of: bytes("more"))?.count == limit)
  }

  @Test func aGapCountsAndFilesAreCounted() throws {
    let files = MemoryFiles(quota: FileQuota(byteCount: 1000, fileCount: 3))
    let file = BufferedFile(try files.open(bytes("a"), mode: .write))
    _ = try file.seek(by: 1_000_000_000, from: .start)
    try file.write(bytes("x"))
    #expect(code { try file.flush() } == SystemError.noSpace.code)
    try write(files, "b", "")
    // The root's `tmp` is the third.
    #expect(code { try write(files, "c", "") } == SystemError.noSpace.code)
    #expect(code { _ = try files.openTemporary() } == SystemError.noSpace.code)
  }
}

@Suite struct OverlayFilesTests {
  private func layers() throws -> (lower: MemoryFiles, overlay: OverlayFiles) {
    let lower = MemoryFiles()
    try lower.put(bytes("d/a"), bytes("lower"))
    return (lower, OverlayFiles(MemoryFiles(quota: FileQuota(byteCount: 100)), over: lower))
  }

  @Test func writesNeverReachTheLowerLayer() throws {
    let (lower, overlay) = try layers()
    #expect(try read(overlay, "d/a") == "lower")
    let appended = try #require(FileMode(bytes("a")))
    let file = BufferedFile(try overlay.open(bytes("d/a"), mode: appended))
    try file.write(bytes("+"))
    try file.close()
    #expect(try read(overlay, "d/a") == "lower+")
    try write(overlay, "d/b", "new")
    #expect(try read(overlay, "d/b") == "new")
    #expect(try read(lower, "d/a") == "lower")
    #expect(lower.contents(of: bytes("d/b")) == nil)
  }

  @Test func removedAndRenamedFilesStayGone() throws {
    let (lower, overlay) = try layers()
    try overlay.rename(bytes("d/a"), to: bytes("d/z"))
    #expect(try read(overlay, "d/z") == "lower")
    #expect(code { _ = try read(overlay, "d/a") } == SystemError.noSuchFile.code)
    try overlay.remove(bytes("d/z"))
    #expect(code { _ = try read(overlay, "d/z") } == SystemError.noSuchFile.code)
    #expect(code { try overlay.remove(bytes("d/a")) } == SystemError.noSuchFile.code)
    try write(overlay, "d/a", "again")
    #expect(try read(overlay, "d/a") == "again")
    #expect(try read(lower, "d/a") == "lower")
  }

  @Test func copyingUpStopsAtItsLimit() throws {
    let lower = MemoryFiles()
    try lower.put(bytes("big"), [UInt8](repeating: 1, count: 1000))
    let overlay = OverlayFiles(MemoryFiles(), over: lower, copiedByteCountMax: 999)
    let update = try #require(FileMode(bytes("r+")))
    #expect(code { _ = try overlay.open(bytes("big"), mode: update) } == SystemError.tooLarge.code)
    #expect(try read(overlay, "big").utf8.count == 1000)
  }
}

@Suite struct CountedCapabilityTests {
  @Test func handlesAreCountedWhileTheyAreOpen() throws {
    let count = HandleCount(limit: 2)
    let files = CountedFiles(MemoryFiles(), count)
    let first = try files.open(bytes("a"), mode: .write)
    var second: (any ByteStream)? = try files.open(bytes("b"), mode: .write)
    #expect(second != nil && count.openCount == 2)
    #expect(code { _ = try files.open(bytes("c"), mode: .write) } == SystemError.tooManyOpen.code)
    #expect(code { _ = try files.openTemporary() } == SystemError.tooManyOpen.code)
    _ = try first.close()
    _ = try first.close()
    second = nil
    #expect(count.openCount == 0)
    #expect(code { _ = try files.open(bytes("missing"), mode: .read) } == 2)
    #expect(count.openCount == 0)
  }

  @Test func aQuotaOverOtherFilesCountsWhatIsWritten() throws {
    let files = QuotaFiles(MemoryFiles(), FileQuota(byteCount: 10, fileCount: 2))
    try write(files, "a", "12345")
    try write(files, "a", "12345")
    #expect(code { try write(files, "a", "x") } == SystemError.noSpace.code)
    try write(files, "b", "")
    #expect(code { try write(files, "c", "") } == SystemError.noSpace.code)
  }

  @Test func outputEndsAtItsLimit() throws {
    let stream = MemoryStream()
    let output = BufferedFile(LimitedOutput(stream, OutputAllowance(byteCount: 5)))
    try output.write(bytes("123"))
    try output.flush()
    try output.write(bytes("4567"))
    let failure = #expect(throws: SystemError.self) { try output.flush() }
    #expect(failure?.isRefusal == true)
    #expect(stream.bytes == bytes("12345"))
  }

  @Test(
    arguments: [
      ("example.org", "example.org", 80, true), ("example.org:443", "EXAMPLE.org", 443, true),
      ("example.org:443", "example.org", 80, false), ("[::1]:80", "::1", 80, true),
      ("*:80", "anything", 80, true), ("example.org", "evil.example.org", 80, false),
      ("example.org", "example.org.evil", 80, false),
    ] as [(String, String, UInt16, Bool)]
  )
  func onlyListedAddressesAreAllowed(
    entry: String,
    host: String,
    port: UInt16,
    isAllowed: Bool
  ) throws {
    let list = NetworkAllowList([try #require(NetworkAllowList.Entry(entry))])
    #expect(list.allows(host: host, port: port) == isAllowed)
  }

  @Test(arguments: ["", ":80", "a:", "a:b", "a:70000", "[::1", "[::1]x"])
  func malformedAddressesAreNone(text: String) {
    #expect(NetworkAllowList.Entry(text) == nil)
  }

  @Test func aRefusalNamesWhatIsMissingAndWhatGrantsIt() {
    var capabilities = Capabilities()
    let plain = capabilities.refusal(.read, "a.txt")
    #expect(plain.message == "reading 'a.txt' is not allowed (capability 'files')")
    capabilities.hint = { _, subject in "--allow-read=\(subject ?? "")" }
    let hinted = capabilities.refusal(.read, "a.txt")
    #expect(hinted.message.hasSuffix("(capability 'files'; grant it with --allow-read=a.txt)"))
    #expect(hinted.isRefusal)
  }
}
