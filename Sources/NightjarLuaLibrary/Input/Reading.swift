// Reading by formats (manual §6.8, file:read), shared by `io.read`, `file:read` and `lines`.

internal import NightjarBase
internal import NightjarEngine

/// What one format reads.
enum Reading {
  /// Reads one item; nil at the end of the file.
  static func item(
    _ call: NativeCall,
    _ file: BufferedFile,
    format: Value,
    argument n: Int
  ) throws(ScriptError) -> Result<Value?, SystemError> {
    if format.isNumber {
      guard let count = call.integer(format) else {
        throw call.argumentError(n, "number has no integer representation")
      }
      return try unsafe read(call, file) { () throws(SystemError) in
        let room = call.byteRoom
        if count > room, let bytes = try unsafe file.read(count: room &+ 1) {
          if bytes.count > room { throw .tooLarge }
          return unsafe bytes
        }
        return try unsafe file.read(count: Int(clamping: max(min(count, Int64(room)), 0)))
      }
    }
    if call.follows(.readWantsStar) || !call.rules.hasIntegers && !format.isString {
      let isMarked =
        unsafe format.isString
        && call.withBytes(of: format) { bytes in unsafe bytes.first == UInt8(ascii: "*") }
      if !isMarked { throw call.argumentError(n, "invalid option") }
    }
    guard format.isString else {
      throw call.argumentError(n, "string expected, got \(call.typeName(of: format))")
    }
    let letter = unsafe call.withBytes(of: format) { bytes in
      unsafe bytes.first == UInt8(ascii: "*") ? (bytes.count > 1 ? bytes[1] : 0) : bytes.first ?? 0
    }
    switch letter {
    case UInt8(ascii: "l"),
      UInt8(ascii: "L") where call.follows(.readKeepsLineEnds):
      return try unsafe read(call, file) { () throws(SystemError) in
        try unsafe file.readLine(
          keepsLineEnd: letter == UInt8(ascii: "L"),
          byteCountMax: call.byteRoom
        )
      }
    case UInt8(ascii: "a"):
      return try unsafe read(call, file) { () throws(SystemError) in
        try unsafe file.readAll(byteCountMax: call.byteRoom)
      }
    case UInt8(ascii: "n"):
      do throws(SystemError) {
        call.charge(IOCost.numeral)
        switch try file.readNumeral() {
        case .integer(let value): return .success(Value(value))
        case .float(let value): return .success(Value(value))
        case nil: return .success(nil)
        }
      } catch { return .failure(error) }
    default:
      throw call.argumentError(n, "invalid format")
    }
  }

  private static func read(
    _ call: NativeCall,
    _ file: BufferedFile,
    _ body: () throws(SystemError) -> UnsafeRawBufferPointer?
  ) throws(ScriptError) -> Result<Value?, SystemError> {
    let bytes: UnsafeRawBufferPointer?
    do throws(SystemError) { unsafe bytes = try unsafe body() } catch {
      // There is more to read than the machine may hold.
      if error == .tooLarge { throw call.raiseMemory() }
      return .failure(error)
    }
    guard let bytes = unsafe bytes else { return .success(nil) }
    call.charge(bytes.count >> 3)
    defer { if call.hasMemoryLimit { file.trim() } }
    return unsafe .success(try call.string(copying: bytes))
  }

  /// Reads by the formats in slots `first...last`; results are put behind them.
  static func items(
    _ call: inout NativeCall,
    _ file: BufferedFile,
    first: Int,
    last: Int
  ) throws(ScriptError) -> NativeOutcome {
    if first > last {
      switch try item(call, file, format: call.string("*l"), argument: first) {
      case .failure(let error): return try call.fails(error)
      case .success(let value): return call.returns(value ?? .nil)
      }
    }
    let count = last - first + 1
    try call.reserve(count + 1, after: last)
    var position = 0
    while position < count {
      switch try item(call, file, format: call[first + position], argument: first + position) {
      case .failure(let error): return try call.fails(error)
      case .success(let value):
        call[last + 1 + position] = value ?? .nil
        position += 1
        if value == nil { return .results(position, from: last + 1) }
      }
    }
    return .results(count, from: last + 1)
  }
}
