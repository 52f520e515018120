// The short form of a type, for questions that are asked at every node.

/// What can be said of a type in eight bytes.
struct TypeShape: Sendable {
  /// The case of the type.
  enum Kind: UInt8, Sendable {
    case never, `nil`, unknown, unsafe, boolean, number, string, ustring, anyTable
    case literal, tuple, array, table, nominal, function, dynamic, parameter, selfType
    case union, intersection, own, variable, error
  }

  /// Facts about a type and its parts.
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    /// A variable of inference is in it.
    static let hasVariable = Flags(rawValue: 1)
    /// A type parameter or `Self` is in it.
    static let hasParameter = Flags(rawValue: 2)
    /// A part in error is in it.
    static let hasError = Flags(rawValue: 4)
    /// Its values may be `nil`.
    static let mayBeNil = Flags(rawValue: 8)

    /// What a type has from its parts.
    var inherited: Flags { intersection([.hasVariable, .hasParameter, .hasError]) }
  }

  var kind: Kind
  var flags: Flags = []
  /// The element of an array, the number of a nominal type, trait or variable, the type under `own`,
  /// the count of a tuple.
  var index: Int32 = 0
}
