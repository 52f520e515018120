// How messages name a chunk: short, on one line, and telling files from strings. Compiler and engine
// must agree on it, so it stands below both.
//
// SOURCE: Lua 5.4 manual, lua_load and luaL_loadbufferx; sizes as in the reference (LUA_IDSIZE).

/// Names of chunks in messages.
package enum ChunkName {
  /// The most bytes of a name in a message.
  package static let byteCountMax = 59

  /// How a dialect shortens names.
  package enum Style: Sendable {
    /// As 5.2 and its successors do.
    case standard
    /// As 5.1 does at run time.
    case shorter
    /// As the compiler of 5.1 does, which has more room.
    case roomy
    /// As LuaJIT does: up to 48 bytes of a text whole, else 45.
    case ofLuaJIT
  }

  /// The name that messages give to a chunk: `@file` and `=name` without their first byte and cut
  /// to size, everything else as `[string "first line..."]`.
  package static func display(_ name: [UInt8], _ style: Style = .standard) -> [UInt8] {
    let room = style == .roomy ? 79 : byteCountMax
    let text: [UInt8]
    switch name.first {
    case UInt8(ascii: "="): text = Array(name.dropFirst().prefix(room))
    case UInt8(ascii: "@"):
      let file = name.dropFirst()
      let isOldest = style == .shorter || style == .roomy
      let whole = isOldest ? room - 7 : room
      let kept = isOldest ? room - 7 : room - ellipsis.count
      text = file.count <= whole ? Array(file) : ellipsis + Array(file.suffix(kept))
    default:
      switch style {
      case .standard: text = quoted(name)
      case .shorter, .roomy: text = quoted(name, room: room - 16) { $0 == 10 || $0 == 13 }
      case .ofLuaJIT:
        let line = name.prefix(48).prefix { $0 >= 0x20 }
        text = line.count == name.count ? quote(line) : quote(line.prefix(45) + ellipsis)
      }
    }
    // The reference's strings end at a zero byte.
    return Array(text.prefix { $0 != 0 })
  }

  /// A message with its place: `name:line: text`.
  package static func message(
    _ text: [UInt8],
    chunkName: [UInt8],
    line: Int,
    _ style: Style = .standard
  ) -> [UInt8] {
    display(chunkName, style) + Array(":\(line): ".utf8) + text
  }

  private static let ellipsis = Array("...".utf8)

  private static func quote(_ text: some Sequence<UInt8>) -> [UInt8] {
    Array("[string \"".utf8) + text + Array("\"]".utf8)
  }

  /// The first line of a text, cut to `room` bytes.
  private static func quoted(
    _ source: [UInt8],
    room: Int,
    _ endsLine: (UInt8) -> Bool
  ) -> [UInt8] {
    let line = source.prefix { !endsLine($0) }.prefix(room)
    return line.count == source.count ? quote(line) : quote(line + ellipsis)
  }

  private static func quoted(_ source: [UInt8]) -> [UInt8] {
    let room = 45
    var shown = source[...]
    var isCut = false
    if let lineEnd = source.firstIndex(of: 10) {
      shown = shown[..<lineEnd]
      isCut = true
    }
    if shown.count >= room, !isCut { isCut = true }
    return quote(shown.prefix(room) + (isCut ? ellipsis : []))
  }
}
