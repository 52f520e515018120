// string.pack, string.packsize and string.unpack.

internal import NightjarBase

extension StringLibrary {
  /// `string.pack`.
  static func pack(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var format = PackFormat(try call.checkString(1))
    // A missing argument is nil in messages.
    call[call.count + 1] = .nil
    let arguments = NativeCall(call.vm, call.slots, call.count + 1, call.phase)
    let packed = try call.gather { (text: inout TextBuffer) throws(ScriptError) -> Value in
      var n = 1
      while let option = try format.next(at: text.count, in: arguments) {
        let size = option.size + option.paddingCount
        if arguments.rules.packAddsUpFirst && size > Int.max - text.count {
          throw arguments.argumentError(n, "result too long")
        }
        try text.append(repeating: 0, count: option.paddingCount)
        switch option.kind {
        case .padding: try text.append(0)
        case .alignment, .nothing: break
        default:
          n += 1
          try pack(option, format.isLittleEndian, arguments, n, &text)
        }
      }
      arguments.charge(text.count >> 3)
      return Value(try text.string())
    }
    return call.returns(packed)
  }

  private static func pack(
    _ option: PackFormat.Option,
    _ isLittleEndian: Bool,
    _ call: NativeCall,
    _ n: Int,
    _ text: inout TextBuffer
  ) throws(ScriptError) {
    let size = option.size
    switch option.kind {
    case .signed:
      let value = try call.checkInteger(n)
      if size < 8 {
        let limit = Int64(1) << Int64(size * 8 - 1)
        if value < -limit || value >= limit { throw call.argumentError(n, "integer overflow") }
      }
      try append(UInt64(bitPattern: value), size, isLittleEndian, fill: value < 0 ? 0xFF : 0, &text)
    case .unsigned:
      let value = UInt64(bitPattern: try call.checkInteger(n))
      if size < 8 && value >> (size * 8) != 0 {
        throw call.argumentError(n, "unsigned overflow")
      }
      try append(value, size, isLittleEndian, fill: 0, &text)
    case .float:
      let bits = Float(try call.checkNumber(n)).bitPattern
      try append(UInt64(bits), size, isLittleEndian, fill: 0, &text)
    case .double:
      try append(try call.checkNumber(n).bitPattern, size, isLittleEndian, fill: 0, &text)
    case .fixedString:
      let string = try call.checkString(n)
      if string.count > size { throw call.argumentError(n, "string longer than given size") }
      try text.append(string)
      try text.append(repeating: 0, count: size - string.count)
    case .countedString:
      let string = try call.checkString(n)
      if size < 8 && string.count >> (size * 8) != 0 {
        throw call.argumentError(n, "string length does not fit in given size")
      }
      try append(UInt64(string.count), size, isLittleEndian, fill: 0, &text)
      try text.append(string)
    case .zeroString:
      let string = try call.checkString(n)
      if ByteSearch.firstByte(0, in: string.bytes, string.count) < string.count {
        throw call.argumentError(n, "string contains zeros")
      }
      try text.append(string)
      try text.append(0)
    case .padding, .alignment, .nothing: break
    }
  }

  private static func append(
    _ value: UInt64,
    _ size: Int,
    _ isLittleEndian: Bool,
    fill: UInt8,
    _ text: inout TextBuffer
  ) throws(ScriptError) {
    let room = try text.room(for: size)
    for index in 0..<size {
      let byte = index < 8 ? UInt8(truncatingIfNeeded: value >> UInt64(index * 8)) : fill
      room[isLittleEndian ? index : size - 1 - index] = byte
    }
    text.commit(size)
  }

  /// `string.packsize`.
  static func packSize(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var format = PackFormat(try call.checkString(1))
    var total = 0
    while let option = try format.next(at: total, in: call) {
      if option.kind == .countedString || option.kind == .zeroString {
        throw call.argumentError(1, "variable-length format")
      }
      let size = option.size + option.paddingCount
      let most = call.follows(.packsWideStrings) ? Int.max : PackFormat.byteCountMax
      if total > most - size {
        throw call.argumentError(1, "format result too large")
      }
      total += size
      call.charge(1)
    }
    return call.returns(Value(total))
  }

  // MARK: Unpacking

  /// `string.unpack`.
  ///
  /// Results stand behind the arguments, as errors may still name the function.
  static func unpack(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    var format = PackFormat(try call.checkString(1))
    let data = try call.checkString(2)
    let start = try call.optionalInteger(3, default: 1)
    var offset = Position.start(start, data.count) - 1
    // 5.3 takes neither 0 nor what lies before the beginning for the beginning.
    let isBefore = start == 0 || start < -Int64(data.count)
    if offset > data.count || (isBefore && call.follows(.packWantsPlace)) {
      throw call.argumentError(3, "initial position out of string")
    }
    let firstResult = 4
    var resultCount = 0
    while let option = try format.next(at: offset, in: call) {
      if option.paddingCount + option.size > data.count - offset {
        throw call.argumentError(2, "data string too short")
      }
      offset += option.paddingCount
      call.charge(1)
      switch option.kind {
      case .padding, .alignment, .nothing: break
      default:
        try call.reserve(2, after: firstResult + resultCount)
        call[firstResult + resultCount] = try unpack(
          option,
          format.isLittleEndian,
          call,
          data,
          &offset
        )
        resultCount += 1
      }
      offset += option.size
    }
    call[firstResult + resultCount] = Value(offset + 1)
    return .results(resultCount + 1, from: firstResult)
  }

  /// Reads one value; `offset` moves over what a string has beyond the option's size.
  private static func unpack(
    _ option: PackFormat.Option,
    _ isLittleEndian: Bool,
    _ call: NativeCall,
    _ data: StringRef,
    _ offset: inout Int
  ) throws(ScriptError) -> Value {
    let bytes = UnsafePointer(data.bytes) + offset
    let size = option.size
    switch option.kind {
    case .signed: return Value(try integer(bytes, size, isLittleEndian, isSigned: true, call))
    case .unsigned: return Value(try integer(bytes, size, isLittleEndian, isSigned: false, call))
    case .float:
      let bits = try integer(bytes, size, isLittleEndian, isSigned: false, call)
      return Value(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
    case .double:
      let bits = try integer(bytes, size, isLittleEndian, isSigned: false, call)
      return Value(Double(bitPattern: UInt64(bitPattern: bits)))
    case .fixedString:
      call.charge(size >> 3)
      return try call.string(bytes, size)
    case .countedString:
      let length = UInt64(
        bitPattern: try integer(bytes, size, isLittleEndian, isSigned: false, call)
      )
      guard length <= UInt64(data.count - offset - size) else {
        throw call.argumentError(2, "data string too short")
      }
      let count = Int(length)
      offset += count
      call.charge(count >> 3)
      return try call.string(bytes + size, count)
    default:
      let rest = data.count - offset
      let count = ByteSearch.firstByte(0, in: bytes, rest)
      if count == rest { throw call.argumentError(2, "unfinished string for format 'z'") }
      offset += count + 1
      call.charge(count >> 3)
      return try call.string(bytes, count)
    }
  }

  private static func integer(
    _ bytes: UnsafePointer<UInt8>,
    _ size: Int,
    _ isLittleEndian: Bool,
    isSigned: Bool,
    _ call: NativeCall
  ) throws(ScriptError) -> Int64 {
    var value: UInt64 = 0
    for index in 0..<min(size, 8) {
      let byte = bytes[isLittleEndian ? index : size - 1 - index]
      value |= UInt64(byte) << UInt64(index * 8)
    }
    if size < 8 {
      guard isSigned else { return Int64(bitPattern: value) }
      let unused = UInt64(64 - size * 8)
      return Int64(bitPattern: value << unused) >> Int64(unused)
    }
    // Bytes beyond the eighth may only extend the sign.
    let fill: UInt8 = isSigned && value >> 63 != 0 ? 0xFF : 0
    for index in 8..<max(size, 8) where bytes[isLittleEndian ? index : size - 1 - index] != fill {
      throw call.raise("\(size)-byte integer does not fit into Lua Integer")
    }
    return Int64(bitPattern: value)
  }
}
