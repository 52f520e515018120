// A task: a fiber plus its membership in a scope. The record is a userdata of the heap, so that it is
// also the handle scripts hold, and everything a tool wants to know of an idle task stands in it.
//
//   0        8          16      24     32      40     48         56                  80
//   │ header │ metatable│ fiber │ leaf │ scope │ next │ previous │ wait node (3)     │ joiners …
//                       └ result when it has ended ┘
//
// INVARIANT: a live task stands in the list of exactly one scope, its home; a parked one has exactly one
// wait record: its kind, and the object it waits for in its node.

/// What kind of kernel object a userdata is: the `extra` byte of its header.
enum KernelKind {
  static var none: UInt8 { 0 }
  static var task: UInt8 { 1 }
  static var scope: UInt8 { 2 }
  static var channel: UInt8 { 3 }
  /// The two ends of a channel that scripts hold.
  static var sender: UInt8 { 4 }
  static var receiver: UInt8 { 5 }
  /// A semaphore, mutex or event.
  static var gate: UInt8 { 6 }
  /// An operation that has not begun, for `select`.
  static var operation: UInt8 { 7 }
  /// The operations a task waits for.
  static var selection: UInt8 { 8 }
}

/// What a parked task waits for.
enum WaitKind: UInt8 {
  case none
  case sleep
  case join
  case send
  case receive
  /// A permit of a semaphore, or a mutex.
  case acquire
  /// An event.
  case event
  case select
  /// The children of a scope whose body has ended.
  case scopeExit
  /// An answer of the host.
  case host

  package var name: String {
    switch self {
    case .none: "nothing"
    case .sleep: "sleep"
    case .join: "join"
    case .send: "send"
    case .receive: "recv"
    case .acquire: "acquire"
    case .event: "event"
    case .select: "select"
    case .scopeExit: "children of a scope"
    case .host: "host"
    }
  }
}

/// The place of a task, or of one of its operations, in a queue of those that wait for an object.
struct WaitNode {
  /// Links of the queue: addresses of nodes; the lowest bit is set for nodes of selections.
  var next: UInt = 0
  var previous: UInt = 0
  /// What is waited for.
  var object: UnsafeMutableRawPointer?
}

/// A task in the heap.
struct TaskObject {
  var header: ObjectHeader
  var metatable: TableRef?
  /// The fiber of the task's function; when the task has ended, the first half of its result.
  var fiber: FiberRef?
  /// The fiber that is parked or ready: `fiber`, or a coroutine that it waits for.
  var leaf: FiberRef?
  /// The innermost scope that the task is in; when it has ended, the one that it was a child of.
  var scope: ScopeRef?
  /// Neighbours in the home scope's list.
  var next: TaskRef?
  var previous: TaskRef?
  var node = WaitNode()
  /// Those that wait for the task's end.
  var joiners = WaitQueue()
  /// Name, labels and deferred functions, for the tasks that have some.
  var extras: TableRef?
  /// Fuel used.
  var fuel: Int64 = 0
  /// When it began to wait, in nanoseconds of the runtime's clock; of a preempted task the fuel that it has used
  /// since it last passed a checkpoint.
  var since: UInt64 = 0
  var id: UInt32
  /// Where it was spawned: an index of the kernel's sites.
  var site: UInt32 = 0
  /// Its place in the timer heap; -1 for none.
  var timer: Int32 = -1
  var state = State.ready
  var wait = WaitKind.none
  /// 0: not being cancelled; 1: unwinding, shielded until the grace ends; 2: the grace has ended.
  var stage: UInt8 = 0
  /// The priority it has by itself while it was lent a higher one (`PriorityLending.swift`); 255 otherwise.
  var ownPriority: UInt8 = 255
  var flags: Flags = []
  /// Stretches without a checkpoint that held others up (`Hogs.swift`).
  var hogs: UInt16 = 0
  var runs: UInt32 = 0
  var wakes: UInt32 = 0
  var checkpoints: UInt32 = 0
  /// Cancellations raised in it.
  var raises: UInt16 = 0
  /// Mutexes that it holds; if there ever were as many as this can count, it is not counted any more.
  var heldCount: UInt16 = 0

  enum State: UInt8 {
    case ready
    case running
    case parked
    case done
    case failed
    /// Ended by a cancellation.
    case cancelled
  }

  /// Facts about a task.
  struct Flags: OptionSet {
    var rawValue: UInt16
    static var daemon: Flags { Flags(rawValue: 1) }
    /// The result is a table of several values.
    static var severalResults: Flags { Flags(rawValue: 2) }
    /// Functions are to be called when it ends.
    static var hasDeferred: Flags { Flags(rawValue: 4) }
    /// A cancellation is to be raised in it when it runs next.
    static var isInterrupted: Flags { Flags(rawValue: 8) }
    /// Two bits of priority, 0 the highest.
    static var priority: Flags { Flags(rawValue: 0x30) }
    /// It may be interrupted between checkpoints, so that others run.
    static var isPreemptible: Flags { Flags(rawValue: 0x40) }
    /// Somebody joined it: its error was seen.
    static var wasJoined: Flags { Flags(rawValue: 0x80) }
    /// It did not end by itself: its frames were dropped.
    static var wasDropped: Flags { Flags(rawValue: 0x200) }
    /// It stands among those that were parked last and still have their stacks.
    static var isWarm: Flags { Flags(rawValue: 0x400) }
    /// It was interrupted between two instructions, and goes on there.
    static var isPreempted: Flags { Flags(rawValue: 0x1000) }
    /// It has run since it was put there.
    static var ranWarm: Flags { Flags(rawValue: 0x800) }
    /// It was refused memory and unwinds: its cleanup may use the reserve.
    static var ranOut: Flags { Flags(rawValue: 0x4000) }
    /// The reserve was not enough either: its frames are dropped.
    static var ranOutAgain: Flags { Flags(rawValue: 0x8000) }
    /// During a search: it runs, or something that runs can wake it.
    static var canGoOn: Flags { Flags(rawValue: 0x2000) }
  }
}

typealias TaskRef = UnsafeMutablePointer<TaskObject>

extension UnsafeMutablePointer where Pointee == TaskObject {
  static var resultOffset: Int { 16 }
  static var nodeOffset: UInt { 56 }

  /// Where the result stands once the task has ended.
  var result: Slots {
    (UnsafeMutableRawPointer(self) + Self.resultOffset).assumingMemoryBound(to: Value.self)
  }

  var hasEnded: Bool { pointee.state.rawValue >= TaskObject.State.done.rawValue }

  /// Whether the scope that it was a child of has ended, too: nobody can use it any more.
  var isOver: Bool { hasEnded && pointee.scope?.pointee.state == .closed }

  /// The link to the task's own node.
  @inline(__always) var link: UInt { UInt(bitPattern: self) &+ Self.nodeOffset }

  var priority: Int {
    get { Int(pointee.flags.rawValue >> 4 & 3) }
    nonmutating set {
      pointee.flags.subtract(.priority)
      pointee.flags.formUnion(TaskObject.Flags(rawValue: UInt16(newValue & 3) << 4))
    }
  }

  /// The scope whose child the task is; nil when it has ended.
  var home: ScopeRef? {
    if hasEnded { return nil }
    var scope = pointee.scope
    while let inner = scope, inner.pointee.owner == self { scope = inner.pointee.parent }
    return scope
  }
}

extension Value {
  /// The kernel object behind a userdata, if it is of the kind.
  @inline(__always) func kernelObject(_ kind: UInt8) -> UnsafeMutableRawPointer? {
    tag == .userdata && userdata.pointee.header.extra == kind ? pointer : nil
  }

  var task: TaskRef? { kernelObject(KernelKind.task)?.assumingMemoryBound(to: TaskObject.self) }
  var scope: ScopeRef? { kernelObject(KernelKind.scope)?.assumingMemoryBound(to: ScopeObject.self) }
  var gate: GateRef? { kernelObject(KernelKind.gate)?.assumingMemoryBound(to: GateObject.self) }
  var operation: OperationRef? {
    kernelObject(KernelKind.operation)?.assumingMemoryBound(to: OperationObject.self)
  }

  init(_ task: TaskRef) { self.init(object: task, tag: .userdata) }
  init(_ scope: ScopeRef) { self.init(object: scope, tag: .userdata) }
  init(_ gate: GateRef) { self.init(object: gate, tag: .userdata) }
}
