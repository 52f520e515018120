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

  package init(_ descriptor: Int32, ownsDescriptor: Bool) {
    self.descriptor = descriptor
    self.ownsDescriptor = ownsDescriptor
  }

  deinit { _ = try? close() }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    try unsafe descriptor.readBytes(into: buffer)
  }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    try unsafe descriptor.writeBytes(bytes)
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
  func readBytes(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    while true {
      try Interrupt.awaitInput(self)
      let count = unsafe read(self, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      try waitOut(errno, for: POLLIN)
    }
  }

  /// Writes to a descriptor; signals that interrupt are waited out.
  func writeBytes(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    while true {
      let count = unsafe write(self, bytes.baseAddress, bytes.count)
      if count >= 0 { return count }
      try waitOut(errno, for: POLLOUT)
    }
  }

  /// Returns when an operation that failed with `code` is worth another try.
  private func waitOut(_ code: Int32, for events: some BinaryInteger) throws(SystemError) {
    switch code {
    case EINTR:
      if Interrupt.isPending { throw SystemError(errno: code) }
    case EAGAIN:
      // Someone who shares the terminal or pipe has made it non-blocking.
      var request = pollfd(fd: self, events: Int16(events), revents: 0)
      unsafe poll(&request, 1, -1)
    default:
      throw SystemError(errno: code)
    }
  }
}
