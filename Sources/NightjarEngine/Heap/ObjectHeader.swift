// The first eight bytes of every heap object.
//
//   0      1       2       3       4                8
//   ┌──────┬───────┬───────┬───────┬────────────────┐
//   │ kind │ flags │ small │ extra │     word       │
//   └──────┴───────┴───────┴───────┴────────────────┘
//
// Mark bits are not here: they lie in the side bitmap of the object's block.

/// The header of a heap object; `small`, `extra` and `word` belong to the kind (see each object).
struct ObjectHeader {
  var kind: Tag
  var flags: Flags
  var small: UInt8
  var extra: UInt8
  var word: UInt32

  @inline(__always)
  init(_ kind: Tag, flags: Flags = Flags(0), small: UInt8 = 0, extra: UInt8 = 0, word: UInt32 = 0) {
    self.kind = kind
    self.flags = flags
    self.small = small
    self.extra = extra
    self.word = word
  }

  /// Flags every kind shares (high bits) and flags of a kind (low bits).
  struct Flags: OptionSet {
    var rawValue: UInt8
    @inline(__always) init(rawValue: UInt8) { self.rawValue = rawValue }
    @inline(__always) init(_ raw: UInt8) { rawValue = raw }

    /// The object owns storage outside the blocks (or a host object) and stands in the heap's owner list.
    static var ownsExternal: Flags { Flags(0x80) }
    /// The object was given a finalizer and stands in the heap's list of finalizable objects.
    static var hasFinalizer: Flags { Flags(0x40) }
    /// A serial number was given out for `tostring`/`%p`; it stands in the heap's serial table.
    static var hasSerial: Flags { Flags(0x20) }
    // Strings:
    /// At most 40 bytes, interned: equality is identity.
    static var shortString: Flags { Flags(0x01) }
    /// The hash of a long string has been computed.
    static var hashed: Flags { Flags(0x02) }
    /// The bytes lie in a `StringBufferObject` that other strings may share.
    static var sharedBytes: Flags { Flags(0x04) }
    // Tables:
    /// `array` is external storage (else a raw cell of the heap, or empty).
    static var externalArray: Flags { Flags(0x01) }
    /// `nodes` is external storage (else a raw cell of the heap, or the shared empty node).
    static var externalNodes: Flags { Flags(0x02) }
    /// Nothing may write the table; its array part is empty.
    static var readOnly: Flags { Flags(0x04) }
    /// A native keeps its state in the table and trusts it, so no script may get hold of it.
    static var hidden: Flags { Flags(0x08) }
    /// Weak keys do not make it ephemeral: values keep what they refer to (5.1).
    static var keepsValues: Flags { Flags(0x10) }
    // Natives:
    /// The native is a state machine: it needs a frame.
    static var needsFrame: Flags { Flags(0x01) }
    /// Its frames stop cancellations, which pass all others that catch.
    static var stopsCancellation: Flags { Flags(0x02) }
  }
}

/// Any heap object.
typealias ObjectRef = UnsafeMutablePointer<ObjectHeader>
