// All types of a program, each once, so that types are compared by number.

/// The types and names of a program.
///
/// It only grows: a type found once keeps its number while modules are checked anew.
package struct TypeStore: Sendable {
  private var types: [FuseType] = []
  private var numbers: [FuseType: TypeID] = [:]
  private var spellings: [String] = []
  private var names: [String: NameID] = [:]

  /// A store with the types that need no parts.
  package init() {
    for type in [
      FuseType.never, .nil, .unknown, .unsafe, .boolean, .number, .string, .ustring, .anyTable,
      .tuple([]),
    ] {
      _ = intern(type)
    }
  }

  /// `never`.
  package static let never = TypeID(0)
  /// `nil`.
  package static let `nil` = TypeID(1)
  /// `unknown`.
  package static let unknown = TypeID(2)
  /// `unsafe`.
  package static let unsafe = TypeID(3)
  /// `boolean`.
  package static let boolean = TypeID(4)
  /// `number`.
  package static let number = TypeID(5)
  /// `string`.
  package static let string = TypeID(6)
  /// `ustring`.
  package static let ustring = TypeID(7)
  /// `Table`.
  package static let anyTable = TypeID(8)
  /// `()`.
  package static let unit = TypeID(9)

  /// What a type is.
  package subscript(_ id: TypeID) -> FuseType { types[Int(id.rawValue)] }

  /// The number of a type in normal form.
  package mutating func intern(_ type: FuseType) -> TypeID {
    if let known = numbers[type] { return known }
    let id = TypeID(Int32(truncatingIfNeeded: types.count))
    types.append(type)
    numbers[type] = id
    return id
  }

  /// The number of a name.
  package mutating func intern(name: String) -> NameID {
    if let known = names[name] { return known }
    let id = NameID(Int32(truncatingIfNeeded: spellings.count))
    spellings.append(name)
    names[name] = id
    return id
  }

  /// How a name is spelled.
  package func name(_ id: NameID) -> String { spellings[Int(id.rawValue)] }
}
