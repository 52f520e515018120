// What the first column of a question can be.
//
// Of a family that is listed in full each constructor is a head. Numbers are cut at the bounds that
// patterns name: `in 1..9` and `5` make the heads 1, between 1 and 5, 5, between 5 and 9, 9. Of arrays
// each length up to the longest that a pattern tells apart is a head, and one stands for all longer
// ones: its parts are so many elements of the front and of the back as patterns ask for.

extension PatternAnalysis {
  /// A constructor in the first column.
  enum Head: Equatable {
    /// What no pattern of the column names.
    case other
    case choice(family: Int32, which: Int32)
    case constant(Int32)
    /// A number.
    case point(Double)
    /// All numbers between two, without them.
    case gap(Double, Double)
    case length(Int)
    /// All lengths from this one on.
    case lengths(from: Int)
  }

  /// How many columns take the place of the first.
  func arity(_ head: Head) -> Int {
    switch head {
    case .other, .point, .gap: 0
    case .choice(let family, let which): space.arity(family, Int(which))
    case .constant(let which): space.arity(ofConstant: which)
    case .length(let count), .lengths(let count): count
    }
  }

  /// Whether a pattern with a constructor of its own fits a head.
  func fits(_ node: PatternSpace.Node, _ head: Head) -> Bool {
    switch (node.shape, head) {
    case (.choice, .choice(let family, let which)): node.family == family && node.which == which
    case (.constant, .constant(let which)): node.which == which
    case (.interval, .point(let value)): node.low <= value && value <= node.high
    case (.interval, .gap(let low, let high)): node.low <= low && high <= node.high
    case (.array, .length(let length)): Int(node.count) == length
    case (.openArray, .length(let length)), (.openArray, .lengths(let length)):
      Int(node.count) <= length
    default: false
    }
  }

  /// What a pattern that fits a head says of part `i`.
  func part(_ node: PatternSpace.Node, _ i: Int, _ head: Head) -> PatternID {
    switch head {
    case .length(let length) where node.shape == .openArray,
      .lengths(from: let length) where node.shape == .openArray:
      space.element(i, ofLength: length, node)
    default: i < Int(node.count) ? space.part(node, i) : .wildcard
    }
  }

  /// What the patterns of a first column have in common.
  struct Column {
    /// A pattern with a constructor, if there is one; it says what the column holds.
    var sample: PatternSpace.Node?
    /// The greatest lengths that patterns of arrays speak of.
    var fixedLength = -1
    var front = 0
    var back = 0
  }

  /// Looks at the first column of a question.
  mutating func column(_ question: Question) -> Column {
    var column = Column()
    for row in 0..<question.count {
      look(rows[question.start + row * question.width], &column)
    }
    return column
  }

  mutating func look(_ pattern: PatternID, _ column: inout Column) {
    budget -= 1
    if budget < 0 { return }
    let node = space[pattern]
    switch node.shape {
    case .wildcard, .nothing, .something: return
    case .alternatives:
      for i in 0..<Int(node.count) { look(space.part(node, i), &column) }
      return
    case .array: column.fixedLength = max(column.fixedLength, Int(node.count))
    case .openArray:
      column.front = max(column.front, Int(node.which))
      column.back = max(column.back, Int(node.count - node.which))
    case .choice, .constant, .interval: break
    }
    if column.sample == nil { column.sample = node }
  }

  /// From this length on no pattern of the column tells arrays apart.
  func openLength(_ column: Column) -> Int {
    max(column.fixedLength + 1, column.front + column.back)
  }

  /// Calls `visit` with each pattern of the first column that has a constructor.
  func forEachHead(_ question: Question, _ visit: (PatternSpace.Node) -> Void) {
    for row in 0..<question.count {
      forEachHead(rows[question.start + row * question.width], visit)
    }
  }

  private func forEachHead(_ pattern: PatternID, _ visit: (PatternSpace.Node) -> Void) {
    let node = space[pattern]
    switch node.shape {
    case .wildcard, .nothing, .something: return
    case .alternatives:
      for i in 0..<Int(node.count) { forEachHead(space.part(node, i), visit) }
    default: visit(node)
    }
  }

  /// The pieces into which the bounds of a column cut an interval.
  func pieces(of interval: PatternSpace.Node, _ question: Question) -> [Head] {
    if interval.low == interval.high { return [.point(interval.low)] }
    var bounds: Set<Double> = [interval.low, interval.high]
    forEachHead(question) { node in
      if node.shape != .interval { return }
      if interval.low < node.low, node.low < interval.high { bounds.insert(node.low) }
      if interval.low < node.high, node.high < interval.high { bounds.insert(node.high) }
    }
    let sorted = bounds.sorted()
    var found: [Head] = []
    for (place, bound) in sorted.enumerated() {
      if place > 0 { found.append(.gap(sorted[place - 1], bound)) }
      found.append(.point(bound))
    }
    return found
  }
}
