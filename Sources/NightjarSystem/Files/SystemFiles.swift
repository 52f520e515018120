// The file system of the machine, with all the rights of the user who runs the program.

package import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Every file the user may reach.
package final class SystemFiles: FileAccess {
  /// What temporary names look like; the system fills in the last six letters.
  private static let temporaryTemplate = "/tmp/lua_XXXXXX"

  private let patience: Patience

  package init(patience: Patience = Patience()) { self.patience = patience }

  package func waiting(_ patience: Patience) -> any FileAccess { SystemFiles(patience: patience) }

  package func open(_ path: [UInt8], mode: FileMode) throws(SystemError) -> any ByteStream {
    var flags = mode.reads ? (mode.writes ? O_RDWR : O_RDONLY) : O_WRONLY
    if mode.creates { flags |= O_CREAT }
    if mode.truncates { flags |= O_TRUNC }
    if mode.appends { flags |= O_APPEND }
    // Programs that the script starts do not inherit its files.
    flags |= O_CLOEXEC
    // Opening a named pipe waits for the other end.
    if patience.isWatched { flags |= O_NONBLOCK }
    let descriptor = try unsafe path.withSystemString { name throws(SystemError) in
      while true {
        let result = unsafe openFile(name, flags)
        if result >= 0 { return result }
        switch errno {
        case EINTR where !Interrupt.isPending: continue
        case ENXIO where patience.isWatched && Self.isPipe(path):
          try patience.sleep(nanoseconds: 5_000_000)
        default: throw .last
        }
      }
    }
    let stream = DescriptorStream(descriptor, ownsDescriptor: true, patience: patience)
    // The pipe of a writer that has not come yet would look as if it had ended.
    if patience.isWatched, mode.reads, !mode.writes, Self.isPipe(path) {
      try descriptor.wait(for: POLLIN, patience)
    }
    if mode.appends { _ = try? stream.seek(by: 0, from: .end) }
    return stream
  }

  private static func isPipe(_ path: [UInt8]) -> Bool {
    var status = stat()
    let answer = try? unsafe path.withSystemString { name in unsafe stat(name, &status) }
    return answer == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  private func openFile(_ name: UnsafePointer<CChar>, _ flags: Int32) -> Int32 {
    #if canImport(Glibc)
    unsafe Glibc.open(name, flags, 0o666)
    #else
    unsafe Darwin.open(name, flags, 0o666)
    #endif
  }

  package func remove(_ path: [UInt8]) throws(SystemError) {
    try unsafe path.withSystemString { name throws(SystemError) in
      #if canImport(Glibc)
      let result = unsafe Glibc.remove(name)
      #else
      let result = unsafe Darwin.remove(name)
      #endif
      if result != 0 { throw .last }
    }
  }

  package func rename(_ path: [UInt8], to newPath: [UInt8]) throws(SystemError) {
    try unsafe path.withSystemString { name throws(SystemError) in
      try unsafe newPath.withSystemString { newName throws(SystemError) in
        #if canImport(Glibc)
        let result = unsafe Glibc.rename(name, newName)
        #else
        let result = unsafe Darwin.rename(name, newName)
        #endif
        if result != 0 { throw .last }
      }
    }
  }

  package func temporaryPath() throws(SystemError) -> [UInt8] {
    let (descriptor, path) = try makeTemporary()
    _ = try DescriptorStream(descriptor, ownsDescriptor: true).close()
    return path
  }

  package func openTemporary() throws(SystemError) -> any ByteStream {
    let (descriptor, path) = try makeTemporary()
    let stream = DescriptorStream(descriptor, ownsDescriptor: true)
    // Without a name the file lives as long as the descriptor.
    try remove(path)
    return stream
  }

  private func makeTemporary() throws(SystemError) -> (descriptor: Int32, path: [UInt8]) {
    var name = Self.temporaryTemplate.utf8.map { CChar(bitPattern: $0) } + [0]
    let descriptor = unsafe mkstemp(&name)
    if descriptor < 0 { throw .last }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return (descriptor, name.dropLast().map { UInt8(bitPattern: $0) })
  }
}
