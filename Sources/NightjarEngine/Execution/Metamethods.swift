// Finding metamethods and running them as frames whose result finishes the instruction that asked.
// SOURCE: manual §2.4.

internal import NightjarBase
internal import NightjarBytecode

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The metatable of a value.
  @inline(__always) func metatable(of value: Value) -> TableRef? {
    switch value.tag {
    case .table: return value.table.pointee.metatable
    case .userdata: return value.userdata.pointee.metatable
    case .native: return pointee.typeMetatables[Int(Tag.closure.raw)]
    case .true: return pointee.typeMetatables[Int(Tag.false.raw)]
    case .float: return pointee.typeMetatables[Int(Tag.integer.raw)]
    case .string: return stringMetatable
    default: return pointee.typeMetatables[Int(value.tag.raw)]
    }
  }

  /// Sets the metatable shared by all values of a type.
  func setTypeMetatable(_ tag: Tag, _ metatable: TableRef?) {
    if tag == .string && pointee.isMixed && pointee.opening == pointee.mainDialect {
      let dialect = runningDialect
      pointee.realms[Int(dialect.rawValue)].strings = metatable
      if dialect != pointee.mainDialect { return }
    }
    pointee.typeMetatables[Int(tag.raw)] = metatable
  }

  /// The metamethod of a value for an event; nil when it has none.
  func metamethod(of value: Value, _ event: Metamethod) -> Value? {
    guard let metatable = metatable(of: value) else { return nil }
    return metamethod(in: metatable, event)
  }

  /// The field of a metatable for an event; absence of the first eight is remembered.
  @inline(__always)
  func metamethod(in metatable: TableRef, _ event: Metamethod) -> Value? {
    let cached = event.rawValue < 8
    if cached && metatable.pointee.header.small & (1 << event.rawValue) != 0 { return nil }
    let value = metatable.get(shortString: pointee.names[Int(event.rawValue)])
    if value.isNil {
      if cached { metatable.pointee.header.small |= 1 << event.rawValue }
      return nil
    }
    return value
  }

  /// The end of what is live on the running fiber's stack.
  func liveTop() -> Slots {
    let frame = pointee.frame
    if frame.pointee.isNative { return pointee.top }
    return frame.pointee.base + Int(prototype(of: frame).pointee.registerCount)
  }

  /// The end of what the collector must keep of the running fiber's stack: beyond the registers of
  /// a Lua frame stand open results that its next instruction takes, and arguments that it has not
  /// laid out yet.
  func reachableTop() -> Slots {
    if let end = pointee.attendedTop { return end }
    let frame = pointee.frame
    let top = liveTop()
    if frame.pointee.isNative { return top }
    guard let word = nextWord(of: frame) else { return top }
    if word.takesOpenResults { return max(top, pointee.top) }
    return word.opcode == .varargPrepare
      ? max(top, frame.pointee.base + Int(frame.pointee.extra)) : top
  }

  /// The next instruction of a Lua frame; none of one that failed in its last.
  private func nextWord(of frame: FrameRef) -> Word? {
    let prototype = prototype(of: frame)
    let index = nextInstructionIndex(of: frame)
    return index < Int(prototype.pointee.codeCount)
      ? Word(bits: prototype.pointee.code[index]) : nil
  }

  /// Puts the top of a fiber that stops between two instructions behind all that it goes on with.
  ///
  /// The collector, and who packs the stack, keep what stands below it. Open results end at the top already, and
  /// who takes them counts up to it.
  func keepRegisters() {
    let frame = pointee.frame
    if frame.pointee.isNative { return }
    guard let word = nextWord(of: frame), !word.takesOpenResults else { return }
    pointee.top = reachableTop()
  }

  /// What a jump back lets the collector keep; an image may say more than there are registers.
  func kept(by jumpBack: Word, _ base: Slots) -> Slots? {
    let top = liveTop()
    return jumpBack.a == 0 ? nil : min(base + (Int(jumpBack.a) - 1), top)
  }

  @inline(__always) func prototype(of frame: FrameRef) -> PrototypeRef {
    frame.pointee.function.assumingMemoryBound(to: ClosureObject.self).pointee.prototype
  }

  /// Calls a metamethod from the Lua frame on top; the instruction is finished with its result.
  ///
  /// - Returns: whether the instruction is already finished and the frame still on top, unmoved.
  func callMetamethod(
    _ function: Value,
    _ first: Value,
    _ second: Value,
    _ third: Value? = nil,
    at slot: Slots? = nil
  ) -> Bool {
    drive(metamethodCall(function, first, second, third, at: slot))
    return false
  }

  /// The call of a comparison whose outcome is the opposite of what the metamethod says.
  func callNegated(_ function: Value, _ first: Value, _ second: Value) {
    drive(metamethodCall(function, first, second, isNegated: true))
  }

  /// The call of a metamethod as an action.
  func metamethodCall(
    _ function: Value,
    _ first: Value,
    _ second: Value,
    _ third: Value? = nil,
    at slot: Slots? = nil,
    isNegated: Bool = false
  ) -> Action {
    var slot = slot ?? liveTop()
    do throws(ScriptError) { slot = try reserve(slot, 5) } catch { return .raise }
    slot[0] = function
    slot[1] = first
    slot[2] = second
    var count = 2
    if let third {
      slot[3] = third
      count = 3
    }
    if !prototype(of: pointee.frame).pointee.dialect.hasIntegers {
      // Immediate operands are integers in the instruction only.
      for n in 1...count where slot[n].isInteger { slot[n] = Value(Double(slot[n].integer)) }
    }
    pointee.top = slot + (count + 1)
    return call(slot, count, info: Frame.info(wanted: isNegated ? 2 : 1, mode: .finish))
  }

  /// Gives the result of a metamethod (or of a native in tail position) to the instruction of the Lua
  /// frame on top that asked for it.
  ///
  /// The result is negated when `a <= b` was asked as `b < a`.
  func finishInstruction(
    from: Slots,
    count: Int,
    calleeSlot: Slots,
    isNegated: Bool = false
  ) -> Action {
    let frame = pointee.frame
    let word = instruction(of: frame)
    let base = frame.pointee.base
    var result = count > 0 ? from.pointee : Value.nil
    if isNegated { result = Value(result.isFalsy) }
    guard let opcode = word.opcode else { return .lua }
    switch opcode {
    case .setTable, .setInteger, .setField, .setUpvalueField:
      break
    case .jumpIfEqual, .jumpIfLess, .jumpIfLessEqual, .jumpIfLessI, .jumpIfLessEqualI,
      .jumpIfGreaterI, .jumpIfGreaterEqualI:
      if !result.isFalsy { jump(frame, word.d) }
    case .jumpIfNotEqual, .jumpIfNotLess, .jumpIfNotLessEqual, .jumpIfNotLessI,
      .jumpIfNotLessEqualI, .jumpIfNotGreaterI, .jumpIfNotGreaterEqualI:
      if result.isFalsy { jump(frame, word.d) }
    case .tailCall:
      return .returned(from: from, count: count)
    case .concat:
      // The call stood right above the two operands it joined.
      let first = base + Int(word.a)
      let remaining = calleeSlot - first - 1
      first[remaining - 1] = result
      if let action = concatenate(first, remaining) { return action }
    default:
      base[Int(word.a)] = result
    }
    return pointee.fuel < 0 ? attend() : .lua
  }

  private func jump(_ frame: FrameRef, _ distance: Int32) {
    frame.pointee.pc += Int(distance)
    pointee.fuel &+= Int64(distance)
  }

  /// The instruction a Lua frame has just begun.
  func instruction(of frame: FrameRef) -> Word {
    let prototype = prototype(of: frame)
    return Word(bits: prototype.pointee.code[instructionIndex(of: frame)])
  }

  /// The index of the instruction a Lua frame has just begun (0 before the first).
  func instructionIndex(of frame: FrameRef) -> Int {
    Swift.max(nextInstructionIndex(of: frame) - 1, 0)
  }

  /// The index of the instruction a Lua frame will begin next.
  private func nextInstructionIndex(of frame: FrameRef) -> Int {
    let prototype = prototype(of: frame)
    let pc = frame.pointee.pc
    var index = pc - prototype.pointee.code
    if index < 0 || index > Int(prototype.pointee.codeCount),
      let hooked = prototype.pointee.hookedCode
    {
      index = pc - hooked
    }
    return index
  }
}

extension Word {
  /// Whether the instruction takes what stands up to the top.
  fileprivate var takesOpenResults: Bool {
    switch opcode {
    case .call, .tailCall, .returnMany, .setList: b == 0
    default: false
    }
  }
}
