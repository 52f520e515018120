// Any value of a script, seen from Swift.

/// A script value.
///
/// Numbers, booleans and strings are copies. Tables, functions, coroutines and objects are handles:
/// they keep the script's object alive, and changes through them are seen by the script.
public enum Value {
  /// The absence of a value.
  case `nil`
  /// True or false.
  case boolean(Bool)
  /// A number of the integer subtype.
  case integer(Int)
  /// A number of the float subtype.
  case number(Double)
  /// A string of bytes.
  case string(ByteString)
  /// A table, live.
  case table(Table)
  /// A function of a script or of the host.
  case function(Function)
  /// A coroutine.
  case coroutine(Coroutine)
  /// An object of the host, or of a library such as an open file.
  case object(Object)
}

extension Value {
  /// The name of the value's type, as `type()` gives it.
  public var typeName: String {
    switch self {
    case .nil: "nil"
    case .boolean: "boolean"
    case .integer, .number: "number"
    case .string: "string"
    case .table: "table"
    case .function: "function"
    case .coroutine: "thread"
    case .object: "userdata"
    }
  }

  /// Whether the value is nil.
  public var isNil: Bool {
    if case .nil = self { true } else { false }
  }
}

extension Value: Equatable {
  /// Equality of scripts without metamethods: 1 equals 1.0, handles equal when they stand for one object.
  public static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.nil, .nil): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.integer(let left), .number(let right)): Int(exactly: right) == left
    case (.number(let left), .integer(let right)): Int(exactly: left) == right
    case (.string(let left), .string(let right)): left == right
    case (.table(let left), .table(let right)): left.reference == right.reference
    case (.function(let left), .function(let right)): left.reference == right.reference
    case (.coroutine(let left), .coroutine(let right)): left.reference == right.reference
    case (.object(let left), .object(let right)): left.reference == right.reference
    default: false
    }
  }
}

extension Value: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral
{
  /// Nil.
  public init(nilLiteral: ()) { self = .nil }
  /// A boolean.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// An integer.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A float.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A string of UTF-8 bytes.
  public init(stringLiteral value: String) { self = .string(ByteString(value)) }
}

extension Value: CustomStringConvertible {
  /// Numbers and strings as they are, the names of their types for objects.
  public var description: String {
    switch self {
    case .nil: "nil"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): value.description
    case .table, .function, .coroutine, .object: typeName
    }
  }
}
