// Declarations as LuaLS annotations: a Lua file that is never run, whose comments say the types.
//
// SOURCE: the language server's wiki, "Annotations".

/// Writes LuaLS annotations.
enum LuaDeclarations {
  private static let keywords: Set<String> = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "global", "goto",
    "if",
    "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
  ]

  static func text(of declarations: Declarations) -> String {
    var text = "---@meta\n"
    let globals = declarations.globals
    for value in globals.values {
      text += "\n" + comment(value.documentation) + "---@type \(type(value.type))\n"
      text += "\(place(value.name, in: "_G", isGlobal: true)) = nil\n"
    }
    for function in globals.functions { text += "\n" + self.text(of: function, in: "") }
    for type in declarations.classes { text += "\n" + self.text(of: type) }
    for table in withParents(declarations.tables) { text += "\n" + self.text(of: table) }
    return text
  }

  /// Tables with those that their paths lead through, which may have nothing of their own.
  private static func withParents(_ tables: [DeclaredTable]) -> [DeclaredTable] {
    var all: [DeclaredTable] = []
    func has(_ name: String) -> Bool { all.contains { $0.name == name } }
    for table in tables {
      var path = ""
      for step in table.name.split(separator: ".").dropLast() {
        path += path.isEmpty ? String(step) : ".\(step)"
        if !has(path), !tables.contains(where: { $0.name == path }) {
          all.append(DeclaredTable(path))
        }
      }
      all.append(table)
    }
    return all.sorted { $0.name.count(where: { $0 == "." }) < $1.name.count(where: { $0 == "." }) }
  }

  private static func comment(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: true)
      .map { "---\($0)\n" }.joined()
  }

  // MARK: Names

  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(first &- 0x30 <= 9), !keywords.contains(text) else {
      return false
    }
    return text.utf8.allSatisfy { byte in
      (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- 0x30 <= 9 || byte == UInt8(ascii: "_")
    }
  }

  /// How a field of a table is written; names that are no words of Lua stand in brackets.
  private static func place(_ name: String, in table: String, isGlobal: Bool = false) -> String {
    if isName(name) { return isGlobal || table.isEmpty ? name : "\(table).\(name)" }
    return "\(table.isEmpty ? "_G" : table)[\(quoted(name))]"
  }

  private static func place(ofTable path: String) -> String {
    path.split(separator: ".").reduce("") { table, step in
      place(String(step), in: table, isGlobal: table.isEmpty)
    }
  }

  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\0": quoted += "\\0"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  private static func parameterName(_ name: String, _ index: Int) -> String {
    isName(name) ? name : isName("\(name)_") ? "\(name)_" : "p\(index + 1)"
  }

  // MARK: Types

  private static func type(_ type: DeclaredType) -> String {
    switch type {
    case .any: "any"
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    case .table: "table"
    case .function: "function"
    case .thread: "thread"
    case .userdata: "userdata"
    case .named(let name): name
    case .literals(let texts): texts.map { quoted($0) }.joined(separator: "|")
    case .optional(.any): "any"
    case .optional(let wrapped): grouped(wrapped) + "?"
    case .list(let element): grouped(element) + "[]"
    case .dictionary(let key, let value): "table<\(self.type(key)), \(self.type(value))>"
    case .union(let types): types.map { self.type($0) }.joined(separator: "|")
    }
  }

  private static func grouped(_ type: DeclaredType) -> String {
    switch type {
    case .literals, .union, .optional: "(\(self.type(type)))"
    default: self.type(type)
    }
  }

  // MARK: Functions

  /// The comments of a function, and the names of its parameters.
  private static func annotations(of function: DeclaredFunction) -> (text: String, names: String) {
    var text = comment(function.documentation)
    var names: [String] = []
    for (index, parameter) in function.parameters.enumerated() {
      let name = parameterName(parameter.name, index)
      names.append(name)
      var kind = parameter.type
      var mark = parameter.isOptional ? "?" : ""
      if case .optional(let wrapped) = kind {
        kind = wrapped
        mark = "?"
      }
      text += "---@param \(name)\(mark) \(type(kind))\n"
    }
    if let rest = function.rest {
      names.append("...")
      text += "---@param ... \(type(rest))\n"
    }
    for result in function.results { text += "---@return \(type(result))\n" }
    if let further = function.furtherResults { text += "---@return \(type(further)) ...\n" }
    return (text, names.joined(separator: ", "))
  }

  private static func text(
    of function: DeclaredFunction,
    in table: String,
    mark: String = "."
  ) -> String {
    let (text, names) = annotations(of: function)
    if isName(function.name) {
      let owner = table.isEmpty ? "" : "\(table)\(mark)"
      return text + "function \(owner)\(function.name)(\(names)) end\n"
    }
    let own = mark == ":" ? (names.isEmpty ? "self" : "self, \(names)") : names
    return text + "\(place(function.name, in: table)) = function(\(own)) end\n"
  }

  /// The type of a function in one line.
  private static func line(_ function: DeclaredFunction) -> String {
    var parts = function.parameters.enumerated().map { index, parameter in
      "\(parameterName(parameter.name, index))\(parameter.isOptional ? "?" : ""): \(type(parameter.type))"
    }
    if let rest = function.rest { parts.append("...: \(type(rest))") }
    let results = function.results.map { type($0) }.joined(separator: ", ")
    return "fun(\(parts.joined(separator: ", ")))" + (results.isEmpty ? "" : ": \(results)")
  }

  // MARK: Tables and classes

  private static func text(of table: DeclaredTable) -> String {
    let owner = place(ofTable: table.name)
    var text = comment(table.documentation) + "---@class \(table.name)\n"
    for value in table.values where isName(value.name) {
      text += field(value)
    }
    text += "\(owner) = {}\n"
    for function in table.functions { text += "\n" + self.text(of: function, in: owner) }
    return text
  }

  private static func field(_ value: DeclaredValue) -> String {
    var words = value.documentation
    if value.isReadOnly { words += words.isEmpty ? "(read-only)" : " (read-only)" }
    let line = words.split(separator: "\n").joined(separator: " ")
    return "---@field \(value.name) \(type(value.type))\(line.isEmpty ? "" : " \(line)")\n"
  }

  private static func text(of type: DeclaredClass) -> String {
    var text = comment(type.documentation) + "---@class \(type.name)\n"
    for value in type.fields { text += field(value) }
    if let element = type.element {
      text += "---@field [\(self.type(element.key))] \(self.type(element.value))\n"
    }
    for function in type.operators {
      let operand = function.parameters.first.map { "(\(self.type($0.type)))" } ?? ""
      let result = function.results.first.map { self.type($0) } ?? "any"
      text += "---@operator \(function.name)\(operand): \(result)\n"
    }
    if let call = type.call { text += "---@overload \(line(call))\n" }
    let owner = isName(type.name) ? type.name : "_G[\(quoted(type.name))]"
    text += "\(type.isGlobal ? "" : "local ")\(owner) = {}\n"
    for value in type.constants {
      text += "\n" + comment(value.documentation) + "---@type \(self.type(value.type))\n"
      text += "\(place(value.name, in: owner)) = nil\n"
    }
    for function in type.methods { text += "\n" + self.text(of: function, in: owner, mark: ":") }
    for function in type.statics { text += "\n" + self.text(of: function, in: owner) }
    return text
  }
}
