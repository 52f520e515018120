// Instructions that work on runs of registers: concatenation, variable arguments, iteration steps, results
// of natives, and closing of blocks.

internal import NightjarBase
internal import NightjarBytecode

extension UnsafeMutablePointer where Pointee == MachineState {
  // MARK: Concatenation (manual §3.4.6)

  /// `R[a] := R[a] .. …`: whether it is done with the frame on top and unmoved.
  @inline(never) func concat(_ frame: FrameRef, _ first: Slots, _ count: Int) -> Bool {
    guard let action = concatenate(first, count) else { return true }
    drive(action)
    return false
  }

  /// Joins from the right as far as there are strings and numbers; a metamethod joins two operands
  /// and comes back here through `finishInstruction`.
  ///
  /// - Returns: nil when the result stands in `first`.
  func concatenate(_ first: Slots, _ count: Int) -> Action? {
    var remaining = count
    while remaining > 1 {
      let right = first + (remaining - 1)
      let left = first + (remaining - 2)
      guard joins(left.pointee), joins(right.pointee) else {
        guard
          let handler = metamethod(of: left.pointee, .concat)
            ?? metamethod(of: right.pointee, .concat)
        else {
          _ = raiseArithmeticError(.concat, left.pointee, right.pointee)
          return .raise
        }
        return metamethodCall(handler, left.pointee, right.pointee, at: first + remaining)
      }
      var run = 2
      while run < remaining, joins(first[remaining - run - 1]) { run += 1 }
      let start = first + (remaining - run)
      for position in 0..<run where start[position].isNumber {
        start[position] = Value(numberToString(start[position], format(for: start[position])))
      }
      let total = totalLength(start, run)
      pointee.fuel &-= Int64(total >> 3)
      guard let joined = concatenate(start, count: run) else {
        _ = total > pointee.limits.stringByteCount ? raise("string length overflow") : raiseMemory()
        return .raise
      }
      start.pointee = Value(joined)
      remaining -= run - 1
    }
    return nil
  }

  /// How the running function writes a number.
  private func format(for value: Value) -> DialectRules.FloatFormat {
    value.isInteger
      ? .fourteenMarked : prototype(of: pointee.frame).pointee.dialect.rules.floatFormat
  }

  private func totalLength(_ start: Slots, _ count: Int) -> Int {
    var total = 0
    for position in 0..<count { total += start[position].string.count }
    return total
  }

  @inline(__always) private func joins(_ value: Value) -> Bool { value.isString || value.isNumber }

  // MARK: Variable arguments

  /// Moves the function and its fixed parameters above the variable arguments.
  @inline(never) func prepareVarargs(_ frame: FrameRef) -> Bool {
    let prototype = prototype(of: frame)
    let parameters = Int(prototype.pointee.parameterCount)
    let given = Int(frame.pointee.extra)
    let extra = Swift.max(given - parameters, 0)
    var base = frame.pointee.base
    let total = given > parameters ? given : parameters
    do throws(ScriptError) {
      base = try reserve(base, total + 2 + Int(prototype.pointee.registerCount))
    } catch {
      // The frame is given up: it has not begun.
      drive(.raise)
      return false
    }
    base = frame.pointee.base
    pointee.fuel &-= Int64(extra &>> 3)
    let function = base.lowered(by: 1)
    let newSlot = base + total
    newSlot.pointee = function.pointee
    let newBase = newSlot + 1
    for position in 0..<parameters {
      newBase[position] = base[position]
      base[position] = .nil
    }
    // A variable without an instruction of its own may follow: that of the arguments' table.
    newBase[parameters] = .nil
    frame.pointee.base = newBase
    frame.pointee.extra = Int32(truncatingIfNeeded: extra)
    frame.pointee.info |= Frame.Flag.vararg
    return true
  }

  /// `R[a], … := ...`.
  @inline(never) func copyVarargs(_ frame: FrameRef, _ slot: Slots, _ wanted: Int) -> Bool {
    let given = Int(frame.pointee.extra)
    let count = wanted < 0 ? given : wanted
    var slot = slot
    do throws(ScriptError) { slot = try reserve(slot, count + 1) } catch {
      drive(.raise)
      return false
    }
    pointee.fuel &-= Int64(count &>> 3)
    // Variable arguments end where the moved function begins.
    let first = frame.pointee.base.lowered(by: given + 1)
    for position in 0..<count {
      slot[position] = position < given ? first[position] : .nil
    }
    if wanted < 0 { pointee.top = slot + count }
    return true
  }

  /// `R[a] := {...}` with a field `n`.
  @inline(never) func makeVarargTable(_ frame: FrameRef, _ slot: Slots) -> Bool {
    let given = Int(frame.pointee.extra)
    do throws(ScriptError) {
      let table = try newTable(arrayCapacity: given, nodeCapacity: 1)
      slot.pointee = Value(table)
      let first = frame.pointee.base.lowered(by: given + 1)
      for position in 0..<given {
        try rawSet(table, integer: Int64(position + 1), first[position])
      }
      let count =
        prototype(of: frame).pointee.dialect.hasIntegers ? Value(given) : Value(Double(given))
      try rawSet(table, Value(string("n")), count)
      return true
    } catch {
      drive(.raise)
      return false
    }
  }

  /// What a table of the variable arguments would hold at a key.
  @inline(never) func varargElement(_ frame: FrameRef, _ key: Value) -> Value {
    let given = Int(frame.pointee.extra)
    if key.isString {
      guard key.string.count == 1, key.string.bytes[0] == UInt8(ascii: "n") else { return .nil }
      let hasIntegers = prototype(of: frame).pointee.dialect.hasIntegers
      return hasIntegers ? Value(given) : Value(Double(given))
    }
    guard key.isNumber, let number = toInteger(key), number >= 1, number <= Int64(given) else {
      return .nil
    }
    return frame.pointee.base.lowered(by: given + 1)[Int(number) - 1]
  }

  /// `R[a], … := ...` of a function whose variable arguments are in a table.
  @inline(never)
  func spreadVarargTable(_ slot: Slots, _ source: Value, _ wanted: Int) -> Bool {
    let size = source.isTable ? rawGet(source.table, Value(string("n"))) : .nil
    var slot = slot
    do throws(ScriptError) {
      guard source.isTable, size.isInteger, size.integer >= 0,
        size.integer <= Int64(Int32.max) / 2
      else { throw raise("vararg table has no proper 'n'") }
      let given = Int(size.integer)
      let count = wanted < 0 ? given : wanted
      slot = try reserve(slot, count + 1)
      for position in 0..<count {
        slot[position] =
          position < given ? rawGet(source.table, Value(position + 1)) : .nil
      }
      if wanted < 0 { pointee.top = slot + count }
      pointee.fuel &-= Int64(count >> 3)
      return true
    } catch {
      drive(.raise)
      return false
    }
  }

  /// Refuses to define a global variable that has a value.
  @inline(never) func failDefined(_ name: Value) {
    _ = raise("global '\(name.isString ? name.string.description : "?")' already defined")
    drive(.raise)
  }

  // MARK: Results of leaf natives

  /// Moves the results of a leaf native to where the call wants them.
  @inline(never) func takeResults(_ slot: Slots, _ raw: Int, _ wanted: Int) {
    let count = NativeOutcome.count(raw)
    move(from: slot + NativeOutcome.index(raw), count: count, to: slot, wanted: wanted)
    if wanted < 0 { pointee.top = slot + count }
  }

  /// A leaf answered something else than results: it gets a frame and the trampoline goes on.
  @inline(never) func leafNeedsFrame(_ slot: Slots, _ raw: Int, _ wantedPlusOne: UInt32) -> Action {
    // Slot 0 is the function unless the native used it for results, which it does last of all.
    guard slot.pointee.tag == .native else { return .raise }
    do throws(ScriptError) { try pushNative(slot, info: wantedPlusOne) } catch { return .raise }
    return follow(raw)
  }

  // MARK: Iteration

  /// The same where there are no integers: they become floats on the way out, and back on the way
  /// in.
  @inline(never) func stepFloatNext(_ r: Slots, _ wanted: Int) -> Bool {
    let control = (r + 2).pointee
    if control.isFloat, let key = Int64(exactly: control.float) { (r + 2).pointee = Value(key) }
    let found = stepNext(r, wanted)
    (r + 2).pointee = control
    if (r + 4).pointee.isInteger { (r + 4).pointee = Value(Double((r + 4).pointee.integer)) }
    return found
  }

  /// One step of `next` as a generic for: R[a+4], … := next key, value.
  ///
  /// False leaves it to the native (an invalid key).
  ///
  /// Where the traversal stands is kept in the payload of the loop's nil closing variable, and trusted
  /// only if the entry before it still has the control variable as its key.
  @inline(__always) func stepNext(_ r: Slots, _ wanted: Int) -> Bool {
    let table = (r + 1).pointee.table
    let control = (r + 2).pointee
    let capacity = Int(table.pointee.arrayCapacity)
    var position = Int(truncatingIfNeeded: (r + 3).pointee.bits)
    let behind = position &- capacity &- 1
    let isKnown =
      (r + 3).pointee.isNil && UInt(bitPattern: behind) < UInt(table.pointee.nodeCount)
      && (table.pointee.nodes + behind).pointee.keyBits == control.bits
      && (table.pointee.nodes + behind).pointee.keyTag == control.tag
    if !isKnown {
      guard let found = self.position(after: control, in: table) else { return false }
      position = found
    }
    if let entry = nextEntry(table, &position) {
      (r + 4).pointee = entry.key
      if wanted >= 2 { (r + 5).pointee = entry.value }
    } else {
      (r + 4).pointee = .nil
      if wanted >= 2 { (r + 5).pointee = .nil }
    }
    if (r + 3).pointee.isNil { (r + 3).pointee.bits = UInt64(bitPattern: Int64(position)) }
    if wanted > 2 {
      for extra in 2..<wanted { r[4 + extra] = .nil }
    }
    return true
  }

  // MARK: Closing

  /// Marks a variable to be closed: whether the frame goes on.
  ///
  /// Dialects without attributes have none; the verifier counts on that for their loops.
  @inline(never) func registerToBeClosed(_ slot: Slots) -> Bool {
    if !runningRules.hasAttributes { return true }
    do throws(ScriptError) {
      try markToBeClosed(slot)
      return true
    } catch {
      drive(.raise)
      return false
    }
  }

  /// `close`: nil when nothing has to be called (any more).
  func closeBlock(_ level: Slots) -> Action? {
    closeNext(from: level, error: .nil, above: liveTop(), info: Frame.info(wanted: 0, mode: .retry))
  }

  /// Before a return with its `count` values at `r`: nil when all is closed.
  func closeBeforeReturn(_ frame: FrameRef, _ r: Slots, _ count: Int) -> Action? {
    // Called methods go above the values. With open values their end is `top`, which `retry` restores;
    // a fixed number of values may lie anywhere among the variables.
    let isOpen = instruction(of: frame).b == 0
    return closeNext(
      from: frame.pointee.base,
      error: .nil,
      above: isOpen ? r + count : Swift.max(liveTop(), r + count),
      info: Frame.info(wanted: 0, mode: .retry)
    )
  }
}
