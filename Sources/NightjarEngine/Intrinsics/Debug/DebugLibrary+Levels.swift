// Functions of the debug library that speak of levels: getinfo, getlocal, setlocal, traceback, hooks.

internal import NightjarBase
internal import NightjarBytecode

extension DebugLibrary {
  /// The thread argument, if there is one, and where the other arguments begin.
  private static func thread(_ call: NativeCall) -> (fiber: FiberRef, shift: Int) {
    call.argument(1).tag == .fiber ? (call[1].fiber, 1) : (call.vm.pointee.fiber, 0)
  }

  /// What stands at the level that an argument says; nil beyond the last.
  private static func level(
    _ call: NativeCall,
    _ n: Int,
    of fiber: FiberRef
  ) throws(ScriptError) -> CallLevel? {
    let level = try call.checkInteger(n)
    return level < 0 ? nil : call.vm.level(Int(clamping: level), of: fiber, call.rules)
  }

  // MARK: getinfo

  static func getInfo(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let rules = call.rules
    if rules.hasAttributes { return try info(call, allowed: "SlnrutLf", default: "flnSrtu") }
    return rules.hasFunctionEnvironments
      ? try info(call, allowed: "SlnuLf", default: "flnSu")
      : try info(call, allowed: "SlnutLf>", default: "flnStu")
  }

  /// `getinfo` without the functions themselves.
  static func getHarmlessInfo(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try info(call, allowed: "SlnutL", default: "lnStu")
  }

  private static func info(
    _ call: NativeCall,
    allowed: String,
    default other: String
  ) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let (fiber, shift) = thread(call)
    let options = try call.optionalBytes(2 + shift) ?? Array(other.utf8)
    if options.first == UInt8(ascii: ">"), !allowed.utf8.contains(UInt8(ascii: ">")) {
      throw call.argumentError(2 + shift, "invalid option '>'")
    }
    guard options.allSatisfy({ allowed.utf8.contains($0) }) else {
      throw call.argumentError(2 + shift, "invalid option")
    }
    var frame: FrameRef?
    var function = Value.nil
    if call.argument(1 + shift).isFunction {
      function = call[1 + shift]
    } else {
      if call.follows(.levelMayBeFunction), !call.argument(1 + shift).isNumber,
        !call.argument(1 + shift).isString || call.number(call[1 + shift]) == nil
      {
        throw call.argumentError(1 + shift, "function or level expected")
      }
      guard let found = try level(call, 1 + shift, of: fiber) else { return call.returns(.nil) }
      frame = found.frame
      if let frame { function = vm.function(of: frame) }
    }
    let table = vm.newTable()
    call[6] = Value(table)
    call[7] = function
    call.charge(options.count << 5)
    for option in options {
      switch option {
      case UInt8(ascii: "S"): try describeSource(call, table, function)
      case UInt8(ascii: "l"):
        let line = frame.flatMap { $0.pointee.isNative ? nil : vm.currentLine(of: $0) }
        try set(call, table, "currentline", Value(line ?? -1))
      case UInt8(ascii: "u"): try describeUpvalues(call, table, function)
      case UInt8(ascii: "n"):
        let name = frame.flatMap { vm.calledName(of: $0, in: fiber) }
        if let name { try set(call, table, "name", call.string(name.name)) }
        if function.isNil { try set(call, table, "name", call.string("")) }
        try set(call, table, "namewhat", call.string(name?.kind ?? ""))
      case UInt8(ascii: "t"):
        let isTail =
          frame.map { !$0.pointee.isNative && $0.pointee.has(Frame.Flag.tailCalled) } ?? false
        try set(call, table, "istailcall", Value(isTail))
        if call.rules.countsCallChains {
          try set(call, table, "extraargs", Value(frame?.pointee.callChainCount ?? 0))
        }
      case UInt8(ascii: "r"):
        let transfer = frame.map { vm.transfer(of: $0, in: fiber) } ?? (0, 0)
        try set(call, table, "ftransfer", Value(transfer.0))
        try set(call, table, "ntransfer", Value(transfer.1))
      case UInt8(ascii: "L"): try describeLines(call, table, function)
      case UInt8(ascii: ">"): break
      default: try set(call, table, "func", function)
      }
    }
    return .results(1, from: 6)
  }

  private static func set(
    _ call: NativeCall,
    _ table: TableRef,
    _ name: String,
    _ value: Value
  ) throws(ScriptError) {
    // What is in a table is no result, so that nobody else makes a float of it.
    let isHere = call.rules.hasIntegers || !value.isInteger
    let number = isHere ? value : Value(Double(value.integer))
    try call.vm.rawSet(table, Value(call.vm.string(name)), number)
  }

  private static func describeSource(
    _ call: NativeCall,
    _ table: TableRef,
    _ function: Value
  ) throws(ScriptError) {
    guard function.tag == .closure else {
      let name = function.isNil ? "(tail call)" : "[C]"
      try set(call, table, "source", call.string("=\(name)"))
      try set(call, table, "short_src", call.string(name))
      try set(call, table, "linedefined", Value(-1))
      try set(call, table, "lastlinedefined", Value(-1))
      try set(call, table, "what", call.string(function.isNil ? "tail" : "C"))
      return
    }
    let image = call.vm.image(of: function.closure.pointee.prototype)
    let source = image.source ?? Array("=?".utf8)
    try set(call, table, "source", try call.string(source))
    let shown = call.vm.chunkName(of: function.closure.pointee.prototype)
    try set(call, table, "short_src", call.string(shown))
    try set(call, table, "linedefined", Value(Int(image.lineDefined)))
    let endsMain = image.lineDefined == 0 && call.follows(.mainHasLastLine)
    let last = endsMain ? image.lines.max() ?? 0 : image.lastLineDefined
    try set(call, table, "lastlinedefined", Value(Int(last)))
    try set(call, table, "what", call.string(image.lineDefined == 0 ? "main" : "Lua"))
  }

  private static func describeUpvalues(
    _ call: NativeCall,
    _ table: TableRef,
    _ function: Value
  ) throws(ScriptError) {
    if function.tag == .closure {
      let image = call.vm.image(of: function.closure.pointee.prototype)
      try set(
        call,
        table,
        "nups",
        Value(function.closure.upvalueCount - hiddenUpvalueCount(function.closure))
      )
      if !call.follows(.infoTellsParameters) { return }
      try set(call, table, "nparams", Value(Int(image.parameterCount)))
      try set(call, table, "isvararg", Value(image.isVararg))
    } else {
      let count = function.isNil ? 0 : function.native.upvalueCount
      try set(call, table, "nups", Value(count))
      if !call.follows(.infoTellsParameters) { return }
      try set(call, table, "nparams", Value(0))
      try set(call, table, "isvararg", Value(true))
    }
  }

  private static func describeLines(
    _ call: NativeCall,
    _ table: TableRef,
    _ function: Value
  ) throws(ScriptError) {
    guard function.tag == .closure else { return }
    let image = call.vm.image(of: function.closure.pointee.prototype)
    call.charge(image.lines.count)
    let lines = call.vm.newTable()
    call[8] = Value(lines)
    // The instruction that lays out variable arguments belongs to no line of the text.
    for line in image.lines.dropFirst(image.isVararg ? 1 : 0) {
      try call.vm.rawSet(lines, integer: Int64(line), Value(true))
    }
    try set(call, table, "activelines", Value(lines))
  }

  // MARK: Locals

  static func getLocal(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let (fiber, shift) = thread(call)
    let n = try call.checkInteger(2 + shift)
    if call.argument(1 + shift).isFunction {
      guard call[1 + shift].tag == .closure, n >= 1 else { return call.returns(.nil) }
      let image = vm.image(of: call[1 + shift].closure.pointee.prototype)
      guard n <= Int64(image.parameterCount),
        let name = image.localName(register: Int(n - 1), at: 0)
      else { return call.returns(.nil) }
      return call.returns(try call.string(name))
    }
    guard let found = try level(call, 1 + shift, of: fiber) else {
      throw call.argumentError(1 + shift, "level out of range")
    }
    guard let frame = found.frame, let (name, slot) = vm.local(n, of: frame, in: fiber) else {
      return call.returns(.nil)
    }
    var value = slot.pointee
    if name == "(for limit)", value.isInteger {
      // What stands there is the count of steps left.
      let index = slot.lowered(by: 1).pointee
      if index.isInteger { value = Value(index.integer &+ value.integer &* slot[1].integer) }
    }
    let isHidden = value.isTable && value.table.pointee.header.flags.contains(.hidden)
    if value.isNil || isHidden { value = .nil }
    return call.returns(call.string(name), value)
  }

  static func setLocal(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let (fiber, shift) = thread(call)
    let found = try level(call, 1 + shift, of: fiber)
    if call.follows(.setlocalWantsValue) { try call.checkAny(3 + shift) }
    let n = try call.checkInteger(2 + shift)
    guard let found else { throw call.argumentError(1 + shift, "level out of range") }
    try call.checkAny(3 + shift)
    // Natives trust what they keep in their slots, so nobody else may write it.
    guard let frame = found.frame, !frame.pointee.isNative,
      let (name, slot) = vm.local(n, of: frame, in: fiber)
    else { return call.returns(.nil) }
    let value = call[3 + shift]
    call.charge(Int(vm.prototype(of: frame).pointee.codeCount) >> 3)
    guard slot.pointee.tag == value.tag || !vm.isLoopState(slot, of: frame) else {
      throw call.argumentError(3 + shift, "the state of a loop keeps its types")
    }
    slot.pointee = value
    return call.returns(call.string(name))
  }

  // MARK: Traceback

  static func traceback(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let (fiber, shift) = thread(call)
    let message = call.argument(1 + shift)
    let isAbsent = call.count < 1 + shift
    let isMessage = message.isString || message.isNumber
    if !isMessage && !(message.isNil && (isAbsent || !call.follows(.tracebackWantsMessage))) {
      return .results(1, from: 1 + shift)
    }
    let isOwn = fiber == call.vm.pointee.fiber
    let level = try call.optionalInteger(2 + shift, default: isOwn ? 1 : 0)
    let text = message.isNil ? nil : try call.checkBytes(1 + shift)
    return call.returns(
      try call.string(
        call.vm.traceback(
          of: fiber,
          message: text,
          level: Int(clamping: Swift.max(level, 0)),
          as: call.dialect
        )
      )
    )
  }

  // MARK: Hooks

  static func setHook(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let (fiber, shift) = thread(call)
    if call.argument(1 + shift).isNil {
      call.vm.setHook(fiber, .nil, mask: 0, count: 0)
      return call.returns()
    }
    let letters = try call.checkBytes(2 + shift)
    try call.checkFunction(1 + shift)
    call.charge(call.vm.levelCount(of: fiber))
    let count = try call.optionalInteger(3 + shift, default: 0)
    var mask: UInt8 = 0
    if letters.contains(UInt8(ascii: "c")) { mask |= HookMask.call }
    if letters.contains(UInt8(ascii: "r")) { mask |= HookMask.return }
    if letters.contains(UInt8(ascii: "l")) { mask |= HookMask.line }
    if count > 0 { mask |= HookMask.count }
    call.vm.setHook(
      fiber,
      mask == 0 && !call.follows(.hookKeepsFunction) ? .nil : call[1 + shift],
      mask: mask,
      count: Int32(clamping: count)
    )
    return call.returns()
  }

  static func getHook(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let fiber = thread(call).fiber
    let mask = fiber.pointee.hookMask
    if mask == 0, !call.follows(.hookTellsAlways) { return call.returns(.nil) }
    var letters = ""
    if mask & HookMask.call != 0 { letters += "c" }
    if mask & HookMask.return != 0 { letters += "r" }
    if mask & HookMask.line != 0 { letters += "l" }
    return call.returns(
      fiber.pointee.hook,
      call.string(letters),
      Value(Int(fiber.pointee.hookCount))
    )
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The end of a frame's slots: where the next younger frame's function stands, or the live top.
  private func end(of frame: FrameRef, in fiber: FiberRef) -> Slots {
    if frame == youngestFrame(of: fiber) {
      return fiber == pointee.fiber ? Swift.max(liveTop(), pointee.top) : fiber.pointee.top
    }
    let next = functionSlot(of: frame.above)
    // An interlude keeps a slot to itself.
    return frame.above.pointee.mode == .discard ? next.lowered(by: 1) : next
  }

  /// The n-th local variable of a frame with its slot; negative n are variable arguments.
  func local(_ n: Int64, of frame: FrameRef, in fiber: FiberRef) -> (String, Slots)? {
    let isOlder = !runningRules.hasAttributes
    if frame.pointee.isNative {
      let slot = frame.pointee.base + 1
      guard n >= 1, n <= Int64(end(of: frame, in: fiber) - slot) else { return nil }
      return (isOlder ? "(*temporary)" : "(C temporary)", slot + Int(n - 1))
    }
    let base = frame.pointee.base
    if n < 0 {
      let count = Int64(frame.pointee.extra)
      guard frame.pointee.has(Frame.Flag.vararg), n >= -count else { return nil }
      return (isOlder ? "(*vararg)" : "(vararg)", base.lowered(by: Int(count) + 1) + Int(-n - 1))
    }
    guard n >= 1, n <= 255 else { return nil }
    let image = image(of: prototype(of: frame))
    let register = Int(n - 1)
    if let name = image.localName(register: register, at: instructionIndex(of: frame)) {
      return (String(decoding: name, as: UTF8.self), base + register)
    }
    guard register < Int(end(of: frame, in: fiber) - base) else { return nil }
    return (isOlder ? "(*temporary)" : "(temporary)", base + register)
  }

  /// Whether a register of a Lua frame belongs to the state of a numeric loop under way: the loop trusts
  /// the types that its preparation gave it, and the verifier keeps the loop's body from writing it.
  func isLoopState(_ slot: Slots, of frame: FrameRef) -> Bool {
    let prototype = prototype(of: frame)
    let register = slot - frame.pointee.base
    let current = instructionIndex(of: frame)
    for index in 0..<Int(prototype.pointee.codeCount) {
      let word = Word(bits: prototype.pointee.code[index])
      guard word.opcode == .forLoop, let start = word.target(from: index) else { continue }
      let state = Int(word.a)..<(Int(word.a) + 3)
      // A hook stands before the instruction or behind it.
      if state.contains(register), (start - 1)...(index + 1) ~= current { return true }
    }
    return false
  }

  /// The first index and number of the values being passed at a call or return hook.
  func transfer(of frame: FrameRef, in fiber: FiberRef) -> (Int, Int) {
    guard fiber.pointee.isHookRunning, frame.above.pointee.mode == .discard,
      frame != youngestFrame(of: fiber), !frame.above.pointee.has(Frame.Flag.finalizer)
    else { return (0, 0) }
    if frame.pointee.isNative {
      if frame.pointee.has(Frame.Flag.returning) {
        return (frame.pointee.constants - frame.pointee.base, Int(frame.pointee.extra))
      }
      return (1, frame.pointee.constants - frame.pointee.base - 1)
    }
    let word = instruction(of: frame)
    switch word.opcode {
    case .returnOne: return (Int(word.a) + 1, 1)
    case .returnNone: return (1, 0)
    case .returnMany where word.b > 0: return (Int(word.a) + 1, Int(word.b) - 1)
    case .returnMany:
      // All up to the top, which the hook's interlude keeps.
      let top = Int(functionSlot(of: frame.above).lowered(by: 1).pointee.integer)
      let first = frame.pointee.base + Int(word.a) - fiber.pointee.stack
      return (Int(word.a) + 1, Swift.max(top - first, 0))
    default: return (1, Int(prototype(of: frame).pointee.parameterCount))
    }
  }
}
