// Joining strings. A long result that begins with a string which itself came from joining takes over
// the spare room behind that string's bytes when it is the last to have written there; so a loop of
// `s = s .. x` copies each byte a bounded number of times, and every string stays contiguous.
//
//   buffer:   │ bytes of s …………… │ x │ spare │
//   s       →   length ────────┘
//   s .. x  →   length ─────────────┘

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Results from this size on may share a growing buffer.
  private static var sharedByteCountMin: Int { 1024 }

  /// Joins the strings in `count` slots.
  ///
  /// - Returns: nil when the result would be too long or memory is out.
  func concatenate(_ slots: Slots, count: Int) -> StringRef? {
    var total = 0
    for index in 0..<count { total &+= slots[index].string.count }
    if total <= StringObject.shortByteCountMax {
      return withUnsafeTemporaryAllocation(
        of: UInt8.self,
        capacity: StringObject.shortByteCountMax
      ) { buffer in
        let start = buffer.baseAddress.unsafelyUnwrapped
        copy(slots, from: 0, count, to: start)
        return intern(start, total)
      }
    }
    guard total <= pointee.heap.stringByteCountMax else { return nil }
    let first = slots.pointee.string
    if total == first.count { return first }
    if total >= Self.sharedByteCountMin && first.count &* 2 >= total {
      return append(slots, count, total: total)
    }
    guard let made = makeLong(count: total) else { return nil }
    copy(slots, from: 0, count, to: made.bytes)
    return made
  }

  private func copy(
    _ slots: Slots,
    from start: Int,
    _ count: Int,
    to target: UnsafeMutablePointer<UInt8>
  ) {
    var target = target
    for index in start..<count {
      let string = slots[index].string
      memcpy(target, string.bytes, string.count)
      target += string.count
    }
  }

  /// Joins into the buffer of the first string, or into a new one with room to grow.
  private func append(_ slots: Slots, _ count: Int, total: Int) -> StringRef? {
    let first = slots.pointee.string
    if first.pointee.header.flags.contains(.sharedBytes) {
      let buffer = first.sharedBuffer
      if buffer.pointee.used == first.count && total <= buffer.pointee.capacity {
        copy(
          slots,
          from: 1,
          count,
          to: buffer.pointee.bytes.assumingMemoryBound(to: UInt8.self) + first.count
        )
        buffer.pointee.used = total
        return share(buffer, count: total)
      }
    }
    // The first joining is exact; only what was joined before is expected to grow.
    let wasJoined = first.pointee.header.flags.contains(.sharedBytes)
    let capacity = Swift.min(wasJoined ? total &* 2 : total &+ total / 4, Int(UInt32.max))
    guard let bytes = pointee.heap.allocateExternal(capacity) else { return nil }
    let buffer = pointee.heap.allocate(MemoryLayout<StringBufferObject>.size)
      .assumingMemoryBound(to: StringBufferObject.self)
    buffer.initialize(
      to: StringBufferObject(
        header: ObjectHeader(.stringBuffer),
        bytes: bytes,
        used: total,
        capacity: capacity
      )
    )
    registerOwner(object: buffer)
    copy(slots, from: 0, count, to: bytes.assumingMemoryBound(to: UInt8.self))
    return share(buffer, count: total)
  }

  private func share(_ buffer: StringBufferRef, count: Int) -> StringRef {
    let memory = pointee.heap.allocate(inClass: SizeClasses.sharedString)
    let made = memory.assumingMemoryBound(to: StringObject.self)
    made.initialize(
      to: StringObject(
        header: ObjectHeader(.string, flags: .sharedBytes),
        length: UInt32(count),
        unused: 0,
        link: buffer.pointee.bytes
      )
    )
    (memory + StringObject.bytesOffset).storeBytes(of: buffer, as: StringBufferRef.self)
    return made
  }
}
