// Marking: the mark stack and the visits to objects of every kind.
//
// Strings are never touched: their bit is set and that is all. (Strings that share a buffer lie in
// blocks of their own; `markBuffers` goes through those later.) Everything else goes on the stack
// and is visited when it comes off.
//
// SAFETY: every reference marked comes from an initialised field of a live object, or from a slot
// below a fiber's live top, so it points to a cell of this heap.

/// What the collector remembers between steps of marking.
struct MarkingState {
  /// Grey objects.
  var stack = List<ObjectRef>()
  /// Large tables visited in part.
  var slices = List<Slice>()
  /// Fibers that were visited and have run since, or were running.
  var ranFibers = List<FiberRef>()
  /// Open upvalue cells that were reached; their fibers may turn out to be dead.
  var openUpvalues = List<UpvalueRef>()
  /// Tables seen to be weak in some way.
  var weakTables = List<TableRef>()
  /// Tables with removed keys whose objects were white when visited.
  var deadKeyTables = List<TableRef>()
  /// 1 while `dropDeadKeys` stands inside a table.
  var deadKeySlices = 0
  /// How often the roots were looked at again before the finish.
  var rescanCount = 0
  /// Only what can still run is followed (TaskSearch.swift).
  var isSearching = false

  /// How far a large table has been visited.
  struct Slice {
    var table: TableRef
    var mode: WeakMode
    var hasDeadKeys: Bool
    var arrayIndex: Int
    var nodeIndex: Int
    /// Elements visited at a time.
    static var length: Int { 2048 }
  }

  /// Places in all lists together.
  var capacity: Int {
    stack.capacity &+ slices.capacity &* 5 &+ ranFibers.capacity &+ openUpvalues.capacity
      &+ weakTables.capacity &+ deadKeyTables.capacity
  }

  mutating func destroy() {
    stack.destroy()
    slices.destroy()
    ranFibers.destroy()
    openUpvalues.destroy()
    weakTables.destroy()
    deadKeyTables.destroy()
  }
}

/// A stretch of marking.
///
/// It holds the mark stack while it works, so that the compiler may keep it in registers; nothing
/// else pushes grey objects meanwhile.
struct Marker {
  var stack: List<ObjectRef>
  let markOffset: UInt
  let vm: VM

  init(_ vm: VM) {
    self.vm = vm
    stack = vm.pointee.heap.marking.stack
    markOffset = UInt(bitPattern: vm.pointee.heap.markOffset)
  }

  func put(back vm: VM) {
    vm.pointee.heap.marking.stack = stack
  }

  var isDone: Bool { stack.isEmpty && vm.pointee.heap.marking.slices.isEmpty }

  // MARK: Bits

  /// Sets an object's bit; true when it was clear.
  @inline(__always)
  func setBit(_ memory: UnsafeMutableRawPointer) -> Bool {
    let address = UInt(bitPattern: memory)
    let word = UnsafeMutablePointer<UInt64>(
      bitPattern: (address & ~0xFFFF) &+ markOffset &+ ((address & 0xFFFF) &>> 10) &* 8
    ).unsafelyUnwrapped
    let bit: UInt64 = 1 &<< UInt64((address &>> 4) & 63)
    if word.pointee & bit != 0 { return false }
    word.pointee |= bit
    return true
  }

  @inline(__always)
  func isMarked(_ memory: UnsafeMutableRawPointer) -> Bool {
    let address = UInt(bitPattern: memory)
    let word = UnsafeMutablePointer<UInt64>(
      bitPattern: (address & ~0xFFFF) &+ markOffset &+ ((address & 0xFFFF) &>> 10) &* 8
    ).unsafelyUnwrapped
    return word.pointee & (1 &<< UInt64((address &>> 4) & 63)) != 0
  }

  /// Marks an object that is not a string.
  @inline(__always)
  mutating func mark(object: UnsafeMutableRawPointer?) {
    if let object, setBit(object) {
      stack.append(object.assumingMemoryBound(to: ObjectHeader.self))
    }
  }

  @inline(__always)
  mutating func mark(bits: UInt64, tag: Tag) {
    if tag.raw < Tag.string.raw { return }
    let memory = Value(bits: bits, tag: tag).pointer
    if setBit(memory) && tag != .string {
      stack.append(memory.assumingMemoryBound(to: ObjectHeader.self))
    }
  }

  @inline(__always)
  mutating func mark(_ slot: Slots) {
    mark(bits: slot.pointee.bits, tag: slot.pointee.tag)
  }

  @inline(__always)
  mutating func mark(_ slots: Slots, count: Int) {
    for index in 0..<count { mark(slots + index) }
  }

  // MARK: Visits

  /// Visits grey objects until there are none or `work` is used up.
  mutating func drain(_ work: inout Int) {
    while work > 0 {
      if !stack.isEmpty {
        work &-= visit(stack.removeLast())
      } else if !vm.pointee.heap.marking.slices.isEmpty {
        work &-= visitSlice()
      } else {
        return
      }
    }
  }

  /// Visits one object; returns the work done.
  @inline(__always)
  mutating func visit(_ object: ObjectRef) -> Int {
    let memory = UnsafeMutableRawPointer(object)
    switch object.pointee.kind {
    case .table: return visit(table: memory.assumingMemoryBound(to: TableObject.self))
    case .closure: return visit(closure: memory.assumingMemoryBound(to: ClosureObject.self))
    case .upvalue:
      visit(upvalue: memory.assumingMemoryBound(to: UpvalueObject.self))
      return Work.object
    case .native:
      let native = memory.assumingMemoryBound(to: NativeObject.self)
      mark(native.upvalues, count: native.upvalueCount)
      return Work.object &+ native.upvalueCount &* Work.slot
    case .userdata:
      let userdata = memory.assumingMemoryBound(to: UserdataObject.self)
      mark(object: userdata.pointee.metatable)
      if object.pointee.extra != 0 { return visit(kernelObject: memory, object.pointee.extra) }
      mark(userdata.userValues, count: userdata.userValueCount)
      return Work.object &+ userdata.userValueCount &* Work.slot
    case .fiber:
      return visit(fiber: memory.assumingMemoryBound(to: FiberObject.self), isFinal: false)
    case .prototype: return visit(prototype: memory.assumingMemoryBound(to: PrototypeObject.self))
    default: return Work.object
    }
  }

  @inline(__always)
  private mutating func visit(closure: ClosureRef) -> Int {
    mark(object: closure.pointee.prototype)
    let count = closure.upvalueCount
    let upvalues = closure.upvalues
    for index in 0..<count where setBit(upvalues[index]) { visit(upvalue: upvalues[index]) }
    return Work.object &+ count &* Work.slot
  }

  /// An open cell's value is a register of its fiber.
  ///
  /// It is marked here as well, and once more in the finish, for the case that the fiber is dead
  /// and the closure not.
  @inline(__always)
  private mutating func visit(upvalue cell: UpvalueRef) {
    mark(cell.pointee.location)
    if cell.isOpen { vm.pointee.heap.marking.openUpvalues.append(cell) }
  }

  private mutating func visit(prototype: PrototypeRef) -> Int {
    let constantCount = Int(prototype.pointee.constantCount)
    let functionCount = Int(prototype.pointee.functionCount)
    prototype.pointee.lastClosure = nil
    mark(prototype.pointee.constants, count: constantCount)
    for index in 0..<functionCount { mark(object: prototype.pointee.functions[index]) }
    return Work.object &+ (constantCount &+ functionCount) &* Work.slot
  }

  /// Visits a fiber's live slots and frames.
  ///
  /// The slots above its live part may hold references to objects that die now. They are cleared when
  /// the fiber is not going to run before the finish, or in the finish itself.
  @inline(never)
  mutating func visit(fiber: FiberRef, isFinal: Bool) -> Int {
    let isRunning = fiber == vm.pointee.fiber
    let stack = fiber.pointee.stack
    let frameCount: Int
    let top: Int
    if isRunning {
      frameCount = fiber.pointee.frames.distance(to: vm.pointee.frame)
      top = stack.distance(to: vm.reachableTop())
    } else {
      frameCount = fiber.pointee.frames.distance(to: fiber.pointee.frame)
      top = stack.distance(to: fiber.pointee.top)
    }
    mark(stack, count: top)
    if fiber.pointee.frameCapacity > 0 && frameCount > 0 {
      // Record 0 is the fiber's base and runs nothing.
      for index in 1...frameCount { mark(object: fiber.pointee.frames[index].function) }
    }
    // Cells of live fibers live as long as their variables, so that the list needs no pruning.
    var cell = fiber.pointee.openUpvalues
    while let open = cell {
      _ = setBit(open)
      cell = open.nextOpen
    }
    if let watch = fiber.pointee.watch {
      mark(bits: watch.pointee.hook.bits, tag: watch.pointee.hook.tag)
    }
    mark(object: fiber.pointee.resumer)
    mark(object: fiber.pointee.task)
    if fiber.pointee.isPacked && fiber.pointee.status != .dead {
      let records = fiber.pointee.frames
      _ = setBit(fiber.pointee.hasPackedBase ? records : records.above)
    }
    if isFinal || !isRunning {
      if isRunning { vm.considerStack(top: top, frameCount: frameCount) }
      for index in top..<fiber.pointee.stackCapacity { stack[index] = .nil }
      fiber.pointee.isScanned = true
    } else if fiber.pointee.isScanned || !vm.pointee.heap.marking.ranFibers.contains(fiber) {
      fiber.pointee.isScanned = false
      vm.pointee.heap.marking.ranFibers.append(fiber)
    }
    return Work.object &+ top &* Work.slot &+ frameCount &* Work.slot
  }
}

extension List where Element: Equatable {
  /// Whether an element is in the list; for short lists.
  func contains(_ element: Element) -> Bool {
    for index in 0..<count where base[index] == element { return true }
    return false
  }
}
