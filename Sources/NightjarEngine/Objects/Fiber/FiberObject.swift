// Fibers: coroutines, tasks and the main line of control. A fiber owns its value stack and its frame
// records (external storage, or a cell of the heap while it is packed); while it does not run they are the
// whole of its state.
//
// What is measured in slots and frames is kept in 32 bits, and what only watched fibers need stands
// elsewhere, because a million idle tasks are a million of these.

/// A fiber in the heap.
struct FiberObject {
  var header: ObjectHeader
  /// The value stack: `stackCapacity` slots, all of them valid Values.
  var stack: Slots
  var frames: FrameRef
  /// The youngest frame record; record 0 is the fiber's base.
  var frame: FrameRef
  /// End of the live slots while suspended.
  var top: Slots
  /// Open upvalue cells, highest location first.
  var openUpvalues: UpvalueRef?
  /// Stack offsets (in slots) of pending to-be-closed variables, oldest first; external storage.
  var pendingCloses: UnsafeMutablePointer<Int>?
  /// Who resumed this fiber while it runs or is itself waiting for another.
  var resumer: FiberRef?
  /// The task whose function it runs; nil for coroutines and calls of the host.
  var task: TaskRef?
  /// Fuel that comes back when the fiber goes on.
  var fuelDeposit: Int64
  /// What is known of its debug hook, if it ever had one.
  var watch: UnsafeMutablePointer<FiberWatch>?
  private var stackCapacity32: UInt32
  private var frameCapacity32: UInt32
  private var pendingCloseCount32: UInt32
  private var pendingCloseCapacity32: UInt32
  private var depth32: UInt32
  private var closingDepth16: UInt16
  private var handlerDepth16: Int16
  /// Frames that stop errors, finalizers' not counted.
  var protectedDepth: Int32
  private var noYieldDepth16: Int16
  var hookMask: UInt8
  var status: Status
  /// The host resumed it, as a coroutine: `yield` without a resumer gives control to the host.
  var yieldsToHost: Bool
  /// Set while marking when the stack was scanned and the fiber has not run since.
  var isScanned: Bool
  /// A hook, or something that nothing may watch, is being run.
  var isHookRunning: Bool
  /// Stack and frames lie in one cell and hold what is live only: the fiber cannot run so.
  var isPacked: Bool
  /// The base record stands in that cell too.
  var hasPackedBase: Bool

  enum Status: UInt8 {
    /// Created or waiting in `yield`.
    case suspended
    case running
    /// Resumed another fiber, or waits for the host.
    case normal
    /// Finished, failed or closed.
    case dead
  }

  /// A suspended fiber on the storage given.
  init(stack: Slots, stackCapacity: Int, frames: FrameRef, frameCapacity: Int) {
    header = ObjectHeader(.fiber)
    self.stack = stack
    self.frames = frames
    frame = frames
    top = stack
    openUpvalues = nil
    pendingCloses = nil
    resumer = nil
    task = nil
    fuelDeposit = 0
    watch = nil
    stackCapacity32 = UInt32(truncatingIfNeeded: stackCapacity)
    frameCapacity32 = UInt32(truncatingIfNeeded: frameCapacity)
    pendingCloseCount32 = 0
    pendingCloseCapacity32 = 0
    depth32 = 1
    closingDepth16 = 0
    handlerDepth16 = 0
    protectedDepth = 0
    noYieldDepth16 = 0
    hookMask = 0
    status = .suspended
    yieldsToHost = false
    isScanned = false
    isHookRunning = false
    isPacked = false
    hasPackedBase = false
  }
}

typealias FiberRef = UnsafeMutablePointer<FiberObject>

/// What is known of a fiber's debug hook.
struct FiberWatch {
  var hook = Value.nil
  var count: Int32 = 0
  var countdown: Int32 = 0
  var state = HookState()
}

extension FiberObject {
  /// What stands as the program counter of records that execute no code.
  static var noCode: UnsafeMutablePointer<UInt64> {
    // SAFETY: never read: the loop only executes Lua frames.
    UnsafeMutablePointer<UInt64>(bitPattern: 8).unsafelyUnwrapped
  }

  @inline(__always) var stackCapacity: Int {
    get { Int(stackCapacity32) }
    set { stackCapacity32 = UInt32(truncatingIfNeeded: newValue) }
  }
  @inline(__always) var frameCapacity: Int {
    get { Int(frameCapacity32) }
    set { frameCapacity32 = UInt32(truncatingIfNeeded: newValue) }
  }
  @inline(__always) var pendingCloseCount: Int {
    get { Int(pendingCloseCount32) }
    set { pendingCloseCount32 = UInt32(truncatingIfNeeded: newValue) }
  }
  @inline(__always) var pendingCloseCapacity: Int {
    get { Int(pendingCloseCapacity32) }
    set { pendingCloseCapacity32 = UInt32(truncatingIfNeeded: newValue) }
  }
  /// How many fibers wait for one another from the first down to this one; meaningful while it runs.
  @inline(__always) var depth: Int {
    get { Int(depth32) }
    set { depth32 = UInt32(truncatingIfNeeded: newValue) }
  }
  /// How many of them are being closed.
  @inline(__always) var closingDepth: Int {
    get { Int(closingDepth16) }
    set { closingDepth16 = UInt16(truncatingIfNeeded: newValue) }
  }
  /// Nested message handlers being run.
  @inline(__always) var handlerDepth: Int32 {
    get { Int32(handlerDepth16) }
    set { handlerDepth16 = Int16(truncatingIfNeeded: newValue) }
  }
  /// Hooks and finalizers on the stack; nothing may yield while it is not 0.
  @inline(__always) var noYieldDepth: Int32 {
    get { Int32(noYieldDepth16) }
    set { noYieldDepth16 = Int16(truncatingIfNeeded: newValue) }
  }
  /// Debug hook of this fiber.
  var hook: Value { watch?.pointee.hook ?? .nil }
  var hookCount: Int32 { watch?.pointee.count ?? 0 }
  /// Instructions until the next count event.
  var hookCountdown: Int32 {
    get { watch?.pointee.countdown ?? 0 }
    nonmutating set { watch?.pointee.countdown = newValue }
  }
  var hookState: HookState {
    get { watch?.pointee.state ?? HookState() }
    nonmutating set { watch?.pointee.state = newValue }
  }
}
