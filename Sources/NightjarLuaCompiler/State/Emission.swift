// Writing instructions, and jumps whose target comes later. A list of such jumps is threaded
// through their `d` fields: each holds the place of the next, the last holds -1.

internal import NightjarBase
internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

/// The first jump of a list of jumps to one place yet unknown.
struct JumpList {
  var head: Int32 = -1
  var isEmpty: Bool { head < 0 }
}

extension Generator {
  /// The place of the next instruction.
  var pc: ProgramCounter { function.code.count }

  /// Writes an instruction.
  ///
  /// Operands are cut to their fields; limits are checked where they arise.
  @discardableResult
  mutating func emit(
    _ opcode: Opcode,
    a: Int = 0,
    b: Int = 0,
    c: Int = 0,
    d: Int = 0,
    at token: TokenID
  ) -> ProgramCounter {
    function.code.append(
      Word(
        opcode,
        a: UInt8(truncatingIfNeeded: a),
        b: UInt8(truncatingIfNeeded: b),
        c: UInt8(truncatingIfNeeded: c),
        d: Int32(truncatingIfNeeded: d)
      )
    )
    function.lines.append(Int32(truncatingIfNeeded: tree.tokens[Int(token.rawValue)].line))
    return function.code.count - 1
  }

  /// Makes the place of the next instruction a jump target.
  @discardableResult
  mutating func markTarget() -> ProgramCounter {
    function.lastTarget = pc
    return pc
  }

  /// Writes a jump and puts it into a list.
  mutating func emitJump(
    _ opcode: Opcode,
    a: Int = 0,
    b: Int = 0,
    c: Int = 0,
    to list: inout JumpList,
    at token: TokenID
  ) {
    list.head = Int32(emit(opcode, a: a, b: b, c: c, d: Int(list.head), at: token))
  }

  /// Lets all jumps of a list lead to the next instruction.
  mutating func patchHere(_ list: JumpList) {
    patch(list, to: pc)
    if !list.isEmpty { markTarget() }
  }

  /// Lets all jumps of a list lead to `target`, which is not before any of them.
  mutating func patch(_ list: JumpList, to target: ProgramCounter) {
    var next = list.head
    while next >= 0 {
      let jump = Int(next)
      next = function.code[jump].d
      setJump(jump, to: target)
    }
  }

  /// Puts the jumps of one list into another.
  mutating func append(_ list: JumpList, to other: inout JumpList) {
    if list.isEmpty { return }
    if !other.isEmpty {
      var last = Int(list.head)
      while function.code[last].d >= 0 { last = Int(function.code[last].d) }
      setD(last, other.head)
    }
    other = list
  }

  /// Lets one jump lead to `target`.
  mutating func setJump(_ jump: ProgramCounter, to target: ProgramCounter) {
    if rules.jumpDistanceMax < abs(target - jump) { reportJumpLimit() }
    setD(jump, Int32(truncatingIfNeeded: target - (jump + 1)))
  }

  /// Writes the jump that closes a loop.
  ///
  /// So many registers hold variables at the target: what lies above them is garbage there.
  mutating func emitJumpBack(
    to target: ProgramCounter,
    keeping registerCount: Int,
    at token: TokenID
  ) {
    let jump = emit(.jumpBack, a: registerCount < 255 ? registerCount + 1 : 0, at: token)
    setJump(jump, to: target)
  }

  mutating func setD(_ place: ProgramCounter, _ d: Int32) {
    let low = function.code[place].bits & 0xFFFF_FFFF
    function.code[place] = Word(bits: low | UInt64(UInt32(bitPattern: d)) << 32)
  }

  /// Whether control can come to the next instruction.
  var isReachable: Bool {
    if function.lastTarget == pc { return true }
    switch function.code.last?.opcode {
    case .jump, .jumpBack, .returnNone, .returnOne, .returnMany, .tailCall: return false
    default: return true
    }
  }
}
