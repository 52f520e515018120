// The least a source or sink of bytes must do. Files, pipes, terminals and in-memory files differ
// here only; buffering, lines and numbers are `BufferedFile`'s and the same for all.

/// Where an offset given to `seek` counts from.
package enum SeekOrigin: Sendable {
  case start
  case current
  case end
}

/// An open source or sink of bytes without a buffer of its own.
package protocol ByteStream: AnyObject {
  /// Whether what is read and what is written are two separate flows, as in a connection.
  var isDuplex: Bool { get }

  /// Reads at least one byte unless the end is reached.
  ///
  /// - Returns: The number of bytes read; zero at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int

  /// Writes some of the bytes, at least one.
  ///
  /// - Returns: The number of bytes written.
  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int

  /// Moves the position of the next read or write.
  ///
  /// - Returns: The new position from the start.
  func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64

  /// Closes the stream; a second call does nothing.
  ///
  /// - Returns: How the process at the other end went, when the stream is a pipe to one.
  func close() throws(SystemError) -> ProcessStatus?
}

extension ByteStream {
  package var isDuplex: Bool { false }
}
