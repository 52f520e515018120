// Immutable byte strings.
//
//   short (≤ 40 bytes)  │ header(word: hash) │ length │ – │ link: next in intern chain │ bytes …
//   long, inline        │ header(word: hash) │ length │ – │ link: → own bytes          │ bytes …
//   long, external      │ header(word: hash) │ length │ – │ link: → malloc storage     │
//   long, shared        │ header(word: hash) │ length │ – │ link: → buffer's bytes     │ buffer ref
//
// A shared string is what repeated `s = s .. x` makes: the new string takes over the spare room
// behind its left operand's bytes in the same buffer, so appending is amortised O(1) and no string
// is ever anything but contiguous bytes.

/// A string in the heap.
struct StringObject {
  var header: ObjectHeader
  var length: UInt32
  var unused: UInt32
  /// The next string in the intern chain, when short; the first byte, when long.
  var link: UnsafeMutableRawPointer?

  /// Where the bytes of short and inline strings, or the buffer reference of shared ones, begin.
  static var bytesOffset: Int { 24 }
  /// The longest string that is interned.
  static var shortByteCountMax: Int { 40 }
}

typealias StringRef = UnsafeMutablePointer<StringObject>

/// Growing storage behind shared strings: `used` bytes of `capacity` are taken, in malloc storage.
struct StringBufferObject {
  var header: ObjectHeader
  var bytes: UnsafeMutableRawPointer
  var used: Int
  var capacity: Int
}

typealias StringBufferRef = UnsafeMutablePointer<StringBufferObject>

extension UnsafeMutablePointer where Pointee == StringObject {
  @inline(__always) var isShort: Bool { pointee.header.flags.rawValue & 1 != 0 }
  @inline(__always) var count: Int { Int(pointee.length) }

  /// The first byte; valid for `count` bytes.
  @inline(__always) var bytes: UnsafeMutablePointer<UInt8> {
    if isShort {
      return (UnsafeMutableRawPointer(self) + StringObject.bytesOffset)
        .assumingMemoryBound(to: UInt8.self)
    }
    return pointee.link.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
  }

  @inline(__always) var buffer: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes, count: count)
  }

  /// The shared buffer; only for strings with the `sharedBytes` flag.
  @inline(__always) var sharedBuffer: StringBufferRef {
    (UnsafeMutableRawPointer(self) + StringObject.bytesOffset).load(as: StringBufferRef.self)
  }

  /// The bytes as a Swift string, invalid UTF-8 replaced; for messages only.
  var description: String { String(decoding: buffer, as: UTF8.self) }

  /// Their beginning, for what a script has named or said inside a message of ours.
  ///
  /// Swift's strings are not counted as memory of the machine, so they are short.
  func description(upTo characterCountMax: Int) -> String {
    let start = UnsafeBufferPointer(rebasing: buffer.prefix(characterCountMax &* 4))
    return String(String(decoding: start, as: UTF8.self).prefix(characterCountMax))
  }
}
