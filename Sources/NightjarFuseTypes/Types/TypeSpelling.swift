// Types as messages write them: as a programmer would. Who knows the declarations can spell types,
// while they are looked for and when they are known.

internal import NightjarFuseSyntax

/// Something that knows what the types of a program are called.
protocol TypeSpelling {
  var types: TypeStore { get }
  var nominals: [NominalType] { get }
  var traits: [TraitDeclaration] { get }
  /// The name of a type parameter.
  func spelling(of parameter: TypeParameterID) -> String
  /// What is known of a type to be found; `nil` if nothing is.
  func known(ofVariable index: Int32) -> TypeID?
}

extension TypeSpelling {
  /// A type in Fuse's own words.
  func describe(_ type: TypeID) -> String { spelled(type, 0) }

  /// A trait with arguments.
  func describe(_ trait: TraitID, _ arguments: [TypeID]) -> String {
    applied(types.name(traits[Int(trait.rawValue)].name), arguments, 0)
  }

  /// A constant as it is written.
  func describe(_ constant: FuseConstant) -> String {
    switch constant {
    case .boolean(let value): value ? "true" : "false"
    case .number(let value):
      value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    case .string(let bytes): "\"\(String(decoding: bytes, as: UTF8.self))\""
    }
  }

  fileprivate func spelled(_ type: TypeID, _ depth: Int) -> String {
    if type.rawValue < 0 { return "_" }
    if depth > 8 { return "…" }
    switch types[type] {
    case .number: return "number"
    case .string: return "string"
    case .ustring: return "ustring"
    case .boolean: return "boolean"
    case .nil: return "None"
    case .unknown: return "unknown"
    case .never: return "never"
    case .unsafe: return "unsafe"
    case .anyTable: return "Table"
    case .literal(let constant): return describe(constant)
    case .tuple(let items): return spelled(items, depth)
    case .array(let element): return "\(grouped(element, depth))[]"
    case .table(let table): return spelled(table, depth)
    case .nominal(let id, let arguments):
      return applied(types.name(nominals[Int(id.rawValue)].name), arguments, depth)
    case .function(let function): return spelled(function, depth)
    case .dynamic(let trait, let arguments):
      return applied("impl \(types.name(traits[Int(trait.rawValue)].name))", arguments, depth)
    case .parameter(let id): return spelling(of: id)
    case .selfType: return "Self"
    case .union(let members): return spelled(members, depth)
    case .intersection(let members):
      return members.map { spelled($0, depth + 1) }.joined(separator: " & ")
    case .own(let owned): return "own \(spelled(owned, depth + 1))"
    case .variable(let index):
      guard index >= 0, let known = known(ofVariable: index), known != type else { return "_" }
      return spelled(known, depth + 1)
    }
  }

  private func applied(_ name: String, _ arguments: [TypeID], _ depth: Int) -> String {
    if arguments.isEmpty { return name }
    return "\(name)<\(arguments.map { spelled($0, depth + 1) }.joined(separator: ", "))>"
  }

  /// A type before `[]` or `?`.
  private func grouped(_ type: TypeID, _ depth: Int) -> String {
    let text = spelled(type, depth + 1)
    switch types[type] {
    case .union(let members):
      return members.count == 2 && members.contains(TypeStore.nil) ? text : "(\(text))"
    case .function, .intersection, .own, .dynamic: return "(\(text))"
    default: return text
    }
  }

  /// A union; of one with many members the first.
  private func spelled(_ members: [TypeID], _ depth: Int) -> String {
    let others = members.filter { $0 != TypeStore.nil }
    let isOptional = others.count < members.count
    if isOptional, others.count == 1 { return "\(grouped(others[0], depth))?" }
    let shown = others.prefix(8).map { spelled($0, depth + 1) }.joined(separator: " | ")
    let text = others.count > 8 ? shown + " | …" : shown
    return isOptional ? "(\(text))?" : text
  }

  private func spelled(_ items: [FuseType.TupleItem], _ depth: Int) -> String {
    let parts = items.map { item in
      (item.name.map { "\(types.name($0)): " } ?? "") + spelled(item.type, depth + 1)
    }
    return items.count == 1 && items[0].name == nil
      ? "(\(parts[0]),)" : "(\(parts.joined(separator: ", ")))"
  }

  /// A table type; of one with many fields the first.
  private func spelled(_ table: FuseType.TableType, _ depth: Int) -> String {
    var parts = table.fields.prefix(8).map { field in
      var key = describe(field.key)
      if case .string(let bytes) = field.key, isIdentifier(bytes) {
        key = String(decoding: bytes, as: UTF8.self)
      } else {
        key = "[\(key)]"
      }
      return "\(key)\(field.isOptional ? "?" : ""): \(spelled(field.type, depth + 1))"
    }
    if table.fields.count > 8 { parts.append("…") }
    if let index = table.index {
      parts.append("[\(spelled(index.key, depth + 1))]: \(spelled(index.value, depth + 1))")
    }
    return parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }"
  }

  private func isIdentifier(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, !(48...57).contains(first) else { return false }
    return bytes.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
    }
  }

  private func spelled(_ function: FuseType.FunctionType, _ depth: Int) -> String {
    let parts = function.parameters.map { parameter in
      (parameter.isMutable ? "mut " : "") + (parameter.isRest ? "..." : "")
        + (parameter.isSelf ? "self" : spelled(parameter.type, depth + 1))
    }
    let words = (function.isUnsafe ? "unsafe " : "") + (function.isAsync ? "async " : "")
    let result =
      function.result == TypeStore.unit ? "" : " -> \(spelled(function.result, depth + 1))"
    return "\(words)fn(\(parts.joined(separator: ", ")))\(result)"
  }
}

extension Checker: TypeSpelling {
  // Mutating, so that an argument that makes new types is there before the checker is looked at: of
  // `describe(guessed(type))` the checker would otherwise be copied first, and not know the type.

  /// A type in Fuse's own words.
  mutating func describe(_ type: TypeID) -> String { spelled(type, 0) }

  func spelling(of parameter: TypeParameterID) -> String {
    parameters[parameter].map { spelling($0.name) } ?? "_"
  }

  func known(ofVariable index: Int32) -> TypeID? {
    guard variables.indices.contains(Int(index)) else { return nil }
    let variable = variables[Int(index)]
    return [variable.solution, variable.lower].first { $0 != TypeStore.none }
  }
}

extension CheckedProgram: TypeSpelling {
  func spelling(of parameter: TypeParameterID) -> String {
    let module = program.modules[Int(parameter.module)]
    let symbol = module.names.declarations[Int(parameter.declaration)].symbol
    return String(decoding: module.tree.name(ofSymbol: symbol), as: UTF8.self)
  }

  func known(ofVariable index: Int32) -> TypeID? { nil }
}
