// How Swift objects stand on the other side: as pointers that hold one count of theirs.
//
// INVARIANT: a pointer of the header's opaque types, and the `owner` of a value, came from `retained` and is
// given to `release` once. That is the caller's part of the contract, as of any C library; null is
// always fine.

import CNightjarAPI
import Nightjar

/// A pointer that keeps an object alive until `release`.
func retained(_ object: AnyObject) -> OpaquePointer {
  OpaquePointer(Unmanaged.passRetained(object).toOpaque())
}

/// The object behind a pointer.
func object<Object: AnyObject>(_ pointer: OpaquePointer?, _ type: Object.Type) -> Object? {
  guard let pointer else { return nil }
  // SAFETY: see the invariant above; each type of the header stands for one class.
  return Unmanaged<Object>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
}

/// Gives up the count that a pointer holds.
func release(_ pointer: OpaquePointer?) {
  guard let pointer else { return }
  // SAFETY: see the invariant above.
  Unmanaged<AnyObject>.fromOpaque(UnsafeRawPointer(pointer)).release()
}

/// A compiled chunk as an object.
final class ChunkBox {
  let chunk: Chunk
  init(_ chunk: Chunk) { self.chunk = chunk }
}

/// Bytes at a fixed place, with a zero byte behind them.
final class CBytes {
  let start: UnsafeMutablePointer<CChar>
  let count: Int

  init(_ bytes: some Collection<UInt8>) {
    count = bytes.count
    start = .allocate(capacity: count + 1)
    for (offset, byte) in bytes.enumerated() { start[offset] = CChar(bitPattern: byte) }
    start[count] = 0
  }

  deinit { start.deallocate() }
}

/// What keeps a value alive: the owner of an `nj_value`.
final class ValueOwner {
  let value: Value
  /// A string's bytes.
  let bytes: CBytes?

  init(_ value: Value) {
    self.value = value
    if case .string(let string) = value { bytes = CBytes(string.bytes) } else { bytes = nil }
  }
}

/// A C string as text, with U+FFFD for what is not UTF-8; nil for null.
func text(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }
