// Objects with finalizers (manual §2.5.3): registered when their metatable is set, queued when found
// dead, handed out one by one to the native that calls them at a safepoint.

extension Heap {
  var hasPendingFinalizers: Bool { pendingStart < pending.count }

  /// Room that the queue always has: a good part of the objects that may come, so that their finalizers
  /// get on even when the system refuses memory.
  var pendingCapacityMin: Int { finalizable.capacity / 8 }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Remembers that an object has a finalizer; again after it has been called.
  func registerFinalizable(_ object: ObjectRef) {
    if object.pointee.flags.contains(.hasFinalizer) || pointee.isEnding { return }
    object.pointee.flags.formUnion(.hasFinalizer)
    pointee.heap.finalizable.append(object)
    pointee.heap.pending.reserve(pointee.heap.pendingCapacityMin)
  }

  /// The next object whose finalizer is due.
  func takePendingFinalizer() -> Value? {
    guard pointee.heap.hasPendingFinalizers else {
      pointee.heap.pending.removeAll(keepingCapacity: pointee.heap.pendingCapacityMin)
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
    let heap = pointee.heap
    for index in 0..<heap.finalizable.count {
      heap.finalizable[index].pointee.flags.remove(.hasFinalizer)
    }
    heap.finalizable.reverse(from: 0)
    if heap.hasPendingFinalizers {
      for index in 0..<heap.finalizable.count {
        pointee.heap.pending.append(heap.finalizable[index])
      }
    } else {
      // There may be no memory for another list as long as this one.
      swap(&pointee.heap.pending, &pointee.heap.finalizable)
      pointee.heap.pendingStart = 0
    }
    pointee.heap.finalizable.removeAll()
  }
}
