// An open file of a file system in memory. The file lives as long as a name or a stream has it.

/// An open file or directory in memory.
final class MemoryFileStream: ByteStream {
  /// nil for a directory.
  private let contents: MemoryFiles.Contents?
  private let mode: FileMode
  private let files: MemoryFiles
  private var position = 0
  private var isOpen = true

  init(_ contents: MemoryFiles.Contents?, mode: FileMode, in files: MemoryFiles) {
    self.contents = contents
    self.mode = mode
    self.files = files
    if mode.appends, let contents { position = contents.bytes.count }
  }

  deinit { close() }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    guard isOpen, mode.reads else { throw .badDescriptor }
    guard let contents else { throw .isDirectory }
    guard position < contents.bytes.count else { return 0 }
    let count = min(buffer.count, contents.bytes.count - position)
    buffer.copyBytes(from: contents.bytes[position..<position + count])
    position += count
    return count
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    guard isOpen, mode.writes, let contents else { throw .badDescriptor }
    if mode.appends { position = contents.bytes.count }
    let count = try files.write(bytes, to: contents, at: position)
    position += count
    return count
  }

  func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64 {
    guard isOpen else { throw .badDescriptor }
    let start: Int64 =
      switch origin {
      case .start: 0
      case .current: Int64(position)
      case .end: Int64(contents?.bytes.count ?? 0)
      }
    let (target, overflows) = start.addingReportingOverflow(offset)
    guard !overflows, target >= 0 else { throw .invalidArgument }
    position = Int(target)
    return target
  }

  @discardableResult
  func close() -> ProcessStatus? {
    if isOpen, let contents { files.release(contents) }
    isOpen = false
    return nil
  }
}
