// How tools are told of the Swift types that functions take and give.

internal import NightjarBase

/// A type as declarations for tools write it; see `Machine.definitions(_:)`.
///
/// Types that convert have one already. Give a type of your own another where its name in messages says less
/// than could be known: `static var declaredType: DeclaredType { .dictionary(.string, .number) }`.
public struct DeclaredType: Sendable {
  let base: NightjarBase.DeclaredType
  /// Descriptions of the classes that the type speaks of.
  let mentions: [ScriptType]

  private init(_ base: NightjarBase.DeclaredType, _ mentions: [ScriptType] = []) {
    self.base = base
    self.mentions = mentions
  }

  /// Any value.
  public static let any = DeclaredType(.any)
  /// `true` or `false`.
  public static let boolean = DeclaredType(.boolean)
  /// A whole number.
  public static let integer = DeclaredType(.integer)
  /// A number.
  public static let number = DeclaredType(.number)
  /// A string.
  public static let string = DeclaredType(.string)
  /// A table of which no more is known.
  public static let table = DeclaredType(.table)
  /// A function of which no more is known.
  public static let function = DeclaredType(.function)
  /// A coroutine.
  public static let thread = DeclaredType(.thread)
  /// An object of which no more is known.
  public static let userdata = DeclaredType(.userdata)

  /// A class that somebody else declares.
  public static func named(_ name: String) -> DeclaredType { DeclaredType(.named(name)) }

  /// Objects of a described type.
  public static func object(_ type: ScriptType) -> DeclaredType {
    DeclaredType(.named(type.name), [type])
  }

  /// One of these strings.
  public static func oneOf(_ texts: [String]) -> DeclaredType { DeclaredType(.literals(texts)) }

  /// The type, or nil.
  public static func optional(_ type: DeclaredType) -> DeclaredType {
    if case .optional = type.base { return type }
    return DeclaredType(.optional(type.base), type.mentions)
  }

  /// A list of elements of a type.
  public static func list(of element: DeclaredType) -> DeclaredType {
    DeclaredType(.list(element.base), element.mentions)
  }

  /// A table with keys and values of two types.
  public static func dictionary(_ key: DeclaredType, _ value: DeclaredType) -> DeclaredType {
    DeclaredType(.dictionary(key.base, value.base), key.mentions + value.mentions)
  }

  /// The type that a name of messages stands for.
  static func of(scriptTypeName name: String) -> DeclaredType {
    switch name {
    case "value": .any
    case "boolean": .boolean
    case "integer": .integer
    case "number": .number
    case "string": .string
    case "table": .table
    case "function": .function
    case "thread": .thread
    case "userdata": .userdata
    case _ where name.hasSuffix(" or nil"): .optional(of(scriptTypeName: String(name.dropLast(7))))
    default: .any
    }
  }
}

extension ScriptConvertible {
  /// What the type's name in messages says.
  public static var declaredType: DeclaredType { .of(scriptTypeName: scriptTypeName) }
}

extension ScriptConvertible where Self: RawRepresentable, RawValue: ScriptConvertible {
  /// As the raw value.
  public static var declaredType: DeclaredType { RawValue.declaredType }
}

extension ScriptConvertible where Self: RawRepresentable & CaseIterable, RawValue == String {
  /// The raw values of all cases.
  public static var declaredType: DeclaredType { .oneOf(allCases.map(\.rawValue)) }
}

extension ScriptHost {
  /// The described class.
  public static var declaredType: DeclaredType { .object(scriptType) }
}

extension ScriptCodable {
  /// A table: what is in it, only the type's own code knows.
  public static var declaredType: DeclaredType { .table }
}

extension ScriptCodable where Self: RawRepresentable & CaseIterable, RawValue == String {
  /// The raw values of all cases.
  public static var declaredType: DeclaredType { .oneOf(allCases.map(\.rawValue)) }
}

extension Optional where Wrapped: ScriptConvertible {
  /// The wrapped type, or nil.
  public static var declaredType: DeclaredType { .optional(Wrapped.declaredType) }
}

extension Array where Element: ScriptConvertible {
  /// A list.
  public static var declaredType: DeclaredType { .list(of: Element.declaredType) }
}

extension Dictionary where Key: ScriptConvertible, Value: ScriptConvertible {
  /// A table with such keys and values.
  public static var declaredType: DeclaredType {
    .dictionary(Key.declaredType, Value.declaredType)
  }
}
