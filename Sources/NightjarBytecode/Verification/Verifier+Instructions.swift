// Each instruction by itself: its operands, where it leads, and its partner if it is part of a loop.

extension Verifier {
  /// Checks all instructions one by one.
  ///
  /// - Returns: For each instruction whether some jump leads to it.
  func verifyInstructions() throws(VerificationError) -> [Bool] {
    var targets = [Bool](repeating: false, count: function.code.count)
    for index in function.code.indices {
      let word = function.code[index]
      guard let opcode = word.opcode else { throw error(.noSuchOpcode, at: index) }
      let shape = opcode.shape
      if word.bits & ~(shape.usedBits | 0xFF) != 0 { throw error(.strayBits, at: index) }
      for operand in shape.operands { try verify(operand, of: word, at: index) }
      try verifyFlow(shape.flow, of: word, at: index, targets: &targets)
      try verifySpecialRules(opcode, word, at: index)
    }
    let isPrepared = function.code[0].opcode == .varargPrepare
    if isPrepared != function.isVararg { throw error(.varargPlacement, at: 0) }
    if isPrepared, targets[0] { throw error(.varargPlacement, at: 0) }
    return targets
  }

  // MARK: Operands

  private func verify(
    _ operand: Operand,
    of word: Word,
    at index: Int
  ) throws(VerificationError) {
    switch operand {
    case .registers(_, _, _, let access):
      guard let span = operand.span(in: word, access: access) else { return }
      try verify(span, at: index)
    case .constant(let field, let kind):
      try verifyConstant(word[field], kind, at: index)
    case .registerOrConstant(let field, let flag):
      switch word[flag] {
      case 0: try verify(RegisterSpan(first: word[field], count: 1), at: index)
      case 1: try verifyConstant(word[field], .any, at: index)
      default: throw error(.immediate(word[flag]), at: index)
      }
    case .upvalue(let field):
      guard word[field] < function.upvalues.count else {
        throw error(.upvalue(word[field]), at: index)
      }
    case .function(let field):
      guard function.functions.indices.contains(word[field]) else {
        throw error(.function(word[field]), at: index)
      }
    case .immediate(let field, let range):
      guard range.contains(word[field]) else { throw error(.immediate(word[field]), at: index) }
    case .ownOffset:
      guard Int(word.d) == index + 1 else { throw error(.ownOffset(Int(word.d)), at: index) }
    case .jump(let direction):
      guard (direction == .forward) == (word.d >= 0) else {
        throw error(.jumpDirection, at: index)
      }
    case .hint:
      return
    }
  }

  /// An open span, and one of no registers, may begin right behind the last register.
  private func verify(_ span: RegisterSpan, at index: Int) throws(VerificationError) {
    let end = span.first + (span.count ?? 0)
    guard end <= Int(function.registerCount) else { throw error(.register(end - 1), at: index) }
  }

  private func verifyConstant(
    _ number: Int,
    _ kind: ConstantKind,
    at index: Int
  ) throws(VerificationError) {
    guard function.constants.indices.contains(number) else {
      throw error(.constant(number), at: index)
    }
    guard function.constants[number].isUsable(as: kind) else {
      throw error(.constantKind(number), at: index)
    }
  }

  // MARK: Flow

  private func verifyFlow(
    _ flow: Flow,
    of word: Word,
    at index: Int,
    targets: inout [Bool]
  ) throws(VerificationError) {
    let hasNext = index + 1 < function.code.count
    if !hasNext, flow == .next || flow == .branch || flow == .skip {
      throw error(.fallsOffTheEnd, at: index)
    }
    guard let target = word.target(from: index) else { return }
    guard function.code.indices.contains(target) else {
      throw error(flow == .skip ? .fallsOffTheEnd : .jumpTarget(target), at: index)
    }
    targets[target] = true
  }

  // MARK: Rules of single instructions

  private func verifySpecialRules(
    _ opcode: Opcode,
    _ word: Word,
    at index: Int
  ) throws(VerificationError) {
    switch opcode {
    case .trap:
      throw error(.trap, at: index)
    case .newTable:
      try verifyTableSize(word, at: index)
    case .varargPrepare:
      guard index == 0, word.a == function.parameterCount else {
        throw error(.varargPlacement, at: index)
      }
    case .vararg, .varargTable, .varargElement:
      guard function.isVararg else { throw error(.varargOutsideVararg, at: index) }
    case .forPrepare, .forLoop, .genericForPrepare, .genericForCall, .genericForLoop:
      guard isPaired(opcode, word, at: index) else { throw error(.unpairedLoop, at: index) }
    default:
      return
    }
  }

  /// A constructor's sizes come from the elements its instructions store.
  private func verifyTableSize(_ word: Word, at index: Int) throws(VerificationError) {
    let hashSize = word.b == 0 ? 0 : 1 << (Int(word.b) - 1)
    guard Int(word.d) <= 255 * function.code.count, hashSize <= 2 * function.code.count else {
      throw error(.tableSize, at: index)
    }
  }

  private func isPaired(_ opcode: Opcode, _ word: Word, at index: Int) -> Bool {
    switch opcode {
    case .forPrepare:
      // Leads behind the loop instruction that leads behind this one.
      guard let loop = partner(.forLoop, of: word, at: target(index) - 1) else { return false }
      return target(loop) == index + 1
    case .forLoop:
      guard let start = partner(.forPrepare, of: word, at: target(index) - 1) else { return false }
      return target(start) == index + 1
    case .genericForPrepare:
      return partner(.genericForCall, of: word, at: target(index)) != nil
    case .genericForCall:
      return partner(.genericForLoop, of: word, at: index + 1) != nil
    case .genericForLoop:
      guard partner(.genericForCall, of: word, at: index - 1) != nil,
        let start = partner(.genericForPrepare, of: word, at: target(index) - 1)
      else { return false }
      return target(start) == index - 1
    default:
      return true
    }
  }

  private func target(_ index: Int) -> Int {
    function.code[index].target(from: index) ?? -1
  }

  /// The index again if the instruction there has an opcode and the same first register.
  private func partner(_ opcode: Opcode, of word: Word, at index: Int) -> Int? {
    guard function.code.indices.contains(index) else { return nil }
    let other = function.code[index]
    return other.opcode == opcode && other.a == word.a ? index : nil
  }

  // MARK: Open results

  /// Whoever leaves results up to the top is followed by the instruction that takes them, and no
  /// other instruction takes any.
  func verifyOpenResults(targets: [Bool]) throws(VerificationError) {
    var open: RegisterSpan?
    for index in function.code.indices {
      let word = function.code[index]
      let taken = openSpan(of: word, access: .read)
      switch (open, taken) {
      case (nil, nil): break
      case (let open?, let taken?):
        if targets[index] { throw error(.openArguments, at: index) }
        if taken.first > open.first { throw error(.openResults, at: index - 1) }
      case (nil, _?): throw error(.openArguments, at: index)
      case (_?, nil): throw error(.openResults, at: index - 1)
      }
      open = openSpan(of: word, access: .write)
    }
  }

  private func openSpan(of word: Word, access: Operand.Access) -> RegisterSpan? {
    let opcode = word.opcode
    let isCandidate =
      switch (opcode, access) {
      case (.call, .write), (.vararg, .write), (.varargFrom, .write): word.c == 0
      case (.call, .read), (.tailCall, .read), (.returnMany, .read), (.setList, .read): word.b == 0
      default: false
      }
    guard isCandidate, let shape = opcode?.shape else { return nil }
    for operand in shape.operands {
      guard case .registers(_, _, .openWhenZero, _) = operand else { continue }
      if let span = operand.span(in: word, access: access) { return span }
    }
    return nil
  }
}

extension Constant {
  /// Whether an operand of a kind may be this constant.
  fileprivate func isUsable(as kind: ConstantKind) -> Bool {
    switch (kind, self) {
    case (.any, _): true
    case (.number, .integer), (.number, .float), (.integral, .integer): true
    case (.integral, .float(let value)): Int64(exactly: value) != nil
    case (.name, .string(let bytes)): bytes.count <= 40
    default: false
    }
  }
}
