// The operating system library (manual §6.9) over the machine's capabilities.

internal import NightjarBase
package import NightjarEngine

/// Functions of `os`.
enum OSLibrary {
  static var functions: [NativeDefinition] {
    timeFunctions + fileFunctions + environmentFunctions + endFunctions + programFunctions
      + localeFunctions
  }

  static let timeFunctions: [NativeDefinition] = [
    .leaf("clock") { NativeCall.enter($0, $1, $2, $3, clock) },
    .leaf("date") { NativeCall.enter($0, $1, $2, $3, date) },
    .leaf("difftime") { NativeCall.enter($0, $1, $2, $3, difftime) },
    .leaf("time") { NativeCall.enter($0, $1, $2, $3, time) },
  ]
  static let fileFunctions: [NativeDefinition] = [
    .leaf("remove") { NativeCall.enter($0, $1, $2, $3, remove) },
    .leaf("rename") { NativeCall.enter($0, $1, $2, $3, rename) },
    .leaf("tmpname") { NativeCall.enter($0, $1, $2, $3, tmpname) },
  ]
  static let environmentFunctions: [NativeDefinition] = [
    .leaf("getenv") { NativeCall.enter($0, $1, $2, $3, getenv) }
  ]
  static let endFunctions: [NativeDefinition] = [
    .leaf("exit") { NativeCall.enter($0, $1, $2, $3, exit) }
  ]
  static let programFunctions: [NativeDefinition] = [
    .leaf("execute") { NativeCall.enter($0, $1, $2, $3, execute) }
  ]
  static let localeFunctions: [NativeDefinition] = [
    .leaf("setlocale") { NativeCall.enter($0, $1, $2, $3, setlocale) }
  ]

  private static func time(_ call: NativeCall) throws(ScriptError) -> any TimeSource {
    guard let time = call.capabilities.time else {
      throw call.raise(call.capabilities.refusal(.timeOfDay).message)
    }
    return time
  }

  static func clock(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(Double(try time(call).processorNanoseconds()) / 1e9))
  }

  static func difftime(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let later = try call.checkInteger(1)
    let earlier = try call.checkInteger(2)
    return call.returns(Value(Double(later) - Double(earlier)))
  }

  // MARK: Processes and files

  static func execute(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let command = try call.optionalBytes(1)
    guard let processes = call.capabilities.processes else {
      if command == nil { return call.returns(Value(false)) }
      throw call.raise(call.capabilities.refusal(.run).message)
    }
    guard let command else {
      if !call.rules.tablesHaveLength { return call.returns(Value(processes.hasShell ? 1 : 0)) }
      return call.returns(Value(processes.hasShell))
    }
    IOLibrary.flushStandard(call)
    do throws(SystemError) {
      let outcome = try processes.execute(command)
      return call.rules.tablesHaveLength ? call.returns(outcome) : call.returnsStatus(outcome)
    } catch { return try call.fails(error) }
  }

  static func exit(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let code: Int32
    switch call.argument(1) {
    case let value where value.isNil: code = 0
    case let value where value.isBoolean && call.follows(.exitTakesBooleans):
      code = value.isFalsy ? 1 : 0
    default: code = Int32(truncatingIfNeeded: try call.checkInteger(1))
    }
    guard let processes = call.capabilities.processes else {
      throw call.raise("ending the program is not allowed (capability 'processes')")
    }
    if !call.argument(2).isFalsy {
      if call.isInTask, processes.endAfterTasks(code) {
        throw call.endTasks(reason: "the program ends")
      }
      call.endMachine()
    }
    try? call.capabilities.streams?.output.flush()
    try? call.capabilities.streams?.error.flush()
    processes.exit(code)
  }

  static func getenv(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let name = try call.checkBytes(1)
    guard let environment = call.capabilities.environment, environment.allows(name) else {
      let refusal = call.capabilities.refusal(.environment, String(decoding: name, as: UTF8.self))
      throw call.raise(refusal.message)
    }
    guard let value = environment.value(of: name) else { return call.returns(.nil) }
    return call.returns(try call.string(value))
  }

  private static func files(
    _ call: NativeCall,
    _ path: [UInt8]?
  ) throws(ScriptError) -> any FileAccess {
    call.charge(IOCost.opening)
    guard let files = call.capabilities.files else {
      let name = path.map { String(decoding: $0, as: UTF8.self) }
      throw call.raise(call.capabilities.refusal(.write, name).message)
    }
    return files
  }

  static func remove(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let path = try call.checkBytes(1)
    let files = try files(call, path)
    do throws(SystemError) {
      try files.remove(path)
      return call.returns(Value(true))
    } catch { return try call.fails(error, path: path) }
  }

  static func rename(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let path = try call.checkBytes(1)
    let newPath = try call.checkBytes(2)
    let files = try files(call, path)
    do throws(SystemError) {
      try files.rename(path, to: newPath)
      return call.returns(Value(true))
    } catch {
      return call.rules.tablesHaveLength
        ? try call.fails(error) : try call.fails(error, path: path)
    }
  }

  static func tmpname(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let files = try files(call, nil)
    let path: [UInt8]
    do throws(SystemError) {
      path = try files.temporaryPath()
    } catch {
      throw call.raise(error.isRefusal ? error.message : "unable to generate a unique filename")
    }
    return call.returns(try call.string(path))
  }

  static func setlocale(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let name = try call.optionalBytes(1)
    _ = try call.checkOption(
      2,
      default: "all",
      ["all", "collate", "ctype", "monetary", "numeric", "time"]
    )
    // Text never depends on the process's locale: there is the one of the C language.
    guard let name else { return call.returns(call.string("C")) }
    let known = ["", "C", "POSIX"].map { Array($0.utf8) }
    return call.returns(known.contains(name) ? call.string("C") : .nil)
  }
}

extension Machine {
  /// Opens `os` over the machine's capabilities.
  package func openOS() { _ = openLibrary("os", OSLibrary.functions) }
}
