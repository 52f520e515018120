// Machines and their limits.

public import CNightjarAPI
import Nightjar

/// A machine with what other threads may use of it.
final class Host {
  let machine: Machine
  let killSwitch: KillSwitch

  init(_ machine: Machine) {
    self.machine = machine
    killSwitch = machine.killSwitch
  }
}

extension Configuration {
  /// What a C configuration asks for; fields out of range count as unbounded.
  init(_ config: nj_config) {
    var limits = Limits()
    limits.fuel = config.fuel < 0 ? nil : Int(config.fuel)
    limits.memory = config.memory < 0 ? nil : Int(config.memory)
    limits.time = config.microseconds < 0 ? nil : .microseconds(config.microseconds)
    limits.callDepth = Int(clamping: config.call_depth)
    limits.stringLength = Int(clamping: config.string_length)
    limits.sourceLength = Int(clamping: config.source_length)
    limits.openHandles = Int(clamping: max(config.open_handles, 0))
    limits.outputBytes = config.output < 0 ? nil : Int(config.output)
    self.init(limits: limits, seed: config.seed, dialect: Dialect(config.dialect))
  }
}

extension Dialect {
  /// The dialect of a number of the header; 5.4 for those that it has not.
  init(_ number: Int64) {
    let known: [Int64: Dialect] = [1: .lua51, 2: .lua52, 3: .lua53, 5: .lua55, 6: .luajit]
    self = known[number] ?? .lua54
  }
}

/// See the header.
@c @implementation
public func nj_version() -> UnsafePointer<CChar>? { constant("0.1.0") }

/// See the header.
@c @implementation
public func nj_config_init(_ config: UnsafeMutablePointer<nj_config>?) {
  let limits = Limits()
  var made = nj_config()
  made.fuel = -1
  made.memory = -1
  made.microseconds = -1
  made.call_depth = Int64(limits.callDepth)
  made.string_length = Int64(limits.stringLength)
  made.source_length = Int64(limits.sourceLength)
  made.open_handles = Int64(limits.openHandles)
  made.output = -1
  config?.pointee = made
}

/// The machine of a pointer.
func machine(_ pointer: OpaquePointer?) throws(Misuse) -> Machine {
  guard let host = object(pointer, Host.self) else { throw Misuse("the machine is null") }
  return host.machine
}

/// See the header.
@c @implementation
public func nj_machine_new(_ config: UnsafePointer<nj_config>?) -> OpaquePointer? {
  let configuration = config.map { Configuration($0.pointee) } ?? Configuration()
  let given = object(config?.pointee.capabilities, Grants.self)
  return retained(
    Host(Machine(configuration, capabilities: given?.capabilities ?? Capabilities()))
  )
}

/// See the header.
@c @implementation
public func nj_machine_free(_ machine: OpaquePointer?) { release(machine) }

/// See the header.
@c @implementation
public func nj_machine_fuel(_ machine: OpaquePointer?) -> Int64 {
  Int64(object(machine, Host.self)?.machine.fuel ?? 0)
}

/// See the header.
@c @implementation
public func nj_machine_set_fuel(_ machine: OpaquePointer?, _ fuel: Int64) {
  object(machine, Host.self)?.machine.fuel = Int(fuel)
}

/// See the header.
@c @implementation
public func nj_machine_memory(_ machine: OpaquePointer?) -> Int {
  object(machine, Host.self)?.machine.memoryUsed ?? 0
}

/// See the header.
@c @implementation
public func nj_machine_kill(_ machine: OpaquePointer?) {
  object(machine, Host.self)?.killSwitch.kill()
}
