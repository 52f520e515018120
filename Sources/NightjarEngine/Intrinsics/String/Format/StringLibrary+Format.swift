// string.format. It runs to its end in one step unless a value must be asked for its text
// (`__tostring`): then the arguments are kept, the answer takes the value's place, and formatting
// begins anew. Formatting itself has no effects, so nobody can tell.

internal import NightjarBase

extension StringLibrary {
  private enum FormatPhase {
    static var begin: Int { 0 }
    /// `__tostring` has answered.
    ///
    /// Slot 1 holds the argument count and the argument's number, the
    /// arguments stand one slot higher, the answer behind them.
    static var answered: Int { 1 }
  }

  /// `string.format`.
  static func format(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var count = call.count
    if call.phase == FormatPhase.answered { count = takeAnswer(call) }
    let view = NativeCall(call.vm, call.slots, count, FormatPhase.begin)
    let format = try view.checkString(1)
    var pending = 0
    let text = try view.gather { (text: inout TextBuffer) throws(ScriptError) -> Value in
      pending = try write(view, format, &text)
      view.charge(text.count &>> 3)
      return pending == 0 ? Value(try text.string()) : .nil
    }
    if pending == 0 { return view.returns(text) }
    return askForText(view, pending)
  }

  /// Writes the whole text.
  ///
  /// - Returns: 0, or the number of an argument whose text must be asked for first.
  private static func write(
    _ call: NativeCall,
    _ format: StringRef,
    _ text: inout TextBuffer
  ) throws(ScriptError) -> Int {
    let bytes = UnsafePointer(format.bytes)
    let count = format.count
    // Looked up once: each conversion asks it several times.
    let dialect = call.dialect
    var argument = 1
    var offset = 0
    while offset < count {
      let percent =
        offset &+ ByteSearch.firstByte(UInt8(ascii: "%"), in: bytes + offset, count &- offset)
      if percent > offset { try text.append(bytes + offset, percent &- offset) }
      if percent == count { break }
      offset = percent &+ 1
      if offset < count && bytes[offset] == UInt8(ascii: "%") {
        try text.append(UInt8(ascii: "%"))
        offset &+= 1
        continue
      }
      argument &+= 1
      if argument > call.count {
        if dialect.follows(.formatReadsStrictly) {
          // A conversion that is none comes before one without argument.
          let item = try FormatItem(bytes, count, at: offset, in: call, dialect)
          guard item.isConversion else { throw invalidConversion(item, bytes, call) }
          throw call.argumentError(argument, "value expected")
        }
        throw call.argumentError(argument, "no value")
      }
      let item = try FormatItem(bytes, count, at: offset, in: call, dialect)
      if !(try write(item, bytes, argument, call, dialect, &text)) { return argument }
      offset = item.letterOffset &+ 1
    }
    return 0
  }

  /// Writes one conversion.
  ///
  /// - Returns: false when the argument's text must be asked for.
  private static func write(
    _ item: FormatItem,
    _ format: UnsafePointer<UInt8>,
    _ n: Int,
    _ call: NativeCall,
    _ dialect: LuaDialect,
    _ text: inout TextBuffer
  ) throws(ScriptError) -> Bool {
    switch item.letter {
    case UInt8(ascii: "d"), UInt8(ascii: "i"):
      let value = try signedArgument(call, n)
      if item.hasModifiers {
        try write(value, item, format, FormatItem.Flag.ofIntegers, call, &text)
      } else {
        text.commit(NumeralText.write(value, to: try text.room(for: NumeralText.byteCountMax)))
      }
    case UInt8(ascii: "s"): return try writeText(item, format, n, call, dialect, &text)
    case UInt8(ascii: "f"), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "g"),
      UInt8(ascii: "G"):
      try writeFloat(item, format, n, call, dialect, &text)
    case UInt8(ascii: "a") where dialect.follows(.formatHasHexFloats),
      UInt8(ascii: "A") where dialect.follows(.formatHasHexFloats),
      UInt8(ascii: "F") where dialect.follows(.formatRoundsHalfAway):
      try writeFloat(item, format, n, call, dialect, &text)
    case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "o"):
      try write(
        try unsignedArgument(call, n),
        item,
        format,
        FormatItem.Flag.ofDigits,
        call,
        &text
      )
    case UInt8(ascii: "u"):
      try write(
        try unsignedArgument(call, n),
        item,
        format,
        FormatItem.Flag.ofUnsigned,
        call,
        &text
      )
    case UInt8(ascii: "c"):
      let specification = try item.specification(
        format,
        allowed: FormatItem.Flag.leftAligned,
        precision: false,
        in: call
      )
      let value = try call.checkInteger(n)
      let room = try text.room(for: FormatSpecification.byteCountMax)
      if value & 0xFF == 0, dialect.follows(.formatDropsZero) {
        // The byte ends the text of the conversion, whatever was to stand behind it.
        let blankCount = specification.width - 1
        let isLeft = specification.flags.rawValue & FormatItem.Flag.leftAligned != 0
        if !isLeft { try text.append(repeating: UInt8(ascii: " "), count: blankCount) }
        break
      }
      text.commit(specification.write(value, to: room))
    case UInt8(ascii: "q"):
      if item.hasModifiers, call.follows(.quoteRefusesModifiers) {
        throw call.raise("specifier '%q' cannot have modifiers")
      }
      if !call.rules.hasIntegers { _ = try call.checkString(n) }
      try writeLiteral(call, n, &text)
    case UInt8(ascii: "p") where call.follows(.formatHasPointers):
      let specification = try item.specification(
        format,
        allowed: FormatItem.Flag.leftAligned,
        precision: false,
        in: call
      )
      let value = call.argument(n)
      try call.vm.reserveSerial(for: value)
      let nothing = call.rules.hasAttributes ? "(null)" : "NULL"
      let address = value.isCollectable ? call.vm.addressText(of: value) : nothing
      let name = call.vm.string(address)
      let isPlain = call.follows(.formatReadsStrictly)
      let field = isPlain ? FormatSpecification(conversion: item.letter) : specification
      try pad(name.bytes, name.count, field, &text)
    default:
      throw invalidConversion(item, format, call)
    }
    return true
  }

  private static func invalidConversion(
    _ item: FormatItem,
    _ format: UnsafePointer<UInt8>,
    _ call: NativeCall
  ) -> ScriptError {
    if !call.rules.hasAttributes {
      return call.raise("invalid option '\(item.olderText(format, in: call))' to 'format'")
    }
    return call.raise("invalid conversion '\(item.text(format))' to 'format'")
  }

  @inline(__always)
  private static func writeFloat(
    _ item: FormatItem,
    _ format: UnsafePointer<UInt8>,
    _ n: Int,
    _ call: NativeCall,
    _ dialect: LuaDialect,
    _ text: inout TextBuffer
  ) throws(ScriptError) {
    let value = try call.checkNumber(n)
    var specification = try item.specification(
      format,
      allowed: FormatItem.Flag.ofFloats,
      precision: true,
      in: call
    )
    if dialect.follows(.formatRoundsHalfAway) { specification.roundsHalfAway = true }
    let room = try text.room(for: FormatSpecification.byteCountMax)
    text.commit(specification.write(value, to: room))
  }

  private static func write(
    _ value: Int64,
    _ item: FormatItem,
    _ format: UnsafePointer<UInt8>,
    _ allowed: UInt8,
    _ call: NativeCall,
    _ text: inout TextBuffer
  ) throws(ScriptError) {
    let specification = try item.specification(
      format,
      allowed: allowed,
      precision: true,
      in: call
    )
    let room = try text.room(for: FormatSpecification.byteCountMax)
    text.commit(specification.write(value, to: room))
  }

  /// Writes `%s`.
  private static func writeText(
    _ item: FormatItem,
    _ format: UnsafePointer<UInt8>,
    _ n: Int,
    _ call: NativeCall,
    _ dialect: LuaDialect,
    _ text: inout TextBuffer
  ) throws(ScriptError) -> Bool {
    var value = call[n]
    if !value.isString {
      if !value.isNumber, dialect.follows(.formatWantsText) {
        throw call.typeError(n, expected: "string")
      }
      if !value.isNumber { return try writePlainName(value, item, n, call, &text) }
      if value.isInteger && !item.hasModifiers {
        let room = try text.room(for: NumeralText.byteCountMax)
        text.commit(NumeralText.write(value.integer, to: room))
        return true
      }
      value = Value(call.numberToString(value))
    }
    let string = value.string
    let cuts = dialect.follows(.formatCutsAtZero)
    if !item.hasModifiers, !cuts || string.count >= 100 {
      try text.append(string)
      return true
    }
    let bytes = string.bytes
    // A precision may leave next to nothing of a text that is searched from end to end.
    call.charge(string.count >> 5)
    var count = ByteSearch.firstByte(0, in: bytes, string.count)
    if !cuts {
      if count < string.count, call.follows(.formatRefusesZeros) {
        throw call.argumentError(n, "string contains zeros")
      }
      count = string.count
    }
    let specification = try item.specification(
      format,
      allowed: FormatItem.Flag.leftAligned,
      precision: true,
      in: call
    )
    try pad(
      bytes,
      min(count, specification.precision ?? count),
      specification,
      &text
    )
    return true
  }

  /// Writes nil and booleans without modifiers; everything else must be asked for its text.
  private static func writePlainName(
    _ value: Value,
    _ item: FormatItem,
    _ n: Int,
    _ call: NativeCall,
    _ text: inout TextBuffer
  ) throws(ScriptError) -> Bool {
    if item.hasModifiers || call.vm.metatable(of: value) != nil { return false }
    switch value.tag {
    case .nil: try text.append("nil")
    case .true: try text.append("true")
    case .false: try text.append("false")
    default: return false
    }
    return true
  }

  /// Writes bytes into a field.
  private static func pad(
    _ bytes: UnsafePointer<UInt8>,
    _ count: Int,
    _ specification: FormatSpecification,
    _ text: inout TextBuffer
  ) throws(ScriptError) {
    let blankCount = specification.width - count
    let isLeft = specification.flags.rawValue & FormatItem.Flag.leftAligned != 0
    if !isLeft { try text.append(repeating: UInt8(ascii: " "), count: blankCount) }
    try text.append(bytes, count)
    if isLeft { try text.append(repeating: UInt8(ascii: " "), count: blankCount) }
  }

  // MARK: Asking for text

  private static func askForText(_ call: NativeCall, _ n: Int) -> NativeOutcome {
    let count = call.count
    var position = count
    while position > 0 {
      call[position + 1] = call[position]
      position -= 1
    }
    call[1] = Value(count << 24 | n)
    let callee = count + 2
    if let wait = call.toString(call[n + 1], into: callee, then: FormatPhase.answered) {
      return wait
    }
    return .again(then: FormatPhase.answered)
  }

  /// Puts arguments back with the answer among them.
  ///
  /// - Returns: how many there are.
  private static func takeAnswer(_ call: NativeCall) -> Int {
    let packed = call[1].integer
    let count = Int(packed >> 24)
    let answer = call[count + 2]
    var position = 1
    while position <= count {
      call[position] = call[position + 1]
      position += 1
    }
    call[Int(packed & 0xFF_FFFF)] = answer
    return count
  }
}
