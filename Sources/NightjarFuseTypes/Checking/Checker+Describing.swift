// Types as messages write them: as a programmer would.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// A type in Fuse's own words.
  mutating func describe(_ type: TypeID) -> String { render(type, depth: 0) }

  private func render(_ type: TypeID, depth: Int) -> String {
    if type == TypeStore.none { return "_" }
    if depth > 8 { return "…" }
    func inner(_ type: TypeID) -> String { render(type, depth: depth + 1) }
    func list(_ types: [TypeID]) -> String { types.map(inner).joined(separator: ", ") }
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
    case .tuple(let items):
      let parts = items.map { item in
        (item.name.map { "\(spelling($0)): " } ?? "") + inner(item.type)
      }
      return parts.count == 1 && items[0].name == nil
        ? "(\(parts[0]),)" : "(\(parts.joined(separator: ", ")))"
    case .array(let element): return "\(grouped(element, depth))[]"
    case .table(let table): return render(table, depth)
    case .nominal(let id, let arguments):
      let name = spelling(nominals[Int(id.rawValue)].name)
      return arguments.isEmpty ? name : "\(name)<\(list(arguments))>"
    case .function(let function): return render(function, depth)
    case .dynamic(let trait, let arguments):
      let name = "impl \(spelling(traits[Int(trait.rawValue)].name))"
      return arguments.isEmpty ? name : "\(name)<\(list(arguments))>"
    case .parameter(let id): return parameters[id].map { spelling($0.name) } ?? "_"
    case .selfType: return "Self"
    case .union(let members): return render(members, depth)
    case .intersection(let members): return members.map(inner).joined(separator: " & ")
    case .own(let owned): return "own \(inner(owned))"
    case .variable(let index):
      if index < 0 { return "_" }
      let variable = variables.indices.contains(Int(index)) ? variables[Int(index)] : nil
      for known in [variable?.solution, variable?.lower] {
        if let known, known != TypeStore.none, known != type { return inner(known) }
      }
      return "_"
    }
  }

  /// A type before `[]` or `?`.
  private func grouped(_ type: TypeID, _ depth: Int) -> String {
    let text = render(type, depth: depth + 1)
    switch types[type] {
    case .union(let members):
      return members.count == 2 && members.contains(TypeStore.nil) ? text : "(\(text))"
    case .function, .intersection, .own, .dynamic: return "(\(text))"
    default: return text
    }
  }

  private func render(_ members: [TypeID], _ depth: Int) -> String {
    let others = members.filter { $0 != TypeStore.nil }
    if others.count == members.count {
      let shown = others.prefix(8).map { render($0, depth: depth + 1) }
      return shown.joined(separator: " | ") + (others.count > 8 ? " | …" : "")
    }
    if others.count == 1 { return "\(grouped(others[0], depth))?" }
    return "(\(render(others, depth)))?"
  }

  private func render(_ table: FuseType.TableType, _ depth: Int) -> String {
    var parts = table.fields.prefix(8).map { field in
      var key = describe(field.key)
      if case .string(let bytes) = field.key, isIdentifier(bytes) {
        key = String(decoding: bytes, as: UTF8.self)
      } else {
        key = "[\(key)]"
      }
      return "\(key)\(field.isOptional ? "?" : ""): \(render(field.type, depth: depth + 1))"
    }
    if table.fields.count > 8 { parts.append("…") }
    if let index = table.index {
      let key = render(index.key, depth: depth + 1)
      parts.append("[\(key)]: \(render(index.value, depth: depth + 1))")
    }
    return parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }"
  }

  private func isIdentifier(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, !(48...57).contains(first) else { return false }
    return bytes.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
    }
  }

  private func render(_ function: FuseType.FunctionType, _ depth: Int) -> String {
    let parts = function.parameters.map { parameter in
      var text = parameter.isMutable ? "mut " : parameter.isRest ? "..." : ""
      text += parameter.isSelf ? "self" : render(parameter.type, depth: depth + 1)
      return text
    }
    var text = function.isUnsafe ? "unsafe " : ""
    if function.isAsync { text += "async " }
    text += "fn(\(parts.joined(separator: ", ")))"
    if function.result != TypeStore.unit {
      text += " -> \(render(function.result, depth: depth + 1))"
    }
    return text
  }

  /// A constant as it is written.
  func describe(_ constant: FuseConstant) -> String {
    switch constant {
    case .boolean(let value): return value ? "true" : "false"
    case .number(let value):
      if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
      return String(value)
    case .string(let bytes): return "\"\(String(decoding: bytes, as: UTF8.self))\""
    }
  }

  /// A trait with arguments.
  mutating func describe(_ trait: TraitID, _ arguments: [TypeID]) -> String {
    let name = spelling(traits[Int(trait.rawValue)].name)
    let parts = arguments.map { describe($0) }.joined(separator: ", ")
    return arguments.isEmpty ? name : "\(name)<\(parts)>"
  }
}
