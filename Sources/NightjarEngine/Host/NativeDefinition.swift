// How natives are declared: a name and an entry that follows the C convention, because a plain C
// function pointer is what the loop can call in two nanoseconds (docs/internals/loop.md).
//
//   static let all: [NativeDefinition] = [
//     .leaf("floor") { vm, slot, count, phase in NativeCall.enter(vm, slot, count, phase, floor) },
//     .stateMachine("sort") { vm, slot, count, phase in NativeCall.enter(vm, slot, count, phase, sort) },
//   ]

/// The entry of a native: machine, function slot, count, phase; answers a `NativeOutcome` word.
package typealias NativeFunction =
  @convention(c) (
    UnsafeMutableRawPointer, UnsafeMutableRawPointer, Int, Int
  ) -> Int

/// A native function a library offers.
@safe package struct NativeDefinition {
  /// The field's name in its library table.
  package let name: StaticString
  /// Whether it is a state machine, or wants to be seen as a level by `debug` functions.
  let needsFrame: Bool
  /// Whether it hands on numbers as they are even where there are no integers: it makes none.
  var keepsNumbers = false
  /// Whether its frames may stop cancellations of tasks.
  var stopsCancellation = false
  let entry: NativeFunction

  /// What the header of its objects says.
  var flags: ObjectHeader.Flags {
    var flags: ObjectHeader.Flags = needsFrame ? .needsFrame : []
    if stopsCancellation { flags.insert(.stopsCancellation) }
    return flags
  }

  /// A function that only ever answers with results or an error.
  @safe package static func leaf(_ name: StaticString, _ entry: @escaping NativeFunction)
    -> NativeDefinition
  {
    NativeDefinition(name: name, needsFrame: false, entry: entry)
  }

  /// The same function, handing on numbers as they are.
  package var keepingNumbers: NativeDefinition {
    var copy = self
    copy.keepsNumbers = true
    return copy
  }

  /// The same function as one whose frames, once they catch errors, stop cancellations too.
  var stoppingCancellation: NativeDefinition {
    var copy = self
    copy.stopsCancellation = true
    return copy
  }

  /// A function that may call, yield or resume.
  @safe package static func stateMachine(_ name: StaticString, _ entry: @escaping NativeFunction)
    -> NativeDefinition
  {
    NativeDefinition(name: name, needsFrame: true, entry: entry)
  }
}
