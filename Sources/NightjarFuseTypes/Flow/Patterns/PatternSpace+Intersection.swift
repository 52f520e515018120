// What fits two patterns at once: `n and in 1..9`. Alternatives multiply, so the work is counted;
// when it becomes too much, the answer is "some values, nobody knows which", which is safe.

extension PatternSpace {
  /// What fits both patterns.
  package mutating func intersection(_ a: PatternID, _ b: PatternID) -> PatternID {
    var budget = 2_000
    return intersection(a, b, &budget)
  }

  private mutating func intersection(_ a: PatternID, _ b: PatternID, _ budget: inout Int)
    -> PatternID
  {
    budget -= 1
    if budget < 0 { return .something }
    if a == .wildcard || a == b { return b }
    if b == .wildcard { return a }
    if a == .nothing || b == .nothing { return .nothing }
    let (x, y) = (self[a], self[b])
    if x.shape == .alternatives { return distributed(x, b, &budget) }
    if y.shape == .alternatives { return distributed(y, a, &budget) }
    if x.shape != y.shape {
      if x.shape == .array, y.shape == .openArray { return arrays(x, y, &budget) }
      if x.shape == .openArray, y.shape == .array { return arrays(y, x, &budget) }
      return .something
    }
    switch x.shape {
    case .choice:
      if x.family != y.family { return .something }
      if x.which != y.which { return .nothing }
      let arguments = zipped(x, y, &budget)
      return choice(PatternFamilyID(rawValue: x.family), Int(x.which), arguments)
    case .constant:
      if x.which == y.which { return x.count == 0 ? a : .something }
      let areLiterals = literal(ofConstant: x.which) != nil && literal(ofConstant: y.which) != nil
      return areLiterals ? .nothing : .something
    case .interval: return interval(max(x.low, y.low), min(x.high, y.high))
    case .array:
      return x.count == y.count ? array(zipped(x, y, &budget), restIndex: nil) : .nothing
    default: return .something
    }
  }

  private mutating func distributed(_ x: Node, _ other: PatternID, _ budget: inout Int)
    -> PatternID
  {
    var found: [PatternID] = []
    for i in 0..<Int(x.count) { found.append(intersection(part(x, i), other, &budget)) }
    return alternatives(found)
  }

  private mutating func zipped(_ x: Node, _ y: Node, _ budget: inout Int) -> [PatternID] {
    var found: [PatternID] = []
    for i in 0..<Int(max(x.count, y.count)) {
      let left = i < x.count ? part(x, i) : .wildcard
      let right = i < y.count ? part(y, i) : .wildcard
      found.append(intersection(left, right, &budget))
    }
    return found
  }

  /// An array of a fixed length against one with a rest.
  private mutating func arrays(_ fixed: Node, _ open: Node, _ budget: inout Int) -> PatternID {
    if fixed.count < open.count { return .nothing }
    var found: [PatternID] = []
    for i in 0..<Int(fixed.count) {
      let other = element(i, ofLength: Int(fixed.count), open)
      found.append(intersection(part(fixed, i), other, &budget))
    }
    return array(found, restIndex: nil)
  }

  /// What an array pattern with a rest says of element `i` of so many.
  func element(_ i: Int, ofLength length: Int, _ open: Node) -> PatternID {
    let before = Int(open.which)
    let behind = Int(open.count) - before
    if i < before { return part(open, i) }
    if i >= length - behind { return part(open, before + i - (length - behind)) }
    return .wildcard
  }
}
