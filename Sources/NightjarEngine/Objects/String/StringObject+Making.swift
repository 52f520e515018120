// Making strings from bytes, comparing and hashing them.

internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The string of the given bytes; short ones are interned.
  ///
  /// - Returns: nil when the string would be too long or memory is out; never for at most 40 bytes.
  func string(bytes: UnsafePointer<UInt8>, count: Int) -> StringRef? {
    if count <= StringObject.shortByteCountMax { return intern(bytes, count) }
    guard let made = makeLong(count: count) else { return nil }
    memcpy(made.bytes, bytes, count)
    return made
  }

  /// A short text with a string behind it.
  ///
  /// - Throws: "not enough memory" when there is no room for the result.
  func string(_ text: String, before rest: StringRef) throws(ScriptError) -> StringRef {
    var text = text
    let made = text.withUTF8 { prefix -> StringRef? in
      guard let start = prefix.baseAddress else { return rest }
      let count = prefix.count &+ rest.count
      if count <= StringObject.shortByteCountMax {
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { room in
          let bytes = room.baseAddress.unsafelyUnwrapped
          memcpy(bytes, start, prefix.count)
          memcpy(bytes + prefix.count, rest.bytes, rest.count)
          return intern(bytes, count)
        }
      }
      guard let made = makeLong(count: count) else { return nil }
      memcpy(made.bytes, start, prefix.count)
      memcpy(made.bytes + prefix.count, rest.bytes, rest.count)
      return made
    }
    guard let made else { throw raiseMemory() }
    return made
  }

  /// The string of a literal.
  func string(_ text: StaticString) -> StringRef {
    // SAFETY: our own literals are never too long.
    string(bytes: text.utf8Start, count: text.utf8CodeUnitCount).unsafelyUnwrapped
  }

  /// A string of Swift text; text that memory has no room for is cut to what always fits.
  func string(_ text: String) -> StringRef {
    var text = text
    return text.withUTF8 { buffer in
      guard let start = buffer.baseAddress else { return string("" as StaticString) }
      return string(bytes: start, count: buffer.count)
        ?? intern(start, Swift.min(buffer.count, StringObject.shortByteCountMax))
    }
  }

  @inline(__always)
  func intern(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> StringRef {
    let hash = UInt32(truncatingIfNeeded: pointee.heap.hash.hash(bytes, count: count))
    var next = pointee.heap.strings.bucket(of: hash).pointee
    while let string = next {
      if string.pointee.header.word == hash && string.count == count
        && memcmp(string.bytes, bytes, count) == 0
      {
        if pointee.heap.isResurrecting { pointee.heap.markRaw(string) }
        return string
      }
      next = string.nextInChain
    }
    return addInterned(bytes, count, hash)
  }

  @inline(never)
  private func addInterned(
    _ bytes: UnsafePointer<UInt8>,
    _ count: Int,
    _ hash: UInt32
  ) -> StringRef {
    pointee.heap.strings.prepareForOne(in: &pointee.heap.externalByteCount)
    let made = pointee.heap.allocate(StringObject.bytesOffset &+ count)
      .assumingMemoryBound(to: StringObject.self)
    let bucket = pointee.heap.strings.bucket(of: hash)
    made.initialize(
      to: StringObject(
        header: ObjectHeader(.string, flags: .shortString, word: hash),
        length: UInt32(count),
        unused: 0,
        link: UnsafeMutableRawPointer(bucket.pointee)
      )
    )
    memcpy(made.bytes, bytes, count)
    bucket.pointee = made
    pointee.heap.strings.count &+= 1
    return made
  }

  /// A long string whose bytes the caller fills in at once.
  ///
  /// - Returns: nil when it would be too long or memory is out.
  func makeLong(count: Int) -> StringRef? {
    guard count <= pointee.heap.stringByteCountMax else { return nil }
    let offset = StringObject.bytesOffset
    let isInline = count &+ offset <= Heap.cellByteCountMax
    var external: UnsafeMutableRawPointer?
    if isInline {
      guard pointee.heap.hasRoomForCells else { return nil }
    } else {
      external = pointee.heap.allocateExternal(count)
      if external == nil { return nil }
    }
    let memory = pointee.heap.allocate(isInline ? offset &+ count : offset)
    let made = memory.assumingMemoryBound(to: StringObject.self)
    made.initialize(
      to: StringObject(
        header: ObjectHeader(.string),
        length: UInt32(count),
        unused: 0,
        link: external ?? memory + offset
      )
    )
    if external != nil { registerOwner(object: made) }
    return made
  }

  /// The hash of a string as a table key.
  func hash(of string: StringRef) -> UInt32 {
    if string.isShort || string.pointee.header.flags.contains(.hashed) {
      return string.pointee.header.word
    }
    let hash = UInt32(
      truncatingIfNeeded: pointee.heap.hash.hash(string.bytes, count: string.count)
    )
    string.pointee.header.word = hash
    string.pointee.header.flags.formUnion(.hashed)
    return hash
  }

  /// `registerOwner` for any kind of object.
  func registerOwner(object: UnsafeMutableRawPointer) {
    registerOwner(object.assumingMemoryBound(to: ObjectHeader.self))
  }

  /// Releases the host's object behind a dead userdata.
  func releaseHostObject(_ id: UInt32) {
    pointee.heap.externalByteCount &-= pointee.hostObjects.remove(id)
  }
}

extension UnsafeMutablePointer where Pointee == StringObject {
  /// Whether two long strings have the same bytes.
  func equalsLong(_ other: StringRef) -> Bool {
    self == other || count == other.count && memcmp(bytes, other.bytes, count) == 0
  }
}
