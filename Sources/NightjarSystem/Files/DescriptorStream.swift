// A stream over a file descriptor: files, terminals, and what the shell has put at 0, 1 and 2.

package import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A file descriptor as a stream of bytes.
///
/// INVARIANT: `descriptor` is open while `isOpen`; when `ownsDescriptor`, nobody else closes it.
package final class DescriptorStream: ByteStream {
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  private var isOpen = true
  private let patience: Patience
  /// Whether reads and writes may wait; asked when it matters.
  private lazy var mayWait = descriptor.mayWait

  /// What a descriptor that may be shared with other programs surely takes at once when it is ready to
  /// take something: it cannot be made non-blocking, as that would be so for all who share it.
  private static let sharedWriteByteCountMax = 4_096

  package init(_ descriptor: Int32, ownsDescriptor: Bool, patience: Patience = Patience()) {
    self.descriptor = descriptor
    self.ownsDescriptor = ownsDescriptor
    self.patience = patience
  }

  deinit { _ = try? close() }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    if patience.isWatched && mayWait { try descriptor.wait(for: POLLIN, patience) }
    return try unsafe descriptor.readBytes(into: buffer, patience)
  }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    guard patience.isWatched && mayWait else {
      return try unsafe descriptor.writeBytes(bytes, patience)
    }
    try descriptor.wait(for: POLLOUT, patience)
    let first = unsafe UnsafeRawBufferPointer(
      rebasing: bytes.prefix(Self.sharedWriteByteCountMax)
    )
    return try unsafe descriptor.writeBytes(first, patience)
  }

  package func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64 {
    let whence =
      switch origin {
      case .start: SEEK_SET
      case .current: SEEK_CUR
      case .end: SEEK_END
      }
    let position = lseek(descriptor, off_t(offset), Int32(whence))
    if position < 0 { throw .last }
    return Int64(position)
  }

  package func close() throws(SystemError) -> ProcessStatus? {
    guard isOpen else { return nil }
    isOpen = false
    guard ownsDescriptor else { return nil }
    #if canImport(Glibc)
    let result = Glibc.close(descriptor)
    #else
    let result = Darwin.close(descriptor)
    #endif
    if result != 0 { throw .last }
    return nil
  }
}

extension Int32 {
  /// Reads from a descriptor; signals that interrupt are waited out, but for the user's.
  func readBytes(
    into buffer: UnsafeMutableRawBufferPointer,
    _ patience: Patience
  ) throws(SystemError) -> Int {
    while true {
      if !patience.isWatched { try Interrupt.awaitInput(self) }
      let count = unsafe read(self, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      try waitOut(errno, for: POLLIN, patience)
    }
  }

  /// Writes to a descriptor; signals that interrupt are waited out, but for the user's.
  func writeBytes(
    _ bytes: UnsafeRawBufferPointer,
    _ patience: Patience
  ) throws(SystemError) -> Int {
    while true {
      let count = unsafe write(self, bytes.baseAddress, bytes.count)
      if count >= 0 { return count }
      try waitOut(errno, for: POLLOUT, patience)
    }
  }

  /// Returns when an operation that failed with `code` is worth another try.
  private func waitOut(
    _ code: Int32,
    for events: some BinaryInteger,
    _ patience: Patience
  ) throws(SystemError) {
    switch code {
    case EINTR:
      if Interrupt.isPending { throw SystemError(errno: code) }
    case EAGAIN:
      // It does not block: a pipe of ours, or one that somebody who shares it has made so.
      try wait(for: events, patience)
    default:
      throw SystemError(errno: code)
    }
  }
}
