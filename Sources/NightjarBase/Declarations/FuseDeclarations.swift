// Declarations as Fuse reads them. Libraries that `require` gives are modules; what is global stands in
// `declare global`, tables of the host as values with functions for fields. Every function is `unsafe`:
// nothing says of a host's closure that it raises no error.
//
// SOURCE: the reference of Fuse, §3.1, §3.3 and §6.5.

/// Writes declarations of Fuse.
enum FuseDeclarations {
  private static let keywords: Set<String> = [
    "abstract", "and", "as", "async", "await", "break", "const", "defer", "do", "else", "elseif",
    "end",
    "enum", "export", "extends", "false", "final", "fn", "for", "function", "global", "goto", "if",
    "impl", "import", "in", "is", "let", "local", "match", "mut", "never", "nil", "not", "or",
    "override", "own", "priv", "prot", "pub", "repeat", "return", "satisfies", "self", "static",
    "struct", "then", "trait", "true", "try", "type", "union", "unknown", "unsafe", "until",
    "virtual",
    "when", "where", "while", "yield",
  ]

  static func text(of declarations: Declarations) -> String {
    var text = ""
    var members: [String] = []
    let globals = declarations.globals
    members += globals.values.map { value($0) }
    members += globals.functions.filter { isName($0.name) }.map { function($0, indent: "  ") }
    members += declarations.classes.map { type in self.type(declaring: type) }
    members += roots(of: declarations.tables.filter { !$0.isModule }).map { table($0) }
    if !members.isEmpty { text += "declare global\n\(members.joined())end\n" }
    for module in declarations.tables where module.isModule {
      if !text.isEmpty { text += "\n" }
      text += comment(module.documentation) + "declare module \"@lua:\(module.name)\"\n"
      text += module.values.map { value($0) }.joined()
      for declared in module.functions where isName(declared.name) {
        text += function(declared, indent: "  ")
      }
      text += "end\n"
    }
    return text
  }

  private static func comment(_ text: String, indent: String = "") -> String {
    text.split(separator: "\n", omittingEmptySubsequences: true)
      .map { "\(indent)--- \($0)\n" }.joined()
  }

  // MARK: Names

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(first &- 0x30 <= 9), !text.hasPrefix("__") else {
      return false
    }
    return text.utf8.allSatisfy { byte in
      (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- 0x30 <= 9 || byte == UInt8(ascii: "_")
    }
  }

  private static func name(_ text: String) -> String {
    keywords.contains(text) ? "r#\(text)" : text
  }

  // MARK: Types

  /// A type as a parameter has it, or as a result: a value that nothing is known of is taken as
  /// `unknown?` and given as `unsafe`.
  private static func type(_ type: DeclaredType, isResult: Bool = false) -> String {
    switch type {
    case .any, .optional(.any): isResult ? "unsafe" : "unknown?"
    case .boolean: "boolean"
    case .integer, .number: "number"
    case .string: "string"
    case .table: "Table"
    case .function: "unsafe fn(...unsafe) -> unsafe"
    case .thread, .userdata: "unknown"
    case .named(let name): self.name(name)
    case .literals(let texts): texts.map { LuaDeclarations.quoted($0) }.joined(separator: " | ")
    case .optional(let wrapped): grouped(wrapped, isResult) + "?"
    case .list(let element): grouped(solid(element), isResult) + "[]"
    case .dictionary(let key, let value):
      "{ [\(self.type(solid(key)))]: \(self.type(value, isResult: isResult)) }"
    case .union(let types): types.map { grouped($0, isResult) }.joined(separator: " | ")
    }
  }

  private static func grouped(_ type: DeclaredType, _ isResult: Bool) -> String {
    switch type {
    case .literals, .union, .optional, .function: "(\(self.type(type, isResult: isResult)))"
    default: self.type(type, isResult: isResult)
    }
  }

  /// What an element of a list can be: never nil.
  private static func solid(_ type: DeclaredType) -> DeclaredType {
    switch type {
    case .any: .userdata
    case .optional(let wrapped): solid(wrapped)
    default: type
    }
  }

  // MARK: Functions

  private static func parameters(of function: DeclaredFunction) -> [String] {
    var parts = function.parameters.enumerated().map { index, parameter in
      let own = isName(parameter.name) ? name(parameter.name) : "p\(index + 1)"
      var kind = parameter.type
      if case .optional(let wrapped) = kind { kind = wrapped }
      guard parameter.isOptional || kind != parameter.type, kind != .any else {
        return "\(own): \(type(kind))" + (parameter.isOptional ? " = None" : "")
      }
      return "\(own): \(grouped(kind, false))? = None"
    }
    // A parameter behind one that may be left out may be left out too.
    for index in parts.indices.reversed() where index > 0 && !parts[index].hasSuffix(" = None") {
      for earlier in 0..<index where parts[earlier].hasSuffix(" = None") {
        parts[earlier] = String(parts[earlier].dropLast(7))
      }
    }
    if let rest = function.rest { parts.append("...rest: \(type(rest))") }
    return parts
  }

  private static func result(of function: DeclaredFunction) -> String {
    if function.furtherResults != nil { return " -> unsafe" }
    let types = function.results.map { type($0, isResult: true) }
    switch types.count {
    case 0: return ""
    case 1: return " -> \(types[0])"
    default: return " -> (\(types.joined(separator: ", ")))"
    }
  }

  private static func function(
    _ function: DeclaredFunction,
    indent: String,
    isMethod: Bool = false
  ) -> String {
    let parameters = (isMethod ? ["self"] : []) + parameters(of: function)
    return comment(function.documentation, indent: indent)
      + "\(indent)unsafe fn \(name(function.name))(\(parameters.joined(separator: ", ")))"
      + result(of: function) + "\n"
  }

  private static func value(_ value: DeclaredValue) -> String {
    guard isName(value.name) else { return "" }
    return comment(value.documentation, indent: "  ")
      + "  let \(name(value.name)): \(type(value.type, isResult: true))\n"
  }

  // MARK: Tables and structs

  private static func type(declaring type: DeclaredClass) -> String {
    var text = comment(type.documentation, indent: "  ") + "  struct \(name(type.name))\n"
    for field in type.fields where isName(field.name) {
      text += comment(field.documentation, indent: "    ")
      text += "    pub \(name(field.name)): \(self.type(field.type, isResult: true))\n"
    }
    for method in type.methods where isName(method.name) {
      text += function(method, indent: "    ", isMethod: true)
    }
    for function in type.statics where isName(function.name) {
      text += self.function(function, indent: "    ")
    }
    return text + "  end\n"
  }

  /// A table with the tables in it.
  private final class Node {
    let name: String
    var table: DeclaredTable
    var children: [Node] = []

    init(_ name: String) {
      self.name = name
      table = DeclaredTable(name)
    }
  }

  private static func roots(of tables: [DeclaredTable]) -> [Node] {
    let top = Node("")
    for table in tables {
      var node = top
      for step in table.name.split(separator: ".").map({ String($0) }) {
        if let child = node.children.first(where: { $0.name == step }) {
          node = child
        } else {
          let child = Node(step)
          node.children.append(child)
          node = child
        }
      }
      node.table = table
    }
    return top.children
  }

  private static func table(_ node: Node) -> String {
    guard isName(node.name) else { return "" }
    return comment(node.table.documentation, indent: "  ")
      + "  let \(name(node.name)): \(tableType(node, indent: "  "))\n"
  }

  private static func tableType(_ node: Node, indent: String) -> String {
    let inner = indent + "  "
    var fields: [String] = []
    func field(_ name: String, _ documentation: String, _ type: String) {
      let shown = isName(name) && !keywords.contains(name) ? name : LuaDeclarations.quoted(name)
      fields.append("\(comment(documentation, indent: inner))\(inner)\(shown): \(type),\n")
    }
    for value in node.table.values {
      field(value.name, value.documentation, type(value.type, isResult: true))
    }
    for function in node.table.functions {
      field(function.name, function.documentation, functionType(function))
    }
    for child in node.children { field(child.name, "", tableType(child, indent: inner)) }
    return fields.isEmpty ? "{}" : "{\n\(fields.joined())\(indent)}"
  }

  /// The type of a function that is a field; parameters that may be left out are optional.
  private static func functionType(_ function: DeclaredFunction) -> String {
    var parts = function.parameters.enumerated().map { index, parameter in
      let own = isName(parameter.name) ? name(parameter.name) : "p\(index + 1)"
      let isPlain = !parameter.isOptional || parameter.type == .any
      if case .optional = parameter.type { return "\(own): \(type(parameter.type))" }
      return "\(own): \(isPlain ? type(parameter.type) : grouped(parameter.type, false) + "?")"
    }
    if let rest = function.rest { parts.append("...\(type(rest))") }
    return "unsafe fn(\(parts.joined(separator: ", ")))\(result(of: function))"
  }
}
