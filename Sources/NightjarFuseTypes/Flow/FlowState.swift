// What is known at one point of a function: whether it is reached at all, and for the few variables that
// matter (declared without a value, or owners) what may have happened to them on the ways there. Four
// bits for each, sixteen to a word; most functions have no such variable and so no words at all.

/// What is known at a point of a function.
struct FlowState {
  /// What may have happened to a variable.
  struct Fact: OptionSet {
    let rawValue: UInt64
    /// It may have no value yet.
    static let unassigned = Fact(rawValue: 1)
    /// It may have a value.
    static let live = Fact(rawValue: 2)
    /// Its value may have been moved away.
    static let moved = Fact(rawValue: 4)
  }

  /// Whether any way leads here.
  var isReachable = true
  private var words: [UInt64] = []

  /// What may have happened to a variable on the ways here; nothing if there is none.
  subscript(_ slot: Int) -> Fact {
    get {
      let word = slot >> 4
      if word >= words.count { return [] }
      return Fact(rawValue: words[word] >> UInt64((slot & 15) * 4) & 15)
    }
    set {
      let word = slot >> 4
      while words.count <= word { words.append(0) }
      let shift = UInt64((slot & 15) * 4)
      words[word] = words[word] & ~(15 << shift) | newValue.rawValue << shift
    }
  }

  /// Ends the way: what follows is not reached.
  mutating func end() {
    isReachable = false
    words.removeAll()
  }

  /// Takes in what may have happened on other ways that meet here.
  mutating func join(_ other: FlowState) {
    if !other.isReachable { return }
    if !isReachable {
      self = other
      return
    }
    while words.count < other.words.count { words.append(0) }
    for index in other.words.indices { words[index] |= other.words[index] }
  }

  /// A point that nothing reaches.
  static var unreached: FlowState {
    var state = FlowState()
    state.isReachable = false
    return state
  }
}
