// The heap of one machine: blocks of cells, storage outside them, and what the collector knows.
//
// INVARIANT: an object is a cell of a block. Storage outside blocks belongs to exactly one object,
// its owner, which stands in `owners`; it is freed by that object's operations or when it dies.
// INVARIANT: nothing is collected but at safepoints (`collectorStep`, `collectFully`), so natives and
// the loop may hold raw references between two of them.
//
// Everything here is plain data: no reference counts are touched on the way to an object.

internal import NightjarBase

/// A machine's memory.
struct Heap {
  // Read by every store and every allocation.

  /// Marking is in progress: stores of references must be told to the collector (`barrier`).
  var isMarking = false
  /// New cells count as marked: between the end of marking and the sweep of the blocks.
  var allocatesBlack = false
  /// An interned string that is looked up may be dead, so finding it marks it.
  var isResurrecting = false
  var phase = Phase.idle
  /// Each size class's run of free cells.
  let classes: UnsafeMutablePointer<SizeClass>
  /// Which of a block's bitmaps collects marks.
  var markOffset = Block.firstBitmap
  /// Which of a block's bitmaps tells the free cells.
  var sweepOffset = Block.firstBitmap
  /// Bytes allocated beyond what the collector allows before its next step; negative while there is
  /// an allowance left.
  var debt = 0

  // Accounting.

  /// Bytes of all runs handed out and not known to be dead, whether their cells are taken yet or not.
  var runByteCount = 0
  /// Bytes of storage outside the blocks.
  var externalByteCount = 0
  /// What the heap's own lists were last counted for, in `externalByteCount`.
  var listByteCount = 0
  /// Bytes of `externalByteCount` that lie in pages counted by `heldPageCount`.
  var storageByteCount = 0
  /// Pages of blocks, regions and storage with pages of its own that were touched and not given back.
  var heldPageCount = 0
  /// Those of them that are storage with pages of its own.
  var mappedPageCount = 0
  /// The most `runByteCount + externalByteCount` has been.
  var peakByteCount = 0
  /// The most bytes the heap may hold: what was granted, or less while the system refuses memory.
  var byteLimit: Int
  let grantedByteLimit: Int
  /// The limit is higher than granted, as a task that ran out of memory cleans up.
  private(set) var hasLoan = false
  /// Something was refused for want of memory since the last full collection.
  var wasRefused = false
  /// The most bytes a string may have.
  var stringByteCountMax: Int

  // Blocks.

  var blocks = List<BlockRef>()
  /// The block that all size classes fill together at first; it is not in `blocks`.
  let sharedBlock: BlockRef
  /// What of it was handed out ends here.
  var sharedEnd = Block.cellsOffset
  /// Storage that was handed out behind its cells begins here.
  var sharedTail = Cradle.stateOffset
  /// Code was linked: from here on each class fills blocks of its own.
  var isSharedBlockClosed = false
  var chunks = List<Chunk>()
  /// Empty blocks, linked by `next`.
  var freeBlock: BlockRef?
  var freeBlockCount = 0
  /// The chunk whose last blocks have never been handed out, and how many these are.
  var freshChunkIndex = 0
  var freshBlockCount = 0
  /// Storage outside cells, where the heap has a limit.
  var smallStorage = StoragePool.small
  var largeStorage = StoragePool.large

  // Objects with a special part in a collection.

  var owners = List<ObjectRef>()
  var finalizable = List<ObjectRef>()
  /// Objects whose finalizers are due: `pending[pendingStart ..< count]`, in order.
  var pending = List<ObjectRef>()
  var pendingStart = 0
  var serials = SerialTable()
  var strings: InternTable
  let hash: SeededHash

  var marking = MarkingState()
  var sweeping = SweepingState()
  var pacing = Pacing()

  // Hard modes, for tests; looked at on slow paths only.

  /// Every allocation asks for attention, every safepoint collects as the machine's hard mode says.
  var isStressed = false
  /// Dead cells and storage given back are filled with a pattern.
  var isPoisoned = false

  /// The machine this heap belongs to.
  let machine: VM
  /// Spare storage for string builders, so that short results need no malloc.
  var scratch: UnsafeMutableRawPointer?

  /// What the collector is doing.
  enum Phase: UInt8 {
    case idle
    /// Following references from the roots; ends in the atomic finish.
    case mark
    // After the atomic finish, in this order:
    case markBuffers
    case dropDeadKeys
    case sweepStrings
    case sweepSerials
    case sweepOwners
    case sweepBlocks
  }

  /// Storage accessed at random gets large pages (2 MiB) from this size on, so that what rounding costs
  /// stays small beside it.
  static var largePageUseMin: Int { 4 << 20 }
  /// What dead memory is filled with when it is poisoned: no tag, no kind, no address.
  static var poison: UInt8 { 0xA5 }
  /// The longest run of cells handed out at once.
  ///
  /// Whole blocks would be touched, counted as in use and their bits set and cleared in each cycle,
  /// for classes that need a few cells.
  static var runByteCountMax: Int { 4096 }
  /// How much of the shared block a class takes at a time.
  static var sharedRunByteCount: Int { 64 }
  /// The largest cell.
  static var cellByteCountMax: Int { 8192 }
  /// How far the pages held may go beyond the limit, which is for the bytes in them: headers, pages of which
  /// part is in use, free cells between others.
  static var heldByteCountMargin: Int { 1 << 19 }
  /// What a task that ran out of memory may use beyond the limit to clean up.
  static var cleanupLoan: Int { 1 << 18 }
  /// The capacity of `scratch`.
  static var scratchByteCount: Int { 1024 }

  /// An empty heap; without a limit of bytes it is left to the system how large it may become.
  init(
    in cradle: Cradle,
    byteLimit: Int? = nil,
    stringByteCountMax: Int = Limits().stringByteCount,
    hash: SeededHash
  ) {
    machine = cradle.state
    grantedByteLimit = byteLimit ?? .max
    self.byteLimit = grantedByteLimit
    self.stringByteCountMax = stringByteCountMax
    self.hash = hash
    classes = cradle.classes
    classes.initialize(repeating: SizeClass(), count: SizeClasses.count)
    for index in 0..<SizeClasses.count {
      classes[index].cellByteCount = SizeClasses.byteCount(of: index)
    }
    strings = InternTable(in: cradle)
    sharedBlock = Self.makeSharedBlock(in: cradle)
    heldPageCount = 1
    externalByteCount = strings.byteCount
    debt = -pacing.allowanceMin
  }

  /// Lets a task that ran out of memory clean up, a little beyond the limit.
  mutating func lend() {
    if hasLoan || byteLimit != grantedByteLimit || byteLimit == .max { return }
    byteLimit += Self.cleanupLoan
    hasLoan = true
  }

  /// Takes the loan back.
  mutating func endLoan() {
    if !hasLoan { return }
    byteLimit = grantedByteLimit
    hasLoan = false
  }

  var isLimited: Bool { grantedByteLimit != .max }

  /// Exact bytes in use: cells handed to objects and not found dead yet, and storage outside the blocks.
  var byteCount: Int {
    var spare: UInt = 0
    for index in 0..<SizeClasses.count {
      spare &+= classes[index].limit &- classes[index].cursor
    }
    return runByteCount &- Int(bitPattern: spare) &+ externalByteCount
  }
}
