// Frame records: one per active call, in an array of the fiber, youngest last.
//
//   0        8        16         24        32      36
//   ┌────────┬────────┬──────────┬─────────┬───────┬───────┐
//   │ pc     │ base   │ function │constants│ info  │ extra │   40 bytes
//   └────────┴────────┴──────────┴─────────┴───────┴───────┘
//
//   info: │ wanted + 1 (12 bits) │ metamethods `__call` gone through (4) │ mode (8) │ flags (8) │
//
// For a Lua frame `base` is R[0] and `extra` the number of variable arguments. For a native frame
// `base` is the function slot of its window, `extra` its phase, `constants` the end of its live
// window while it has called something (so that the collector and tracebacks know), and pc is nil.

/// A call in progress.
struct Frame {
  /// Lua: the next instruction.
  ///
  /// Stored before any step that may fault, call, allocate or suspend.
  var pc: UnsafeMutablePointer<UInt64>
  var base: Slots
  /// The `ClosureObject` or `NativeObject` being run.
  var function: UnsafeMutableRawPointer
  var constants: Slots
  var info: UInt32
  var extra: Int32

  /// What happens with the results when the frame returns.
  enum Mode: UInt8 {
    /// Copied to the function slot for the Lua frame below, as many as wanted.
    case call = 0
    /// The Lua frame below finishes the instruction that made the call (metamethods).
    case finish = 1
    /// The Lua frame below executes its instruction again (closing variables); results are dropped.
    case retry = 2
    /// The native frame below takes its next step.
    case native = 3
    /// The frame below goes on unwinding; results are dropped.
    case unwind = 4
    /// The fiber is finished: its results go to the one who resumed it, or to the host.
    case finishFiber = 5
    /// Results are dropped and the frame below goes on as if nothing had happened (hooks, finalizers).
    case discard = 6
    /// The message handler's result becomes the error being raised.
    case handler = 7
  }

  /// Facts about a frame.
  enum Flag {
    static var native: UInt32 { 1 << 24 }
    /// The Lua frame has variable arguments below its base.
    static var vararg: UInt32 { 1 << 25 }
    /// Errors stop here (pcall, xpcall, …).
    static var catches: UInt32 { 1 << 26 }
    /// The call was a tail call: its caller is lost.
    static var tailCalled: UInt32 { 1 << 27 }
    /// A native whose return hook is being run: its results stand at `constants`, `extra` of them.
    static var returning: UInt32 { 1 << 25 }
    /// The base record of a fiber that is killed.
    static var killed: UInt32 { 1 << 27 }
    /// A catching frame that is closing variables on behalf of an error.
    static var unwinding: UInt32 { 1 << 28 }
    /// Runs a hook or finalizer: nothing above may yield.
    static var noYield: UInt32 { 1 << 29 }
    /// A catching frame with a message handler in its slot 1.
    static var hasHandler: UInt32 { 1 << 30 }
    /// Runs a finalizer (named so in tracebacks).
    static var finalizer: UInt32 { 1 << 31 }
  }

  @inline(__always)
  static func info(wanted: Int, mode: Mode, flags: UInt32 = 0) -> UInt32 {
    UInt32(truncatingIfNeeded: wanted &+ 1) & wantedMask | UInt32(mode.rawValue) << 16 | flags
  }

  /// Where `info` holds the results wanted; no instruction wants as many as fit.
  @inline(__always) static var wantedMask: UInt32 { 0xFFF }
  /// Where it holds the number of metamethods `__call` between the value called and the function.
  @inline(__always) static var callChainMask: UInt32 { 0xF000 }
  @inline(__always) static var callChainShift: UInt32 { 12 }

  /// Results wanted; -1 takes all.
  @inline(__always) var wanted: Int { Int(info & Frame.wantedMask) &- 1 }
  /// How many `__call` metamethods led to the function, each of which was given one more argument.
  var callChainCount: Int { Int((info & Frame.callChainMask) >> Frame.callChainShift) }
  @inline(__always) var mode: Mode {
    unsafeBitCast(UInt8(truncatingIfNeeded: info >> 16), to: Mode.self)
  }
  @inline(__always) func has(_ flag: UInt32) -> Bool { info & flag != 0 }
  @inline(__always) var isNative: Bool { has(Flag.native) }
}

typealias FrameRef = UnsafeMutablePointer<Frame>

extension UnsafeMutablePointer where Pointee == Frame {
  // The next older and the next younger record. SAFETY: integer arithmetic, because constant negative
  // pointer offsets lose stores (docs/internals/loop.md); every fiber's record 0 is never popped.
  @inline(__always) var below: FrameRef {
    FrameRef(bitPattern: UInt(bitPattern: self) &- 40).unsafelyUnwrapped
  }
  @inline(__always) var above: FrameRef {
    FrameRef(bitPattern: UInt(bitPattern: self) &+ 40).unsafelyUnwrapped
  }
}

extension UnsafeMutablePointer where Pointee == Value {
  /// The slot `count` below this one.
  ///
  /// SAFETY: integer arithmetic, as for frames.
  @inline(__always) func lowered(by count: Int) -> Slots {
    Slots(bitPattern: UInt(bitPattern: self) &- UInt(bitPattern: count &<< 4)).unsafelyUnwrapped
  }
}

extension UnsafeMutablePointer where Pointee == UInt64 {
  /// The word before a program counter: the instruction being executed.
  ///
  /// SAFETY: integer arithmetic, as for frames.
  @inline(__always) var instruction: UnsafeMutablePointer<UInt64> {
    UnsafeMutablePointer<UInt64>(bitPattern: UInt(bitPattern: self) &- 8).unsafelyUnwrapped
  }
}
