// A file as scripts use it: a buffer in front of a stream of bytes. One implementation serves disk,
// pipes, terminals and memory, so that a script cannot tell a simulated world by its buffering.
//
// There is one buffer, which holds either bytes read ahead or bytes not yet written:
//
//     idle      readOffset = readLimit = 0        pendingCount = writeLimit = 0
//     reading   readOffset ..< readLimit: bytes that the stream has given and nobody has taken
//     writing   0 ..< pendingCount: bytes to write; writeLimit: how far they may grow unlooked-at
//
// The stream's own position is at `readLimit` when reading and before the first pending byte when
// writing. The hot paths need one comparison each: a read succeeds on the spot when the bytes lie
// before `readLimit`, a write when they fit before `writeLimit`; both limits are zero in the other
// state. `writeLimit` stays zero without full buffering, which sends every write the long way.

/// When written bytes go to the stream.
package enum BufferingMode: Sendable {
  /// When the buffer is full or flushed.
  case full
  /// At the end of each line too.
  case line
  /// At once.
  case none
}

/// A buffered stream of bytes: lines, blocks and numbers in; bytes and numbers out.
///
/// Bytes handed out lie in the file's own memory: they are valid until the next call on the file.
///
/// The buffer is made when the first byte is to lie in it: a machine has three streams and may never use
/// one.
///
/// INVARIANT: `storage` points to `capacity` bytes that this object alone uses and frees, if `hasStorage`;
/// without, both limits and `pendingCount` are zero, and nobody looks behind the address;
/// `0 ≤ readOffset ≤ readLimit ≤ capacity`; `0 ≤ pendingCount ≤ capacity`; `writeLimit` is zero or
/// `capacity`; not both `readLimit` and `pendingCount + writeLimit` are above zero.
/// The properties are `@exclusivity(unchecked)` because checks at run time cost more than the work
/// between them; no two accesses overlap, as no method hands out a property `inout`.
package final class BufferedFile {
  /// The usual size of the buffer.
  package static let defaultCapacity = 16_384

  /// A file whose pending bytes are written before this one waits for bytes: prompts appear before
  /// the program waits for the answer.
  package var tied: BufferedFile?

  let stream: any ByteStream
  @exclusivity(unchecked) private(set) var storage = noStorage
  private var hasStorage = false
  @exclusivity(unchecked) private(set) var capacity: Int
  @exclusivity(unchecked) var readOffset = 0
  @exclusivity(unchecked) private(set) var readLimit = 0
  @exclusivity(unchecked) var pendingCount = 0
  @exclusivity(unchecked) private(set) var writeLimit = 0
  @exclusivity(unchecked) private(set) var buffering: BufferingMode
  @exclusivity(unchecked) var gathered = GatheredBytes()
  /// Why bytes could not be written the last time that happened.
  package private(set) var writeError: SystemError?
  private var isOpen = true
  private let isReadable: Bool
  private let isWritable: Bool

  /// A file over a stream.
  ///
  /// What the stream's mode does not allow is refused at once, and not when the buffer reaches the
  /// stream.
  package init(
    _ stream: any ByteStream,
    mode: FileMode? = nil,
    buffering: BufferingMode = .full,
    capacity: Int = defaultCapacity
  ) {
    self.stream = stream
    isReadable = mode?.reads ?? true
    isWritable = mode?.writes ?? true
    self.buffering = stream.isDuplex ? .none : buffering
    self.capacity = max(capacity, Self.capacityRange.lowerBound)
  }

  /// Writes what is pending and lets go of the stream; nobody is left to hear of errors.
  deinit {
    _ = try? close()
    freeStorage()
  }

  // MARK: Storage

  private static var noStorage: UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(bitPattern: 16).unsafelyUnwrapped
  }

  private func makeStorage() {
    if hasStorage { return }
    storage = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    hasStorage = true
  }

  private func freeStorage() {
    if hasStorage { storage.deallocate() }
    storage = Self.noStorage
    hasStorage = false
  }

  // MARK: Buffering

  /// Sizes a script may choose for the buffer.
  ///
  /// The lower bound leaves room for the longest numeral that is read.
  private static let capacityRange = 256...1_048_576

  /// Chooses when written bytes go to the stream, and how large the buffer is.
  package func setBuffering(
    _ mode: BufferingMode,
    capacity newCapacity: Int? = nil
  ) throws(SystemError) {
    if stream.isDuplex { return }
    try becomeIdle()
    buffering = mode
    guard let newCapacity else { return }
    let range = Self.capacityRange
    freeStorage()
    capacity = min(max(newCapacity, range.lowerBound), range.upperBound)
  }

  /// Hands pending bytes to the stream.
  ///
  /// After an error the bytes that could not be written are gone.
  package func flush() throws(SystemError) {
    guard pendingCount > 0 else { return }
    let count = pendingCount
    pendingCount = 0
    try writeThrough(UnsafeRawBufferPointer(start: storage, count: count))
  }

  /// Closes the file; a second call does nothing.
  ///
  /// - Returns: How the process at the other end went, when the file is a pipe to one.
  @discardableResult
  package func close() throws(SystemError) -> ProcessStatus? {
    guard isOpen else { return nil }
    var flushError: SystemError?
    do throws(SystemError) { try flush() } catch { flushError = error }
    isOpen = false
    readOffset = 0
    readLimit = 0
    writeLimit = 0
    gathered.release()
    let status = try stream.close()
    if let flushError { throw flushError }
    return status
  }

  /// Frees the memory of a long result, which nobody needs any more.
  package func trim() {
    if gathered.count > capacity { gathered.release() }
  }

  // MARK: Position

  /// Moves the position of the next read or write.
  ///
  /// - Returns: The new position from the start.
  package func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64 {
    guard isOpen else { throw .badDescriptor }
    try flush()
    let unreadCount = Int64(readLimit - readOffset)
    var distance = offset
    if origin == .current {
      // Asking for the position need not throw away what was read ahead.
      if offset == 0 { return try stream.seek(by: 0, from: .current) - unreadCount }
      let (difference, overflows) = offset.subtractingReportingOverflow(unreadCount)
      if overflows { throw .invalidArgument }
      distance = difference
    }
    let position = try stream.seek(by: distance, from: origin)
    readOffset = 0
    readLimit = 0
    writeLimit = 0
    return position
  }

  // MARK: States

  /// Leaves both states: pending bytes are written, bytes read ahead are given back.
  private func becomeIdle() throws(SystemError) {
    try flush()
    writeLimit = 0
    giveBackUnread()
  }

  /// Puts the stream back to where the script believes it is.
  ///
  /// A pipe cannot go back; what was read
  /// ahead from it is lost, as the other direction of a pipe does not exist.
  private func giveBackUnread() {
    if readOffset < readLimit {
      _ = try? stream.seek(by: Int64(readOffset - readLimit), from: .current)
    }
    readOffset = 0
    readLimit = 0
  }

  /// Goes to the writing state.
  func beginWriting() throws(SystemError) {
    guard isOpen, isWritable else { throw .badDescriptor }
    if readLimit > 0 {
      // Unread bytes of a connection stay: its writes go past the buffer.
      if stream.isDuplex { return }
      giveBackUnread()
    }
    if buffering != .none { makeStorage() }
    writeLimit = buffering == .full ? capacity : 0
  }

  /// Goes to the reading state and makes sure of an unread byte.
  ///
  /// - Returns: Whether there is one; `false` at the end of the stream.
  func fill() throws(SystemError) -> Bool {
    if readOffset < readLimit { return true }
    try beginReading()
    readLimit = try stream.read(
      into: UnsafeMutableRawBufferPointer(start: storage, count: capacity)
    )
    return readLimit > 0
  }

  /// Reads ahead further, keeping the unread bytes.
  ///
  /// - Returns: Whether there are more unread bytes now; `false` at the end of the stream.
  /// - Precondition: Fewer bytes are unread than the buffer holds.
  func fillFurther() throws(SystemError) -> Bool {
    if readOffset == readLimit { return try fill() }
    let unreadCount = readLimit - readOffset
    storage.copyMemory(from: storage + readOffset, byteCount: unreadCount)
    readOffset = 0
    readLimit = unreadCount
    let room = UnsafeMutableRawBufferPointer(
      start: storage + unreadCount,
      count: capacity - unreadCount
    )
    readLimit += try stream.read(into: room)
    return readLimit > unreadCount
  }

  /// Goes to the reading state with nothing read ahead.
  func beginReading() throws(SystemError) {
    guard isOpen, isReadable else { throw .badDescriptor }
    try flush()
    writeLimit = 0
    readOffset = 0
    readLimit = 0
    makeStorage()
    // An error there is for whoever writes there to hear.
    if let tied { _ = try? tied.flush() }
  }

  /// Writes bytes to the stream, past the buffer.
  func writeThrough(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    guard isOpen else { throw .badDescriptor }
    var rest = bytes
    do throws(SystemError) {
      while !rest.isEmpty {
        let count = try stream.write(rest)
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
    } catch {
      writeError = error
      throw error
    }
  }

  /// Traps when the object contradicts its invariants; for tests.
  package func checkInvariants() {
    precondition(0 <= readOffset && readOffset <= readLimit && readLimit <= capacity)
    precondition(0 <= pendingCount && pendingCount <= capacity)
    precondition(writeLimit == 0 || (writeLimit == capacity && buffering == .full))
    precondition(readLimit == 0 || (pendingCount == 0 && writeLimit == 0))
  }
}
