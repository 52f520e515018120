// One instruction: 64 bits, `op8 a8 b8 c8 d32`, low byte first.
//
//   63                              32 31     24 23     16 15      8 7       0
//   ┌─────────────────────────────────┬─────────┬─────────┬─────────┬─────────┐
//   │                d                │    c    │    b    │    a    │   op    │
//   └─────────────────────────────────┴─────────┴─────────┴─────────┴─────────┘
//   │  constant16 (32…47) │ hint16 (48…63)      │   bc = b | c << 8 │
//
// `d` is a signed jump, an immediate, a constant index, or a 16-bit constant index with a 16-bit
// inline-cache hint. The hint is scratch space of a machine's own copy of the code; in an image
// it is zero.

/// One encoded instruction.
@frozen @usableFromInline
package struct Word: Equatable, Sendable {
  /// The encoded bits.
  @usableFromInline package var bits: UInt64

  @inlinable @inline(__always)
  package init(bits: UInt64) { self.bits = bits }

  /// Encodes an instruction from its fields.
  @inlinable
  package init(
    _ opcode: Opcode,
    a: UInt8 = 0,
    b: UInt8 = 0,
    c: UInt8 = 0,
    d: Int32 = 0
  ) {
    bits =
      UInt64(opcode.rawValue) | UInt64(a) << 8 | UInt64(b) << 16 | UInt64(c) << 24
      | UInt64(UInt32(bitPattern: d)) << 32
  }

  /// Encodes an instruction whose `b` and `c` fields form one signed 16-bit immediate.
  @inlinable
  package init(_ opcode: Opcode, a: UInt8, bc: Int16, d: Int32) {
    let pair = UInt16(bitPattern: bc)
    self.init(
      opcode,
      a: a,
      b: UInt8(truncatingIfNeeded: pair),
      c: UInt8(truncatingIfNeeded: pair >> 8),
      d: d
    )
  }

  /// The operation; `nil` when the low byte names none (possible only before verification).
  @inlinable
  package var opcode: Opcode? { Opcode(rawValue: UInt8(truncatingIfNeeded: bits)) }

  @inlinable @inline(__always)
  package var a: UInt8 { UInt8(truncatingIfNeeded: bits >> 8) }

  @inlinable @inline(__always)
  package var b: UInt8 { UInt8(truncatingIfNeeded: bits >> 16) }

  @inlinable @inline(__always)
  package var c: UInt8 { UInt8(truncatingIfNeeded: bits >> 24) }

  /// `b` and `c` as one unsigned 16-bit operand (a constant index).
  @inlinable @inline(__always)
  package var bc: UInt16 { UInt16(truncatingIfNeeded: bits >> 16) }

  /// `b` and `c` as one signed 16-bit immediate.
  @inlinable @inline(__always)
  package var signedBC: Int16 { Int16(truncatingIfNeeded: bits >> 16) }

  @inlinable @inline(__always)
  package var d: Int32 { Int32(truncatingIfNeeded: bits >> 32) }

  /// The low half of `d`: a constant index beside a hint.
  @inlinable @inline(__always)
  package var constant16: UInt16 { UInt16(truncatingIfNeeded: bits >> 32) }

  /// The high half of `d`: the inline-cache hint.
  @inlinable @inline(__always)
  package var hint16: UInt16 { UInt16(truncatingIfNeeded: bits >> 48) }
}
