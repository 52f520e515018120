// Well-typed programs at random. A program is written from its declarations inwards, and each
// expression is made for a type, so it is right by construction: a checker that refuses it is wrong, and so
// is one that lets it fail at run time.
//
// The same generator makes programs with one mistake. At each place where a rule of types or flow
// could be broken it counts, and at the place whose turn it is it breaks the rule: everything else
// stays as it was.

import NightjarBase

/// A type of the programs.
indirect enum GenType: Equatable {
  case number, string, boolean, unit
  case optional(GenType)
  case array(GenType)
  case tuple([GenType])
  case function([GenType], GenType)
  case structure(Int), union(Int), enumeration(Int)
  case result(GenType)
  case record([GenType])
  /// `number | string`.
  case either
}

/// A place where a rule can be broken.
enum Breakage: String, CaseIterable {
  case wrongType, missingArm, missingField, argumentCount, movedOwner, immutable, uninitialized
  case immutablePart, missingElse, unknownMember
}

/// Writes one program.
struct ProgramGenerator {
  struct Variable {
    var name: String
    var type: GenType
    var isMutable: Bool
    /// Whether it belongs to a function outside of the one being written.
    var depth: Int
  }

  struct Structure {
    var name: String
    var fields: [(name: String, type: GenType)]
    /// Methods: name, parameters, result, whether it changes the receiver.
    var methods: [(name: String, parameters: [GenType], result: GenType, changes: Bool)] = []
  }

  struct Union {
    var name: String
    var variants: [(name: String, payload: [GenType])]
  }

  struct Function {
    var name: String
    var parameters: [GenType]
    var result: GenType
  }

  var random: Xoshiro256
  /// The breakage wanted, and the number of its place.
  let breaks: Breakage?
  let breakPlace: Int
  /// How many places of each kind there were.
  private(set) var places: [Breakage: Int] = [:]
  /// Whether the rule has been broken.
  private(set) var isBroken = false

  var lines: [String] = []
  var indent = 0
  var variables: [Variable] = []
  var structures: [Structure] = []
  var unions: [Union] = []
  var enumerations: [(name: String, variants: [String])] = []
  var functions: [Function] = []
  var generics: [Generic] = []
  var iterators: [String] = []
  var names = 0
  /// How deep in functions the point is.
  var functionDepth = 0
  var loopDepth = 0
  /// The result of the function around; none at module level.
  var result: GenType?
  /// Whether an expression of another type would be refused where the next one stands.
  var isStrict = false
  /// How many more statements may be written.
  var fuel = 60

  init(seed: UInt64, breaks: Breakage? = nil, at place: Int = 0) {
    random = Xoshiro256(seed, 17)
    self.breaks = breaks
    breakPlace = place
  }

  /// The program of a seed.
  static func program(_ seed: UInt64) -> (text: String, places: [Breakage: Int]) {
    var generator = ProgramGenerator(seed: seed)
    let text = generator.write()
    return (text, generator.places)
  }

  /// The program of a seed with one mistake; none if it has no such place.
  static func mutant(_ seed: UInt64, _ breakage: Breakage, at place: Int) -> String? {
    var generator = ProgramGenerator(seed: seed, breaks: breakage, at: place)
    let text = generator.write()
    return generator.isBroken ? text : nil
  }

  // MARK: Chance

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func pick<T>(_ items: [T]) -> T? { items.randomElement(using: &random) }

  /// Whether the rule is to be broken here; counts the place.
  mutating func breaksHere(_ breakage: Breakage) -> Bool {
    let place = places[breakage, default: 0]
    places[breakage] = place + 1
    if breaks != breakage || place != breakPlace { return false }
    isBroken = true
    return true
  }

  // MARK: Writing

  mutating func emit(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines.append(String(repeating: "  ", count: indent) + line)
    }
  }

  mutating func fresh(_ stem: String) -> String {
    names += 1
    return "\(stem)\(names)"
  }

  /// Writes what is inside something: the names of it end with it.
  mutating func inside(_ body: (inout ProgramGenerator) -> Void) {
    let (outer, functionCount) = (variables, functions.count)
    indent += 1
    body(&self)
    indent -= 1
    variables = outer
    functions.removeLast(functions.count - functionCount)
  }

  private mutating func write() -> String {
    declarations()
    while fuel > 0 { statement() }
    owners()
    lateValue()
    for variable in variables where isPrintable(variable.type) { emit("print(\(variable.name))") }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Types

  /// How a type is written.
  func text(_ type: GenType) -> String {
    switch type {
    case .number: "number"
    case .string: "string"
    case .boolean: "boolean"
    case .unit: "()"
    case .optional(let inner): "(\(text(inner)))?"
    case .array(let element): "(\(text(element)))[]"
    case .tuple(let items): "(\(items.map(text).joined(separator: ", ")))"
    case .function(let parameters, let result):
      "(fn(\(parameters.map(text).joined(separator: ", "))) -> \(text(result)))"
    case .structure(let index): structures[index].name
    case .union(let index): unions[index].name
    case .enumeration(let index): enumerations[index].name
    case .result(let inner): "Result<\(text(inner)), string>"
    case .record(let fields):
      "{ \(fields.enumerated().map { "f\($0.offset): \(text($0.element))" }.joined(separator: ", ")) }"
    case .either: "number | string"
    }
  }

  /// Whether `print` shows a value of a type the same on every target.
  func isPrintable(_ type: GenType) -> Bool {
    switch type {
    case .number, .string, .boolean: true
    case .optional(let inner): isPrintable(inner)
    default: false
    }
  }

  /// Whether `let mut b = a` would be an alias.
  func isReference(_ type: GenType) -> Bool {
    switch type {
    case .array, .structure, .union, .result, .record: true
    case .optional(let inner): isReference(inner)
    case .tuple(let items): items.contains(where: isReference)
    default: false
    }
  }

  mutating func simpleType() -> GenType {
    pick([.number, .string, .boolean, .number, .string]) ?? .number
  }

  mutating func type(_ depth: Int = 2) -> GenType {
    if depth == 0 || chance(45) { return simpleType() }
    switch number(0...9) {
    case 0:
      let inner = type(depth - 1)
      return canBeOptional(inner) ? .optional(inner) : inner
    case 1: return .array(optionless(depth - 1))
    case 2: return .tuple([type(depth - 1), type(depth - 1)])
    case 3: return .function([simpleType()], simpleType())
    case 4 where !structures.isEmpty: return .structure(number(0...structures.count - 1))
    case 5 where !unions.isEmpty: return .union(number(0...unions.count - 1))
    case 6 where !enumerations.isEmpty: return .enumeration(number(0...enumerations.count - 1))
    case 7: return .result(simpleType())
    case 8: return .record([simpleType(), type(depth - 1)])
    case 9: return .either
    default: return simpleType()
    }
  }

  private func canBeOptional(_ type: GenType) -> Bool {
    if case .optional = type { return false }
    return type != .unit
  }

  /// A type without `nil`.
  mutating func optionless(_ depth: Int) -> GenType {
    let type = type(depth)
    if case .optional(let inner) = type { return inner }
    return type
  }
}
