// The write barrier: what every store of a reference into an object passes.
//
// It keeps the stored object, not the one stored into: whatever is put anywhere while marking will
// be visited. Only the registers of fibers are written without it.

extension VM {
  /// Called with each value that is stored into an object, before or after the store.
  @inline(__always)
  func barrier(_ value: Value) {
    if pointee.heap.isMarking && value.isCollectable { shade(value.pointer) }
  }

  /// As `barrier(_:)`, for references between objects that are not Values.
  @inline(__always)
  func barrier(_ object: UnsafeMutableRawPointer?) {
    if pointee.heap.isMarking, let object { shade(object) }
  }

  @inline(__always) func barrier(_ table: TableRef?) {
    barrier(UnsafeMutableRawPointer(table))
  }
  @inline(__always) func barrier(_ cell: UpvalueRef) { barrier(UnsafeMutableRawPointer(cell)) }
  @inline(__always) func barrier(_ prototype: PrototypeRef) {
    barrier(UnsafeMutableRawPointer(prototype))
  }
  @inline(__always) func barrier(_ string: StringRef) {
    barrier(UnsafeMutableRawPointer(string))
  }

  /// Makes a white object grey.
  @inline(never)
  func shade(_ memory: UnsafeMutableRawPointer) {
    if pointee.heap.isMarked(memory) { return }
    pointee.heap.markRaw(memory)
    let object = memory.assumingMemoryBound(to: ObjectHeader.self)
    if object.pointee.kind != .string { pointee.heap.marking.stack.append(object) }
  }

  /// Called when a table's array or nodes were moved or put in another order while it may be being
  /// visited in slices: the visit begins again.
  ///
  /// Values need no barrier for such moves.
  @inline(__always)
  func storageChanged(of table: TableRef) {
    if pointee.heap.marking.slices.count &+ pointee.heap.marking.deadKeySlices != 0 {
      restartSlices(of: table)
    }
  }

  @inline(never)
  private func restartSlices(of table: TableRef) {
    let slices = pointee.heap.marking.slices
    for index in 0..<slices.count where slices[index].table == table {
      (slices.base + index).pointee.arrayIndex = 0
      (slices.base + index).pointee.nodeIndex = 0
    }
    if pointee.heap.sweeping.deadKeyTable == table { pointee.heap.sweeping.index = 0 }
  }

  /// Called before a suspended or waiting fiber goes on running: its registers will change unseen.
  @inline(__always)
  func fiberWillRun(_ fiber: FiberRef) {
    if pointee.heap.isMarking && fiber.pointee.isScanned { noteRun(of: fiber) }
  }

  @inline(never)
  private func noteRun(of fiber: FiberRef) {
    fiber.pointee.isScanned = false
    if pointee.heap.isMarked(fiber) { pointee.heap.marking.ranFibers.append(fiber) }
  }
}
