// `bit` and `jit` of LuaJIT. SOURCE: bitop.luajit.org/semantics.html, luajit.org/ext_jit.html.

internal import NightjarBase

/// `bit`: operations on signed 32-bit numbers.
enum BitLibrary {
  static let definitions: [NativeDefinition] = [
    .leaf("tobit") { NativeCall.enter($0, $1, $2, $3, toBit) },
    .leaf("tohex") { NativeCall.enter($0, $1, $2, $3, toHex) },
    .leaf("bnot") { NativeCall.enter($0, $1, $2, $3, not) },
    .leaf("band") { NativeCall.enter($0, $1, $2, $3, and) },
    .leaf("bor") { NativeCall.enter($0, $1, $2, $3, or) },
    .leaf("bxor") { NativeCall.enter($0, $1, $2, $3, exclusiveOr) },
    .leaf("lshift") { NativeCall.enter($0, $1, $2, $3, shiftLeft) },
    .leaf("rshift") { NativeCall.enter($0, $1, $2, $3, shiftRight) },
    .leaf("arshift") { NativeCall.enter($0, $1, $2, $3, shiftArithmetically) },
    .leaf("rol") { NativeCall.enter($0, $1, $2, $3, rotateLeft) },
    .leaf("ror") { NativeCall.enter($0, $1, $2, $3, rotateRight) },
    .leaf("bswap") { NativeCall.enter($0, $1, $2, $3, swap) },
  ]

  private static func returns(_ call: NativeCall, _ word: UInt32) -> NativeOutcome {
    call.returns(Value(Int64(Int32(bitPattern: word))))
  }

  private static func places(_ call: NativeCall) throws(ScriptError) -> UInt32 {
    try Bit32Library.word(call, 2) & 31
  }

  private static func toBit(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    returns(call, try Bit32Library.word(call, 1))
  }

  private static func not(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    returns(call, ~(try Bit32Library.word(call, 1)))
  }

  private static func and(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var result = try Bit32Library.word(call, 1)
    if call.count > 1 { for n in 2...call.count { result &= try Bit32Library.word(call, n) } }
    return returns(call, result)
  }

  private static func or(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var result = try Bit32Library.word(call, 1)
    if call.count > 1 { for n in 2...call.count { result |= try Bit32Library.word(call, n) } }
    return returns(call, result)
  }

  private static func exclusiveOr(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var result = try Bit32Library.word(call, 1)
    if call.count > 1 { for n in 2...call.count { result ^= try Bit32Library.word(call, n) } }
    return returns(call, result)
  }

  private static func shiftLeft(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = try Bit32Library.word(call, 1)
    return returns(call, value << (try places(call)))
  }

  private static func shiftRight(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = try Bit32Library.word(call, 1)
    return returns(call, value >> (try places(call)))
  }

  private static func shiftArithmetically(
    _ call: inout NativeCall
  ) throws(ScriptError) -> NativeOutcome {
    let value = Int32(bitPattern: try Bit32Library.word(call, 1))
    return returns(call, UInt32(bitPattern: value >> (try places(call))))
  }

  private static func rotateLeft(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = try Bit32Library.word(call, 1)
    return returns(call, Bit32Library.rotated(value, left: Int64(try places(call))))
  }

  private static func rotateRight(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = try Bit32Library.word(call, 1)
    return returns(call, Bit32Library.rotated(value, left: -Int64(try places(call))))
  }

  private static func swap(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    returns(call, try Bit32Library.word(call, 1).byteSwapped)
  }

  /// The last digits in hexadecimal, eight unless said otherwise; capital ones for a negative count.
  private static func toHex(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let value = try Bit32Library.word(call, 1)
    let wanted =
      call.argument(2).isNil ? 8 : Int(Int32(bitPattern: try Bit32Library.word(call, 2)))
    let digits = String(value, radix: 16, uppercase: wanted < 0)
    let width = Swift.min(Int(wanted.magnitude), 254)
    let zeros = String(repeating: "0", count: Swift.max(width, 8) - digits.utf8.count)
    return call.returns(call.string(String((zeros + digits).suffix(width))))
  }
}

/// `jit`: there is no compiler behind it, and it says so.
enum JitLibrary {
  static let definitions: [NativeDefinition] = [
    .leaf("on") { NativeCall.enter($0, $1, $2, $3, nothing) },
    .leaf("off") { NativeCall.enter($0, $1, $2, $3, nothing) },
    .leaf("flush") { NativeCall.enter($0, $1, $2, $3, nothing) },
    .leaf("attach") { NativeCall.enter($0, $1, $2, $3, nothing) },
    .leaf("status") { NativeCall.enter($0, $1, $2, $3, status) },
  ]

  private static func nothing(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns()
  }

  private static func status(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(false))
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Opens `bit32`, `bit` and `jit` where the dialect being opened has them.
  func openBits() throws(ScriptError) {
    let dialect = pointee.opening
    if LibraryTable.offers("bit32", of: "_G", in: dialect) {
      try newLibrary("bit32", Bit32Library.definitions)
    }
    guard LibraryTable.offers("bit", of: "_G", in: dialect) else { return }
    try newLibrary("bit", BitLibrary.definitions)
    let jit = try newLibrary("jit", JitLibrary.definitions)
    try rawSet(jit, Value(string("version")), Value(string("LuaJIT 2.1 (as Nightjar has it)")))
    try rawSet(jit, Value(string("version_num")), Value(20100.0))
    #if os(macOS)
    try rawSet(jit, Value(string("os")), Value(string("OSX")))
    #else
    try rawSet(jit, Value(string("os")), Value(string("Linux")))
    #endif
    #if arch(arm64)
    try rawSet(jit, Value(string("arch")), Value(string("arm64")))
    #else
    try rawSet(jit, Value(string("arch")), Value(string("x64")))
    #endif
    // `require "table.new"` and `require "table.clear"`.
    let table = rawGet(pointee.globals, Value(string("table")))
    for name in ["new", "clear"] where table.isTable {
      let function = rawGet(table.table, Value(string(name)))
      try rawSet(pointee.loaded, Value(string("table.\(name)")), function)
    }
  }
}
