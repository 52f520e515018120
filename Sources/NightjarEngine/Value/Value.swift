// A script value: 8 bytes of payload and an 8-bit tag in a 16-byte slot.
//
//   0               8   9              16
//   ┌───────────────┬───┬───────────────┐
//   │     bits      │tag│   (unused)    │
//   └───────────────┴───┴───────────────┘
//
// INVARIANT: Swift packs other fields into the seven bytes behind the tag when a Value is a stored
// property of a larger struct (`Node` does so), so a Value is never copied as 16 raw bytes.
// INVARIANT: every slot of a fiber's stack always holds a valid Value: stale perhaps, never dangling
// (the collector clears what lies above the live part).

/// The type tag of a value; also the kind byte of heap objects.
///
/// The order is used: falsy is `<= false`, numbers are 3 and 4, collectable is `>= string`.
struct Tag: Equatable, Sendable {
  var raw: UInt8

  @inline(__always) init(_ raw: UInt8) { self.raw = raw }

  @inline(__always) static var `nil`: Tag { Tag(0) }
  @inline(__always) static var `false`: Tag { Tag(1) }
  @inline(__always) static var `true`: Tag { Tag(2) }
  @inline(__always) static var integer: Tag { Tag(3) }
  @inline(__always) static var float: Tag { Tag(4) }
  /// An opaque identity without a heap object (light userdata).
  @inline(__always) static var light: Tag { Tag(5) }
  @inline(__always) static var string: Tag { Tag(6) }
  @inline(__always) static var table: Tag { Tag(7) }
  @inline(__always) static var closure: Tag { Tag(8) }
  @inline(__always) static var native: Tag { Tag(9) }
  @inline(__always) static var userdata: Tag { Tag(10) }
  @inline(__always) static var fiber: Tag { Tag(11) }
  // Kinds of heap objects that are never script values.
  @inline(__always) static var prototype: Tag { Tag(12) }
  @inline(__always) static var upvalue: Tag { Tag(13) }
  @inline(__always) static var stringBuffer: Tag { Tag(14) }
  /// Only in table nodes: a key whose object died; keeps its place for `next`.
  @inline(__always) static var deadKey: Tag { Tag(15) }
}

/// One script value.
package struct Value {
  var bits: UInt64
  var tag: Tag

  @inline(__always)
  init(bits: UInt64, tag: Tag) {
    self.bits = bits
    self.tag = tag
  }

  @inline(__always) package static var `nil`: Value { Value(bits: 0, tag: .nil) }
  @inline(__always) package init(_ value: Int64) {
    self.init(bits: UInt64(bitPattern: value), tag: .integer)
  }
  @inline(__always) package init(_ value: Int) { self.init(Int64(value)) }
  @inline(__always) package init(_ value: Double) {
    self.init(bits: value.bitPattern, tag: .float)
  }
  @inline(__always) package init(_ value: Bool) {
    self.init(bits: 0, tag: value ? .true : .false)
  }
  @inline(__always) init(object: UnsafeMutableRawPointer, tag: Tag) {
    self.init(bits: UInt64(UInt(bitPattern: object)), tag: tag)
  }
  @inline(__always) init(_ string: StringRef) { self.init(object: string, tag: .string) }
  @inline(__always) init(_ table: TableRef) { self.init(object: table, tag: .table) }
  @inline(__always) init(_ closure: ClosureRef) { self.init(object: closure, tag: .closure) }
  @inline(__always) init(_ native: NativeRef) { self.init(object: native, tag: .native) }
  @inline(__always) init(_ userdata: UserdataRef) { self.init(object: userdata, tag: .userdata) }
  @inline(__always) init(_ fiber: FiberRef) { self.init(object: fiber, tag: .fiber) }

  @inline(__always) package var isNil: Bool { tag.raw == 0 }
  @inline(__always) package var isFalsy: Bool { tag.raw <= 1 }
  @inline(__always) package var isInteger: Bool { tag.raw == 3 }
  @inline(__always) package var isFloat: Bool { tag.raw == 4 }
  @inline(__always) package var isNumber: Bool { tag.raw == 3 || tag.raw == 4 }
  @inline(__always) package var isBoolean: Bool { tag.raw == 1 || tag.raw == 2 }
  @inline(__always) package var isString: Bool { tag.raw == 6 }
  @inline(__always) package var isTable: Bool { tag.raw == 7 }
  @inline(__always) package var isFunction: Bool { tag.raw == 8 || tag.raw == 9 }
  @inline(__always) var isCollectable: Bool { tag.raw >= 6 }

  // The payload read as what the tag says; meaningless (never unsafe for numbers) otherwise.
  @inline(__always) var integer: Int64 { Int64(bitPattern: bits) }
  @inline(__always) var float: Double { Double(bitPattern: bits) }

  // SAFETY: callers check the tag first; a collectable tag implies a non-null object pointer.
  @inline(__always) var pointer: UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(bitPattern: UInt(truncatingIfNeeded: bits)).unsafelyUnwrapped
  }
  @inline(__always) var string: StringRef { pointer.assumingMemoryBound(to: StringObject.self) }
  @inline(__always) var table: TableRef { pointer.assumingMemoryBound(to: TableObject.self) }
  @inline(__always) var closure: ClosureRef { pointer.assumingMemoryBound(to: ClosureObject.self) }
  @inline(__always) var native: NativeRef {
    pointer.assumingMemoryBound(to: NativeObject.self)
  }
  @inline(__always) var userdata: UserdataRef {
    pointer.assumingMemoryBound(to: UserdataObject.self)
  }
  @inline(__always) var fiber: FiberRef { pointer.assumingMemoryBound(to: FiberObject.self) }

  /// Same type and same payload: raw equality except for floats against integers, -0.0, NaN and
  /// long strings (`rawEquals` has the whole truth).
  @inline(__always) func isIdentical(to other: Value) -> Bool {
    bits == other.bits && tag.raw == other.tag.raw
  }
}

extension Value {
  /// Payload and tag as plain numbers, for the embedding API's conversions.
  package var rawBits: UInt64 { bits }
  package var rawTag: UInt8 { tag.raw }

  /// A value put together again; valid only while the one it was taken from would be.
  package init(rawBits: UInt64, rawTag: UInt8) {
    self.init(bits: rawBits, tag: Tag(rawTag))
  }
}

/// Registers and stack slots.
typealias Slots = UnsafeMutablePointer<Value>
