// Values that no row fits, as patterns: what a message can name.

extension PatternAnalysis {
  /// Rows of patterns that fit values which the rows of a question do not.
  mutating func missing(_ question: Question, _ limit: Int) -> [[PatternID]] {
    if question.width == 0 { return question.count == 0 ? [[]] : [] }
    defer { leave() }
    if !enter() { return [] }
    if question.count == 0 {
      return [[PatternID](repeating: .wildcard, count: question.width)]
    }
    let column = column(question)
    guard let sample = column.sample else {
      return others(question, limit).map { [.wildcard] + $0 }
    }
    switch sample.shape {
    case .choice: return missingChoices(question, sample.family, limit)
    case .array, .openArray:
      var found: [[PatternID]] = []
      for head in lengths(column) where found.count < limit {
        found += missing(question, at: head, column, limit - found.count)
      }
      return found
    default: return others(question, limit).map { [.wildcard] + $0 }
    }
  }

  /// What is missing behind a first column that no pattern names.
  private mutating func others(_ question: Question, _ limit: Int) -> [[PatternID]] {
    let rest = split(question, by: .other)
    let found = missing(rest, limit)
    drop(rest)
    return found
  }

  private mutating func missingChoices(_ question: Question, _ family: Int32, _ limit: Int)
    -> [[PatternID]]
  {
    let present = presentChoices(question, family: family)
    var found: [[PatternID]] = []
    if present.contains(false) {
      for rest in others(question, 1) {
        for which in present.indices where !present[which] && found.count < limit {
          found.append([space.choice(PatternFamilyID(rawValue: family), which)] + rest)
        }
      }
      // Rows that fit any first column stand in every question: nothing is missing in them all.
      if found.isEmpty { return [] }
    }
    for which in present.indices where present[which] && found.count < limit {
      let head = Head.choice(family: family, which: Int32(truncatingIfNeeded: which))
      found += missing(question, at: head, Column(), limit - found.count)
    }
    return found
  }

  /// What is missing among the values with a constructor in the first column.
  private mutating func missing(
    _ question: Question,
    at head: Head,
    _ column: Column,
    _ limit: Int
  ) -> [[PatternID]] {
    let rest = split(question, by: head)
    let found = missing(rest, limit)
    drop(rest)
    let arity = arity(head)
    return found.map { row in
      [made(head, Array(row[..<arity]), column)] + row[arity...]
    }
  }

  /// The pattern of a constructor with its parts.
  private mutating func made(_ head: Head, _ parts: [PatternID], _ column: Column) -> PatternID {
    switch head {
    case .choice(let family, let which):
      return space.choice(PatternFamilyID(rawValue: family), Int(which), parts)
    case .length: return space.array(parts, restIndex: nil)
    case .lengths: return space.array(parts, restIndex: parts.count - column.back)
    default: return .wildcard
    }
  }
}
