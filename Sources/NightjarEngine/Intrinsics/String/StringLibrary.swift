// The string library (manual §6.4), in files by subject: characters and slices, repetition and case,
// patterns (Patterns/), formatting (Format/), packing (Packing/), arithmetic on numeric strings.
// `string.dump` stands with `load` (Intrinsics/Base), as both need a compiler.

internal import NightjarBase

/// `string`.
enum StringLibrary {
  /// Its functions.
  static var definitions: [NativeDefinition] {
    [
      .leaf("byte") { NativeCall.enter($0, $1, $2, $3, Self.byte) },
      .leaf("char") { NativeCall.enter($0, $1, $2, $3, Self.char) }.keepingNumbers,
      .leaf("dump") { NativeCall.enter($0, $1, $2, $3, Dumping.dump) },
      .leaf("find") { NativeCall.enter($0, $1, $2, $3, Self.find) },
      .leaf("format") { NativeCall.enter($0, $1, $2, $3, Self.format) }.keepingNumbers,
      .leaf("gmatch") { NativeCall.enter($0, $1, $2, $3, Self.matches) },
      .leaf("gsub") { NativeCall.enter($0, $1, $2, $3, Self.substitute) },
      .leaf("len") { NativeCall.enter($0, $1, $2, $3, Self.length) },
      .leaf("lower") { NativeCall.enter($0, $1, $2, $3, Self.lower) }.keepingNumbers,
      .leaf("match") { NativeCall.enter($0, $1, $2, $3, Self.match) },
      .leaf("pack") { NativeCall.enter($0, $1, $2, $3, Self.pack) },
      .leaf("packsize") { NativeCall.enter($0, $1, $2, $3, Self.packSize) },
      .leaf("rep") { NativeCall.enter($0, $1, $2, $3, Self.repetition) }.keepingNumbers,
      .leaf("reverse") { NativeCall.enter($0, $1, $2, $3, Self.reverse) }.keepingNumbers,
      .leaf("sub") { NativeCall.enter($0, $1, $2, $3, Self.slice) }.keepingNumbers,
      .leaf("unpack") { NativeCall.enter($0, $1, $2, $3, Self.unpack) },
      .leaf("upper") { NativeCall.enter($0, $1, $2, $3, Self.upper) }.keepingNumbers,
    ]
  }

  /// The metamethods of strings.
  static var metamethods: [NativeDefinition] {
    [
      .leaf("__add") { NativeCall.enter($0, $1, $2, $3, Self.add) },
      .leaf("__sub") { NativeCall.enter($0, $1, $2, $3, Self.subtract) },
      .leaf("__mul") { NativeCall.enter($0, $1, $2, $3, Self.multiply) },
      .leaf("__mod") { NativeCall.enter($0, $1, $2, $3, Self.modulo) },
      .leaf("__pow") { NativeCall.enter($0, $1, $2, $3, Self.power) },
      .leaf("__div") { NativeCall.enter($0, $1, $2, $3, Self.divide) },
      .leaf("__idiv") { NativeCall.enter($0, $1, $2, $3, Self.floorDivide) },
      .leaf("__unm") { NativeCall.enter($0, $1, $2, $3, Self.negate) },
    ]
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Opens `string` and gives strings their metatable.
  func openString() throws(ScriptError) {
    let library = try newLibrary("string", StringLibrary.definitions)
    if LibraryTable.offers("gfind", of: "string", in: pointee.opening) {
      // Another name of the same function.
      let gmatch = rawGet(library, Value(string("gmatch")))
      try rawSet(library, Value(string("gfind")), gmatch)
    }
    let hasArithmetic = pointee.opening.rules.stringArithmetic == .metamethods
    let metamethods = hasArithmetic ? StringLibrary.metamethods : []
    // Beside them __index, and __metatable where it is protected.
    let metatable = try newTable(nodeCapacity: metamethods.count + 2)
    for definition in metamethods {
      try rawSet(metatable, Value(string(definition.name)), Value(makeNative(definition)))
    }
    try rawSet(metatable, Value(string("__index")), Value(library))
    setTypeMetatable(.string, metatable)
  }
}
