// The libraries `net`, `udp`, `http`, `process` and `stdin` of tasks. One native asks for operations of the world and
// parks the task; the rest is written in Lua over it, so that buffers are the scripts' own and a cancel finds
// them as they are.

internal import NightjarBase
internal import NightjarBytecode
package import NightjarEngine

/// Opens the libraries.
package enum ParkedLibrary {
  /// The libraries there are, in the order in which their text takes them.
  package static let names = ["net", "udp", "http", "process", "stdin"]

  /// Where the tables of the libraries stand until they are filled.
  private static let key = "NIGHTJAR_PARKED"

  /// Gives the scripts of a machine, whose scheduler performs operations, some of the libraries.
  ///
  /// They are empty tables until a field of one is asked for; then their text is compiled and the operations
  /// are made. `net` and `http` take the place of those that hold their thread.
  ///
  /// - Parameters:
  ///   - machine: The machine.
  ///   - names: Those that scripts get.
  ///   - makeOperations: Makes what performs the operations of the machine; called once at most.
  package static func open(
    _ machine: Machine,
    names: [String] = ParkedLibrary.names,
    _ makeOperations: @escaping () -> ParkedOperations
  ) {
    let metatable = machine.newTable()
    machine.setField(metatable, "__index", loader(machine, makeOperations))
    machine.setField(metatable, "__metatable", Value(false))
    machine.setReadOnly(metatable, true)
    let tables = machine.newTable()
    for name in Self.names {
      let table = machine.newTable()
      machine.setField(tables, name, table)
      machine.setMetatable(of: table, to: metatable)
      machine.setReadOnly(table, true)
      guard names.contains(name) else { continue }
      machine.shareGlobal(name, table)
    }
    machine.setField(machine.registry, key, tables)
  }

  /// Fills the tables when a field of one is asked for.
  ///
  /// Phases: 1 the libraries' text has run.
  private static func loader(
    _ machine: Machine,
    _ makeOperations: @escaping () -> ParkedOperations
  ) -> Value {
    var made: ParkedOperations?
    return machine.makeHostFunction { [unowned machine] (call) throws(ScriptError) in
      let tables = machine.field(machine.registry, key)
      if call.phase == 1 {
        let classes = (3..<3 + call.count).map { call[$0] }
        seal(machine, tables, classes)
        let own = call.rawGet(call[1], call[2])
        // Standard input has its methods from its class.
        let metatable = machine.metatable(of: call[1])
        guard own.isNil, metatable.isTable else { return call.returns(own) }
        return call.returns(call.rawGet(metatable, call[2]))
      }
      guard call.argument(1).isTable, tables.isTable else { return call.returns(.nil) }
      call[3] = try call.library(ParkedText.source, named: "net")
      for name in names { machine.setReadOnly(machine.field(tables, name), false) }
      let operations = made ?? makeOperations()
      made = operations
      let natives = natives(machine, operations)
      for (index, value) in natives.enumerated() { call[4 + index] = value }
      for (index, name) in names.enumerated() {
        call[4 + natives.count + index] = machine.field(tables, name)
      }
      return .call(at: 3, natives.count + names.count, then: 1)
    }
  }

  /// The libraries are whole: they are read-only from now on, but for standard input, which holds what it has
  /// read.
  private static func seal(_ machine: Machine, _ tables: Value, _ classes: [Value]) {
    guard tables.isTable else { return }
    for name in names where name != "stdin" {
      machine.setMetatable(of: machine.field(tables, name), to: .nil)
      machine.setReadOnly(machine.field(tables, name), true)
    }
    if let stream = classes.first {
      machine.setMetatable(of: machine.field(tables, "stdin"), to: stream)
    }
    for metatable in classes { machine.setReadOnly(metatable, true) }
    machine.setField(machine.registry, key, .nil)
  }

  /// What the text is written over: asking, closing, signalling, and standard input.
  private static func natives(_ machine: Machine, _ operations: ParkedOperations) -> [Value] {
    let ask = machine.makeHostFunction { (call) throws(ScriptError) in
      if call.phase == 1 {
        // true and the results, or false and an error, stand from slot 1 on.
        if call[1].isFalsy { throw call.raise(call[2]) }
        return .results(call.count - 1, from: 2)
      }
      try call.checkpoint()
      call[1] = call.makeUserdata(ParkedRequest(try request(call)), metatable: .nil)
      return .host(at: 1, then: 1)
    }
    let close = machine.makeHostFunction { [unowned operations] (call) throws(ScriptError) in
      if let resource = call.hostObject(call.argument(1)) as? ParkedResource {
        operations.close(resource)
      }
      return call.returns()
    }
    let signal = machine.makeHostFunction { (call) throws(ScriptError) in
      let number = Int32(clamping: try call.optionalInteger(2, default: 15))
      (call.hostObject(call.argument(1)) as? ParkedResource)?.signal(number)
      return call.returns()
    }
    let input = machine.makeUserdata(ParkedResource.standardInput, metatable: .nil)
    return [ask, close, signal, input]
  }

  // MARK: Requests

  /// What the arguments of a native ask for.
  private static func request(_ call: NativeCall) throws(ScriptError) -> ParkedRequest.Kind {
    let name = String(decoding: try call.checkBytes(1), as: UTF8.self)
    switch name {
    case "read": return .operation(.read(try resource(call), byteCountMax: try count(call, 3)))
    case "write":
      let start = Int(clamping: try call.checkInteger(4))
      let bytes = try call.checkBytes(3)
      return .operation(.write(try resource(call), bytes, from: min(max(start, 0), bytes.count)))
    case "shutdown": return .operation(.shutDown(try resource(call)))
    case "accept": return .operation(.accept(try resource(call)))
    case "wait": return .operation(.wait(try resource(call)))
    case "receive":
      return .operation(.receive(try resource(call), byteCountMax: try count(call, 3)))
    case "message":
      return .message(try resource(call), bodyByteCountMax: call.byteRoom)
    case "send":
      let bytes = try call.checkBytes(3)
      return .operation(.send(try resource(call), bytes, to: try endpoint(call, 4, least: 1)))
    case "connect":
      let isEncrypted = !call.argument(4).isFalsy
      return .operation(.connect(try endpoint(call, 2, least: 1), isEncrypted: isEncrypted))
    case "listen":
      return .operation(.listen(try endpoint(call, 2, least: 0), backlog: try count(call, 4)))
    case "bind": return .operation(.bind(try endpoint(call, 2, least: 0)))
    case "resolve":
      return .operation(.resolve(String(decoding: try call.checkBytes(2), as: UTF8.self)))
    case "spawn": return .operation(.spawn(try plan(call)))
    default: return .operation(try fetch(call))
    }
  }

  private static func resource(_ call: NativeCall) throws(ScriptError) -> ResourceID {
    guard let resource = call.hostObject(call.argument(2)) as? ParkedResource else {
      throw call.argumentError(1, "something open expected")
    }
    return resource.id
  }

  private static func count(_ call: NativeCall, _ n: Int) throws(ScriptError) -> Int {
    let count = try call.checkInteger(n)
    guard count > 0 else { throw call.argumentError(n, "positive number expected") }
    return Int(clamping: min(count, 1 << 24))
  }

  private static func endpoint(
    _ call: NativeCall,
    _ n: Int,
    least: UInt16
  ) throws(ScriptError) -> Endpoint {
    let host = String(decoding: try call.checkBytes(n), as: UTF8.self)
    guard let port = UInt16(exactly: try call.checkInteger(n + 1)), port >= least else {
      throw call.argumentError(2, "port out of range")
    }
    return Endpoint(host: host, port: port)
  }

  /// The process that a folder, three words for its streams and arguments describe.
  private static func plan(_ call: NativeCall) throws(ScriptError) -> ProcessPlan {
    func stream(_ n: Int) throws(ScriptError) -> ProcessPlan.Stream {
      [.pipe, .inherited, .none][try call.checkOption(n, ["pipe", "inherit", "none"])]
    }
    var arguments: [[UInt8]] = []
    for n in 6..<max(call.count + 1, 6) { arguments.append(try call.checkBytes(n)) }
    var plan = ProcessPlan(arguments)
    plan.folder = try call.optionalBytes(2)
    plan.input = try stream(3)
    plan.output = try stream(4)
    plan.error = try stream(5)
    return plan
  }

  /// The request that an address, a method, a body, a time, whether to follow, and names and values of
  /// headers describe.
  private static func fetch(_ call: NativeCall) throws(ScriptError) -> OperationRequest {
    guard let address = WebAddress(try call.checkBytes(2)) else {
      throw call.argumentError(1, "not an http or https URL")
    }
    let method = try call.checkBytes(3)
    guard HTTPRequest.isToken(method) else {
      throw call.argumentError(1, "field 'method': not a method")
    }
    var request = HTTPRequest(address, method: String(decoding: method, as: UTF8.self))
    request.body = try call.optionalBytes(4)
    let seconds = try call.optionalNumber(5, default: 30)
    guard seconds >= 0, seconds <= 86_400 else {
      throw call.argumentError(1, "field 'timeout': time out of range")
    }
    request.timeoutNanoseconds = UInt64(seconds * 1e9)
    if call.argument(6).isFalsy { request.redirectionCountMax = 0 }
    for n in stride(from: 7, to: call.count, by: 2) {
      let (name, value) = (try call.checkBytes(n), try call.checkBytes(n + 1))
      let shown = String(decoding: name, as: UTF8.self)
      guard HTTPRequest.isToken(name), HTTPRequest.isFieldValue(value) else {
        throw call.argumentError(1, "field 'headers': '\(shown)' is no header")
      }
      if HTTPRequest.isReserved(shown) {
        throw call.argumentError(1, "field 'headers': '\(shown)' is made by the library")
      }
      request.fields.append((shown, value))
    }
    return .fetch(request, bodyByteCountMax: call.byteRoom)
  }
}
