// The state of one machine (isolate): what the loop, the natives and the collector share. It lives
// behind one pointer, `VM`; its first fields are those the loop touches.
//
// INVARIANT: one owner at a time; nothing in here is locked or counted.

internal import NightjarBase

/// Everything a machine is, but for its heap objects.
struct MachineState {
  /// Fuel left before the loop must look up: instructions, see `Quotas/Fuel.swift`. Negative asks for attention.
  var fuel: Int64
  /// The youngest frame of the running fiber.
  var frame: FrameRef
  /// End of open results or arguments.
  var top: Slots
  /// One past the last usable slot of the running fiber's stack, less the reserve natives may count on.
  var stackLimit: Slots
  /// One past the last frame record that may be pushed.
  var frameLimit: FrameRef
  /// The running fiber.
  var fiber: FiberRef
  var heap: Heap

  /// Fuel set aside while `fuel` was driven negative to ask for attention.
  var fuelSetAside: Int64
  /// The values of a raised error on its way to a handler.
  var errorValue: Value
  /// Why the loop is to be left; nil while it runs.
  var exit: Exit?

  /// Metatables of the basic types, by tag (all functions share `.closure`'s entry).
  var typeMetatables: (TableRef?, TableRef?, TableRef?, TableRef?, TableRef?, TableRef?, TableRef?, TableRef?, TableRef?, TableRef?, TableRef?, TableRef?)
  /// Interned strings the engine itself needs; index by `KnownName`.
  var names: UnsafeMutablePointer<StringRef>
  var mainFiber: FiberRef
  var registry: TableRef
  var globals: TableRef
  var loaded: TableRef
}
