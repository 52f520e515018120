// How messages name a chunk: short, on one line, and telling files from strings. Compiler and engine
// must agree on it, so it stands below both.
//
// SOURCE: Lua 5.4 manual, lua_load and luaL_loadbufferx; sizes as in the reference (LUA_IDSIZE).

/// Names of chunks in messages.
package enum ChunkName {
  /// The most bytes of a name in a message.
  package static let byteCountMax = 59

  /// The name that messages give to a chunk: `@file` and `=name` without their first byte and cut
  /// to size, everything else as `[string "first line..."]`.
  package static func display(_ name: [UInt8]) -> [UInt8] {
    let text: [UInt8]
    switch name.first {
    case UInt8(ascii: "="): text = Array(name.dropFirst().prefix(byteCountMax))
    case UInt8(ascii: "@"):
      let file = name.dropFirst()
      text =
        file.count <= byteCountMax
        ? Array(file) : ellipsis + Array(file.suffix(byteCountMax - ellipsis.count))
    default: text = quoted(name)
    }
    // The reference's strings end at a zero byte.
    return Array(text.prefix { $0 != 0 })
  }

  /// A message with its place: `name:line: text`.
  package static func message(_ text: [UInt8], chunkName: [UInt8], line: Int) -> [UInt8] {
    display(chunkName) + Array(":\(line): ".utf8) + text
  }

  private static let ellipsis = Array("...".utf8)

  private static func quoted(_ source: [UInt8]) -> [UInt8] {
    let room = 45
    var shown = source[...]
    var isCut = false
    if let lineEnd = source.firstIndex(of: 10) {
      shown = shown[..<lineEnd]
      isCut = true
    }
    if shown.count >= room, !isCut { isCut = true }
    let end = isCut ? ellipsis : []
    return Array("[string \"".utf8) + shown.prefix(room) + end + Array("\"]".utf8)
  }
}
