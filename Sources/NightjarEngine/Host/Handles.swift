// What the host holds on to: values in numbered places, which the collector takes as roots.

/// A host's hold on a value.
///
/// It must be released once, on the machine it came from.
package struct Handle: Equatable {
  let index: Int
}

/// The places of a machine.
///
/// INVARIANT: a free place holds a nil value whose payload is the next free place's number, or -1.
struct HandleTable {
  var places = List<Value>()
  private var firstFree = -1

  mutating func add(_ value: Value) -> Int {
    guard firstFree >= 0 else {
      places.append(value)
      return places.count - 1
    }
    let index = firstFree
    firstFree = Int(places[index].integer)
    places[index] = value
    return index
  }

  mutating func remove(_ index: Int) {
    places[index] = Value(bits: UInt64(bitPattern: Int64(firstFree)), tag: .nil)
    firstFree = index
  }

  /// How many values are held.
  var count: Int {
    var free = 0
    var next = firstFree
    while next >= 0 {
      free += 1
      next = Int(places[next].integer)
    }
    return places.count - free
  }

  mutating func destroy() { places.destroy() }
}

extension Machine {
  /// Keeps a value alive until the handle is released.
  package func retain(_ value: Value) -> Handle {
    vm.barrier(value)
    return Handle(index: vm.pointee.handles.add(value))
  }

  /// Lets go of a value.
  package func release(_ handle: Handle) { vm.pointee.handles.remove(handle.index) }

  /// How many handles are held; for tests.
  package var handleCount: Int { vm.pointee.handles.count }

  /// The value a handle holds.
  package func value(of handle: Handle) -> Value { vm.pointee.handles.places[handle.index] }
}
