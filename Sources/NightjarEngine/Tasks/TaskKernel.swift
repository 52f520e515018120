// The kernel: what all tasks of a machine share. Everything that decides what happens next stands here
// (clock, order, queues, counters), so that the same inputs give the same run.

internal import NightjarBase
internal import NightjarBytecode

/// The order in which ready tasks run.
struct TaskOrder {
  /// Chosen by random numbers, or in the order of arrival.
  var isRandom = false
  var random = Xoshiro256(0, 0)

  mutating func choose(below count: Int) -> Int {
    Int(random.next() % UInt64(count))
  }
}

/// The task system of a machine.
struct TaskKernel {
  /// The task that runs, or ran when the fuel was used up.
  var current: TaskRef?
  /// The scope of all scopes.
  var root: ScopeRef?
  var ready = ReadyQueue()
  var timers = TimerHeap()
  var order = TaskOrder()
  /// Nanoseconds of the runtime's clock, as far as the kernel has been told.
  var now: UInt64 = 0
  /// How many calls of the host were under way when tasks began to run; -1 while none run.
  var hostDepth = -1
  /// Sections that must not suspend.
  var nosuspendDepth = 0
  /// Operations in a row that were complete at once.
  var immediateCount = 0
  /// The fuel that was left when the turn began.
  var turnFuel: Int64 = 0
  /// Fuel the current task has used since it last passed a checkpoint.
  var fuelSinceCheckpoint: Int64 = 0
  /// How long the running task has gone on without a checkpoint, as far as quanta have ended meanwhile.
  var stretch = TaskStretch()
  /// From when on it is told again that a timer is late.
  var nextDriftMoment: UInt64 = 0
  /// Fuel of what was done while no task ran, which the next quantum pays.
  var owedFuel: Int64 = 0
  /// Waits inside `task.timeout` until one is cut short, and the scope that this happens to; 0 for never.
  var waitsUntilCut = 0
  var cutScope: ScopeRef?
  /// The fiber of a task that has ended, until another one runs.
  var deadFiber: FiberRef?
  /// A task that was parked with a much larger stack than it needs, until another one runs.
  var largeTask: TaskRef?
  /// Mutexes that are held.
  var held: GateRef?
  /// Tasks that wait for the host and that it has not been told of.
  var requests = List<TaskRef>()
  /// Tasks whose requests the host is to cancel.
  var hostCancellations = List<HostCancellation>()
  var sites = SpawnSites()
  var stacks = StackPool()
  var counters = TaskCounters()
  var settings = TaskSettings()
  /// Where the error came from that left a task last.
  var failure: TaskFailure?
  /// The trace that was put behind the text of an error last.
  var toldTrace: String?
  /// Tasks that were told another one's error at `join`, and that error.
  var joinedErrors: [(task: UInt32, error: UInt64)] = []
  /// The tasks when one failed, if that is to be kept.
  var treeAtFailure: String?
  /// While tasks are searched for that nothing can wake.
  var search: TaskSearch?
  /// What the search found, until it is told: whether nothing may cancel the task either, and with whom it
  /// waits in a circle.
  var judged: [(task: TaskRef, isDoomed: Bool, others: [TaskRef])] = []
  /// What searches have found.
  var findings: [TaskFinding] = []
  var findingCount = 0
  /// Asks what the host knows of what a task waits for.
  var hostInsight: ((UInt32) -> HostInsight?)?
  /// What each waiting task could touch of what others wait for, while a diagram is drawn.
  var diagramHolders: [(object: UInt, task: UInt32)]?
  /// How many parks there had been at the last search.
  var searchedParks: UInt64 = 0
  var nextId: UInt32 = 1
  var nextObjectId: UInt32 = 1
  var liveCount = 0
  /// A hash of everything that was decided.
  var trace: UInt64 = 0xCBF2_9CE4_8422_2325
  /// The metatables of kernel objects, by `KernelKind`.
  var metatables: InlineArray<9, TableRef?> = InlineArray(repeating: nil)
  /// The metatable of error values, and that of those which only scopes stop.
  var errors: TableRef?
  var cancellations: TableRef?
  /// The global table `task`.
  var library: TableRef?
  /// The natives that call deferred functions.
  var deferRunner: NativeRef?
  var deferFailedRunner: NativeRef?
  /// A limit of the machine ends a call: no shield holds longer than its grace.
  var endsHard = false
  /// Memory was refused since the tasks were idle last.
  var ranOut = false
  /// The native that calls a function and then its cleanup.
  var finallyNative: NativeRef?
  /// `task.nosuspend`.
  var nosuspendNative: NativeRef?

  /// What its queues and lists take.
  var listByteCount: Int {
    ready.byteCount &+ timers.byteCount &+ stacks.warm.byteCount &+ sites.byteCount
      &+ requests.capacity &* MemoryLayout<TaskRef>.stride
      &+ hostCancellations.capacity &* MemoryLayout<HostCancellation>.stride
  }

  /// Takes a mutex out of the list of those that are held.
  mutating func removeHeld(_ gate: GateRef) {
    let (next, previous) = (gate.pointee.nextHeld, gate.pointee.previousHeld)
    if let previous { previous.pointee.nextHeld = next } else { held = next }
    if let next { next.pointee.previousHeld = previous }
    gate.pointee.nextHeld = nil
    gate.pointee.previousHeld = nil
  }

  mutating func destroy() {
    ready.destroy()
    timers.destroy()
    requests.destroy()
    hostCancellations.destroy()
    stacks.destroy()
  }

  /// Mixes a decision into the trace.
  @inline(__always)
  mutating func note(_ event: TraceEvent, _ id: UInt32) {
    let word = UInt64(event.rawValue) &<< 32 | UInt64(id)
    trace = (trace ^ word) &* 0x9E37_79B9_7F4A_7C15
    trace ^= trace &>> 29
  }
}

/// A task whose request the host is to cancel, and how often it had been woken then: it may wait for something else
/// by the time the host is told.
struct HostCancellation {
  let task: TaskRef
  let wakes: UInt32

  init(_ task: TaskRef) {
    self.task = task
    wakes = task.pointee.wakes
  }
}

typealias KernelRef = UnsafeMutablePointer<TaskKernel>

/// What a trace is made of.
enum TraceEvent: UInt32 {
  case run = 1
  case spawn
  case end
  case cancel
  case timer
  case answer
  case clock
}

/// What tasks did.
package struct TaskCounters {
  /// Whether turns of tasks are counted.
  ///
  /// A build that leaves it out shows what it costs (`Benchmarks/tasks --uncounted`).
  @inline(__always) static var countsTurns: Bool {
    #if NIGHTJAR_UNCOUNTED
    false
    #else
    true
    #endif
  }

  package var spawned: UInt64 = 0
  package var ended: UInt64 = 0
  package var switches: UInt64 = 0
  package var parks: UInt64 = 0
  package var wakes: UInt64 = 0
  package var cancellations: UInt64 = 0
  package var raises: UInt64 = 0
  package var timers: UInt64 = 0
  package var sends: UInt64 = 0
  /// Tasks whose frames were dropped because their cleanup did not end in time.
  package var dropped: UInt64 = 0
  /// Answers of the host that came after their task had gone.
  package var orphanedAnswers: UInt64 = 0
  /// Tasks in which a cancellation was raised between two instructions.
  package var interruptions: UInt64 = 0
  package var deadlocks: UInt64 = 0
  /// Stretches without a checkpoint that held others up, and the fuel for which they did.
  package var hogs: UInt64 = 0
  package var hogFuel: UInt64 = 0
  package var unreachable: UInt64 = 0
  /// Tasks that only a cancellation could wake, which may come.
  package var suspicious: UInt64 = 0
  package var peakLive: Int = 0
}

/// How a task system is set up.
package struct TaskSettings {
  /// How long cleaning up may take after a cancellation, in nanoseconds.
  package var grace: UInt64 = 5_000_000_000
  /// What passes between the end of the grace and the drop.
  package var dropDelay: UInt64 = 50_000_000
  /// The longest shield.
  package var shieldMax: UInt64 = 30_000_000_000
  /// Fuel that a task may use after a request to cancel it without passing a checkpoint: 50 ms.
  package var cancelFuel: Int64 = 10_000_000
  /// Fuel that a task may use without a checkpoint, while others are ready, before it is told.
  package var hogFuel: Int64 = 1_000_000
  package var taskCountMax = Int.max
  package var isRandom = false
  package var seed: UInt64 = 0
  /// Tasks that nothing can wake are told so by an error, and not only reported.
  package var wakesUnreachable = false
  /// Scripts may ask about tasks other than their own: `task.tree`, `why`, `trace` and `stuck` exist.
  package var allowsInspection = true
  /// The tasks are taken down when one fails.
  package var keepsTree = false
  /// Operations that may complete at once in a row before others get a turn.
  package var immediateMax = 128

  package init() {}
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// A new kernel object; its fields beyond header and metatable are not initialised.
  func makeKernelObject(_ kind: UInt8, byteCount: Int) -> UnsafeMutableRawPointer {
    let memory = pointee.heap.allocate(byteCount)
    let object = memory.assumingMemoryBound(to: UserdataObject.self)
    object.pointee.header = ObjectHeader(.userdata, extra: kind)
    object.pointee.metatable = pointee.tasks?.pointee.metatables[Int(kind)]
    return memory
  }
}
