// Types as messages write them, when all types are known.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension CheckedProgram {
  /// A type in Fuse's own words.
  func spelled(_ type: TypeID, depth: Int = 0) -> String {
    if type.rawValue < 0 || depth > 8 { return "…" }
    func inner(_ type: TypeID) -> String { spelled(type, depth: depth + 1) }
    func list(_ types: [TypeID]) -> String { types.map(inner).joined(separator: ", ") }
    func applied(_ name: String, _ arguments: [TypeID]) -> String {
      arguments.isEmpty ? name : "\(name)<\(list(arguments))>"
    }
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
    case .literal(let value): return spelled(value)
    case .tuple(let items): return spelled(items, inner)
    case .array(let element): return "\(grouped(element, depth))[]"
    case .table(let table): return spelled(table, inner)
    case .nominal(let id, let arguments):
      return applied(types.name(nominals[Int(id.rawValue)].name), arguments)
    case .function(let function): return spelled(function, inner)
    case .dynamic(let trait, let arguments):
      return applied("impl \(types.name(traits[Int(trait.rawValue)].name))", arguments)
    case .parameter(let id): return name(of: id)
    case .selfType: return "Self"
    case .union(let members):
      let others = members.filter { $0 != TypeStore.nil }
      let isOptional = others.count < members.count
      if isOptional, others.count == 1 { return "\(grouped(others[0], depth))?" }
      let text = others.map(inner).joined(separator: " | ")
      return isOptional ? "(\(text))?" : text
    case .intersection(let members): return members.map(inner).joined(separator: " & ")
    case .own(let owned): return "own \(inner(owned))"
    case .variable: return "_"
    }
  }

  /// A type before `[]` or `?`.
  private func grouped(_ type: TypeID, _ depth: Int) -> String {
    let text = spelled(type, depth: depth + 1)
    switch types[type] {
    case .function, .intersection, .own: return "(\(text))"
    case .union(let members): return members.contains(TypeStore.nil) ? text : "(\(text))"
    default: return text
    }
  }

  private func spelled(_ items: [FuseType.TupleItem], _ inner: (TypeID) -> String) -> String {
    let parts = items.map { item in
      (item.name.map { "\(types.name($0)): " } ?? "") + inner(item.type)
    }
    return items.count == 1 && items[0].name == nil
      ? "(\(parts[0]),)" : "(\(parts.joined(separator: ", ")))"
  }

  private func spelled(_ table: FuseType.TableType, _ inner: (TypeID) -> String) -> String {
    var parts = table.fields.map { field in
      let mark = field.isOptional ? "?" : ""
      if case .string(let bytes) = field.key {
        return "\(String(decoding: bytes, as: UTF8.self))\(mark): \(inner(field.type))"
      }
      return "[\(spelled(field.key))]\(mark): \(inner(field.type))"
    }
    if let index = table.index { parts.append("[\(inner(index.key))]: \(inner(index.value))") }
    return parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }"
  }

  private func spelled(_ function: FuseType.FunctionType, _ inner: (TypeID) -> String) -> String {
    let parameters = function.parameters.map { parameter in
      if parameter.isSelf { return parameter.isMutable ? "mut self" : "self" }
      return (parameter.isMutable ? "mut " : "") + (parameter.isRest ? "..." : "")
        + inner(parameter.type)
    }
    let words = (function.isUnsafe ? "unsafe " : "") + (function.isAsync ? "async " : "")
    let result = function.result == TypeStore.unit ? "" : " -> \(inner(function.result))"
    return "\(words)fn(\(parameters.joined(separator: ", ")))\(result)"
  }

  private func name(of parameter: TypeParameterID) -> String {
    let module = program.modules[Int(parameter.module)]
    let symbol = module.names.declarations[Int(parameter.declaration)].symbol
    return String(decoding: module.tree.name(ofSymbol: symbol), as: UTF8.self)
  }

  /// How a constant is written.
  func spelled(_ value: FuseConstant) -> String {
    switch value {
    case .boolean(let value): "\(value)"
    case .number(let value):
      value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    case .string(let bytes): "\"\(String(decoding: bytes, as: UTF8.self))\""
    }
  }
}
