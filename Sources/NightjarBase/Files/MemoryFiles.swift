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

  /// What has a name.
  private enum Entry {
    case file(Contents)
    case directory(Directory)
  }

  private final class Directory {
    var entries: [[UInt8]: Entry] = [:]
  }

  private let root = Directory()
  /// Files and directories that have names.
  private var entryCount = 0
  private let quota: FileQuota
  private(set) var usedByteCount = 0
  private var temporaryCount = 0

  package init(quota: FileQuota = FileQuota()) {
    self.quota = quota
    root.entries[Array("tmp".utf8)] = .directory(Directory())
    entryCount = 1
  }

  // Directories are taken apart one by one: a deep tree that fell apart by itself would need a deep stack.
  deinit {
    var left = [root]
    while let directory = left.popLast() {
      for case .directory(let below) in directory.entries.values { left.append(below) }
      directory.entries = [:]
    }
  }

  // MARK: For the host

  /// The names of all files, sorted.
  package var paths: [[UInt8]] {
    var found: [[UInt8]] = []
    var left: [(name: [UInt8], directory: Directory)] = [([], root)]
    while let (name, directory) = left.popLast() {
      let prefix = name.isEmpty ? [] : name + [UInt8(ascii: "/")]
      for (component, entry) in directory.entries {
        switch entry {
        case .file: found.append(prefix + component)
        case .directory(let below): left.append((prefix + component, below))
        }
      }
    }
    return found.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// What a file holds; nil when there is none.
  package func contents(of path: [UInt8]) -> [UInt8]? {
    guard let path = try? FilePath(path), case .file(let contents)? = try? entry(of: path) else {
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
    let parent = try parent(of: path)
    guard let name = path.components.last, parent.entries[name] == nil else { return }
    try makeRoom(forFiles: 1)
    put(.directory(Directory()), name, in: parent)
  }

  private func makeDirectories(before path: FilePath) throws(SystemError) {
    var directory = root
    for name in path.components.dropLast() {
      switch directory.entries[name] {
      case .directory(let next): directory = next
      case .file: throw .notDirectory
      case nil:
        try makeRoom(forFiles: 1)
        let next = Directory()
        put(.directory(next), name, in: directory)
        directory = next
      }
    }
  }

  // MARK: FileAccess

  package func open(_ path: [UInt8], mode: FileMode) throws(SystemError) -> any ByteStream {
    try open(FilePath(path), mode: mode)
  }

  private func open(_ path: FilePath, mode: FileMode) throws(SystemError) -> MemoryFileStream {
    let parent = try parent(of: path)
    switch try entry(of: path) {
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
      guard mode.creates, let name = path.components.last else { throw .noSuchFile }
      if path.namesDirectory { throw .isDirectory }
      try makeRoom(forFiles: 1)
      let contents = Contents()
      put(.file(contents), name, in: parent)
      contents.useCount += 1
      return MemoryFileStream(contents, mode: mode, in: self)
    }
  }

  package func remove(_ path: [UInt8]) throws(SystemError) {
    let path = try FilePath(path)
    let parent = try parent(of: path)
    guard let name = path.components.last else { throw .permissionDenied }
    switch parent.entries[name] {
    case nil: throw .noSuchFile
    case .directory(let directory):
      if !directory.entries.isEmpty { throw .notEmpty }
    case .file(let contents):
      if path.namesDirectory { throw .notDirectory }
      release(contents)
    }
    put(nil, name, in: parent)
  }

  package func rename(_ path: [UInt8], to newPath: [UInt8]) throws(SystemError) {
    let path = try FilePath(path)
    let newPath = try FilePath(newPath)
    let parent = try parent(of: path)
    let newParent = try self.parent(of: newPath)
    guard let name = path.components.last, let newName = newPath.components.last else {
      throw .permissionDenied
    }
    guard let entry = parent.entries[name] else { throw .noSuchFile }
    if path.components == newPath.components { return }
    switch (entry, newParent.entries[newName]) {
    case (.file, .directory): throw .isDirectory
    case (.directory, .file): throw .notDirectory
    case (.directory, .directory(let replaced)) where !replaced.entries.isEmpty: throw .notEmpty
    case (.file, .file(let replaced)): release(replaced)
    default: break
    }
    if case .directory = entry, newPath.components.starts(with: path.components) {
      throw .invalidArgument
    }
    put(nil, name, in: parent)
    put(entry, newName, in: newParent)
  }

  package func temporaryPath() throws(SystemError) -> [UInt8] {
    while true {
      temporaryCount += 1
      let path = Array("/tmp/lua_\(temporaryCount)".utf8)
      if try entry(of: FilePath(path)) != nil { continue }
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

  /// The directory that has a name's last component; the root's is itself.
  private func parent(of path: FilePath) throws(SystemError) -> Directory {
    var directory = root
    for name in path.components.dropLast() {
      switch directory.entries[name] {
      case .directory(let next): directory = next
      case .file: throw .notDirectory
      case nil: throw .noSuchFile
      }
    }
    return directory
  }

  private func entry(of path: FilePath) throws(SystemError) -> Entry? {
    guard let name = path.components.last else { return .directory(root) }
    return try parent(of: path).entries[name]
  }

  /// Gives a name to an entry, or takes it away.
  private func put(_ entry: Entry?, _ name: [UInt8], in directory: Directory) {
    entryCount += (entry == nil ? 0 : 1) - (directory.entries[name] == nil ? 0 : 1)
    directory.entries[name] = entry
  }

  private func makeRoom(forFiles count: Int) throws(SystemError) {
    if let limit = quota.fileCount, entryCount + count > limit { throw .noSpace }
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
