// What is reported when tasks and scopes end, and timers go off: mutexes left behind, cleanup that takes most of its
// grace, errors that nobody has read, timers that are late. None of it changes what happens.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// A task ends while it holds a mutex.
  func tellLostOwner(_ task: TaskRef, _ gate: GateRef) {
    let count = countWaiters(gate.pointee.waiters)
    let waiting =
      count == 0 ? "" : count == 1 ? ", for which one waits" : ", for which \(count) wait"
    tell(.lostOwner, task, "task \(describe(task)) ended while it held \(describe(gate))\(waiting)")
  }

  /// A task that was cancelled ends, or a scope's body has unwound: looks how much of the grace that took.
  ///
  /// Told once for each cancelled scope: where one is slow, many may be.
  func reviewCleanup(of task: TaskRef, in scope: ScopeRef, _ kernel: KernelRef) {
    guard !task.pointee.flags.contains(.wasDropped), scope.pointee.state == .cancelling,
      !scope.pointee.flags.contains(.slowTold), scope.pointee.hard > scope.pointee.began
    else { return }
    let (passed, grace) = (
      kernel.pointee.now &- scope.pointee.began, scope.pointee.hard - scope.pointee.began
    )
    guard kernel.pointee.now > scope.pointee.began, passed > grace / 2 else { return }
    scope.pointee.flags.insert(.slowTold)
    let took = Self.seconds(passed / 1_000_000 * 1_000_000)
    tell(
      .slowCleanup,
      task,
      "task \(describe(task)) took more than half of its grace of \(Self.seconds(grace)) to end after \(cause(of: scope))",
      detail: "it took \(took)"
    )
  }

  /// A child of a scope that collects has failed, and nobody has joined it so far.
  func keepUnread(_ task: TaskRef, in scope: ScopeRef) {
    if scope.pointee.flags.contains(.collects) && !task.pointee.flags.contains(.wasJoined) {
      appendScopeExtra(scope, "unread", Value(task))
    }
  }

  /// A scope ends: tells what its children have failed with and nobody was told.
  func tellUnread(in scope: ScopeRef) {
    let list = scopeExtra(scope, "unread")
    guard list.isTable else { return }
    var (first, count): (TaskRef?, Int) = (nil, 0)
    let length = border(of: list.table)
    chargeKernel(Int(clamping: length))
    var index: Int64 = 1
    while index <= length {
      if let task = rawGet(list.table, Value(index)).task,
        !task.pointee.flags.contains(.wasJoined)
      {
        first = first ?? task
        count &+= 1
      }
      index += 1
    }
    guard let first else { return }
    let more = count > 1 ? ", nor \(count - 1) more" : ""
    tell(
      .unread,
      first,
      "nobody has read the error of task \(describe(first)) of \(describe(scope))\(more): "
        + summary(of: first.result.pointee)
    )
  }

  /// How late a timer may be, and how often it is told that one was.
  private static var driftNanoseconds: UInt64 { 10_000_000 }
  private static var driftPause: UInt64 { 1_000_000_000 }

  /// Timers of the real clock are about to go off: looks how late the first of them is.
  func reviewDrift(_ kernel: KernelRef) {
    let now = kernel.pointee.now
    guard let due = kernel.pointee.timers.next, now > due, now &- due > Self.driftNanoseconds,
      now >= kernel.pointee.nextDriftMoment
    else { return }
    kernel.pointee.nextDriftMoment = now.saturatingSum(Self.driftPause)
    let late = Self.seconds((now &- due) / 1_000_000 * 1_000_000)
    let task = kernel.pointee.current
    let who = task.map { ", while task \(describe($0)) ran" } ?? ""
    let (id, wakes) = (task?.pointee.id ?? 0, task?.pointee.wakes ?? 0)
    let text = "a timer went off \(late) late\(who)"
    kernel.pointee.keep(TaskFinding(verdict: .timerDrift, id: id, wakes: wakes, text: text))
  }
}
