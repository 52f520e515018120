// Tables: an array part and an insertion-ordered hash part.
//
//   array ─→ │ v₁ │ v₂ │ … │ v_count │ spare … capacity │
//   nodes ─→ │ node₀ │ node₁ │ … node_{nodeCount-1} │ spare … nodeCapacity │ index: UInt32 × 2^indexBits │
//
// INVARIANT: `array[0 ..< arrayCount]` are initialised; when arrayCount > 0 the last of them is not
// nil; key arrayCount + 1 is in the hash part only while the array part is full.
// INVARIANT: integer keys 1 ... arrayCapacity live in the array part only.
// INVARIANT: `nodes[0 ..< nodeCount]` are in insertion order; a removed key keeps its node (value nil)
// until the next rehash; chains through `next` link nodes of one index bucket, ended by `Node.end`.
// Iteration order is array first, then nodes: insertion order, whatever hashes and addresses are.

/// One key with its value: 24 bytes.
struct Node {
  var value: Value
  var keyTag: Tag
  /// The next node of the same bucket.
  var next: UInt32
  var keyBits: UInt64

  static var end: UInt32 { .max }
}

/// A table in the heap.
///
/// Header: `small` caches which metamethods this table, used as a metatable, is known to lack (bit n
/// set: `Metamethod(n)` absent, n < 8); `extra` is indexBits (the bucket count is 1 << indexBits; no
/// index when nodeCapacity is 0); `word` is the node of `__index` in this metatable, when last seen.
struct TableObject {
  var header: ObjectHeader
  var array: Slots
  var arrayCount: UInt32
  var arrayCapacity: UInt32
  var nodes: UnsafeMutablePointer<Node>
  var nodeCount: UInt32
  var nodeCapacity: UInt32
  var metatable: TableRef?
}

typealias TableRef = UnsafeMutablePointer<TableObject>

extension UnsafeMutablePointer where Pointee == TableObject {
  /// The buckets behind the nodes; only when nodeCapacity > 0.
  @inline(__always) var index: UnsafeMutablePointer<UInt32> {
    UnsafeMutableRawPointer(pointee.nodes + Int(pointee.nodeCapacity))
      .assumingMemoryBound(to: UInt32.self)
  }

  /// Only when nodeCapacity > 0.
  @inline(__always) var bucketCount: Int { 1 &<< Int(pointee.header.extra) }

  /// The bucket of a string.
  @inline(__always) func bucket(hash: UInt32) -> UnsafeMutablePointer<UInt32> {
    index + Int(hash & UInt32(truncatingIfNeeded: bucketCount &- 1))
  }

  /// Whether all writes are refused.
  ///
  /// The loop's paths for array parts need not ask: such a table has none.
  @inline(__always) var isReadOnly: Bool { pointee.header.flags.contains(.readOnly) }
}

extension Heap {
  /// Array and node parts up to this size are cells of the heap, larger ones external.
  static var rawCellByteCountMax: Int { 1024 }
  // What stands for parts of capacity 0. SAFETY: never read or written, as counts and capacities are 0.
  static var emptyArray: Slots { Slots(bitPattern: 16).unsafelyUnwrapped }
  static var emptyNodes: UnsafeMutablePointer<Node> {
    UnsafeMutablePointer<Node>(bitPattern: 16).unsafelyUnwrapped
  }
}
