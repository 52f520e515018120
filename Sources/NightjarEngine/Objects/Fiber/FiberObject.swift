// Fibers: coroutines and the main line of control. A fiber owns its value stack and its frame
// records (external storage); while it does not run they are the whole of its state.

/// A fiber in the heap.
struct FiberObject {
  var header: ObjectHeader
  /// The value stack: `stackCapacity` slots, all of them valid Values.
  var stack: Slots
  var stackCapacity: Int
  var frames: FrameRef
  var frameCapacity: Int
  /// The youngest frame record; record 0 is the fiber's base.
  var frame: FrameRef
  /// End of the live slots while suspended.
  var top: Slots
  /// Open upvalue cells, highest location first.
  var openUpvalues: UpvalueRef?
  /// Stack offsets (in slots) of pending to-be-closed variables, oldest first; external storage.
  var pendingCloses: UnsafeMutablePointer<Int>?
  var pendingCloseCount: Int
  var pendingCloseCapacity: Int
  /// Who resumed this fiber while it runs or is itself waiting for another.
  var resumer: FiberRef?
  /// How many fibers wait for one another from the first down to this one, and how many of them
  /// are being closed; meaningful while it runs.
  var depth: Int
  var closingDepth: Int
  /// The host resumed it, as a coroutine: `yield` without a resumer gives control to the host.
  var yieldsToHost = false
  /// Debug hook of this fiber.
  var hook: Value
  var hookMask: UInt8
  var hookCount: Int32
  var hookCountdown: Int32
  var hookState: HookState
  var status: Status
  /// Hooks and finalizers on the stack; nothing may yield while it is not 0.
  var noYieldDepth: Int32
  /// Frames that stop errors, finalizers' not counted.
  var protectedDepth: Int32 = 0
  /// Nested message handlers being run.
  var handlerDepth: Int32
  /// Set while marking when the stack was scanned and the fiber has not run since.
  var isScanned: Bool
  /// Fuel that comes back when the fiber goes on.
  var fuelDeposit: Int64

  enum Status: UInt8 {
    /// Created or waiting in `yield`.
    case suspended
    case running
    /// Resumed another fiber.
    case normal
    /// Finished, failed or closed.
    case dead
  }
}

typealias FiberRef = UnsafeMutablePointer<FiberObject>

extension FiberObject {
  /// What stands as the program counter of records that execute no code.
  static var noCode: UnsafeMutablePointer<UInt64> {
    // SAFETY: never read: the loop only executes Lua frames.
    UnsafeMutablePointer<UInt64>(bitPattern: 8).unsafelyUnwrapped
  }
}
