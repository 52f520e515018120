// Panics: what a program of Fuse ends with that nothing in it may catch.

import NightjarEngine

/// A panic that reached the end of a program.
struct Panic {
  /// The exit status of a program that ends in a panic.
  static let status: Int32 = 101

  /// What went wrong.
  let message: [UInt8]
  /// Where, in the manner of a traceback; empty if that is not known.
  let trace: [UInt8]

  /// The panic that an error is; nil if it is none.
  ///
  /// ORDER: `fuse.rt` makes them, a table with the name `panic` in its metatable.
  init?(_ error: Value, in machine: Machine) {
    guard Self.name(of: error, in: machine) == Array("panic".utf8) else { return nil }
    message = machine.text(of: machine.field(error, "message")) ?? []
    trace = machine.text(of: machine.field(error, "trace")) ?? []
  }

  /// The name in the metatable of an error.
  static func name(of error: Value, in machine: Machine) -> [UInt8]? {
    guard error.isTable else { return nil }
    return machine.text(of: machine.field(machine.metatable(of: error), "__name"))
  }

  /// The text for people, with the trace, without a line end.
  var text: [UInt8] {
    var lines = trace[...]
    while lines.first == 10 { lines.removeFirst() }
    return Array("panic: ".utf8) + message + (lines.isEmpty ? [] : [10] + lines)
  }
}
