// The collector: precise, incremental, tri-colour, non-moving.
//
//        allowance used up           nothing grey left
//   idle ────────────────→ mark ───────────────────────→ (atomic finish)
//    ↑                                                          │
//    └── sweepBlocks ← sweepOwners ← sweepSerials ← sweepStrings ← dropDeadKeys ← markBuffers
//
// White: bit clear. Grey: bit set and on the mark stack (or a slice, or a fiber that has run since).
// Black: bit set and visited.
//
// INVARIANT: while marking, no black object but a fiber refers to a white one: every store into an
// object passes `barrier`, which makes the stored object grey. Fibers' registers are written without
// it, so fibers that ran are visited again in the atomic finish.
// INVARIANT: new objects are white while marking (they are found from where they are stored) and black
// from the atomic finish until the blocks are swept (the bits then decide who is dead).
// INVARIANT: dead objects stay readable until `sweepBlocks`: interned strings are unlinked, owners
// released and serials dropped before any of their cells is used again.
//
// What is atomic is the last look at roots, running fibers, weak tables and finalizable objects;
// all else is done in steps whose work is paid for by allocation (see Pacing.swift).
//
// SOURCE: E. W. Dijkstra and others, "On-the-fly garbage collection", CACM 21 (1978), for the barrier.

extension VM {
  /// Whether a step or a full collection would do something now: the lead-in to `collectorStep`.
  @inline(__always) var collectorIsDue: Bool {
    pointee.heap.isStressed || pointee.heap.debt >= 0 && !pointee.heap.pacing.isStopped
  }

  /// Pays the heap's debt by a bounded amount of collecting.
  ///
  /// Called at safepoints.
  func collectorStep() {
    if pointee.heap.pacing.isStopped || pointee.heap.pacing.isCollecting { return }
    if pointee.heap.isStressed {
      collectHard()
      return
    }
    if pointee.heap.debt < 0 { return }
    // What a large allocation owes is paid at the next safepoints as well.
    let paid = Swift.min(pointee.heap.debt &+ Pacing.stepByteCount, Pacing.stepByteCountMax)
    var work = pointee.heap.work(forBytes: paid)
    if pointee.heap.phase == .idle { startCycle() }
    advance(&work)
    if pointee.heap.phase == .idle { return }
    pointee.heap.debt &-= paid
    if pointee.heap.debt >= 0 { requestAttention() }
  }

  /// Does the collecting that `byteBudget` allocated bytes would cause, whether stopped or not.
  ///
  /// - Returns: Whether a cycle ended.
  func collectorStep(byteBudget: Int, atLeast least: Int = 1024) -> Bool {
    collectorStep(work: pointee.heap.work(forBytes: Swift.max(byteBudget, least)))
  }

  /// Does a given amount of collecting, whether stopped or not.
  ///
  /// - Returns: Whether a cycle ended.
  func collectorStep(work: Int) -> Bool {
    if pointee.heap.pacing.isCollecting { return false }
    var work = work
    if pointee.heap.phase == .idle { startCycle() }
    advance(&work)
    return pointee.heap.phase == .idle
  }

  /// Collects everything that is not reachable now.
  func collectFully() {
    if pointee.heap.pacing.isCollecting { return }
    var work = Int.max
    // A cycle under way may keep what has died since it began: it is ended, and another one run.
    advance(&work)
    startCycle()
    work = .max
    advance(&work)
    endFullCollection()
  }

  private func endFullCollection() {
    pointee.heap.wasRefused = false
    pointee.heap.strings.shrink(in: &pointee.heap.externalByteCount)
    pointee.heap.releaseChunks(
      keeping: Chunk.blockCount &+ pointee.heap.blocks.count / 4
    )
    pointee.heap.giveBackAfterCollection()
    pointee.heap.heedSystem()
  }

  /// As `collectFully`, and finds the tasks that nothing can wake.
  func collectSearching(_ kernel: KernelRef, _ root: ScopeRef) {
    if pointee.heap.pacing.isCollecting { return }
    var work = Int.max
    advance(&work)
    beginMarking()
    pointee.heap.pacing.isCollecting = true
    var marker = Marker(self)
    marker.search(kernel, root)
    marker.put(back: self)
    let isImpure = kernel.pointee.search?.keptWeak == true
    kernel.pointee.search = nil
    work = .max
    advance(&work)
    if isImpure { collectFully() } else { endFullCollection() }
  }

  /// A run has failed, perhaps for want of memory: the next one finds what there is.
  func makeRoomAfterFailure() {
    if pointee.heap.wasRefused && pointee.waitingFibers.count == 0 { collectFully() }
  }

  /// Begins a cycle: no object is marked, the roots are grey.
  private func startCycle() {
    beginMarking()
    var marker = Marker(self)
    marker.markRoots()
    marker.put(back: self)
  }

  private func beginMarking() {
    pointee.heap.flipBitmaps()
    pointee.heap.phase = .mark
    pointee.heap.isMarking = true
    pointee.heap.marking.rescanCount = 0
  }

  /// Goes on with the cycle until it ends or `work` is used up.
  private func advance(_ work: inout Int) {
    pointee.heap.pacing.isCollecting = true
    while work > 0 {
      switch pointee.heap.phase {
      case .idle:
        pointee.heap.pacing.isCollecting = false
        return
      case .mark: if markStep(&work) { finishMarking() }
      case .markBuffers: if markBuffersStep(&work) { pointee.heap.phase = .dropDeadKeys }
      case .dropDeadKeys: if dropDeadKeysStep(&work) { pointee.heap.beginSweepingStrings() }
      case .sweepStrings:
        if sweepStringsStep(&work) {
          pointee.heap.isResurrecting = false
          pointee.heap.beginSweeping(.sweepSerials)
        }
      case .sweepSerials:
        if sweepSerialsStep(&work) { pointee.heap.beginSweeping(.sweepOwners) }
      case .sweepOwners: if sweepOwnersStep(&work) { pointee.heap.beginSweepingBlocks() }
      case .sweepBlocks:
        let count = Swift.max(1, work / Work.block)
        if pointee.heap.sweepBlocks(count: count) { work &-= count &* Work.block }
        if pointee.heap.sweepingBlocksIsDone { endCycle() }
      }
    }
    pointee.heap.pacing.isCollecting = false
  }

  /// Visits grey objects; true when none is left and the atomic finish may begin.
  ///
  /// What the running fiber has made since is followed before the finish as well, as long as there
  /// is much of it, so that the finish itself stays short.
  private func markStep(_ work: inout Int) -> Bool {
    var marker = Marker(self)
    marker.drain(&work)
    var isDone = marker.isDone && work > 0
    if isDone && pointee.heap.marking.rescanCount < 8 {
      pointee.heap.marking.rescanCount &+= 1
      marker.markRoots()
      // The roots were seen; the few objects that are new since then may wait for the finish.
      isDone = marker.stack.count < 64
      work &-= Work.object
    }
    marker.put(back: self)
    return isDone
  }

  private func endCycle() {
    pointee.heap.phase = .idle
    pointee.heap.setAllowance()
  }
}

/// What steps of the collector cost, in units close to bytes visited.
enum Work {
  static var object: Int { 32 }
  static var slot: Int { 16 }
  static var node: Int { 24 }
  static var string: Int { 32 }
  static var owner: Int { 64 }
  static var block: Int { 1024 }
}
