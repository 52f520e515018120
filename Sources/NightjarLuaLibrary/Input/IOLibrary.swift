// The input and output library (manual §6.8) over the machine's file, stream and process capabilities.

internal import NightjarBase
internal import NightjarEngine

/// Functions of `io`.
enum IOLibrary {
  static let functions: [NativeDefinition] = [
    .leaf("close") { NativeCall.enter($0, $1, $2, $3, close) },
    .leaf("flush") { NativeCall.enter($0, $1, $2, $3, flush) },
    .leaf("input") { NativeCall.enter($0, $1, $2, $3, input) },
    .leaf("lines") { NativeCall.enter($0, $1, $2, $3, lines) },
    .leaf("open") { NativeCall.enter($0, $1, $2, $3, open) },
    .leaf("output") { NativeCall.enter($0, $1, $2, $3, output) },
    .leaf("read") { NativeCall.enter($0, $1, $2, $3, read) },
    .leaf("tmpfile") { NativeCall.enter($0, $1, $2, $3, tmpfile) },
    .leaf("type") { NativeCall.enter($0, $1, $2, $3, type) },
    .leaf("write") { NativeCall.enter($0, $1, $2, $3, write) },
  ]

  static let programFunctions: [NativeDefinition] = [
    .leaf("popen") { NativeCall.enter($0, $1, $2, $3, popen) }
  ]

  // MARK: Opening

  static func open(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let path = try call.checkBytes(1)
    let text = try call.optionalBytes(2) ?? [UInt8(ascii: "r")]
    guard let mode = fileMode(call, text) else {
      if call.follows(.modesAreUnchecked) { return try call.fails(.invalidArgument, path: path) }
      throw call.argumentError(2, "invalid mode")
    }
    let stream: any ByteStream
    do throws(SystemError) {
      stream = try files(call, path, mode).open(path, mode: mode)
    } catch { return try call.fails(error, path: path) }
    return call.returns(try call.makeFile(LuaFile(BufferedFile(stream, mode: mode))))
  }

  /// The mode of a file; where modes are not checked, whatever follows their first letter is passed over
  /// unless it says something.
  private static func fileMode(_ call: NativeCall, _ text: [UInt8]) -> FileMode? {
    guard call.follows(.modesAreUnchecked), let first = text.first else { return FileMode(text) }
    let rest = text.dropFirst()
    return FileMode([first] + (rest.contains(UInt8(ascii: "+")) ? [UInt8(ascii: "+")] : []))
  }

  /// The machine's files; without any, opening one is refused.
  private static func files(
    _ call: NativeCall,
    _ path: [UInt8]?,
    _ mode: FileMode
  ) throws(SystemError) -> any FileAccess {
    call.charge(IOCost.opening)
    guard let files = call.capabilities.files else {
      throw call.capabilities.refusal(
        mode.writes ? .write : .read,
        path.map { String(decoding: $0, as: UTF8.self) }
      )
    }
    return files
  }

  static func popen(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let command = try call.checkBytes(1)
    let mode = try call.optionalBytes(2) ?? [UInt8(ascii: "r")]
    let direction: PipeDirection
    switch mode {
    case [UInt8(ascii: "r")]: direction = .read
    case [UInt8(ascii: "w")]: direction = .write
    default:
      if !call.follows(.pipesCheckMode) { return try call.fails(.invalidArgument, path: command) }
      throw call.argumentError(2, "invalid mode")
    }
    guard let processes = call.capabilities.processes else {
      throw call.raise(call.capabilities.refusal(.run).message)
    }
    flushStandard(call)
    let stream: any ByteStream
    do throws(SystemError) {
      stream = try processes.open(command, direction: direction)
    } catch { return try call.fails(error, path: command) }
    return call.returns(try call.makeFile(LuaFile(BufferedFile(stream), isPipe: true)))
  }

  static func tmpfile(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let stream: any ByteStream
    do throws(SystemError) {
      stream = try files(call, nil, .write).openTemporary()
    } catch { return try call.fails(error) }
    return call.returns(try call.makeFile(LuaFile(BufferedFile(stream))))
  }

  /// Pending output reaches the terminal before a process writes there too.
  static func flushStandard(_ call: NativeCall) {
    try? call.capabilities.streams?.output.flush()
  }

  // MARK: Default files

  static func input(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try choose(&call, FileKeys.input, .read)
  }

  static func output(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try choose(&call, FileKeys.output, .write)
  }

  private static func choose(
    _ call: inout NativeCall,
    _ key: String,
    _ mode: FileMode
  ) throws(ScriptError) -> NativeOutcome {
    let value = call.argument(1)
    if value.isString {
      let path = try call.checkBytes(1)
      let file: LuaFile
      do throws(SystemError) {
        file = LuaFile(BufferedFile(try files(call, path, mode).open(path, mode: mode), mode: mode))
      } catch { throw refusal(call, path, error) }
      try call.setField(call.registry, key, try call.makeFile(file))
    } else if !value.isNil {
      _ = try call.checkAnyFile(1)
      try call.setField(call.registry, key, value)
    }
    return call.returns(call.field(call.registry, key))
  }

  private static func refusal(
    _ call: NativeCall,
    _ path: [UInt8],
    _ error: SystemError
  ) -> ScriptError {
    if error.isRefusal { return call.raise(error.message) }
    if call.follows(.openBlamesArgument) {
      return call.argumentError(1, "\(String(decoding: path, as: UTF8.self)): \(error.message)")
    }
    return call.raise(
      "cannot open file '\(String(decoding: path, as: UTF8.self))' (\(error.message))"
    )
  }

  static func close(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.count == 0 { call[1] = call.field(call.registry, FileKeys.output) }
    return try close(call, call[1])
  }

  static func close(_ call: NativeCall, _ value: Value) throws(ScriptError) -> NativeOutcome {
    guard let holder = call.hostObject(value) as? LuaFile else {
      throw call.typeError(1, expected: "FILE*")
    }
    guard let file = holder.file else { throw call.raise("attempt to use a closed file") }
    if holder.isStandard {
      return call.fails("cannot close standard file", code: 0).dropping(last: 1)
    }
    holder.file = nil
    do throws(SystemError) {
      if let status = try file.close(), call.follows(.closeTellsStatus) {
        return call.returns(status)
      }
      return call.returns(Value(true))
    } catch { return try call.fails(error) }
  }

  static func flush(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let file = try call.defaultFile(FileKeys.output)
    do throws(SystemError) { try file.flush() } catch { return try call.fails(error) }
    return call.returns(Value(true))
  }

  // MARK: Reading and writing

  static func read(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let file = try call.defaultFile(FileKeys.input)
    return try Reading.items(&call, file, first: 1, last: call.count)
  }

  static func write(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let file = try call.defaultFile(FileKeys.output)
    return try write(
      call,
      file,
      first: 1,
      returning: call.field(call.registry, FileKeys.output)
    )
  }

  /// Writes arguments from `first` on.
  static func write(
    _ call: NativeCall,
    _ file: BufferedFile,
    first: Int,
    returning result: Value
  ) throws(ScriptError) -> NativeOutcome {
    var n = first
    while n <= call.count {
      let value = call[n]
      do throws(SystemError) {
        if value.isString {
          var failure: SystemError?
          unsafe call.withBytes(of: value) { bytes in
            do throws(SystemError) { try unsafe file.write(bytes) } catch { failure = error }
          }
          if let failure { throw failure }
        } else if value.isInteger, let integer = call.integer(value) {
          try file.write(integer)
        } else if let number = call.number(value) {
          try file.write(number)
        } else {
          throw SystemError(code: -1, message: "")
        }
      } catch {
        if error.code == -1 { throw call.typeError(n, expected: "string") }
        return try call.fails(error)
      }
      n += 1
    }
    return call.returns(result)
  }

  // MARK: Lines

  static func lines(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.argument(1).isNil {
      call[1] = call.field(call.registry, FileKeys.input)
      guard let holder = call.hostObject(call[1]) as? LuaFile, holder.file != nil else {
        throw call.raise("attempt to use a closed file")
      }
      return call.returns(try iterator(call, call[1], closes: false))
    }
    let path = try call.checkBytes(1)
    let file: LuaFile
    do throws(SystemError) {
      file = LuaFile(
        BufferedFile(try files(call, path, .read).open(path, mode: .read), mode: .read)
      )
    } catch { throw refusal(call, path, error) }
    let value = try call.makeFile(file)
    let step = try iterator(call, value, closes: true)
    if !call.rules.hasAttributes { return call.returns(step) }
    call[0] = step
    call[1] = .nil
    call[2] = .nil
    call[3] = value
    return .results(4)
  }

  /// The iterator over a file by the formats in slots 2...: upvalues are the file, whether to close it, and
  /// the formats.
  static func iterator(
    _ call: NativeCall,
    _ file: Value,
    closes: Bool
  ) throws(ScriptError) -> Value {
    if call.count - 1 > 250 { throw call.argumentError(252, "too many arguments") }
    var upvalues = [file, Value(closes)]
    if call.count >= 2 { for n in 2...call.count { upvalues.append(call[n]) } }
    upvalues.insert(Value(upvalues.count - 2), at: 2)
    return call.makeNative(
      .leaf("lines") { NativeCall.enter($0, $1, $2, $3, IOLibrary.nextLine) },
      upvalues: upvalues
    )
  }

  static func nextLine(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    guard let holder = call.hostObject(call.upvalue(0)) as? LuaFile, let file = holder.file else {
      throw call.raise("file is already closed")
    }
    let formatCount = Int(clamping: call.integer(call.upvalue(2)) ?? 0)
    let closes = !call.upvalue(1).isFalsy
    try call.reserve(formatCount * 2 + 3, after: call.count)
    // The formats stand where messages count them: behind the file.
    for n in 0..<formatCount { call[2 + n] = call.upvalue(3 + n) }
    let outcome = try Reading.items(&call, file, first: 2, last: formatCount + 1)
    let first = outcome.first(in: call)
    if first.isNil {
      if outcome.count > 1 {
        throw call.raise(
          String(decoding: call.bytes(of: outcome.value(1, in: call)), as: UTF8.self)
        )
      }
      if closes {
        holder.file = nil
        _ = try? file.close()
      }
      return call.returns()
    }
    return outcome
  }

  static func type(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try call.checkAny(1)
    guard let holder = call.hostObject(call[1]) as? LuaFile else { return call.returns(.nil) }
    return call.returns(call.string(holder.file == nil ? "closed file" : "file"))
  }
}
