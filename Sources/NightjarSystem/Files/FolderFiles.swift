// The files below one folder of the host, and no others. A name is simplified as text, `..` that leaves
// the folder and absolute names are refused, and then it is walked component by component from the
// folder's descriptor: each step opens one directory with O_NOFOLLOW, so that neither a symbolic link
// that is there nor one that somebody puts there meanwhile leads out.
//
// SOURCE: POSIX.1-2017, openat().

package import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A folder of the host.
///
/// INVARIANT: `root` is an open directory that this object owns.
package final class FolderFiles: FileAccess {
  private let root: Int32
  private let isWritable: Bool
  private let hint: GrantHint?

  /// The files of a folder, which may be made, changed and removed if it is writable.
  ///
  /// - Throws: What the system says of the folder's path.
  package init(
    _ folder: [UInt8],
    isWritable: Bool,
    hint: GrantHint? = nil
  ) throws(SystemError) {
    self.isWritable = isWritable
    self.hint = hint
    root = try unsafe folder.withSystemString { name throws(SystemError) in
      let descriptor = unsafe Self.open(AT_FDCWD, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      if descriptor < 0 { throw .last }
      return descriptor
    }
  }

  deinit { _ = Self.close(root) }

  // MARK: Opening

  package func open(_ path: [UInt8], mode: FileMode) throws(SystemError) -> any ByteStream {
    if mode.writes { try checkWritable(path) }
    // The slash at a name's end is not shown to the system, which would follow a link for it.
    let namesDirectory = try FilePath(path).namesDirectory
    if namesDirectory && mode.writes { throw .isDirectory }
    return try unsafe withParent(of: path) { parent, name throws(SystemError) in
      var flags = mode.reads ? (mode.writes ? O_RDWR : O_RDONLY) : O_WRONLY
      if mode.creates { flags |= O_CREAT }
      if mode.truncates { flags |= O_TRUNC }
      if mode.appends { flags |= O_APPEND }
      // A pipe or a device would wait or do something when it is opened: it is not waited for, and then
      // given up.
      let descriptor = unsafe Self.open(
        parent,
        name,
        flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
      )
      if descriptor < 0 { throw errno == ELOOP ? .permissionDenied : .last }
      let stream = DescriptorStream(descriptor, ownsDescriptor: true)
      var status = stat()
      guard unsafe fstat(descriptor, &status) == 0 else { throw .last }
      let kind = status.st_mode & S_IFMT
      guard kind == S_IFREG || kind == S_IFDIR else { throw .permissionDenied }
      if namesDirectory && kind != S_IFDIR { throw .notDirectory }
      if mode.appends { _ = try? stream.seek(by: 0, from: .end) }
      return stream
    }
  }

  // MARK: Names

  package func remove(_ path: [UInt8]) throws(SystemError) {
    try checkWritable(path)
    let namesDirectory = try FilePath(path).namesDirectory
    try unsafe withParent(of: path) { parent, name throws(SystemError) in
      if !namesDirectory {
        if unsafe unlinkat(parent, name, 0) == 0 { return }
        guard errno == EISDIR || errno == EPERM else { throw .last }
      }
      if unsafe unlinkat(parent, name, AT_REMOVEDIR) != 0 { throw .last }
    }
  }

  package func rename(_ path: [UInt8], to newPath: [UInt8]) throws(SystemError) {
    try checkWritable(path)
    try unsafe withParent(of: path) { parent, name throws(SystemError) in
      try unsafe withParent(of: newPath) { newParent, newName throws(SystemError) in
        if unsafe renameat(parent, name, newParent, newName) != 0 { throw .last }
      }
    }
  }

  package func temporaryPath() throws(SystemError) -> [UInt8] {
    let (stream, path) = try makeTemporary()
    _ = try stream.close()
    return path
  }

  package func openTemporary() throws(SystemError) -> any ByteStream {
    let (stream, path) = try makeTemporary()
    try remove(path)
    return stream
  }

  private func makeTemporary() throws(SystemError) -> (any ByteStream, [UInt8]) {
    try checkWritable(Array("a temporary file".utf8))
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<100 {
      let path = Array("lua_\(String(generator.next(), radix: 36))".utf8)
      let result = try unsafe path.withSystemString { name in
        unsafe Self.open(root, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW)
      }
      if result >= 0 { return (DescriptorStream(result, ownsDescriptor: true), path) }
      if errno != EEXIST { throw .last }
    }
    throw .exists
  }

  // MARK: Walking

  private func checkWritable(_ path: [UInt8]) throws(SystemError) {
    guard isWritable else {
      throw .refused(.write, String(decoding: path, as: UTF8.self), hint: hint)
    }
  }

  /// Calls the body with the directory that has a name's last component, and that component.
  private func withParent<Result>(
    of text: [UInt8],
    _ body: (_ parent: Int32, _ name: UnsafePointer<CChar>) throws(SystemError) -> Result
  ) throws(SystemError) -> Result {
    let path = try FilePath(text)
    if path.isAbsolute || path.leavesRoot {
      throw .refused(.read, String(decoding: text, as: UTF8.self), hint: hint)
    }
    var directory = root
    defer { if directory != root { _ = Self.close(directory) } }
    for component in path.components.dropLast() {
      let next = try unsafe component.withSystemString { name in
        unsafe Self.open(directory, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
      }
      if next < 0 { throw errno == ELOOP ? .permissionDenied : .last }
      if directory != root { _ = Self.close(directory) }
      directory = next
    }
    let last = path.components.last ?? [UInt8(ascii: ".")]
    let parent = directory
    return try unsafe last.withSystemString { name throws(SystemError) in
      try unsafe body(parent, name)
    }
  }

  // MARK: The system's functions

  private static func open(
    _ directory: Int32,
    _ name: UnsafePointer<CChar>,
    _ flags: Int32
  ) -> Int32 {
    while true {
      let result = unsafe openat(directory, name, flags, 0o666)
      if result >= 0 || errno != EINTR { return result }
    }
  }

  private static func close(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
    Glibc.close(descriptor)
    #else
    Darwin.close(descriptor)
    #endif
  }
}
