// How a chunk's name is shown in messages: `@file`, `=name` or the source text itself.

/// Chunk names as messages and `debug.getinfo` show them.
package enum ChunkName {
  /// The most bytes of a shown name (LUA_IDSIZE less the final zero).
  package static let byteCountMax = 59

  /// What is shown for a chunk name.
  ///
  /// - Source: the reference's `luaO_chunkid`.
  package static func display(_ source: [UInt8]) -> [UInt8] {
    guard let kind = source.first else { return Array("[string \"\"]".utf8) }
    if kind == UInt8(ascii: "=") { return Array(source.dropFirst().prefix(byteCountMax)) }
    if kind == UInt8(ascii: "@") {
      let name = source.dropFirst()
      if name.count <= byteCountMax { return Array(name) }
      return Array("...".utf8) + name.suffix(byteCountMax - 3)
    }
    let opening = Array("[string \"".utf8)
    let closing = Array("\"]".utf8)
    let dots = Array("...".utf8)
    let room = byteCountMax - opening.count - dots.count - closing.count
    let line = source.prefix { $0 != UInt8(ascii: "\n") }
    if line.count == source.count && line.count < room + dots.count - 2 {
      return opening + source + closing
    }
    return opening + line.prefix(room) + dots + closing
  }
}
