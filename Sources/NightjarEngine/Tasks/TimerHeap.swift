// What is to happen at a moment: a binary heap keyed by (deadline, sequence), so that timers of the same
// moment go off in the order in which they were set. What a timer belongs to knows its place, so it can
// be taken back.

/// What a timer belongs to.
enum TimerTarget {
  case task(TaskRef)
  case scope(ScopeRef)
}

/// The timers of a kernel.
struct TimerHeap {
  struct Entry {
    var deadline: UInt64
    var sequence: UInt64
    /// The address of the task, or of the scope with the lowest bit set.
    var target: UInt
  }

  private(set) var entries = List<Entry>()
  private var sequence: UInt64 = 0

  mutating func destroy() { entries.destroy() }

  var isEmpty: Bool { entries.isEmpty }
  var count: Int { entries.count }
  var byteCount: Int { entries.capacity &* MemoryLayout<Entry>.stride }
  /// When the next timer goes off.
  var next: UInt64? { entries.isEmpty ? nil : entries[0].deadline }

  mutating func set(_ task: TaskRef, _ deadline: UInt64) {
    insert(deadline, UInt(bitPattern: task), at: Int(task.pointee.timer))
  }

  mutating func set(_ scope: ScopeRef, _ deadline: UInt64) {
    insert(deadline, UInt(bitPattern: scope) | 1, at: Int(scope.pointee.timer))
  }

  mutating func cancel(_ task: TaskRef) {
    if task.pointee.timer >= 0 { remove(at: Int(task.pointee.timer)) }
    task.pointee.timer = -1
  }

  mutating func cancel(_ scope: ScopeRef) {
    if scope.pointee.timer >= 0 { remove(at: Int(scope.pointee.timer)) }
    scope.pointee.timer = -1
  }

  /// The timer that goes off by `now`, taken out.
  mutating func take(by now: UInt64) -> TimerTarget? {
    guard !entries.isEmpty, entries[0].deadline <= now else { return nil }
    let target = entries[0].target
    remove(at: 0)
    // SAFETY: an object takes its timer back before it goes.
    if target & 1 != 0 {
      let scope = ScopeRef(bitPattern: target & ~1).unsafelyUnwrapped
      scope.pointee.timer = -1
      return .scope(scope)
    }
    let task = TaskRef(bitPattern: target).unsafelyUnwrapped
    task.pointee.timer = -1
    return .task(task)
  }

  private mutating func insert(_ deadline: UInt64, _ target: UInt, at index: Int) {
    if index >= 0 { remove(at: index) }
    sequence &+= 1
    let entry = Entry(deadline: deadline, sequence: sequence, target: target)
    entries.append(entry)
    rise(entry, from: entries.count &- 1)
  }

  private mutating func remove(at index: Int) {
    let last = entries.removeLast()
    if index == entries.count { return }
    let removed = entries[index]
    if precedes(last, removed) { rise(last, from: index) } else { sink(last, from: index) }
    if entries.isEmpty { entries.removeAll() }
  }

  @inline(__always)
  private func precedes(_ a: Entry, _ b: Entry) -> Bool {
    a.deadline < b.deadline || a.deadline == b.deadline && a.sequence < b.sequence
  }

  private func rise(_ entry: Entry, from start: Int) {
    var index = start
    while index > 0 {
      let above = (index &- 1) / 2
      if !precedes(entry, entries[above]) { break }
      place(entries[above], at: index)
      index = above
    }
    place(entry, at: index)
  }

  private func sink(_ entry: Entry, from start: Int) {
    var index = start
    while true {
      var child = 2 &* index &+ 1
      if child >= entries.count { break }
      if child &+ 1 < entries.count && precedes(entries[child &+ 1], entries[child]) { child &+= 1 }
      if !precedes(entries[child], entry) { break }
      place(entries[child], at: index)
      index = child
    }
    place(entry, at: index)
  }

  private func place(_ entry: Entry, at index: Int) {
    entries[index] = entry
    if entry.target & 1 != 0 {
      ScopeRef(bitPattern: entry.target & ~1).unsafelyUnwrapped.pointee.timer = Int32(index)
    } else {
      TaskRef(bitPattern: entry.target).unsafelyUnwrapped.pointee.timer = Int32(index)
    }
  }
}
