// All types of a program, each once, so that types are compared by number. Beside each type stands its
// shape, a few plain bytes: most questions are answered from it without looking at the type.

/// The types and names of a program.
///
/// It only grows: a type found once keeps its number while modules are checked anew.
package struct TypeStore: Sendable {
  private var types: [FuseType] = []
  private(set) var shapes: [TypeShape] = []
  private var numbers: [FuseType: TypeID] = [:]
  private var spellings: [String] = []
  private var names: [String: NameID] = [:]
  /// For each nominal type without arguments its number plus 1, or 0.
  private var nominals: [Int32] = []
  /// For each type the number of its array type plus 1, or 0.
  private var arrays: [Int32] = []
  /// For each type the number of its optional type plus 1, or 0.
  var optionals: [Int32] = []

  /// A store with the types that need no parts.
  package init() {
    for type in [
      FuseType.never, .nil, .unknown, .unsafe, .boolean, .number, .string, .ustring, .anyTable,
      .tuple([]), .variable(-1), .literal(.boolean(true)), .literal(.boolean(false)),
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
  /// The type of an expression in error while a module is checked; the tables say `never`.
  static let error = TypeID(10)
  /// The literal type `true`.
  static let `true` = TypeID(11)
  /// The literal type `false`.
  static let `false` = TypeID(12)
  /// No type: nothing is expected, or the type is not known yet.
  static let none = TypeID(-1)

  /// What a type is.
  package subscript(_ id: TypeID) -> FuseType { types[Int(max(id.rawValue, 0))] }

  /// The short form of a type.
  ///
  /// What has no type yet is in error.
  func shape(_ id: TypeID) -> TypeShape {
    id.rawValue < 0 ? shapes[Int(Self.error.rawValue)] : shapes[Int(id.rawValue)]
  }

  /// The kind of a type.
  func kind(_ id: TypeID) -> TypeShape.Kind { shape(id).kind }

  /// How many types there are.
  var count: Int { types.count }

  /// The number of a type in normal form.
  package mutating func intern(_ type: FuseType) -> TypeID {
    if let known = numbers[type] { return known }
    let id = TypeID(Int32(truncatingIfNeeded: types.count))
    shapes.append(makeShape(type))
    types.append(type)
    arrays.append(0)
    optionals.append(0)
    numbers[type] = id
    return id
  }

  /// A nominal type without arguments.
  mutating func nominal(_ id: NominalID) -> TypeID {
    let index = Int(id.rawValue)
    while nominals.count <= index { nominals.append(0) }
    if nominals[index] != 0 { return TypeID(nominals[index] - 1) }
    let type = intern(.nominal(id, []))
    nominals[index] = type.rawValue + 1
    return type
  }

  /// The type `T[]`.
  mutating func array(of element: TypeID) -> TypeID {
    let known = arrays[Int(element.rawValue)]
    if known != 0 { return TypeID(known - 1) }
    let id = intern(.array(element))
    arrays[Int(element.rawValue)] = id.rawValue + 1
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

  /// The number of a name that some module has, or `nil`.
  func known(name: String) -> NameID? { names[name] }

  /// How a name is spelled.
  package func name(_ id: NameID) -> String { spellings[Int(id.rawValue)] }

  // MARK: Shapes

  private func makeShape(_ type: FuseType) -> TypeShape {
    var shape = TypeShape(kind: .never)
    func add(_ part: TypeID) { shape.flags.formUnion(shapes[Int(part.rawValue)].flags.inherited) }
    switch type {
    case .never: shape.kind = .never
    case .number: shape.kind = .number
    case .string: shape.kind = .string
    case .ustring: shape.kind = .ustring
    case .boolean: shape.kind = .boolean
    case .nil:
      shape.kind = .nil
      shape.flags = .mayBeNil
    case .unknown: shape.kind = .unknown
    case .unsafe:
      shape.kind = .unsafe
      shape.flags = .mayBeNil
    case .anyTable: shape.kind = .anyTable
    case .literal: shape.kind = .literal
    case .tuple(let items):
      shape.kind = .tuple
      shape.index = Int32(truncatingIfNeeded: items.count)
      if items.isEmpty { shape.flags = .mayBeNil }
      for item in items { add(item.type) }
    case .array(let element):
      shape.kind = .array
      shape.index = element.rawValue
      add(element)
    case .table(let table):
      shape.kind = .table
      for field in table.fields { add(field.type) }
      if let index = table.index {
        add(index.key)
        add(index.value)
      }
    case .nominal(let id, let arguments):
      shape.kind = .nominal
      shape.index = id.rawValue
      for argument in arguments { add(argument) }
    case .function(let function):
      shape.kind = .function
      for parameter in function.parameters { add(parameter.type) }
      add(function.result)
    case .dynamic(let trait, let arguments):
      shape.kind = .dynamic
      shape.index = trait.rawValue
      for argument in arguments { add(argument) }
    case .parameter:
      shape.kind = .parameter
      shape.flags = .hasParameter
    case .selfType(let trait):
      shape.kind = .selfType
      shape.index = trait.rawValue
      shape.flags = .hasParameter
    case .union(let members):
      shape.kind = .union
      for member in members {
        add(member)
        if shapes[Int(member.rawValue)].flags.contains(.mayBeNil) { shape.flags.insert(.mayBeNil) }
      }
    case .intersection(let members):
      shape.kind = .intersection
      for member in members { add(member) }
    case .own(let inner):
      shape.kind = .own
      shape.index = inner.rawValue
      shape.flags = shapes[Int(inner.rawValue)].flags
    case .variable(let index):
      shape.kind = index < 0 ? .error : .variable
      shape.index = index
      shape.flags = index < 0 ? .hasError : .hasVariable
    }
    return shape
  }
}
