// What a function leaves open. Two sets of registers are followed through the code: those that some
// closure may have captured and those that may be marked to be closed. `closure` adds to the first,
// `toBeClosed` and `genericForPrepare` to the second, `close` removes from both; where ways meet, the
// sets are united. A return that does not close needs both empty: an upvalue that outlived its
// frame's registers would see those of another frame.
//
// Each stretch of code between jump targets is walked again only when the sets at its start have
// grown, the first such stretch first. Code of a compiler settles after a walk or two; the number
// of steps is bounded so that an image made for it cannot cost more than linear time.

internal import NightjarBase

extension Verifier {
  /// Checks that nothing is left open when the function is left.
  func verifyClosing(targets: [Bool]) throws(VerificationError) {
    let captures = function.functions.map { self.captures(of: $0) }
    let opens = function.code.contains { word in
      switch word.opcode {
      case .toBeClosed, .genericForPrepare: true
      case .closure, .closureShared: !captures[Int(word.d)].isEmpty
      default: false
      }
    }
    guard opens else { return }
    var flow = ClosingFlow(targets: targets, stepLimit: 64 * function.code.count)
    while let start = flow.next() { try walk(from: start, &flow, captures) }
    if flow.stepsLeft < 0 { throw error(.tooTangled) }
  }

  /// The registers of this function that a nested one captures.
  private func captures(of nested: FunctionPrototype) -> RegisterSet {
    var registers = RegisterSet()
    for upvalue in nested.upvalues where upvalue.isLocalOfParent { registers.insert(upvalue.index) }
    return registers
  }

  /// Walks on from a jump target until control leaves or meets a target where nothing new arrives.
  private func walk(
    from start: Int,
    _ flow: inout ClosingFlow,
    _ captures: [RegisterSet]
  ) throws(VerificationError) {
    var state = flow.state(at: start)
    var index = start
    while true {
      flow.stepsLeft -= 1
      let word = function.code[index]
      try step(word, at: index, &state, captures)
      if let target = word.target(from: index) { flow.arrive(at: target, with: state) }
      switch word.opcode?.shape.flow {
      case .next, .branch: index += 1
      default: return
      }
      if flow.isTarget(index) {
        flow.arrive(at: index, with: state)
        return
      }
    }
  }

  private func step(
    _ word: Word,
    at index: Int,
    _ state: inout OpenRegisters,
    _ captures: [RegisterSet]
  ) throws(VerificationError) {
    switch word.opcode {
    case .forPrepare:
      let loop = Int(word.a)..<(Int(word.a) + 3)
      if loop.contains(where: { state.captured.contains(UInt8(truncatingIfNeeded: $0)) }) {
        throw error(.loopState, at: index)
      }
    case .closure, .closureShared: state.captured.formUnion(captures[Int(word.d)])
    case .toBeClosed: try mark(Int(word.a), at: index, &state)
    case .genericForPrepare:
      // Loops of dialects without attributes close nothing.
      if function.dialect.rules.hasAttributes { try mark(Int(word.a) + 3, at: index, &state) }
    case .close:
      state.captured.removeAll(from: word.a)
      state.marked.removeAll(from: word.a)
    case .returnNone, .returnOne:
      if !state.isEmpty { throw error(.returnWithoutClosing, at: index) }
    case .returnMany:
      if word.c == 0, !state.isEmpty { throw error(.returnWithoutClosing, at: index) }
    case .tailCall:
      if !state.marked.isEmpty { throw error(.tailCallBeforeClosing, at: index) }
      if word.c == 0, !state.isEmpty { throw error(.returnWithoutClosing, at: index) }
    default: return
    }
  }

  private func mark(
    _ register: Int,
    at index: Int,
    _ state: inout OpenRegisters
  ) throws(VerificationError) {
    let number = UInt8(truncatingIfNeeded: register)
    if state.marked.hasMember(from: number) {
      throw error(.closingOrder(register: register), at: index)
    }
    state.marked.insert(number)
  }
}

/// The registers that may be open at some point of the code.
private struct OpenRegisters: Equatable {
  var captured = RegisterSet()
  var marked = RegisterSet()

  var isEmpty: Bool { captured.isEmpty && marked.isEmpty }

  mutating func formUnion(_ other: OpenRegisters) {
    captured.formUnion(other.captured)
    marked.formUnion(other.marked)
  }
}

/// The states known at jump targets, and which of them have grown since they were last walked from.
private struct ClosingFlow {
  /// How many more instructions and targets may be looked at; negative when there were too many.
  var stepsLeft: Int

  /// For each instruction the number of its target, or -1 when no jump leads to it.
  private var numbers: [Int32]
  private var targets: [Target] = []
  /// No target before this one waits.
  private var firstWaiting = 0

  private struct Target {
    let index: Int
    var state: OpenRegisters?
    var isWaiting = false
  }

  init(targets isTarget: [Bool], stepLimit: Int) {
    stepsLeft = stepLimit
    numbers = Array(repeating: -1, count: isTarget.count)
    for index in isTarget.indices where isTarget[index] || index == 0 {
      numbers[index] = Int32(truncatingIfNeeded: targets.count)
      targets.append(Target(index: index))
    }
    arrive(at: 0, with: OpenRegisters())
  }

  func isTarget(_ index: Int) -> Bool { numbers[index] >= 0 }

  func state(at index: Int) -> OpenRegisters {
    targets[Int(numbers[index])].state ?? OpenRegisters()
  }

  /// The first target to walk from; `nil` when all is settled or the steps are used up.
  mutating func next() -> Int? {
    while firstWaiting < targets.count, stepsLeft >= 0 {
      if targets[firstWaiting].isWaiting {
        targets[firstWaiting].isWaiting = false
        return targets[firstWaiting].index
      }
      firstWaiting += 1
      stepsLeft -= 1
    }
    return nil
  }

  /// Adds what holds on one more way to a target.
  mutating func arrive(at index: Int, with state: OpenRegisters) {
    let number = Int(numbers[index])
    var union = targets[number].state ?? state
    union.formUnion(state)
    if targets[number].state == union { return }
    targets[number].state = union
    targets[number].isWaiting = true
    firstWaiting = min(firstWaiting, number)
  }
}
