// Counting what a machine has open at a time: files, pipes and connections together.

/// How many handles are open, and how many may be.
package final class HandleCount {
  private let limit: Int
  private(set) package var openCount = 0

  package init(limit: Int) { self.limit = limit }

  /// Counts a stream until it is closed.
  ///
  /// - Throws: `tooManyOpen` when there are as many as there may be; the stream is not opened then.
  package func open(
    _ make: () throws(SystemError) -> any ByteStream
  ) throws(SystemError) -> any ByteStream {
    guard openCount < limit else { throw .tooManyOpen }
    let stream = try make()
    openCount += 1
    return CountedStream(stream, self)
  }

  fileprivate func closeOne() { openCount -= 1 }
}

/// A stream that is counted while it is open.
private final class CountedStream: ByteStream {
  private let base: any ByteStream
  private let count: HandleCount
  private var isOpen = true

  init(_ base: any ByteStream, _ count: HandleCount) {
    self.base = base
    self.count = count
  }

  deinit { _ = try? close() }

  var isDuplex: Bool { base.isDuplex }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    try base.read(into: buffer)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int { try base.write(bytes) }

  func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64 {
    try base.seek(by: offset, from: origin)
  }

  func close() throws(SystemError) -> ProcessStatus? {
    if isOpen {
      isOpen = false
      count.closeOne()
    }
    return try base.close()
  }
}

/// Other files, with the open ones counted.
package final class CountedFiles: FileAccess {
  private let base: any FileAccess
  private let count: HandleCount

  package init(_ base: any FileAccess, _ count: HandleCount) {
    self.base = base
    self.count = count
  }

  package func open(_ path: [UInt8], mode: FileMode) throws(SystemError) -> any ByteStream {
    try count.open { () throws(SystemError) in try base.open(path, mode: mode) }
  }

  package func remove(_ path: [UInt8]) throws(SystemError) { try base.remove(path) }

  package func rename(_ path: [UInt8], to newPath: [UInt8]) throws(SystemError) {
    try base.rename(path, to: newPath)
  }

  package func temporaryPath() throws(SystemError) -> [UInt8] { try base.temporaryPath() }

  package func openTemporary() throws(SystemError) -> any ByteStream {
    try count.open { () throws(SystemError) in try base.openTemporary() }
  }
}

/// Another network, with the open connections counted.
package final class CountedNetwork: NetworkAccess {
  private let base: any NetworkAccess
  private let count: HandleCount

  package init(_ base: any NetworkAccess, _ count: HandleCount) {
    self.base = base
    self.count = count
  }

  package func connect(
    host: [UInt8],
    port: UInt16,
    isEncrypted: Bool,
    timeoutNanoseconds: UInt64
  ) throws(SystemError) -> any ByteStream {
    try count.open { () throws(SystemError) in
      try base.connect(
        host: host,
        port: port,
        isEncrypted: isEncrypted,
        timeoutNanoseconds: timeoutNanoseconds
      )
    }
  }
}

/// Other processes, with the open pipes counted.
package final class CountedProcesses: ProcessAccess {
  private let base: any ProcessAccess
  private let count: HandleCount

  package init(_ base: any ProcessAccess, _ count: HandleCount) {
    self.base = base
    self.count = count
  }

  package var hasShell: Bool { base.hasShell }
  package var runsPrograms: Bool { base.runsPrograms }

  package func execute(_ command: [UInt8]) throws(SystemError) -> ProcessStatus {
    try base.execute(command)
  }

  package func open(
    _ command: [UInt8],
    direction: PipeDirection
  ) throws(SystemError) -> any ByteStream {
    try count.open { () throws(SystemError) in try base.open(command, direction: direction) }
  }

  package func exit(_ code: Int32) -> Never { base.exit(code) }
}
