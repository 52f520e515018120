// Functions: Lua closures with their prototypes and upvalue cells, and natives.

internal import NightjarBase
internal import NightjarBytecode

/// A machine's own copy of a compiled function.
///
/// Owns (external storage): code, hooked code, constants, functions, captures; and one strong reference
/// to the image it was made from, for debug information.
struct PrototypeObject {
  var header: ObjectHeader
  /// `codeCount` words; inline-cache hints are written into them.
  var code: UnsafeMutablePointer<UInt64>
  var constants: Slots
  var functions: UnsafeMutablePointer<PrototypeRef>
  /// How closures of this prototype find their upvalues.
  var captures: UnsafeMutablePointer<Capture>
  /// As long as `code`, every word a `trap`; made when a hook first needs it.
  var hookedCode: UnsafeMutablePointer<UInt64>?
  var image: Unmanaged<FunctionPrototype>
  var codeCount: UInt32
  var constantCount: UInt32
  var functionCount: UInt32
  /// What the image counts for in the heap.
  var imageByteCount: UInt32 = 0
  var captureCount: UInt8
  var registerCount: UInt8
  var parameterCount: UInt8
  var isVararg: Bool
  var dialect: LuaDialect
  /// The closure made last, in dialects that may give it out again.
  ///
  /// Not a reference that keeps it: marking the prototype forgets it.
  var lastClosure: ClosureRef?

  struct Capture {
    var isLocalOfParent: Bool
    var index: UInt8
  }
}

typealias PrototypeRef = UnsafeMutablePointer<PrototypeObject>

/// A Lua function: header(small: upvalue count), prototype, then that many `UpvalueRef`.
struct ClosureObject {
  var header: ObjectHeader
  var prototype: PrototypeRef

  static var upvaluesOffset: Int { 16 }
}

typealias ClosureRef = UnsafeMutablePointer<ClosureObject>

extension UnsafeMutablePointer where Pointee == ClosureObject {
  @inline(__always) var upvalueCount: Int { Int(pointee.header.small) }

  /// INVARIANT: all `upvalueCount` cells are initialised before the closure can be seen by the collector.
  @inline(__always) var upvalues: UnsafeMutablePointer<UpvalueRef> {
    (UnsafeMutableRawPointer(self) + ClosureObject.upvaluesOffset)
      .assumingMemoryBound(to: UpvalueRef.self)
  }
}

/// A variable captured by closures.
///
/// Open: `location` points to a stack slot and the cell stands in its fiber's list, which is sorted by
/// location, highest first. Closed: `location` points to `storage.value` of the cell itself.
struct UpvalueObject {
  var header: ObjectHeader
  var location: Slots
  /// The value, when closed.
  ///
  /// When open, `bits` is the address of the next open cell of the fiber (0: none).
  var storage: Value
}

typealias UpvalueRef = UnsafeMutablePointer<UpvalueObject>

extension UnsafeMutablePointer where Pointee == UpvalueObject {
  /// Where the closed value lies.
  @inline(__always) var closedLocation: Slots {
    (UnsafeMutableRawPointer(self) + 16).assumingMemoryBound(to: Value.self)
  }

  @inline(__always) var isOpen: Bool { pointee.location != closedLocation }

  @inline(__always) var nextOpen: UpvalueRef? {
    get { UpvalueRef(bitPattern: UInt(truncatingIfNeeded: pointee.storage.bits)) }
    nonmutating set {
      pointee.storage = Value(bits: UInt64(UInt(bitPattern: newValue)), tag: .nil)
    }
  }
}

/// The entry of a native: see `Host/NativeInterface.swift`.
typealias NativeEntry =
  @convention(c) (
    UnsafeMutableRawPointer, UnsafeMutableRawPointer, Int, Int
  ) -> Int

/// A native function: header(small: upvalue count, flags: needsFrame, extra: what the loop knows of
/// it, word: its dialect), entry, then that many Values.
///
/// Behind them stands, for natives whose integers become floats, the entry they wrap.
struct NativeObject {
  var header: ObjectHeader
  var entry: NativeEntry

  static var upvaluesOffset: Int { 16 }
}

typealias NativeRef = UnsafeMutablePointer<NativeObject>

extension UnsafeMutablePointer where Pointee == NativeObject {
  @inline(__always) var upvalueCount: Int { Int(pointee.header.small) }

  @inline(__always) var needsFrame: Bool {
    pointee.header.flags.rawValue & ObjectHeader.Flags.needsFrame.rawValue != 0
  }

  @inline(__always) var upvalues: Slots {
    (UnsafeMutableRawPointer(self) + NativeObject.upvaluesOffset)
      .assumingMemoryBound(to: Value.self)
  }

  /// The dialect whose library the native belongs to.
  @inline(__always) var dialect: LuaDialect {
    LuaDialect(rawValue: UInt8(truncatingIfNeeded: pointee.header.word)) ?? .standard
  }

  /// The entry behind a `NativeCall.floating`.
  var wrappedEntry: UnsafeMutablePointer<NativeEntry> {
    UnsafeMutableRawPointer(upvalues + upvalueCount).assumingMemoryBound(to: NativeEntry.self)
  }
}

extension NativeObject {
  // Header `extra`: natives the loop knows how to perform by itself.
  static var isNext: UInt8 { 1 }
  static var isIpairsStep: UInt8 { 2 }
  // The same where there are no integers.
  static var isFloatNext: UInt8 { 3 }
  static var isFloatIpairsStep: UInt8 { 4 }
}
