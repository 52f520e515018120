// Reading lines and blocks. What lies whole in the buffer is handed out from there; the rest is
// gathered in a second piece of memory.

private import CNightjar

extension BufferedFile {
  /// Whether the end is reached; waits for a byte to know.
  package func isAtEnd() throws(SystemError) -> Bool {
    try !fill()
  }

  /// Reads the next line.
  ///
  /// - Parameters:
  ///   - keepsLineEnd: Whether the line's newline, if it has one, is part of the result.
  ///   - byteCountMax: The longest line to accept.
  /// - Returns: The line, valid until the next call on the file; `nil` at the end.
  /// - Throws: `SystemError.tooLarge` for a longer line, or what the stream says.
  package func readLine(
    keepsLineEnd: Bool,
    byteCountMax: Int = .max
  ) throws(SystemError) -> UnsafeRawBufferPointer? {
    let start = readOffset
    let unreadCount = readLimit &- start
    // SAFETY: `start ..< readLimit` is inside the buffer and initialised.
    let length = nightjar_find_byte(storage + start, unreadCount, UInt8(ascii: "\n"))
    if length < unreadCount && length < byteCountMax {
      readOffset = start &+ length &+ 1
      return UnsafeRawBufferPointer(
        start: storage + start,
        count: keepsLineEnd ? length &+ 1 : length
      )
    }
    return try gatherLine(keepsLineEnd: keepsLineEnd, byteCountMax: byteCountMax)
  }

  /// The next line with its end as bytes of the caller's own; none at the end.
  ///
  /// - Throws: What the stream says.
  package func nextLine() throws(SystemError) -> [UInt8] {
    try readLine(keepsLineEnd: true).map { Array($0) } ?? []
  }

  @inline(never)
  private func gatherLine(
    keepsLineEnd: Bool,
    byteCountMax: Int
  ) throws(SystemError) -> UnsafeRawBufferPointer? {
    gathered.clear()
    while try fill() {
      let unreadCount = readLimit - readOffset
      let length = nightjar_find_byte(storage + readOffset, unreadCount, UInt8(ascii: "\n"))
      let isWhole = length < unreadCount
      let takenCount = isWhole && keepsLineEnd ? length + 1 : length
      if takenCount > byteCountMax - gathered.count { throw .tooLarge }
      gathered.append(storage + readOffset, count: takenCount)
      readOffset += isWhole ? length + 1 : length
      if isWhole { return gathered.bytes }
    }
    return gathered.count > 0 ? gathered.bytes : nil
  }

  /// Reads as many bytes as asked for, fewer only where the stream ends.
  ///
  /// - Returns: The bytes, valid until the next call on the file; `nil` when the stream had ended
  ///   before, and then for a count of zero too.
  package func read(count: Int) throws(SystemError) -> UnsafeRawBufferPointer? {
    let start = readOffset
    if count > 0 && count <= readLimit &- start {
      readOffset = start &+ count
      return UnsafeRawBufferPointer(start: storage + start, count: count)
    }
    if count <= 0 {
      return try fill() ? UnsafeRawBufferPointer(start: storage + readOffset, count: 0) : nil
    }
    try gather(atMost: count)
    return gathered.count > 0 ? gathered.bytes : nil
  }

  /// Reads everything up to the end.
  ///
  /// - Parameter byteCountMax: The most bytes to accept.
  /// - Returns: The bytes, valid until the next call on the file.
  /// - Throws: `SystemError.tooLarge` when there are more, or what the stream says.
  package func readAll(byteCountMax: Int = .max) throws(SystemError) -> UnsafeRawBufferPointer {
    try gather(atMost: byteCountMax)
    if gathered.count == byteCountMax, try fill() { throw .tooLarge }
    return gathered.bytes
  }

  /// Gathers bytes until there are `limit` of them or the stream ends.
  private func gather(atMost limit: Int) throws(SystemError) {
    gathered.clear()
    let readAheadCount = min(readLimit - readOffset, limit)
    gathered.append(storage + readOffset, count: readAheadCount)
    readOffset += readAheadCount
    while gathered.count < limit {
      let missingCount = limit - gathered.count
      if missingCount < capacity {
        guard try fill() else { return }
        let takenCount = min(readLimit - readOffset, missingCount)
        gathered.append(storage + readOffset, count: takenCount)
        readOffset += takenCount
      } else {
        // A large rest goes past the buffer. Room grows with what has come, not with what was
        // asked for: a script may ask for more than there is memory.
        try beginReading()
        let room = gathered.room(atLeast: capacity, atMost: missingCount)
        let count = try stream.read(into: room)
        if count == 0 { return }
        gathered.commit(count)
      }
    }
  }

  /// The next byte, left unread; `nil` at the end.
  package func peekByte() throws(SystemError) -> UInt8? {
    guard try fill() else { return nil }
    return storage.load(fromByteOffset: readOffset, as: UInt8.self)
  }

  /// Takes the byte that `peekByte` has shown.
  ///
  /// - Precondition: `peekByte` was the last call on the file and has shown one.
  package func skipPeekedByte() {
    assert(readOffset < readLimit)
    readOffset += 1
  }
}
