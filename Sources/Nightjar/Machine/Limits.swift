// What a machine's scripts may use.

import NightjarBase

/// The limits of a machine.
///
/// A script that reaches one gets an error or is paused; the process never notices.
public struct Limits: Sendable {
  /// Instructions, and library work in their measure, of all calls together; nil for no bound.
  ///
  /// The same program uses the same fuel on every run and every machine.
  public var fuel: Int?
  /// How long a call from Swift may take, calls nested in it included; nil for no bound.
  public var time: Duration?
  /// Bytes the machine's heap may hold; nil for no bound.
  public var memory: Int?
  /// Nested calls of one coroutine or task.
  ///
  /// A recursion that goes deeper gets the error "stack overflow". It may be raised up to twenty million: each call takes
  /// about a hundred bytes, of which `memory` bounds the sum.
  public var callDepth: Int
  /// Bytes of one string.
  public var stringLength: Int
  /// Bytes of source text compiled at once.
  public var sourceLength: Int
  /// Files, connections and processes that scripts may hold open at once.
  public var openHandles = 64
  /// Bytes that scripts may write to standard output and error together; nil for no bound.
  public var outputBytes: Int?

  /// Limits that only keep the process safe: no bound on fuel and memory.
  public init() {
    let base = NightjarBase.Limits()
    callDepth = base.callDepth
    stringLength = base.stringByteCount
    sourceLength = base.chunkByteCount
  }

  /// Limits with bounds on fuel (instructions), memory (bytes) and time.
  public init(fuel: Int? = nil, memory: Int? = nil, time: Duration? = nil) {
    self.init()
    self.fuel = fuel
    self.memory = memory
    self.time = time
  }

  /// Frames are counted in 32 bits.
  private static let callDepthMax = 20_000_000

  var base: NightjarBase.Limits {
    var limits = NightjarBase.Limits()
    limits.heapByteCount = memory
    // Few calls get as many slots as their functions can have, many as most have.
    let depth = min(max(callDepth, 16), Self.callDepthMax)
    limits.stackSlotCount = max(
      min(limits.stackSlotCount, depth * 256),
      depth > limits.callDepth ? depth * 16 : 0
    )
    limits.callDepth = depth
    limits.stringByteCount = min(max(stringLength, 64), limits.stringByteCount)
    limits.chunkByteCount = min(max(sourceLength, 0), limits.chunkByteCount)
    return limits
  }
}
