// Methods of files (manual §6.8) and their metatable.

internal import NightjarBase
package import NightjarEngine

/// Methods of file values.
enum FileMethods {
  static let methods: [NativeDefinition] = [
    .leaf("close") { NativeCall.enter($0, $1, $2, $3, close) },
    .leaf("flush") { NativeCall.enter($0, $1, $2, $3, flush) },
    .leaf("lines") { NativeCall.enter($0, $1, $2, $3, lines) },
    .leaf("read") { NativeCall.enter($0, $1, $2, $3, read) },
    .leaf("seek") { NativeCall.enter($0, $1, $2, $3, seek) },
    .leaf("setvbuf") { NativeCall.enter($0, $1, $2, $3, setBuffering) },
    .leaf("write") { NativeCall.enter($0, $1, $2, $3, write) },
  ]

  static let metamethods: [NativeDefinition] = [
    .leaf("__gc") { NativeCall.enter($0, $1, $2, $3, release) },
    .leaf("__close") { NativeCall.enter($0, $1, $2, $3, release) },
    .leaf("__tostring") { NativeCall.enter($0, $1, $2, $3, toString) },
  ]

  static func close(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    _ = try call.checkFile(1)
    return try IOLibrary.close(call, call[1])
  }

  static func flush(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let file = try call.checkFile(1)
    do throws(SystemError) { try file.flush() } catch { return try call.fails(error) }
    return call.returns(Value(true))
  }

  static func lines(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    _ = try call.checkFile(1)
    return call.returns(try IOLibrary.iterator(call, call[1], closes: false))
  }

  static func read(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let file = try call.checkFile(1)
    return try Reading.items(&call, file, first: 2, last: call.count)
  }

  static func write(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let file = try call.checkFile(1)
    return try IOLibrary.write(call, file, first: 2, returning: call[1])
  }

  static func seek(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.charge(IOCost.seeking)
    let file = try call.checkFile(1)
    let origins: [SeekOrigin] = [.start, .current, .end]
    let origin = origins[try call.checkOption(2, default: "cur", ["set", "cur", "end"])]
    let offset = try call.optionalInteger(3, default: 0)
    do throws(SystemError) {
      return call.returns(Value(try file.seek(by: offset, from: origin)))
    } catch { return try call.fails(error) }
  }

  static func setBuffering(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let file = try call.checkFile(1)
    let modes: [BufferingMode] = [.none, .full, .line]
    let mode = modes[try call.checkOption(2, ["no", "full", "line"])]
    var size = call.argument(3).isNil ? nil : Int(clamping: try call.checkInteger(3))
    // What a file was counted for when it was made is all its buffer may have.
    if call.hasMemoryLimit { size = size.map { min($0, BufferedFile.defaultCapacity) } }
    do throws(SystemError) {
      try file.setBuffering(mode, capacity: size)
      return call.returns(Value(true))
    } catch { return try call.fails(error) }
  }

  static func release(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let holder = try call.checkAnyFile(1)
    if let file = holder.file {
      if holder.isStandard {
        try? file.flush()
      } else {
        holder.file = nil
        _ = try? file.close()
      }
    }
    return call.returns()
  }

  static func toString(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let holder = try call.checkAnyFile(1)
    return call.returns(
      call.string(
        holder.file == nil ? "file (closed)" : "file (\(call.addressText(of: call[1])))"
      )
    )
  }
}

extension Machine {
  /// Opens `io` over the machine's capabilities.
  package func openIO(hasPrograms: Bool = true) {
    let functions = IOLibrary.functions + (hasPrograms ? IOLibrary.programFunctions : [])
    let library = openLibrary("io", functions, fieldCount: 3)
    openFileMethods()
    let metatable = field(registry, FileKeys.metatable)
    guard let streams = capabilities.streams else { return }
    let standard = [
      ("stdin", streams.input, FileKeys.input), ("stdout", streams.output, FileKeys.output),
      ("stderr", streams.error, nil),
    ]
    for (name, file, key) in standard {
      let value = makeUserdata(LuaFile(file, isStandard: true), metatable: metatable)
      setField(library, name, value)
      if let key { setField(registry, key, value) }
    }
  }

  /// Makes the metatable of files.
  func openFileMethods() {
    let methods = newTable(fieldCount: FileMethods.methods.count)
    addFields(methods, FileMethods.methods)
    // Beside them __index and __name, and __metatable where it is protected.
    let metatable = newTable(fieldCount: FileMethods.metamethods.count + 3)
    addFields(metatable, FileMethods.metamethods)
    setField(metatable, "__index", methods)
    setField(metatable, "__name", string(Array("FILE*".utf8)))
    setField(registry, FileKeys.metatable, metatable)
  }
}
