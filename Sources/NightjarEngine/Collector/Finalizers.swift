// Objects with finalizers (manual §2.5.3): registered when their metatable is set, queued when found
// dead, handed out one by one to the native that calls them at a safepoint.

extension Heap {
  var hasPendingFinalizers: Bool { pendingStart < pending.count }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Remembers that an object has a finalizer; again after it has been called.
  func registerFinalizable(_ object: ObjectRef) {
    if object.pointee.flags.contains(.hasFinalizer) || pointee.isEnding { return }
    object.pointee.flags.formUnion(.hasFinalizer)
    pointee.heap.finalizable.append(object)
  }

  /// The next object whose finalizer is due.
  func takePendingFinalizer() -> Value? {
    guard pointee.heap.hasPendingFinalizers else {
      pointee.heap.pending.removeAll()
      pointee.heap.pendingStart = 0
      return nil
    }
    let object = pointee.heap.pending[pointee.heap.pendingStart]
    pointee.heap.pendingStart &+= 1
    return Value(object: object, tag: object.pointee.kind)
  }

  /// Makes every finalizer due, in the reverse order of registration (the end of a program).
  func queueAllFinalizers() {
    pointee.isEnding = true
    while !pointee.heap.finalizable.isEmpty {
      let object = pointee.heap.finalizable.removeLast()
      object.pointee.flags.remove(.hasFinalizer)
      pointee.heap.pending.append(object)
    }
  }
}
