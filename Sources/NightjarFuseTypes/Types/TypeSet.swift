// A few types without an order. Unions have two or three members, for which looking at each is faster
// than hashing; what a generator wrote may have thousands.

/// A set of types.
struct TypeSet {
  /// From how many members on they are hashed.
  private static let hashedCount = 24
  private var few: [TypeID] = []
  private var many: Set<TypeID> = []

  /// Adds a type; false if it was there.
  mutating func insert(_ type: TypeID) -> Bool {
    if !many.isEmpty { return many.insert(type).inserted }
    if few.contains(type) { return false }
    few.append(type)
    if few.count == Self.hashedCount { many = Set(few) }
    return true
  }

  func contains(_ type: TypeID) -> Bool {
    many.isEmpty ? few.contains(type) : many.contains(type)
  }
}
