// The tasks that can go on: four rings, one a priority. The highest one that is not empty is served, but
// one that was passed over 64 times in a row comes first.

/// A ring of tasks.
struct TaskRing {
  private var base: UnsafeMutablePointer<TaskRef>
  private var capacity: Int
  private var head = 0
  private(set) var count = 0

  init() {
    capacity = 16
    base = .allocate(capacity: capacity)
  }

  mutating func destroy() { base.deallocate() }

  var byteCount: Int { capacity &* MemoryLayout<TaskRef>.stride }

  /// - Precondition: `index` is in 0..<count.
  func task(at index: Int) -> TaskRef { base[(head &+ index) & (capacity &- 1)] }

  @inline(__always)
  mutating func append(_ task: TaskRef) {
    if count == capacity { grow() }
    base[(head &+ count) & (capacity &- 1)] = task
    count &+= 1
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<TaskRef>.allocate(capacity: capacity &* 2)
    for index in 0..<count { larger[index] = task(at: index) }
    base.deallocate()
    base = larger
    capacity &*= 2
    head = 0
  }

  /// - Precondition: not empty.
  @inline(__always)
  mutating func take() -> TaskRef {
    let task = base[head]
    head = (head &+ 1) & (capacity &- 1)
    count &-= 1
    if count == 0 && capacity > 1 << 16 { shrink() }
    return task
  }

  /// Takes the one at an index, which the oldest takes the place of.
  mutating func take(at index: Int) -> TaskRef {
    let place = (head &+ index) & (capacity &- 1)
    let task = base[place]
    base[place] = base[head]
    base[head] = task
    return take()
  }

  private mutating func shrink() {
    base.deallocate()
    capacity = 16
    base = .allocate(capacity: capacity)
    head = 0
  }

  /// Takes out all tasks that have ended.
  mutating func removeEnded() {
    var kept = 0
    for index in 0..<count {
      let task = task(at: index)
      if task.hasEnded { continue }
      base[(head &+ kept) & (capacity &- 1)] = task
      kept &+= 1
    }
    count = kept
    if count == 0 && capacity > 1 << 16 { shrink() }
  }

  /// Takes a task out, wherever it stands.
  ///
  /// The youngest are looked at first: who is taken out was put in just now, or goes with all that came before it.
  ///
  /// - Returns: how many were looked at.
  mutating func remove(_ task: TaskRef) -> Int {
    var index = count &- 1
    while index >= 0 && self.task(at: index) != task { index &-= 1 }
    if index < 0 { return count }
    let steps = count &- index
    while index < count &- 1 {
      base[(head &+ index) & (capacity &- 1)] = self.task(at: index &+ 1)
      index &+= 1
    }
    count &-= 1
    return steps
  }
}

/// The tasks that can go on, by priority.
struct ReadyQueue {
  var rings: InlineArray<4, TaskRing>
  private var mask: UInt8 = 0
  private var passedOver: InlineArray<4, UInt8> = InlineArray(repeating: 0)

  init() { rings = [TaskRing(), TaskRing(), TaskRing(), TaskRing()] }

  mutating func destroy() {
    for level in 0..<4 { rings[level].destroy() }
  }

  @inline(__always) var isEmpty: Bool { mask == 0 }

  var count: Int { (0..<4).reduce(0) { $0 + rings[$1].count } }
  var byteCount: Int { (0..<4).reduce(0) { $0 + rings[$1].byteCount } }

  @inline(__always)
  mutating func append(_ task: TaskRef) {
    let level = task.priority
    rings[level].append(task)
    mask |= 1 &<< UInt8(truncatingIfNeeded: level)
  }

  /// The next task, in the order of arrival, or as the random numbers say.
  @inline(__always)
  mutating func take(_ random: inout TaskOrder) -> TaskRef? {
    if mask == 0 { return nil }
    let level = mask & (mask &- 1) == 0 ? mask.trailingZeroBitCount : choose()
    let task: TaskRef
    if random.isRandom && rings[level].count > 1 {
      task = rings[level].take(at: random.choose(below: rings[level].count))
    } else {
      task = rings[level].take()
    }
    if rings[level].count == 0 { mask &= ~(1 &<< UInt8(truncatingIfNeeded: level)) }
    return task
  }

  /// The level to be served when several have tasks.
  @inline(never)
  private mutating func choose() -> Int {
    var chosen = -1
    for level in 0..<4 where mask & (1 << UInt8(level)) != 0 {
      if chosen < 0 || passedOver[level] >= 63 { chosen = level }
    }
    for level in 0..<4 {
      let waits = mask & (1 << UInt8(level)) != 0 && level != chosen
      passedOver[level] = waits ? passedOver[level] &+ 1 : 0
    }
    return chosen
  }

  /// Takes out all tasks that have ended: one pass for as many as there are.
  mutating func removeEnded() {
    for level in 0..<4 {
      rings[level].removeEnded()
      if rings[level].count == 0 { mask &= ~(1 << UInt8(level)) }
    }
  }

  /// Takes a task out.
  ///
  /// - Returns: how many were looked at.
  @discardableResult
  mutating func remove(_ task: TaskRef) -> Int {
    let level = task.priority
    let steps = rings[level].remove(task)
    if rings[level].count == 0 { mask &= ~(1 << UInt8(level)) }
    return steps
  }
}
