// Tables that are asked at almost every step, as arrays: declarations and traits are small numbers.

/// Values for some of the declarations of a program.
///
/// INVARIANT: `places` has for each module nothing, or a place for each of its declarations: where its
/// value is in `values` plus 1, or 0.
struct DeclarationTable<Value: Sendable>: Sendable {
  private let counts: [Int]
  private var places: [[Int32]]
  private var values: [Value] = []

  /// A table for modules with some numbers of declarations.
  init(counts: [Int]) {
    self.counts = counts
    places = [[Int32]](repeating: [], count: counts.count)
  }

  /// The value of a declaration, if it has one; one that has a value keeps one.
  subscript(_ id: DeclarationID) -> Value? {
    get {
      guard id.module >= 0 else { return nil }
      let known = places[Int(id.module)]
      guard !known.isEmpty else { return nil }
      let place = known[Int(id.declaration)]
      return place == 0 ? nil : values[Int(place) - 1]
    }
    set {
      guard let newValue, id.module >= 0 else { return }
      let module = Int(id.module)
      if places[module].isEmpty { places[module] = Array(repeating: 0, count: counts[module]) }
      let place = places[module][Int(id.declaration)]
      if place > 0 {
        values[Int(place) - 1] = newValue
      } else {
        values.append(newValue)
        places[module][Int(id.declaration)] = Int32(truncatingIfNeeded: values.count)
      }
    }
  }
}

extension DeclarationTable {
  /// All values with their declarations, in the order of the program.
  var all: [(DeclarationID, Value)] {
    var found: [(DeclarationID, Value)] = []
    for (module, known) in places.enumerated() {
      for (declaration, place) in known.enumerated() where place > 0 {
        let id = DeclarationID(
          module: Int32(truncatingIfNeeded: module),
          declaration: Int32(truncatingIfNeeded: declaration)
        )
        found.append((id, values[Int(place) - 1]))
      }
    }
    return found
  }
}

/// Some traits, a bit for each.
struct TraitSet: Sendable {
  private var words: [UInt64] = []

  func contains(_ trait: TraitID) -> Bool {
    let place = Int(trait.rawValue)
    return place >> 6 < words.count && words[place >> 6] & 1 << (place & 63) != 0
  }

  mutating func insert(_ trait: TraitID) {
    let place = Int(trait.rawValue)
    while words.count <= place >> 6 { words.append(0) }
    words[place >> 6] |= 1 << (place & 63)
  }
}
