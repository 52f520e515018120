// Captured variables: cells are shared by all closures that capture the same variable, point into the
// stack while it lives and take the value over when it goes.

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The cell of a stack slot, made when there is none yet.
  @inline(never) func captureUpvalue(_ slot: Slots) -> UpvalueRef {
    let fiber = pointee.fiber
    var previous: UpvalueRef?
    var cell = fiber.pointee.openUpvalues
    while let upvalue = cell, upvalue.pointee.location >= slot {
      if upvalue.pointee.location == slot { return upvalue }
      previous = upvalue
      cell = upvalue.nextOpen
    }
    let made = pointee.heap.allocate(MemoryLayout<UpvalueObject>.size)
      .assumingMemoryBound(to: UpvalueObject.self)
    made.pointee.header = ObjectHeader(.upvalue)
    made.pointee.location = slot
    made.nextOpen = cell
    if let previous { previous.nextOpen = made } else { fiber.pointee.openUpvalues = made }
    return made
  }

  /// Closes all cells at or above a slot of the running fiber.
  @inline(__always) func closeUpvalues(from level: Slots) {
    if let first = pointee.fiber.pointee.openUpvalues, first.pointee.location >= level {
      closeOpenUpvalues(from: level)
    }
  }

  @inline(never) private func closeOpenUpvalues(from level: Slots) {
    let fiber = pointee.fiber
    while let upvalue = fiber.pointee.openUpvalues, upvalue.pointee.location >= level {
      fiber.pointee.openUpvalues = upvalue.nextOpen
      let value = upvalue.pointee.location.pointee
      upvalue.pointee.storage = value
      upvalue.pointee.location = upvalue.closedLocation
      barrier(value)
    }
  }

  /// A new closure of a prototype nested in the running function.
  @inline(never) func makeClosure(_ prototype: PrototypeRef, in frame: FrameRef) -> ClosureRef {
    let count = Int(prototype.pointee.captureCount)
    let closure = allocateClosure(prototype, upvalueCount: count)
    let enclosing = frame.pointee.function.assumingMemoryBound(to: ClosureObject.self)
    let captures = prototype.pointee.captures
    for position in 0..<count {
      let capture = captures[position]
      closure.upvalues[position] =
        capture.isLocalOfParent
        ? captureUpvalue(frame.pointee.base + Int(capture.index))
        : enclosing.upvalues[Int(capture.index)]
    }
    return closure
  }

  /// The closure a prototype made last if a new one would capture the same cells, else a new one.
  @inline(never) func sharedClosure(_ prototype: PrototypeRef, in frame: FrameRef) -> ClosureRef {
    if let last = prototype.pointee.lastClosure, captures(last, sameAs: prototype, in: frame) {
      // The collector may be about to find it dead.
      barrier(Value(last))
      return last
    }
    let made = makeClosure(prototype, in: frame)
    prototype.pointee.lastClosure = made
    return made
  }

  private func captures(
    _ closure: ClosureRef,
    sameAs prototype: PrototypeRef,
    in frame: FrameRef
  ) -> Bool {
    let enclosing = frame.pointee.function.assumingMemoryBound(to: ClosureObject.self)
    for position in 0..<Int(prototype.pointee.captureCount) {
      let capture = prototype.pointee.captures[position]
      let cell = closure.upvalues[position]
      if capture.isLocalOfParent {
        if cell.pointee.location != frame.pointee.base + Int(capture.index) { return false }
      } else if cell != enclosing.upvalues[Int(capture.index)] {
        return false
      }
    }
    return true
  }

  /// A closure whose cells the caller fills before anything else is allocated.
  func allocateClosure(_ prototype: PrototypeRef, upvalueCount: Int) -> ClosureRef {
    let closure = pointee.heap.allocate(ClosureObject.upvaluesOffset + upvalueCount * 8)
      .assumingMemoryBound(to: ClosureObject.self)
    closure.pointee.header = ObjectHeader(.closure, small: UInt8(upvalueCount))
    closure.pointee.prototype = prototype
    return closure
  }

  /// A closed cell.
  func makeUpvalue(_ value: Value) -> UpvalueRef {
    let cell = pointee.heap.allocate(MemoryLayout<UpvalueObject>.size)
      .assumingMemoryBound(to: UpvalueObject.self)
    cell.pointee.header = ObjectHeader(.upvalue)
    cell.pointee.storage = value
    cell.pointee.location = cell.closedLocation
    return cell
  }
}
