// Whether the arms of a `match` cover every value, and whether each of them can be reached.
//
// Rows of patterns are looked at column by column: what the first column can be splits the rows into
// smaller questions about the others. The rows of all open questions lie in one array, each question
// behind the one it came from, so nothing is allocated while an exhaustive match is looked at.
//
//   rows        (Dot, true)        asked for Dot: (true)       asked for Rect: (_, _, false)
//               (Rect(_, _), false)
//
// Patterns can be so made that the number of questions doubles with each column, so the rows looked
// at are counted, and beyond a limit there is no answer.
//
// SOURCE: Luc Maranget, "Warnings for pattern matching", 2007; for arrays and numbers the splitting
// into lengths and into intervals that Rust's compiler describes.

/// Looks at the patterns of one `match`.
package struct PatternAnalysis {
  var space: PatternSpace
  /// The rows of all open questions.
  var rows: [PatternID] = []
  /// How many more patterns may be looked at.
  var budget: Int
  /// How many columns are being looked at, one inside the other.
  var depth = 0

  /// The most patterns looked at for one `match`.
  package static let patternLimit = 2_000_000
  /// The most columns, one inside the other: each costs some stack.
  static let depthLimit = 400

  /// Looks at patterns of a space.
  package init(_ space: PatternSpace, budget: Int = PatternAnalysis.patternLimit) {
    self.space = space
    self.budget = budget
  }

  /// Rows without columns that the last `split` has found.
  private var emptyRowCount = 0

  /// A question: rows with so many columns each, from `start` of `rows` on.
  struct Question {
    var start: Int
    var count: Int
    var width: Int
  }

  /// Whether the limit was reached: the answers are not to be trusted then.
  package var isExhausted: Bool { budget < 0 }

  /// Whether a pattern fits any value that the others do not.
  package mutating func isUseful(_ pattern: PatternID, after others: [PatternID]) -> Bool {
    rows.removeAll(keepingCapacity: true)
    rows += others
    rows.append(pattern)
    return isUseful(Question(start: 0, count: others.count, width: 1))
  }

  /// Patterns of values that none of the rows fits, at most `limit`; none if there are no such values.
  package mutating func missing(from patterns: [PatternID], limit: Int = 1) -> [PatternID] {
    rows.removeAll(keepingCapacity: true)
    rows += patterns
    return missing(Question(start: 0, count: patterns.count, width: 1), limit).map { $0[0] }
  }

  /// Begins to look at a column; false if that would be too much.
  ///
  /// Each `enter` needs a `leave`.
  mutating func enter() -> Bool {
    depth += 1
    budget -= 1
    if depth > Self.depthLimit { budget = -1 }
    return budget >= 0
  }

  mutating func leave() { depth -= 1 }

  // MARK: Splitting

  /// The question that is left when the first column is a constructor.
  ///
  /// It has the rows that fit it, with its parts in place of the column, behind all others.
  mutating func split(_ question: Question, by head: Head) -> Question {
    let start = rows.count
    let arity = self.arity(head)
    let width = question.width - 1 + arity
    emptyRowCount = 0
    for row in 0..<question.count {
      let at = question.start + row * question.width
      place(rows[at], at, question.width, arity, head)
    }
    // Rows without columns leave no trace in the array: they are counted apart.
    let count = width == 0 ? emptyRowCount : (rows.count - start) / width
    return Question(start: start, count: count, width: width)
  }

  /// Forgets the rows of a question that is answered.
  mutating func drop(_ question: Question) {
    rows.removeLast(rows.count - question.start)
  }

  private mutating func place(
    _ pattern: PatternID,
    _ at: Int,
    _ width: Int,
    _ arity: Int,
    _ head: Head
  ) {
    budget -= width + arity
    if budget < 0 { return }
    let node = space[pattern]
    switch node.shape {
    case .nothing, .something: return
    case .alternatives:
      for i in 0..<Int(node.count) { place(space.part(node, i), at, width, arity, head) }
      return
    case .wildcard:
      for _ in 0..<arity { rows.append(.wildcard) }
    default:
      if !fits(node, head) { return }
      for i in 0..<arity { rows.append(part(node, i, head)) }
    }
    for i in 1..<width { rows.append(rows[at + i]) }
    if width - 1 + arity == 0 { emptyRowCount += 1 }
  }
}
