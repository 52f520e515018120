// A file without a disk: for tests, for captured output and for worlds that are simulated.

/// A stream over bytes in memory.
package final class MemoryStream: ByteStream {
  /// What the stream holds.
  package private(set) var bytes: [UInt8]
  private let mode: FileMode
  private var position = 0
  private var isOpen = true

  package init(_ bytes: [UInt8] = [], mode: FileMode? = nil) {
    self.bytes = bytes
    self.mode =
      mode ?? FileMode(reads: true, writes: true, appends: false, creates: false, truncates: false)
    if self.mode.truncates { self.bytes = [] }
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    guard isOpen, mode.reads else { throw .badDescriptor }
    guard position < bytes.count else { return 0 }
    let count = min(buffer.count, bytes.count - position)
    buffer.copyBytes(from: bytes[position..<position + count])
    position += count
    return count
  }

  package func write(_ source: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    guard isOpen, mode.writes else { throw .badDescriptor }
    if mode.appends { position = bytes.count }
    let (end, overflows) = position.addingReportingOverflow(source.count)
    if overflows || end > Int(Int32.max) { throw .tooLarge }
    // A gap that a seek has left reads as zeros.
    if position > bytes.count {
      bytes.append(contentsOf: repeatElement(0, count: position - bytes.count))
    }
    let overlapEnd = min(end, bytes.count)
    bytes.replaceSubrange(position..<overlapEnd, with: source)
    position = end
    return source.count
  }

  package func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64 {
    guard isOpen else { throw .badDescriptor }
    let start: Int64 =
      switch origin {
      case .start: 0
      case .current: Int64(position)
      case .end: Int64(bytes.count)
      }
    let (target, overflows) = start.addingReportingOverflow(offset)
    guard !overflows, target >= 0 else { throw .invalidArgument }
    position = Int(target)
    return target
  }

  package func close() throws(SystemError) -> ProcessStatus? {
    isOpen = false
    return nil
  }
}
