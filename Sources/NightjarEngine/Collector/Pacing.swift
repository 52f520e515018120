// When to collect and how much: a cycle begins when the heap has grown by `pause` percent of what the
// last one left (at least a cache's worth), and is paid for by allocation in steps.

/// The collector's knobs and switches.
struct Pacing {
  /// Growth, in percent of the live bytes, until the next cycle (manual §2.5.1; 200 waits for twice).
  var pausePercent = 200
  /// How fast a cycle goes, in percent of the default speed (the manual's step multiplier).
  var stepPercent = 100
  /// Accepted for scripts that ask; every cycle is incremental.
  var isGenerational = false
  var isStopped = false
  /// A step is being done: steps do not nest.
  var isCollecting = false

  /// The least growth between cycles, in bytes.
  var allowanceMin: Int { 1 << 18 }
  /// Allocated bytes between steps of a cycle.
  static var stepByteCount: Int { 65536 }
  /// The most bytes that one step pays for: about a millisecond's work.
  static var stepByteCountMax: Int { 1 << 20 }
  /// Work done for each allocated byte: a cycle ends long before the heap doubles.
  static var workPerByte: Int { 6 }
  /// The same while dead strings are unlinked: they are small, so a byte pays for few of them, and
  /// what is made meanwhile counts as live.
  ///
  /// At the usual rate a loop that only makes strings let the heap grow without bound (74 MB after
  /// 3 million, and three times the time).
  static var stringWorkPerByte: Int { 24 }
}

extension Heap {
  var wantsCollection: Bool { isStressed || debt >= 0 && !pacing.isStopped }
  var isOverLimit: Bool { byteLimit != .max && (byteCount > byteLimit || holdsTooMuch) }

  /// Whether it is so far beyond that cells are not to be handed out any longer.
  var isFarOverLimit: Bool {
    byteLimit != .max && (byteCount &- Self.heldByteCountMargin / 2 > byteLimit || holdsTooMuch)
  }

  /// Whether running finalizers may go on: they may need a little beyond the limit to give back much.
  ///
  /// Where the limit was lowered because the system refuses, the collector's own lists have to fit in too.
  var hasRoomForFinalizers: Bool {
    let loan = byteLimit == grantedByteLimit ? 1 << 18 : Swift.max(1 << 22, byteLimit / 16)
    let used = Swift.max(byteCount, heldByteCount &- Self.heldByteCountMargin)
    return byteLimit == .max || used <= byteLimit &+ loan
  }

  var isStopped: Bool {
    get { pacing.isStopped }
    set { pacing.isStopped = newValue }
  }
  var pausePercent: Int {
    get { pacing.pausePercent }
    set { pacing.pausePercent = newValue }
  }
  var stepPercent: Int {
    get { pacing.stepPercent }
    set { pacing.stepPercent = newValue }
  }
  var isGenerational: Bool {
    get { pacing.isGenerational }
    set { pacing.isGenerational = newValue }
  }

  /// The work that `byteCount` allocated bytes pay for.
  func work(forBytes byteCount: Int) -> Int {
    let percent = Swift.max(25, Swift.min(pacing.stepPercent, 1000))
    let rate = phase == .sweepStrings ? Pacing.stringWorkPerByte : Pacing.workPerByte
    return Swift.min(byteCount, 1 << 40) &* rate / 100 &* percent
  }

  /// Sets the growth allowed until the next cycle: not more than a third of the room below the
  /// limit, so that garbage does not make allocations fail.
  mutating func setAllowance() {
    let percent = Swift.max(25, Swift.min(pacing.pausePercent, 1000) &- 100)
    let wanted = Swift.max(pacing.allowanceMin, byteCount / 100 &* percent)
    let room = Swift.max((byteLimit &- byteCount) / 3, Pacing.stepByteCount)
    debt = -Swift.min(wanted, room)
  }
}
