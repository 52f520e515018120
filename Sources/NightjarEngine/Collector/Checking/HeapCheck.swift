// The full check of a heap, for tests: follows every reference from the roots as the collector
// would, but trusts nothing it has not looked at, and compares what it finds with the books.
//
//   cells        which cells of which blocks are handed out, from blocks, runs and bitmaps
//   objects      every reachable object: kind, storage, mark; every reference to a taken cell of
//                the kind the reference says
//   colours      while marking, nothing black refers to anything white; after it, all is marked
//   lists        owners, finalizable objects, serials, interned strings, bytes
//
// It changes nothing, and may be asked at any safepoint of a cycle or while the machine stands.

/// One walk over a heap and what it found wrong.
struct HeapCheck {
  let vm: VM
  private(set) var findings: [String] = []
  /// How the cells of each block are to be told, by the block's address.
  var blocks: [UInt: BlockState] = [:]
  /// Objects reached, with what leads on from them still to be looked at.
  private var reached: Set<UInt> = []
  private var pending: [ObjectRef] = []
  /// Objects on the mark stack or in a slice: marked, and not visited yet.
  var grey: Set<UInt> = []
  /// Bytes of storage outside the blocks that reachable objects own.
  var ownedByteCount = 0

  /// Which of a block's cells are taken.
  enum BlockState {
    /// All were handed out.
    case filled
    /// Those with a bit in the sweep bitmap, and all before this offset.
    case offered(Int)
    /// Those with a mark: the sweep has not come here yet.
    case unswept
    /// Those before this offset: the block that classes share at first.
    case shared(Int)
  }

  init(_ vm: VM) { self.vm = vm }

  /// All findings; at most some dozens are kept.
  static func run(_ vm: VM) -> [String] {
    var check = HeapCheck(vm)
    check.learnBlocks()
    check.learnColours()
    check.checkRoots()
    check.follow()
    check.checkLists()
    return check.findings
  }

  mutating func report(_ finding: String) {
    if findings.count < 40 { findings.append(finding) }
  }

  var isMarking: Bool { vm.pointee.heap.phase == .mark }

  /// Marks are complete and decide who stays: from the finish of marking to the sweep of the blocks.
  var marksAreFinal: Bool {
    switch vm.pointee.heap.phase {
    case .idle, .mark, .sweepBlocks: false
    default: true
    }
  }

  // MARK: Cells

  private mutating func learnBlocks() {
    let heap = vm.pointee.heap
    for index in 0..<heap.blocks.count {
      let block = heap.blocks[index]
      // What the sweep has moved down stands in its old place too.
      if heap.phase == .sweepBlocks && index >= heap.sweeping.keptCount
        && index < heap.sweeping.index
      {
        continue
      }
      if blocks[UInt(bitPattern: block)] != nil { report("a block stands twice in the list") }
      let isUnswept =
        heap.phase == .sweepBlocks && index >= heap.sweeping.index
        && index < heap.sweeping.blockCount
      blocks[UInt(bitPattern: block)] = isUnswept ? .unswept : .filled
    }
    blocks[UInt(bitPattern: heap.sharedBlock)] = .shared(heap.sharedEnd)
    for index in 0..<SizeClasses.count {
      let sizeClass = heap.classes[index]
      if let block = sizeClass.block { offer(block, index, from: sizeClass.searchOffset) }
      var next = sizeClass.firstBlock
      var last: BlockRef?
      while let block = next {
        offer(block, index, from: Block.cellsOffset)
        last = block
        next = block.pointee.next
      }
      if last != sizeClass.lastBlock {
        report("class \(index): the list's end is not its last block")
      }
    }
  }

  private mutating func offer(_ block: BlockRef, _ index: Int, from offset: Int) {
    if block.pointee.classIndex != index { report("a block stands in the list of another class") }
    switch blocks[UInt(bitPattern: block)] {
    case .filled: blocks[UInt(bitPattern: block)] = .offered(offset)
    case .offered: report("a block is offered twice")
    case .unswept: report("a block is offered before it is swept")
    case .shared: report("the shared block is offered")
    case nil: report("a block is offered that is not in the heap's list")
    }
  }

  /// Whether an address is that of a cell handed out and not known to be dead.
  func isTaken(_ address: UInt) -> Bool {
    let base = address & ~0xFFFF
    guard let state = blocks[base], let block = BlockRef(bitPattern: base) else { return false }
    let offset = Int(bitPattern: address & 0xFFFF)
    let size = block.pointee.cellByteCount
    guard offset >= Block.cellsOffset, offset &+ size <= block.pointee.cellsEnd,
      (offset &- Block.cellsOffset) % size == 0
    else { return false }
    if case .shared(let end) = state {
      return offset < end
        && !(0..<SizeClasses.count).contains { index in
          let sizeClass = vm.pointee.heap.classes[index]
          return address >= sizeClass.cursor && address < sizeClass.limit
        }
    }
    let sizeClass = vm.pointee.heap.classes[block.pointee.classIndex]
    if address >= sizeClass.cursor && address < sizeClass.limit { return false }
    switch state {
    case .filled: return true
    case .offered(let end):
      return offset < end || block.isSet(vm.pointee.heap.sweepOffset, at: offset)
    case .unswept: return block.isSet(vm.pointee.heap.markOffset, at: offset)
    case .shared: return false
    }
  }

  // MARK: Colours

  private mutating func learnColours() {
    let marking = vm.pointee.heap.marking
    for index in 0..<marking.stack.count { grey.insert(UInt(bitPattern: marking.stack[index])) }
    for index in 0..<marking.slices.count {
      grey.insert(UInt(bitPattern: marking.slices[index].table))
    }
  }

  /// Whether an object was visited in this cycle, so that it may not refer to white ones.
  ///
  /// Fibers are visited again, as their registers are written without the barrier.
  func isBlack(_ object: ObjectRef) -> Bool {
    isMarking && vm.pointee.heap.isMarked(object) && !grey.contains(UInt(bitPattern: object))
      && object.pointee.kind != .fiber
  }

  // MARK: Reaching

  /// Follows a reference.
  ///
  /// It stands in `owner`, or in a root, and must refer to an object of the kind. A weak one does not
  /// keep what it refers to: no colour is asked for.
  mutating func reach(
    _ memory: UnsafeMutableRawPointer?,
    _ kind: Tag,
    from owner: ObjectRef?,
    as role: @autoclosure () -> String,
    isWeak: Bool = false
  ) {
    guard let memory else { return }
    guard isTaken(UInt(bitPattern: memory)) else {
      report("\(name(owner)): \(role()) refers to a free cell or to none")
      return
    }
    let object = memory.assumingMemoryBound(to: ObjectHeader.self)
    guard object.pointee.kind == kind else {
      report(
        "\(name(owner)): \(role()) refers to kind \(object.pointee.kind.raw), not \(kind.raw)"
      )
      return
    }
    if !isWeak { checkColour(memory, from: owner, as: role()) }
    if reached.insert(UInt(bitPattern: memory)).inserted { pending.append(object) }
  }

  /// The mark that an object or raw cell must have because of who refers to it.
  mutating func checkColour(
    _ memory: UnsafeMutableRawPointer,
    from owner: ObjectRef?,
    as role: @autoclosure () -> String
  ) {
    if vm.pointee.heap.isMarked(memory) { return }
    if let owner, isBlack(owner) { report("black \(name(owner)): \(role()) is white") }
    if marksAreFinal { report("\(name(owner)): \(role()) is reachable and not marked") }
  }

  mutating func reach(
    _ value: Value,
    from owner: ObjectRef?,
    as role: @autoclosure () -> String,
    isWeak: Bool = false
  ) {
    if value.tag.raw > Tag.fiber.raw {
      report("\(name(owner)): \(role()) has tag \(value.tag.raw)")
    } else if value.isCollectable {
      reach(
        UnsafeMutableRawPointer(bitPattern: UInt(truncatingIfNeeded: value.bits)),
        value.tag,
        from: owner,
        as: role(),
        isWeak: isWeak
      )
      if value.bits == 0 { report("\(name(owner)): \(role()) is a null reference") }
    }
  }

  /// A cell without a header that `owner` holds.
  mutating func reachRaw(
    _ memory: UnsafeMutableRawPointer,
    from owner: ObjectRef,
    as role: @autoclosure () -> String
  ) {
    guard isTaken(UInt(bitPattern: memory)) else {
      report("\(name(owner)): \(role()) is a free cell or none")
      return
    }
    if !reached.insert(UInt(bitPattern: memory)).inserted {
      report("\(name(owner)): \(role()) belongs to somebody else too")
    }
    checkColour(memory, from: owner, as: role())
  }

  private mutating func follow() {
    while let object = pending.popLast() { check(object) }
  }

  func hasReached(_ object: UnsafeMutableRawPointer) -> Bool {
    reached.contains(UInt(bitPattern: object))
  }

  func name(_ object: ObjectRef?) -> String {
    guard let object else { return "root" }
    let kinds = [
      "string", "table", "closure", "native", "userdata", "fiber", "prototype", "upvalue",
      "string buffer",
    ]
    let index = Int(object.pointee.kind.raw) - Int(Tag.string.raw)
    return kinds.indices.contains(index) ? kinds[index] : "object"
  }
}
