// Patterns as the analysis of `match` sees them: plain nodes in one array, without names and types.
// What a place can hold is a *family* of constructors: `true` and `false`, the variants of a union,
// the members of `A | B`, the one shape of a tuple. Numbers, strings and what only a test can tell
// have no family, as nobody can list them.
//
//   match pair when (Dot, false) …      choice 0 of family "tuple"
//                                         choice 0 of family "Shape", choice 0 of family "boolean"
//
// The arrays are kept from one `match` to the next, so that a module allocates a handful.

/// A pattern: a place in a `PatternSpace`.
package struct PatternID: Hashable, Sendable {
  package let rawValue: Int32

  package init(_ rawValue: Int32) { self.rawValue = rawValue }

  /// What fits every value.
  package static let wildcard = PatternID(0)
  /// What fits no value.
  package static let nothing = PatternID(1)
  /// What fits some values that nobody knows: it covers none for certain, and is never useless.
  package static let something = PatternID(2)
}

/// A family of constructors: a place in a `PatternSpace`.
package struct PatternFamilyID: Hashable, Sendable {
  package let rawValue: Int32
}

/// How a constructor is written in messages.
package enum PatternLabel: Sendable {
  case boolean(Bool)
  case none
  /// A literal type.
  case literal(FuseConstant)
  case variant(NominalID, Int)
  /// The values of an Optional that are there.
  case some
  /// A member of a union type.
  case member(TypeID)
  /// With the names of its items, if they have some.
  case tuple
  /// A table or struct: what stands before the braces, and the fields that patterns ask for.
  case record(TypeID)
}

/// The patterns of one `match`, and the families of its module.
package struct PatternSpace: Sendable {
  /// What a pattern looks at.
  enum Shape: UInt8, Sendable {
    case wildcard, nothing, something
    /// Constructor `which` of `family`; its parts are the arguments.
    case choice
    /// A string, or a test that only the run tells: equal ones have an equal `which`.
    case constant
    /// The numbers from `low` to `high`.
    case interval
    /// An array of just so many elements.
    case array
    /// An array with a rest after `which` elements; the others stand behind it.
    case openArray
    /// One of the parts fits.
    case alternatives
  }

  struct Node: Sendable {
    var shape: Shape
    var family: Int32 = 0
    var which: Int32 = 0
    /// The place of the parts, and how many there are.
    var start: Int32 = 0
    var count: Int32 = 0
    var low: Double = 0
    var high: Double = 0
  }

  struct Constructor: Sendable {
    var arity: Int32
    var label: PatternLabel
  }

  struct Family: Sendable {
    var constructors: [Constructor]
    /// The keys of a record's parts, in order of first use.
    var keys: [FuseConstant] = []
  }

  private(set) var nodes: [Node]
  private(set) var parts: [PatternID] = []
  private(set) var families: [Family] = []
  private var constantNumbers: [FuseConstant: Int32] = [:]
  private var testNumbers: [TypeID: Int32] = [:]
  private var constantLabels: [FuseConstant?] = []
  /// The arity of a constant's parts: 1 for tests, 0 for literals.
  private var constantArities: [Int32] = []

  /// A space without families.
  package init() {
    nodes = [Node(shape: .wildcard), Node(shape: .nothing), Node(shape: .something)]
  }

  /// Forgets the patterns, but not the families.
  package mutating func removePatterns() {
    nodes.removeLast(nodes.count - 3)
    parts.removeAll(keepingCapacity: true)
  }

  subscript(_ id: PatternID) -> Node { nodes[Int(id.rawValue)] }

  func part(_ node: Node, _ i: Int) -> PatternID { parts[Int(node.start) + i] }

  // MARK: Families

  /// Makes a family of constructors with so many parts each.
  package mutating func addFamily(_ constructors: [(arity: Int, label: PatternLabel)])
    -> PatternFamilyID
  {
    families.append(
      Family(
        constructors: constructors.map {
          Constructor(arity: Int32(truncatingIfNeeded: $0.arity), label: $0.label)
        }
      )
    )
    return PatternFamilyID(rawValue: Int32(truncatingIfNeeded: families.count - 1))
  }

  /// The place of a record's part with a key, made on first use.
  package mutating func part(of record: PatternFamilyID, key: FuseConstant) -> Int {
    let index = Int(record.rawValue)
    if let place = families[index].keys.firstIndex(of: key) { return place }
    families[index].keys.append(key)
    families[index].constructors[0].arity += 1
    return families[index].keys.count - 1
  }

  /// How many parts a choice has.
  func arity(_ family: Int32, _ which: Int) -> Int {
    Int(families[Int(family)].constructors[which].arity)
  }

  func arity(ofConstant which: Int32) -> Int { Int(constantArities[Int(which)]) }

  /// The literal that a constant stands for, if it is one.
  func literal(ofConstant which: Int32) -> FuseConstant? { constantLabels[Int(which)] }

  // MARK: Making patterns

  private mutating func add(_ node: Node, _ arguments: [PatternID]) -> PatternID {
    var node = node
    node.start = Int32(truncatingIfNeeded: parts.count)
    node.count = Int32(truncatingIfNeeded: arguments.count)
    parts += arguments
    nodes.append(node)
    return PatternID(Int32(truncatingIfNeeded: nodes.count - 1))
  }

  /// Constructor `which` of a family; parts that are left out fit everything.
  package mutating func choice(
    _ family: PatternFamilyID,
    _ which: Int,
    _ arguments: [PatternID] = []
  ) -> PatternID {
    if arguments.contains(.nothing) { return .nothing }
    let which = Int32(truncatingIfNeeded: which)
    return add(Node(shape: .choice, family: family.rawValue, which: which), arguments)
  }

  /// A literal of a type whose values nobody can list.
  package mutating func literal(_ constant: FuseConstant) -> PatternID {
    let number = constantNumbers[constant] ?? newConstant(constant, arity: 0)
    constantNumbers[constant] = number
    return add(Node(shape: .constant, which: number), [])
  }

  /// A test for a type, and what the value must fit then.
  package mutating func test(_ type: TypeID, _ inner: PatternID) -> PatternID {
    let number = testNumbers[type] ?? newConstant(nil, arity: 1)
    testNumbers[type] = number
    return add(Node(shape: .constant, which: number), [inner])
  }

  private mutating func newConstant(_ label: FuseConstant?, arity: Int32) -> Int32 {
    constantLabels.append(label)
    constantArities.append(arity)
    return Int32(truncatingIfNeeded: constantLabels.count - 1)
  }

  /// The numbers from one to another.
  package mutating func interval(_ low: Double, _ high: Double) -> PatternID {
    low <= high ? add(Node(shape: .interval, low: low, high: high), []) : .nothing
  }

  /// An array; with a rest after `restIndex` elements, if that is given.
  package mutating func array(_ elements: [PatternID], restIndex: Int?) -> PatternID {
    if elements.contains(.nothing) { return .nothing }
    guard let restIndex else { return add(Node(shape: .array), elements) }
    if elements.isEmpty { return .wildcard }
    let which = Int32(truncatingIfNeeded: restIndex)
    return add(Node(shape: .openArray, which: which), elements)
  }

  /// What fits if one of the patterns does.
  package mutating func alternatives(_ patterns: [PatternID]) -> PatternID {
    if patterns.contains(.wildcard) { return .wildcard }
    let some = patterns.filter { $0 != .nothing }
    if some.count <= 1 { return some.first ?? .nothing }
    return add(Node(shape: .alternatives), some)
  }
}

extension PatternSpace {
  /// The parts of a pattern made of alternatives; itself for others.
  func parts(ofAlternatives id: PatternID) -> [PatternID] {
    let node = self[id]
    if node.shape != .alternatives { return [id] }
    return (0..<Int(node.count)).map { part(node, $0) }
  }
}
