// Writing bytes and numbers. Small pieces are copied into the buffer; what is larger than the
// buffer goes straight to the stream.

private import CNightjar

extension BufferedFile {
  /// Writes bytes.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    let start = pendingCount
    guard let source = bytes.baseAddress else { return }
    if bytes.count <= writeLimit &- start {
      // SAFETY: the bytes end before `writeLimit`, which is the buffer's capacity.
      (storage + start).copyMemory(from: source, byteCount: bytes.count)
      pendingCount = start &+ bytes.count
      return
    }
    try writeSlowly(bytes)
  }

  /// Writes one byte.
  package func write(_ byte: UInt8) throws(SystemError) {
    if pendingCount < writeLimit {
      storage.storeBytes(of: byte, toByteOffset: pendingCount, as: UInt8.self)
      pendingCount &+= 1
      return
    }
    try write([byte])
  }

  /// Writes bytes.
  package func write(_ bytes: [UInt8]) throws(SystemError) {
    // A typed error does not pass through the closure of an array's buffer.
    let result = bytes.withUnsafeBytes { room in
      Result { () throws(SystemError) in try write(room) }
    }
    try result.get()
  }

  /// Writes an integer in decimal.
  package func write(_ value: Int64) throws(SystemError) {
    try writeNumeral { NumeralText.write(value, to: $0) }
  }

  /// Writes a float in fourteen digits; unlike `tostring`, the reference adds no `.0` here.
  package func write(_ value: Double) throws(SystemError) {
    try writeNumeral { text in
      let count = NumeralText.write(value, to: text)
      let isWhole =
        count > 2 && text[count - 2] == UInt8(ascii: ".")
        && text[count - 1] == UInt8(ascii: "0")
      return isWhole && value.magnitude < 1e14 ? count - 2 : count
    }
  }

  @inline(__always)
  private func writeNumeral(
    _ writeText: (UnsafeMutablePointer<UInt8>) -> Int
  ) throws(SystemError) {
    if NumeralText.byteCountMax <= writeLimit &- pendingCount {
      let target = (storage + pendingCount).assumingMemoryBound(to: UInt8.self)
      pendingCount &+= writeText(target)
      return
    }
    let result = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumeralText.byteCountMax) {
      room in
      Result { () throws(SystemError) in
        guard let text = room.baseAddress else { return }
        try write(UnsafeRawBufferPointer(start: text, count: writeText(text)))
      }
    }
    try result.get()
  }

  @inline(never)
  private func writeSlowly(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return }
    try beginWriting()
    if buffering == .none { return try writeThrough(bytes) }
    if bytes.count > capacity - pendingCount { try flush() }
    if bytes.count >= capacity { return try writeThrough(bytes) }
    (storage + pendingCount).copyMemory(from: source, byteCount: bytes.count)
    pendingCount += bytes.count
    if buffering == .line,
      nightjar_find_byte(source, bytes.count, UInt8(ascii: "\n")) < bytes.count
    {
      try flush()
    }
  }
}
