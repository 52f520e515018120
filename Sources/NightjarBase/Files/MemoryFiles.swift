// A file system in memory: a tree of directories and files that only its machine and its host see. It
// has the rules of the real one where scripts can tell (a removed file lives on while it is open, a
// rename replaces), a root that `..` cannot leave, and a quota.

/// What a file system may hold or a machine may write.
package struct FileQuota: Equatable, Sendable {
  /// The most bytes; nil for no bound.
  package var byteCount: Int?
  /// The most files and directories; nil for no bound.
  package var fileCount: Int?

  package init(byteCount: Int? = nil, fileCount: Int? = nil) {
    self.byteCount = byteCount
    self.fileCount = fileCount
  }
}

/// Files in memory.
package final class MemoryFiles: FileAccess {
  /// A file's contents; names and open streams refer to it.
  final class Contents {
    var bytes: [UInt8] = []
    /// Names and open streams that keep it.
    var useCount = 1
  }

  private enum Entry {
    case file(Contents)
    case directory
  }

  /// Entries by their joined components; the root is not among them.
  ///
  /// A name's parents are all there.
  private var entries: [[UInt8]: Entry] = [:]
  private let quota: FileQuota
  private(set) var usedByteCount = 0
  private var temporaryCount = 0

  package init(quota: FileQuota = FileQuota()) {
    self.quota = quota
    entries[Array("tmp".utf8)] = .directory
  }

  // MARK: For the host

  /// The names of all files, sorted.
  package var paths: [[UInt8]] {
    entries.compactMap { name, entry in
      if case .file = entry { name } else { nil }
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// What a file holds; nil when there is none.
  package func contents(of path: [UInt8]) -> [UInt8]? {
    guard let path = try? FilePath(path), case .file(let contents)? = entries[path.joined] else {
      return nil
    }
    return contents.bytes
  }

  /// Puts a file there, with the directories before it.
  package func put(_ path: [UInt8], _ bytes: [UInt8]) throws(SystemError) {
    let path = try FilePath(path)
    try makeDirectories(before: path)
    let stream: MemoryFileStream = try open(path, mode: .write)
    let result = bytes.withUnsafeBytes { room in
      Result { () throws(SystemError) in
        if !room.isEmpty { _ = try stream.write(room) }
      }
    }
    stream.close()
    try result.get()
  }

  /// Makes a directory, with those before it.
  package func makeDirectory(_ path: [UInt8]) throws(SystemError) {
    let path = try FilePath(path)
    try makeDirectories(before: path)
    guard !path.components.isEmpty, entries[path.joined] == nil else { return }
    try makeRoom(forFiles: 1)
    entries[path.joined] = .directory
  }

  private func makeDirectories(before path: FilePath) throws(SystemError) {
    for count in 1..<max(path.components.count, 1) {
      let name = Array(path.components[..<count].joined(separator: [UInt8(ascii: "/")]))
      switch entries[name] {
      case .directory: continue
      case .file: throw .notDirectory
      case nil:
        try makeRoom(forFiles: 1)
        entries[name] = .directory
      }
    }
  }

  // MARK: FileAccess

  package func open(_ path: [UInt8], mode: FileMode) throws(SystemError) -> any ByteStream {
    try open(FilePath(path), mode: mode)
  }

  private func open(_ path: FilePath, mode: FileMode) throws(SystemError) -> MemoryFileStream {
    try checkParent(of: path)
    let name = path.joined
    switch name.isEmpty ? .directory : entries[name] {
    case .directory:
      if mode.writes { throw .isDirectory }
      // As in the real world a directory opens and every read of it fails.
      return MemoryFileStream(nil, mode: mode, in: self)
    case .file(let contents):
      if path.namesDirectory { throw .notDirectory }
      if mode.truncates { resize(contents, to: 0) }
      contents.useCount += 1
      return MemoryFileStream(contents, mode: mode, in: self)
    case nil:
      guard mode.creates else { throw .noSuchFile }
      if path.namesDirectory { throw .isDirectory }
      try makeRoom(forFiles: 1)
      let contents = Contents()
      entries[name] = .file(contents)
      contents.useCount += 1
      return MemoryFileStream(contents, mode: mode, in: self)
    }
  }

  package func remove(_ path: [UInt8]) throws(SystemError) {
    let path = try FilePath(path)
    try checkParent(of: path)
    let name = path.joined
    switch name.isEmpty ? .directory : entries[name] {
    case nil: throw .noSuchFile
    case .directory:
      if name.isEmpty { throw .permissionDenied }
      if hasEntries(below: name) { throw .notEmpty }
    case .file(let contents):
      if path.namesDirectory { throw .notDirectory }
      release(contents)
    }
    entries[name] = nil
  }

  package func rename(_ path: [UInt8], to newPath: [UInt8]) throws(SystemError) {
    let path = try FilePath(path)
    let newPath = try FilePath(newPath)
    try checkParent(of: path)
    try checkParent(of: newPath)
    let name = path.joined
    let newName = newPath.joined
    guard !name.isEmpty, !newName.isEmpty else { throw .permissionDenied }
    guard let entry = entries[name] else { throw .noSuchFile }
    if name == newName { return }
    switch (entry, entries[newName]) {
    case (.file, .directory): throw .isDirectory
    case (.directory, .file): throw .notDirectory
    case (.directory, .directory) where hasEntries(below: newName): throw .notEmpty
    case (.file, .file(let replaced)): release(replaced)
    default: break
    }
    if case .directory = entry {
      let prefix = name + [UInt8(ascii: "/")]
      if newName.starts(with: prefix) { throw .invalidArgument }
      for (below, moved) in entries where below.starts(with: prefix) {
        entries[below] = nil
        entries[newName + below.dropFirst(name.count)] = moved
      }
    }
    entries[name] = nil
    entries[newName] = entry
  }

  package func temporaryPath() throws(SystemError) -> [UInt8] {
    while true {
      temporaryCount += 1
      let path = Array("/tmp/lua_\(temporaryCount)".utf8)
      if entries[try FilePath(path).joined] != nil { continue }
      try makeDirectory(Array("/tmp".utf8))
      try open(FilePath(path), mode: .write).close()
      return path
    }
  }

  package func openTemporary() throws(SystemError) -> any ByteStream {
    try makeRoom(forFiles: 1)
    let mode = FileMode(reads: true, writes: true, appends: false, creates: true, truncates: true)
    return MemoryFileStream(Contents(), mode: mode, in: self)
  }

  // MARK: Rules

  private func checkParent(of path: FilePath) throws(SystemError) {
    for count in 1..<max(path.components.count, 1) {
      let name = Array(path.components[..<count].joined(separator: [UInt8(ascii: "/")]))
      switch entries[name] {
      case .directory: continue
      case .file: throw .notDirectory
      case nil: throw .noSuchFile
      }
    }
  }

  private func hasEntries(below name: [UInt8]) -> Bool {
    let prefix = name + [UInt8(ascii: "/")]
    return entries.keys.contains { $0.starts(with: prefix) }
  }

  private func makeRoom(forFiles count: Int) throws(SystemError) {
    if let limit = quota.fileCount, entries.count + count > limit { throw .noSpace }
  }

  // MARK: Contents

  /// Gives up one use of a file; the last one frees its bytes.
  func release(_ contents: Contents) {
    contents.useCount -= 1
    if contents.useCount == 0 { resize(contents, to: 0) }
  }

  /// Makes a file as long as asked for; what is new is zeros.
  private func resize(_ contents: Contents, to byteCount: Int) {
    usedByteCount += byteCount - contents.bytes.count
    if byteCount == 0 {
      contents.bytes = []
    } else if byteCount < contents.bytes.count {
      contents.bytes.removeLast(contents.bytes.count - byteCount)
    } else {
      contents.bytes.append(
        contentsOf: repeatElement(0, count: byteCount - contents.bytes.count)
      )
    }
  }

  /// Writes at a position, as far as the quota goes.
  ///
  /// - Returns: How many bytes were written, at least one.
  func write(
    _ source: UnsafeRawBufferPointer,
    to contents: Contents,
    at position: Int
  ) throws(SystemError) -> Int {
    let (end, overflows) = position.addingReportingOverflow(source.count)
    if overflows || end > Int(Int32.max) { throw .tooLarge }
    let growth = max(end - contents.bytes.count, 0)
    if let limit = quota.byteCount, growth > limit - usedByteCount { throw .noSpace }
    if position > contents.bytes.count { resize(contents, to: position) }
    let overlapEnd = min(end, contents.bytes.count)
    usedByteCount += end - overlapEnd
    contents.bytes.replaceSubrange(position..<overlapEnd, with: source)
    return source.count
  }
}
