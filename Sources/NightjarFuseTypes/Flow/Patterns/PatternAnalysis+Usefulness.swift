// Whether a pattern fits a value that the rows before it do not. The row that is asked for stands
// behind the rows of its question.

extension PatternAnalysis {
  /// Whether the row behind those of a question fits anything that they do not.
  mutating func isUseful(_ question: Question) -> Bool {
    if question.width == 0 { return question.count == 0 }
    defer { leave() }
    if !enter() { return true }
    if question.count == 0 { return isPossible(question) }
    let asked = question.start + question.count * question.width
    let node = space[rows[asked]]
    switch node.shape {
    case .nothing: return false
    case .something: return true
    case .wildcard: return isUsefulWildcard(question)
    case .alternatives:
      for i in 0..<Int(node.count) where isUseful(question, insteadOfFirst: space.part(node, i)) {
        return true
      }
      return false
    case .choice:
      return isUseful(question, at: .choice(family: node.family, which: node.which))
    case .constant: return isUseful(question, at: .constant(node.which))
    case .interval:
      let pieces = pieces(of: node, question)
      return pieces.contains { isUseful(question, at: $0) }
    case .array, .openArray:
      var column = column(question)
      look(rows[asked], &column)
      return lengths(column).contains { isUseful(question, at: $0) }
    }
  }

  /// Whether the row that is asked for fits any value at all.
  private func isPossible(_ question: Question) -> Bool {
    let asked = question.start
    return !rows[asked..<asked + question.width].contains(.nothing)
  }

  /// Asks for the last row with another first column.
  private mutating func isUseful(_ question: Question, insteadOfFirst pattern: PatternID) -> Bool {
    let asked = question.start + question.count * question.width
    let old = rows[asked]
    rows[asked] = pattern
    defer { rows[asked] = old }
    return isUseful(question)
  }

  /// Asks for the last row among the values with a constructor; false if it does not fit.
  private mutating func isUseful(_ question: Question, at head: Head) -> Bool {
    let asked = question.start + question.count * question.width
    let node = space[rows[asked]]
    if node.shape != .wildcard, !fits(node, head) { return false }
    let rest = split(question, by: head)
    let arity = arity(head)
    for i in 0..<arity {
      rows.append(node.shape == .wildcard ? .wildcard : part(node, i, head))
    }
    for i in 1..<question.width { rows.append(rows[asked + i]) }
    let answer = isUseful(rest)
    drop(rest)
    return answer
  }

  private mutating func isUsefulWildcard(_ question: Question) -> Bool {
    let column = column(question)
    guard let sample = column.sample else { return isUseful(question, at: .other) }
    switch sample.shape {
    case .choice:
      let present = presentChoices(question, family: sample.family)
      if !present.allSatisfy({ $0 }) { return isUseful(question, at: .other) }
      for which in present.indices {
        let which = Int32(truncatingIfNeeded: which)
        if isUseful(question, at: .choice(family: sample.family, which: which)) { return true }
      }
      return false
    case .array, .openArray: return lengths(column).contains { isUseful(question, at: $0) }
    default: return isUseful(question, at: .other)
    }
  }

  /// Which constructors of a family the first column names.
  func presentChoices(_ question: Question, family: Int32) -> [Bool] {
    let count = space.families[Int(family)].constructors.count
    var present = [Bool](repeating: false, count: count)
    forEachHead(question) { node in
      if node.shape == .choice, node.family == family { present[Int(node.which)] = true }
    }
    return present
  }

  /// The lengths of arrays that a column tells apart.
  func lengths(_ column: Column) -> [Head] {
    let open = openLength(column)
    return (0..<open).map { .length($0) } + [.lengths(from: open)]
  }
}
