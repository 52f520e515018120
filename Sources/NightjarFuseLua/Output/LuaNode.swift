// One node of the Lua that is being made: 20 plain bytes. The tree exists because a part of a Fuse
// expression may become statements that stand before it; text could not be parted again.
//
// Expressions may be shared: the writer walks a graph without cycles. Lists are places in
// `LuaTree.extra` that hold a count and then as many items.

/// A node of a `LuaTree`.
struct LuaRef: Hashable, Sendable {
  var rawValue: Int32

  init(_ rawValue: Int32) { self.rawValue = rawValue }

  /// "No node".
  static var none: LuaRef { LuaRef(0) }

  var isPresent: Bool { rawValue != 0 }
}

/// Some nodes, a bit for each.
struct LuaRefSet {
  private var words: [UInt64] = []

  func contains(_ ref: LuaRef) -> Bool {
    let place = Int(ref.rawValue)
    return place >> 6 < words.count && words[place >> 6] & 1 << (place & 63) != 0
  }

  mutating func insert(_ ref: LuaRef) {
    let place = Int(ref.rawValue)
    while words.count <= place >> 6 { words.append(0) }
    words[place >> 6] |= 1 << (place & 63)
  }
}

/// What a node is.
///
/// | kind | a | b | c |
/// |---|---|---|---|
/// | `number` | place in `numbers` | | |
/// | `string` | text | | |
/// | `name` | slot: a name that may still change | | |
/// | `raw` | text: a global or a fixed name | | |
/// | `index` `field` | object | key; text | |
/// | `call` | callee | list | |
/// | `method` | receiver | text | list |
/// | `function` | list: slots of parameters | list: body | 1 with `...` |
/// | `binary` `unary` | operand | operand | `LuaOperator` |
/// | `table` | list: items | | |
/// | `named` `keyed` | text; key | value | |
/// | `parenthesized` | expression | | |
/// | `local` | list: names | list: values | |
/// | `localFunction` | slot | function | |
/// | `functionStatement` | target | function | 1 with `:` |
/// | `assign` | list: targets | list: values | |
/// | `callStatement` | call | | |
/// | `if` | list: condition, list, condition, list … | list after `else`, or -1 | |
/// | `while` `repeat` | condition | list: body | |
/// | `numericFor` | slot | list: first, last, step or none | list: body |
/// | `genericFor` | list: names | list: values | list: body |
/// | `do` | list: body | | |
/// | `return` | list: values | | |
/// | `goto` `label` `comment` | text | | |
/// | `splice` | place in `splices` | | |
enum LuaKind: UInt8, Sendable {
  case none
  case `nil`, `true`, `false`, vararg, number, string, name, raw
  case index, field, call, method, function, binary, unary, table, named, keyed, parenthesized
  case local, localFunction, functionStatement, assign, callStatement
  case `if`, `while`, `repeat`, numericFor, genericFor, `do`, `return`
  case `break`, `continue`, goto, label, comment, splice
}

/// The operators of Lua, each with its spelling and how tightly it binds.
enum LuaOperator: Int32, Sendable {
  case or, and
  case less, lessEqual, greater, greaterEqual, equal, notEqual
  case bitOr, bitXor, bitAnd, shiftLeft, shiftRight
  case concatenate, add, subtract, multiply, divide, floorDivide, modulo
  case not, negate, length, bitNot
  case power

  /// How tightly it binds its left and its right operand.
  var binding: (left: Int, right: Int) {
    switch self {
    case .or: (1, 1)
    case .and: (2, 2)
    case .less, .lessEqual, .greater, .greaterEqual, .equal, .notEqual: (3, 3)
    case .bitOr: (4, 4)
    case .bitXor: (5, 5)
    case .bitAnd: (6, 6)
    case .shiftLeft, .shiftRight: (7, 7)
    case .concatenate: (9, 8)
    case .add, .subtract: (10, 10)
    case .multiply, .divide, .floorDivide, .modulo: (11, 11)
    case .not, .negate, .length, .bitNot: (12, 12)
    case .power: (14, 13)
    }
  }

  var spelling: StaticString {
    switch self {
    case .or: " or "
    case .and: " and "
    case .less: " < "
    case .lessEqual: " <= "
    case .greater: " > "
    case .greaterEqual: " >= "
    case .equal: " == "
    case .notEqual: " ~= "
    case .bitOr: " | "
    case .bitXor: " ~ "
    case .bitAnd: " & "
    case .shiftLeft: " << "
    case .shiftRight: " >> "
    case .concatenate: " .. "
    case .add: " + "
    case .subtract: " - "
    case .multiply: " * "
    case .divide: " / "
    case .floorDivide: " // "
    case .modulo: " % "
    case .not: "not "
    case .negate: "-"
    case .length: "#"
    case .bitNot: "~"
    case .power: " ^ "
    }
  }
}

/// A node.
struct LuaNode: Sendable {
  var kind: LuaKind
  /// Whether a number is to be an integer where the target has them.
  var isInteger = false
  var a: Int32 = 0
  var b: Int32 = 0
  var c: Int32 = 0
  /// The line of the Fuse text that a statement comes from.
  var line: Int32 = 0
}
