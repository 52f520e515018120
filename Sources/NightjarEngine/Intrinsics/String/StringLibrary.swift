// The string library (manual §6.4), in files by subject: characters and slices, repetition and case,
// patterns (Patterns/), formatting (Format/), packing (Packing/), arithmetic on numeric strings.
// `string.dump` stands with `load`, as both need a compiler.

/// `string`.
enum StringLibrary {
  /// Its functions.
  static var definitions: [NativeDefinition] {
    [
      .leaf("byte") { NativeCall.enter($0, $1, $2, $3, byte) },
      .leaf("char") { NativeCall.enter($0, $1, $2, $3, char) },
      .leaf("find") { NativeCall.enter($0, $1, $2, $3, find) },
      .leaf("format") { NativeCall.enter($0, $1, $2, $3, format) },
      .leaf("gmatch") { NativeCall.enter($0, $1, $2, $3, matches) },
      .leaf("gsub") { NativeCall.enter($0, $1, $2, $3, substitute) },
      .leaf("len") { NativeCall.enter($0, $1, $2, $3, length) },
      .leaf("lower") { NativeCall.enter($0, $1, $2, $3, lower) },
      .leaf("match") { NativeCall.enter($0, $1, $2, $3, match) },
      .leaf("pack") { NativeCall.enter($0, $1, $2, $3, pack) },
      .leaf("packsize") { NativeCall.enter($0, $1, $2, $3, packSize) },
      .leaf("rep") { NativeCall.enter($0, $1, $2, $3, repetition) },
      .leaf("reverse") { NativeCall.enter($0, $1, $2, $3, reverse) },
      .leaf("sub") { NativeCall.enter($0, $1, $2, $3, slice) },
      .leaf("unpack") { NativeCall.enter($0, $1, $2, $3, unpack) },
      .leaf("upper") { NativeCall.enter($0, $1, $2, $3, upper) },
    ]
  }

  /// The metamethods of strings.
  static var metamethods: [NativeDefinition] {
    [
      .leaf("__add") { NativeCall.enter($0, $1, $2, $3, add) },
      .leaf("__sub") { NativeCall.enter($0, $1, $2, $3, subtract) },
      .leaf("__mul") { NativeCall.enter($0, $1, $2, $3, multiply) },
      .leaf("__mod") { NativeCall.enter($0, $1, $2, $3, modulo) },
      .leaf("__pow") { NativeCall.enter($0, $1, $2, $3, power) },
      .leaf("__div") { NativeCall.enter($0, $1, $2, $3, divide) },
      .leaf("__idiv") { NativeCall.enter($0, $1, $2, $3, floorDivide) },
      .leaf("__unm") { NativeCall.enter($0, $1, $2, $3, negate) },
    ]
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Opens `string` and gives strings their metatable.
  func openString() throws(ScriptError) {
    let library = try newLibrary("string", StringLibrary.definitions)
    let metatable = newTable()
    for definition in StringLibrary.metamethods {
      try rawSet(metatable, Value(string(definition.name)), Value(makeNative(definition)))
    }
    try rawSet(metatable, Value(string("__index")), Value(library))
    setTypeMetatable(.string, metatable)
  }
}
