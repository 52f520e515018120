// What a host offers, written down for editors: declarations in the form that Lua language servers read.

extension Machine {
  /// The documentation of a type that was exposed.
  func expose(documentation type: ScriptType) { core.exposed.append(type) }

  /// Declarations of the types given to `expose`, as LuaLS annotations (`---@class`, `---@field`).
  ///
  /// Write them to a file of the script author's workspace, and editors complete and check the host's API.
  public var definitions: String {
    var text = "---@meta\n"
    for type in core.exposed { text += "\n" + type.definition }
    return text
  }
}

extension ScriptType {
  /// The type's declaration as LuaLS annotations.
  public var definition: String {
    var text = ""
    func comment(_ words: String) { if !words.isEmpty { text += "---\(words)\n" } }
    comment(documentation)
    text += "---@class \(name)\n"
    let writable = Set(members.filter { $0.kind == .setter }.map(\.name))
    for member in members where member.kind == .getter {
      let type = Self.annotation(member.signature.results.first ?? "any")
      let note = writable.contains(member.name) ? "" : " (read-only)"
      text += "---@field \(member.name) \(type) \(member.documentation)\(note)\n"
    }
    text += "\(name) = {}\n"
    for member in members where member.kind == .method || member.kind == .staticMethod {
      text += "\n"
      comment(member.documentation)
      let names = member.signature.parameters.indices.map { "p\($0 + 1)" }
      for (parameter, type) in zip(names, member.signature.parameters) {
        text += "---@param \(parameter) \(Self.annotation(type))\n"
      }
      for type in member.signature.results { text += "---@return \(Self.annotation(type))\n" }
      let mark = member.kind == .method ? ":" : "."
      text += "function \(name)\(mark)\(member.name)(\(names.joined(separator: ", "))) end\n"
    }
    return text
  }

  /// A type's name as annotations have it.
  private static func annotation(_ name: String) -> String {
    switch name {
    case "value": "any"
    case _ where name.hasSuffix(" or nil"): String(name.dropLast(7)) + "?"
    default: name
    }
  }
}
