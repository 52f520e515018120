// Bytes gathered within one step of a native. Short results stay in memory of the native's own Swift
// frame; longer ones move to storage that the heap counts, so that no library function can use
// memory behind the limits' back. Nothing of it survives the step.

internal import NightjarBase

/// Text under construction.
///
/// INVARIANT: `bytes[0 ..< count]` are initialised, `count ≤ capacity`; the storage belongs to the
/// caller of `NativeCall.gather` until it has grown, then to the heap's external storage.
struct TextBuffer: ~Copyable {
  private let vm: VM
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int
  private var isExternal = false

  /// Room on the Swift stack: all that `withUnsafeTemporaryAllocation` takes without asking.
  static var inlineByteCount: Int { 1024 }

  @inline(__always)
  init(_ vm: VM, _ storage: UnsafeMutablePointer<UInt8>, capacity: Int) {
    self.vm = vm
    bytes = storage
    self.capacity = capacity
  }

  deinit {
    if isExternal { vm.pointee.heap.freeExternal(bytes, byteCount: capacity) }
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) throws(ScriptError) {
    if count == capacity { try grow(by: 1) }
    bytes[count] = byte
    count &+= 1
  }

  @inline(__always)
  mutating func append(_ source: UnsafePointer<UInt8>, _ byteCount: Int) throws(ScriptError) {
    if byteCount > capacity &- count { try grow(by: byteCount) }
    (bytes + count).update(from: source, count: byteCount)
    count &+= byteCount
  }

  @inline(__always) mutating func append(_ string: StringRef) throws(ScriptError) {
    try append(string.bytes, string.count)
  }

  mutating func append(_ text: StaticString) throws(ScriptError) {
    try append(text.utf8Start, text.utf8CodeUnitCount)
  }

  mutating func append(repeating byte: UInt8, count repetitions: Int) throws(ScriptError) {
    if repetitions <= 0 { return }
    if repetitions > capacity &- count { try grow(by: repetitions) }
    (bytes + count).update(repeating: byte, count: repetitions)
    count &+= repetitions
  }

  /// Makes room for `byteCount` bytes that the caller writes at the returned address; `commit` adds
  /// those that were written.
  mutating func room(for byteCount: Int) throws(ScriptError) -> UnsafeMutablePointer<UInt8> {
    if byteCount > capacity &- count { try grow(by: byteCount) }
    return bytes + count
  }

  mutating func commit(_ byteCount: Int) { count &+= byteCount }

  mutating func removeAll() { count = 0 }

  /// The text as a string of the heap.
  borrowing func string() throws(ScriptError) -> StringRef {
    guard let string = vm.string(bytes: bytes, count: count) else { throw vm.raiseMemory() }
    return string
  }

  @inline(never) private mutating func grow(by byteCount: Int) throws(ScriptError) {
    let limit = vm.pointee.limits.stringByteCount
    guard byteCount <= limit - count else { throw vm.raise("resulting string too large") }
    let needed = Swift.min(Swift.max(count + byteCount, capacity * 2), limit)
    // Filling what is allocated is work of its own.
    vm.pointee.fuel &-= Int64(needed >> 6)
    let moved: UnsafeMutableRawPointer?
    if isExternal {
      moved = vm.pointee.heap.resizeExternal(bytes, from: capacity, to: needed)
    } else {
      moved = vm.pointee.heap.allocateExternal(needed)
      moved?.copyMemory(from: bytes, byteCount: count)
    }
    guard let moved else { throw vm.raiseMemory() }
    bytes = moved.assumingMemoryBound(to: UInt8.self)
    capacity = needed
    isExternal = true
  }
}

extension NativeCall {
  /// Runs `body` with an empty text buffer.
  @inline(__always)
  func gather<Result>(
    _ body: (inout TextBuffer) throws(ScriptError) -> Result
  ) throws(ScriptError) -> Result {
    let vm = vm
    return try withUnsafeTemporaryAllocation(
      byteCount: TextBuffer.inlineByteCount,
      alignment: 8
    ) { (storage: UnsafeMutableRawBufferPointer) throws(ScriptError) -> Result in
      var text = TextBuffer(
        vm,
        storage.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self),
        capacity: TextBuffer.inlineByteCount
      )
      return try body(&text)
    }
  }

  /// A string of known size, written by `fill`, which must initialise every byte.
  ///
  /// - Throws: "resulting string too large", or when memory is out, before anything is written.
  @inline(__always)
  func string(
    byteCount: Int,
    _ fill: (UnsafeMutablePointer<UInt8>) -> Void
  ) throws(ScriptError) -> Value {
    if byteCount > vm.pointee.limits.stringByteCount { throw raise("resulting string too large") }
    charge(byteCount >> 3)
    if byteCount > StringObject.shortByteCountMax {
      guard let made = vm.makeLong(count: byteCount) else { throw vm.raiseMemory() }
      fill(made.bytes)
      return Value(made)
    }
    let vm = vm
    return withUnsafeTemporaryAllocation(
      of: UInt8.self,
      capacity: StringObject.shortByteCountMax
    ) { storage in
      let bytes = storage.baseAddress.unsafelyUnwrapped
      fill(bytes)
      return Value(vm.intern(bytes, byteCount))
    }
  }

  /// A string that is a copy of some bytes.
  @inline(__always)
  func string(_ bytes: UnsafePointer<UInt8>, _ count: Int) throws(ScriptError) -> Value {
    guard let string = vm.string(bytes: bytes, count: count) else { throw vm.raiseMemory() }
    return Value(string)
  }
}
