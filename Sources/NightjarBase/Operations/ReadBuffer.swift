// What a reader has and nobody has taken. Bytes come in as operations bring them and go out only as whole
// answers: a task that is cancelled while it waits for the rest of a line leaves the beginning here, for
// whoever reads next. So no cancel loses a byte, wherever it falls.
//
//     storage   taken │ start ..< count: unread │ room
//                       scanned: how far a line end was looked for in vain

/// What a reader is asked for.
package enum ReadWish: Equatable, Sendable {
  /// A line; the last one need not have an end.
  case line(keepsEnd: Bool, byteCountMax: Int)
  /// So many bytes and no fewer.
  case exactly(Int)
  /// So many bytes, fewer only at the end.
  case upTo(Int)
  /// Some bytes, as soon as there are any.
  case some(byteCountMax: Int)
  /// Everything up to the end.
  case all(byteCountMax: Int)
}

/// What a reader has to say to a wish.
package enum ReadAnswer: Equatable, Sendable {
  case bytes([UInt8])
  /// Nothing will come any more.
  case end
  /// So many bytes would help; they have to be read first.
  case needsMore(Int)
}

/// Bytes between the operations that read them and those who take them.
package struct ReadBuffer: Sendable {
  private var storage: [UInt8] = []
  private var start = 0
  private var scanned = 0
  /// Whether the end has been read.
  package private(set) var isEnded = false
  /// Why nothing more can be read.
  package private(set) var failure: SystemError?

  /// How much is read at a time.
  package static let stepByteCount = 16_384

  package init() {}

  /// How many bytes nobody has taken.
  package var count: Int { storage.count - start }

  // MARK: Coming in

  /// Adds bytes; none are the end.
  package mutating func add(_ bytes: [UInt8]) {
    if bytes.isEmpty { isEnded = true }
    if start == storage.count {
      storage = bytes
      start = 0
      scanned = 0
      return
    }
    if start > storage.count / 2 { compact() }
    storage += bytes
  }

  /// Takes in how a read ended.
  ///
  /// - Returns: Whether it is of use to ask again: a cancelled read changes nothing.
  @discardableResult
  package mutating func add(_ outcome: OperationOutcome) -> Bool {
    switch outcome {
    case .bytes(let bytes): add(bytes)
    case .failed(let error): failure = error
    default: return false
    }
    return true
  }

  private mutating func compact() {
    storage.removeFirst(start)
    scanned = max(scanned - start, 0)
    start = 0
  }

  // MARK: Going out

  /// Answers a wish with whole answers only; what is not enough for one stays.
  ///
  /// - Throws: Why no more can be read; `unexpectedEnd` before the end of what was asked for exactly;
  ///   `tooLarge` for what is longer than the wish allows.
  package mutating func take(_ wish: ReadWish) throws(SystemError) -> ReadAnswer {
    switch wish {
    case .line(let keepsEnd, let most): return try takeLine(keepsEnd, most)
    case .exactly(let wanted):
      if count >= wanted { return .bytes(takeFirst(wanted)) }
      if isEnded { throw .unexpectedEnd }
      return try more(wanted - count)
    case .upTo(let wanted):
      if count >= wanted && (wanted > 0 || count > 0) { return .bytes(takeFirst(wanted)) }
      if isEnded { return count > 0 ? .bytes(takeFirst(count)) : .end }
      return try more(max(wanted - count, 1))
    case .some(let most):
      if count > 0 { return .bytes(takeFirst(min(most, count))) }
      return isEnded ? .end : try more(most)
    case .all(let most):
      if count > most { throw .tooLarge }
      return isEnded ? .bytes(takeFirst(count)) : try more(Self.stepByteCount)
    }
  }

  private mutating func takeLine(
    _ keepsEnd: Bool,
    _ most: Int
  ) throws(SystemError) -> ReadAnswer {
    scanned = max(scanned, start)
    if let end = storage[scanned...].firstIndex(of: 0x0A) {
      if end - start > most { throw .tooLarge }
      var line = takeFirst(end + 1 - start)
      if !keepsEnd { line.removeLast() }
      return .bytes(line)
    }
    scanned = storage.count
    if count > most { throw .tooLarge }
    if isEnded { return count > 0 ? .bytes(takeFirst(count)) : .end }
    return try more(Self.stepByteCount)
  }

  private func more(_ wanted: Int) throws(SystemError) -> ReadAnswer {
    if let failure { throw failure }
    return .needsMore(min(max(wanted, 1), Self.stepByteCount * 4))
  }

  private mutating func takeFirst(_ wanted: Int) -> [UInt8] {
    if start == 0 && wanted == storage.count {
      defer { storage = [] }
      scanned = 0
      return storage
    }
    let bytes = Array(storage[start..<start + wanted])
    start += wanted
    if start == storage.count {
      storage.removeAll(keepingCapacity: storage.capacity <= Self.stepByteCount * 4)
      start = 0
      scanned = 0
    } else if start > Self.stepByteCount * 4 {
      compact()
    }
    return bytes
  }
}

/// Bytes that are to be written whole, and how far that has come.
package struct WriteProgress: Sendable {
  package let bytes: [UInt8]
  /// How many bytes are written: an error or a cancel tells it to whoever wanted them all written.
  package private(set) var written = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var isDone: Bool { written == bytes.count }

  /// The operation that writes the rest, or some of it.
  package func request(to resource: ResourceID) -> OperationRequest {
    .write(resource, bytes, from: written)
  }

  /// Takes in how a write ended.
  ///
  /// - Returns: Whether it came further; else writing is over.
  package mutating func add(_ outcome: OperationOutcome) -> Bool {
    guard case .written(let count) = outcome else { return false }
    written += count
    return true
  }
}
