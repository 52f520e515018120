// Numeric loops trust the three registers of their state: `forPrepare` gives them their types, and
// `forLoop` adds without looking. So nothing in a loop's body may write them, no closure of the body
// may capture them, and control enters the body through the preparation alone. (A closure that
// captured one of them before is found by `Verifier+Closing.swift`.)

extension Verifier {
  /// Checks that the state of numeric loops is written by their own instructions only.
  ///
  /// - Complexity: O(*n*) in instructions; each is compared with the loops around it, and there are
  ///   not more than the registers have room for.
  func verifyLoopStates() throws(VerificationError) {
    guard function.code.contains(where: { $0.opcode == .forPrepare }) else { return }
    var loops: [NumericLoop] = []
    // For each instruction the innermost loop whose body it is in, or -1.
    var innermost = [Int](repeating: -1, count: function.code.count)
    var open = -1
    for index in function.code.indices {
      while open >= 0, loops[open].end < index { open = loops[open].outer }
      innermost[index] = open
      let word = function.code[index]
      var around = open
      while around >= 0 {
        if changes(word, at: index, loops[around]) { throw error(.loopState, at: index) }
        around = loops[around].outer
      }
      guard word.opcode == .forPrepare, let target = word.target(from: index) else { continue }
      if open >= 0, target - 1 >= loops[open].end { throw error(.unpairedLoop, at: index) }
      loops.append(NumericLoop(register: Int(word.a), end: target - 1, outer: open))
      open = loops.count - 1
    }
    for index in function.code.indices {
      guard let target = function.code[index].target(from: index), innermost[target] >= 0 else {
        continue
      }
      var around = innermost[index]
      while around > innermost[target] { around = loops[around].outer }
      if around != innermost[target] { throw error(.jumpIntoLoop(target), at: index) }
    }
  }

  /// Whether an instruction in the body of a loop may change the loop's state.
  private func changes(_ word: Word, at index: Int, _ loop: NumericLoop) -> Bool {
    if index == loop.end { return false }
    if word.opcode == .closure || word.opcode == .closureShared {
      let captures = function.functions[Int(word.d)].upvalues
      if captures.contains(where: { $0.isLocalOfParent && loop.state.contains(Int($0.index)) }) {
        return true
      }
    }
    return loop.state.contains { word.writes($0) }
  }
}

/// A numeric loop: its body goes from behind the preparation to the loop instruction at `end`.
private struct NumericLoop {
  let register: Int
  let end: Int
  /// The loop around it, or -1; the numbers of inner loops are higher.
  let outer: Int

  var state: Range<Int> { register..<register + 3 }
}
