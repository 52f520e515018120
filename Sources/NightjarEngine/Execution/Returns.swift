// Leaving Lua functions without the trampoline: returns of any number of values to a Lua caller, and tail
// calls of Lua functions. They hold for unwatched fibers with fuel left; all else is `drive`'s.

internal import NightjarBytecode

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Returns the `count` values at `from` from a Lua function to whoever called it.
  ///
  /// - Returns: whether the Lua frame below is on top now, with its stack unmoved.
  @inline(never)
  func leave(_ frame: FrameRef, _ from: Slots, _ count: Int) -> Bool {
    let info = frame.pointee.info
    if pointee.fuel >= 0 && pointee.fiber.pointee.hookMask == 0 {
      // Of the flags only these two say nothing about the return.
      switch info & ~(0xFFFF | Frame.Flag.vararg | Frame.Flag.tailCalled) {
      case UInt32(Frame.Mode.call.rawValue) << 16:
        let destination = functionSlot(of: frame)
        let wanted = Int(info & Frame.wantedMask) &- 1
        if wanted < 0 { pointee.top = destination + count }
        move(from: from, count: count, to: destination, wanted: wanted)
        pointee.frame = frame.below
        return true
      case UInt32(Frame.Mode.finish.rawValue) << 16:
        let below = frame.below
        let word = Word(bits: below.pointee.pc.instruction.pointee)
        switch word.opcode {
        case .getTable, .getInteger, .getField, .getUpvalueField:
          below.pointee.base[Int(word.a)] = count > 0 ? from.pointee : .nil
          pointee.frame = below
          return true
        case .setTable, .setInteger, .setField, .setUpvalueField:
          pointee.frame = below
          return true
        default: break
        }
      default: break
      }
    }
    drive(.returned(from: from, count: count))
    return false
  }

  /// Puts a call of the Lua function in `slot` in the place of a frame that ends with it.
  ///
  /// - Precondition: variables to be closed and captured ones are closed.
  /// - Returns: false, with nothing done, when there is more to it.
  @inline(never)
  func replaceFrame(_ frame: FrameRef, _ slot: Slots, _ count: Int) -> Bool {
    guard slot.pointee.tag == .closure, pointee.fuel >= 0, !frame.pointee.has(Frame.Flag.vararg),
      pointee.fiber.pointee.hookMask == 0
    else { return false }
    let closure = slot.pointee.closure
    let prototype = closure.pointee.prototype
    let base = frame.pointee.base
    let registerCount = max(Int(prototype.pointee.registerCount), count)
    guard
      UInt(bitPattern: base + (registerCount &+ 1)) <= UInt(bitPattern: pointee.stackLimit)
    else { return false }
    // The function's own slot counts the calls lost so (`lostCallCount`); nobody else reads it.
    let place = base.lowered(by: 1)
    place.pointee = Value(place.pointee.isInteger ? place.pointee.integer &+ 1 : 1)
    pointee.fuel &-= Int64(count &>> 3)
    let arguments = slot + 1
    var position = 0
    while position < count {
      base[position] = arguments[position]
      position &+= 1
    }
    while position < Int(prototype.pointee.parameterCount) {
      base[position] = .nil
      position &+= 1
    }
    frame.pointee.pc = prototype.pointee.code
    frame.pointee.function = UnsafeMutableRawPointer(closure)
    frame.pointee.constants = prototype.pointee.constants
    frame.pointee.info = frame.pointee.info & ~Frame.callChainMask | Frame.Flag.tailCalled
    frame.pointee.extra = Int32(truncatingIfNeeded: count)
    return true
  }
}
