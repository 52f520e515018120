// Hogs: tasks that compute for long without a checkpoint while others are ready. What the others wait is theirs, so
// that a slow program can be put down to the line that makes it slow.
//
//   quantum │ quantum │ … │ 1,000,000 units since the last checkpoint, others are ready ──► NJ-D02, once a stretch
//
// It is looked at when a quantum has been used up and the same task goes on, and nowhere else: a task that passes
// checkpoints pays nothing, and the same program is told the same in every run. What is used within a quantum in which
// a checkpoint was passed does not count.

internal import NightjarBase

/// How long a task has gone on without a checkpoint.
struct TaskStretch {
  /// Which stretch it is: the task, and how often it had run and passed checkpoints.
  private var id: UInt32 = 0
  private var runs: UInt32 = 0
  private var checkpoints: UInt32 = 0
  /// Fuel used in it, and how much of it while others were ready.
  private(set) var fuel: Int64 = 0
  private(set) var heldUp: Int64 = 0
  /// Whether it was told.
  var isTold = false

  init() {}

  private init(of task: TaskRef) {
    id = task.pointee.id
    runs = task.pointee.runs
    checkpoints = task.pointee.checkpoints
  }

  /// A quantum of a task has ended of which so much was used.
  mutating func extend(_ task: TaskRef, by used: Int64, holdsUp: Bool) {
    let isSame =
      id == task.pointee.id && runs == task.pointee.runs
      && checkpoints == task.pointee.checkpoints
    if !isSame {
      self = TaskStretch(of: task)
      return
    }
    fuel += used
    if holdsUp { heldUp += used }
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// A task has used up a quantum and goes on: looks whether others wait for it to pass a checkpoint.
  func reviewStretch(_ task: TaskRef, _ used: Int64, _ kernel: KernelRef) {
    guard TaskCounters.countsTurns else { return }
    let holdsUp = !kernel.pointee.ready.isEmpty
    kernel.pointee.stretch.extend(task, by: used, holdsUp: holdsUp)
    let stretch = kernel.pointee.stretch
    guard stretch.fuel >= kernel.pointee.settings.hogFuel, stretch.heldUp > 0 else { return }
    if stretch.isTold {
      if holdsUp { chargeHog(task, used, kernel) }
      return
    }
    kernel.pointee.stretch.isTold = true
    chargeKernel(Self.hogCost)
    kernel.pointee.counters.hogs &+= 1
    if task.pointee.hogs < .max { task.pointee.hogs += 1 }
    chargeHog(task, stretch.heldUp, kernel)
    let place = task.pointee.leaf.flatMap { currentPlace(of: $0, isBetween: true) } ?? "?"
    let count = kernel.pointee.ready.count
    let others = count == 1 ? "another task was ready" : "\(max(count, 1)) others were ready"
    let used = "\(stretch.fuel) units of fuel without a checkpoint"
    tell(
      .hog,
      task,
      "task \(describe(task)) has used \(used) while \(others), at \(place)",
      place: place,
      detail: "it has held them up for \(stretch.heldUp) of these units"
    )
  }

  /// Puts what others have waited down to a task.
  private func chargeHog(_ task: TaskRef, _ fuel: Int64, _ kernel: KernelRef) {
    kernel.pointee.counters.hogFuel &+= UInt64(clamping: fuel)
    let known = toInteger(extra(of: task, Self.heldUpName)) ?? 0
    setExtra(of: task, Self.heldUpName, Value(known &+ fuel))
  }

  /// Fuel of telling of a hog.
  private static var hogCost: Int { 150 }

  private static var heldUpName: StaticString { "held_up" }

  /// "  has held others up 2 times, for 3000000 units of fuel", for a task that did.
  func hogText(of task: TaskRef) -> String {
    let count = task.pointee.hogs
    guard count > 0, let fuel = toInteger(extra(of: task, Self.heldUpName)) else { return "" }
    let times = count == 1 ? "once" : "\(count) times"
    return "  has held others up \(times), for \(fuel) units of fuel"
  }
}
