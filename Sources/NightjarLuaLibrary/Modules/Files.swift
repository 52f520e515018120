// Loading chunks from files: `loadfile`, `dofile` (manual §6.1); and `print`.

package import NightjarBase
internal import NightjarBytecode
package import NightjarEngine

/// Functions that load files.
enum Files {
  /// They take the globals of the code they load from an upvalue, if they have one.
  static let loaders: [NativeDefinition] = [
    .stateMachine("dofile") { NativeCall.enter($0, $1, $2, $3, doFile) },
    .leaf("loadfile") { NativeCall.enter($0, $1, $2, $3, loadFile) },
  ]

  static let printing: [NativeDefinition] = [
    .stateMachine("print") { NativeCall.enter($0, $1, $2, $3, print) }
  ]

  /// Reads a file (standard input without a path) and compiles it.
  static func load(
    _ call: NativeCall,
    _ path: [UInt8]?,
    mode: [UInt8]?,
    environment: Value?,
    asModule: Bool = false
  ) throws(ScriptError) -> Result<Value, CompileFailure> {
    call.charge(IOCost.opening)
    let source: [UInt8]
    var capabilities = call.capabilities
    if asModule, let modules = capabilities.modules { capabilities.files = modules }
    do throws(SourceFile.Failure) {
      source = try SourceFile.read(path, capabilities, byteCountMax: call.chunkByteCountMax)
    } catch {
      if error.cause.isRefusal { throw call.raise(error.cause.message) }
      return .failure(CompileFailure(message: error.message))
    }
    let name = path.map { [UInt8(ascii: "@")] + $0 } ?? Array("=stdin".utf8)
    return try call.compile(
      SourceFile.chunk(in: source),
      chunkName: name,
      mode: mode,
      environment: environment,
      declared: LuaDialect(declaredIn: source)
    )
  }

  static func loadFile(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let path = try call.optionalBytes(1)
    let mode = try call.optionalBytes(2)
    let environment = call.count >= 3 ? call[3] : call.ownEnvironment
    switch try load(call, path, mode: mode, environment: environment) {
    case .success(let function): return call.returns(function)
    case .failure(let failure): return call.returns(.nil, try call.string(failure.message))
    }
  }

  static func doFile(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase == 1 { return .results(call.count, from: 1) }
    let path = try call.optionalBytes(1)
    switch try load(call, path, mode: nil, environment: call.ownEnvironment) {
    case .failure(let failure): throw call.raise(try call.string(failure.message))
    case .success(let function):
      call[1] = function
      return .call(at: 1, 0, then: 1)
    }
  }

  /// `print`: its own slot after the arguments counts how many have been written.
  static func print(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    guard let output = call.capabilities.streams?.output else {
      throw call.raise(call.capabilities.refusal(.streams).message)
    }
    var n = 1
    var last = call.count
    if call.phase == 0 {
      try call.reserve(8, after: call.count)
      call[0] = Value(call.count)
    } else {
      last = Int(clamping: call.integer(call[0]) ?? 0)
      n = Int(clamping: call.integer(call[last + 1]) ?? 1)
      try write(call, output, call[last + 2], isFirst: n == 1)
      n += 1
    }
    while n <= last {
      call[last + 1] = Value(n)
      if let wait = try askGlobally(call, n, into: last + 2) { return wait }
      if let wait = call.toString(call[n], into: last + 2, then: 1) { return wait }
      try write(call, output, call[last + 2], isFirst: n == 1)
      n += 1
    }
    try put(call) { () throws(SystemError) in
      try output.write(UInt8(ascii: "\n"))
      // Whoever reads the other end sees each line at once, as from the reference.
      try output.flush()
    }
    return .results(0)
  }

  /// Writes to standard output; a script hears only of refusals of the host.
  private static func put(
    _ call: NativeCall,
    _ body: () throws(SystemError) -> Void
  ) throws(ScriptError) {
    do throws(SystemError) { try body() } catch {
      if error.isRefusal { throw call.raise(error.message) }
    }
  }

  /// Before 5.4 `print` calls whatever the global `tostring` is.
  ///
  /// - Returns: nil when `tostring` is the library's own, or not needed.
  private static func askGlobally(
    _ call: NativeCall,
    _ n: Int,
    into slot: Int
  ) throws(ScriptError) -> NativeOutcome? {
    call[slot] = .nil
    if !call.follows(.printAsksGlobally) { return nil }
    let function = call.field(call.globals, "tostring")
    if call.isNative(function, call.field(call.registry, call.registryKey("_TOSTRING"))) {
      return nil
    }
    call[slot] = function
    call[slot + 1] = call[n]
    return .call(at: slot, 1, then: 1)
  }

  private static func write(
    _ call: NativeCall,
    _ output: BufferedFile,
    _ text: Value,
    isFirst: Bool
  ) throws(ScriptError) {
    guard text.isString || (text.isNumber && !call.rules.hasAttributes) else {
      throw call.raise(
        call.rules.hasAttributes
          ? "'__tostring' must return a string" : "'tostring' must return a string to 'print'"
      )
    }
    let text = text.isString ? text : try call.string(call.text(ofNumber: text))
    let cuts = call.follows(.printCutsAtZero)
    let failure = unsafe call.withBytes(of: text) { bytes -> SystemError? in
      let end = cuts ? unsafe bytes.firstIndex(of: 0) : nil
      let bytes = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<(end ?? bytes.count)])
      do throws(SystemError) {
        if !isFirst { try output.write(UInt8(ascii: "\t")) }
        try unsafe output.write(bytes)
        return nil
      } catch { return error }
    }
    if let failure { try put(call) { () throws(SystemError) in throw failure } }
  }
}

/// Source files as loaders read them.
package enum SourceFile {
  /// Why there is no text.
  package struct Failure: Error {
    /// What could not be done, such as "cannot open a.lua".
    package let problem: [UInt8]
    package let cause: SystemError

    /// The whole story, in the words of the reference.
    package var message: [UInt8] { problem + Array(": \(cause.message)".utf8) }

    fileprivate init(_ step: String, _ path: [UInt8]?, _ cause: SystemError) {
      problem = Array("cannot \(step) ".utf8) + (path ?? Array("stdin".utf8))
      self.cause = cause
    }
  }

  /// The most bytes that are read: a device may never end.
  package static let byteCountMax = 1 << 29

  /// The whole of a file; of standard input without a path.
  package static func read(
    _ path: [UInt8]?,
    _ capabilities: Capabilities,
    byteCountMax limit: Int = byteCountMax
  ) throws(Failure) -> [UInt8] {
    let file: BufferedFile
    do throws(SystemError) {
      file = try open(path, capabilities)
    } catch { throw Failure("open", path, error) }
    defer { if path != nil { _ = try? file.close() } }
    do throws(SystemError) {
      return unsafe [UInt8](try file.readAll(byteCountMax: min(limit, byteCountMax)))
    } catch { throw Failure("read", path, error) }
  }

  private static func open(
    _ path: [UInt8]?,
    _ capabilities: Capabilities
  ) throws(SystemError) -> BufferedFile {
    if let path {
      guard let files = capabilities.files else {
        throw capabilities.refusal(.read, String(decoding: path, as: UTF8.self))
      }
      return BufferedFile(try files.open(path, mode: .read))
    }
    guard let input = capabilities.streams?.input else { throw capabilities.refusal(.streams) }
    return input
  }

  /// The chunk in a file: without a byte order mark, and with a first line that begins with `#` left out
  /// but for its end, so that lines keep their numbers.
  package static func chunk(in source: [UInt8]) -> [UInt8] {
    var rest = source[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    guard rest.first == UInt8(ascii: "#") else {
      return rest.count == source.count ? source : Array(rest)
    }
    let line = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
    let body = rest[line...]
    // A binary chunk may follow the line.
    if body.dropFirst().first == 0x1B { return Array(body.dropFirst()) }
    return Array(body)
  }
}

extension Machine {
  /// Opens `print`, `dofile` and `loadfile`.
  package func openFiles() {
    openPrint()
    openChunkFiles()
  }

  /// Opens `print`.
  func openPrint() {
    addGlobals(Files.printing)
    setField(registry, registryKey("_TOSTRING"), global("tostring"))
  }

  /// Opens `dofile` and `loadfile`.
  func openChunkFiles() { addGlobals(Files.loaders) }
}
