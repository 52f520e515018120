// Files as scripts hold them: a userdata that stands for one of these.

internal import NightjarBase
internal import NightjarEngine

/// An open or closed file of a script.
final class LuaFile {
  /// nil once closed.
  var file: BufferedFile?
  /// Standard streams refuse to be closed.
  let isStandard: Bool
  /// Pipes to processes return how the process went when closed.
  let isPipe: Bool

  init(_ file: BufferedFile, isStandard: Bool = false, isPipe: Bool = false) {
    self.file = file
    self.isStandard = isStandard
    self.isPipe = isPipe
  }

  deinit {
    // A file that was never closed hands over what is pending.
    if let file, !isStandard { _ = try? file.close() }
  }
}

/// Keys of the registry.
enum FileKeys {
  static let metatable = "FILE*"
  static let input = "_IO_input"
  static let output = "_IO_output"
}

extension NativeCall {
  /// A new file value.
  ///
  /// - Throws: "not enough memory" when there is no room for its buffer.
  func makeFile(_ file: LuaFile) throws(ScriptError) -> Value {
    try makeUserdata(
      file,
      metatable: field(registry, FileKeys.metatable),
      byteCount: BufferedFile.defaultCapacity + 512
    )
  }

  /// The file of argument `n`, open or closed.
  func checkAnyFile(_ n: Int) throws(ScriptError) -> LuaFile {
    if let file = hostObject(argument(n)) as? LuaFile { return file }
    throw typeError(n, expected: "FILE*")
  }

  /// The open file of argument `n`.
  func checkFile(_ n: Int) throws(ScriptError) -> BufferedFile {
    guard let file = try checkAnyFile(n).file else {
      throw raise("attempt to use a closed file")
    }
    return file
  }

  /// A default file of the registry.
  func defaultFile(_ key: String) throws(ScriptError) -> BufferedFile {
    guard let holder = hostObject(field(registry, key)) as? LuaFile, let file = holder.file else {
      throw raise("default \(key.dropFirst(4)) file is closed")
    }
    return file
  }

  /// What a function of the outside world returns on failure: nil, message, code.
  ///
  /// - Throws: The message as an error when the host refused.
  func fails(_ error: SystemError, path: [UInt8]? = nil) throws(ScriptError) -> NativeOutcome {
    if error.isRefusal { throw raise(error.message) }
    let prefix = path.map { $0 + Array(": ".utf8) } ?? []
    return returns(.nil, try string(prefix + Array(error.message.utf8)), Value(Int(error.code)))
  }

  /// How a process went as one number, as 5.1 has it: what the system calls the wait status.
  func returnsStatus(_ status: ProcessStatus) -> NativeOutcome {
    switch status {
    case .exited(let code): returns(Value(Int(code) << 8))
    case .signaled(let code): returns(Value(Int(code)))
    }
  }

  /// true, "exit" or "signal", code: how a process went.
  func returns(_ status: ProcessStatus) -> NativeOutcome {
    switch status {
    case .exited(let code):
      returns(code == 0 ? Value(true) : .nil, string("exit"), Value(Int(code)))
    case .signaled(let code): returns(.nil, string("signal"), Value(Int(code)))
    }
  }
}
