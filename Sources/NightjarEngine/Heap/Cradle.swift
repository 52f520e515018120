// Where a machine begins: one piece of memory for its state, for what its heap cannot be without, and for the
// block that its libraries fill. An idle machine is little else, so it costs as many pages as there are here,
// brought in at once; five pieces from malloc touched two pages more.
//
//   base (64 KB aligned)                                                    64 KB
//   ┌────────┬─────────┬─────────────────────────┬───────┬─────────┬───────┬─────────┐
//   │ header │ bitmaps │ cells, storage →   … ← │ state │ classes │ names │ buckets │
//   └────────┴─────────┴─────────────────────────┴───────┴─────────┴───────┴─────────┘
//   0        64        1088                      stateOffset                byteCount
//
// What has no room in the first pages takes more of them, one by one. Malloc writes before and behind what it
// gives, which is why both ends are in use.

internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The memory that a machine begins with.
///
/// INVARIANT: owned by the machine whose state lies in it, until `free()`; the parts are where the offsets below
/// say, and each is initialised by whoever it belongs to.
struct Cradle {
  let base: UnsafeMutableRawPointer

  /// A block, less what malloc needs: with its alignment and malloc's own words it stays below the 128 KB from
  /// which malloc makes a mapping of each piece.
  static var byteCount: Int { Block.byteCount &- 128 }
  /// What of the cells a machine with all libraries touches, in whole pages.
  private static var usualByteCount: Int { 16 << 10 }

  /// Nil when the system refuses.
  init?() {
    if let spare = SpareCradles.places.take() {
      base = spare
      return
    }
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, Block.byteCount, Self.byteCount) == 0, let memory else {
      return nil
    }
    base = memory
    Pages.bringIn(memory, Self.usualByteCount)
    Pages.bringIn(memory + Self.cellsEnd, Block.byteCount &- Self.cellsEnd)
  }

  /// The one that a machine's state lies in.
  init(holding machine: VM) { base = UnsafeMutableRawPointer(machine.pointee.heap.sharedBlock) }

  private static var bucketsOffset: Int {
    byteCount &- InternTable.bucketCountMin &* MemoryLayout<StringRef?>.stride
  }
  private static var namesOffset: Int {
    let count = Int(Metamethod.metatable.rawValue) &+ 1
    return bucketsOffset &- aligned(count &* MemoryLayout<StringRef>.stride)
  }
  private static var classesOffset: Int {
    namesOffset &- aligned(SizeClasses.count &* MemoryLayout<SizeClass>.stride)
  }
  static var stateOffset: Int {
    classesOffset &- aligned(MemoryLayout<MachineState>.size)
  }
  /// Where the room for cells ends: what is left of the page in which the state begins is for storage.
  static var cellsEnd: Int { stateOffset & ~(Pages.byteCount &- 1) }

  private static func aligned(_ byteCount: Int) -> Int { (byteCount &+ 15) & ~15 }

  var block: BlockRef { base.assumingMemoryBound(to: BlockHeader.self) }
  var state: VM { (base + Self.stateOffset).assumingMemoryBound(to: MachineState.self) }
  var classes: UnsafeMutablePointer<SizeClass> {
    (base + Self.classesOffset).assumingMemoryBound(to: SizeClass.self)
  }
  /// Room for the interned strings the engine itself needs.
  var names: UnsafeMutablePointer<StringRef> {
    (base + Self.namesOffset).assumingMemoryBound(to: StringRef.self)
  }
  /// The first buckets of the table of strings.
  var buckets: UnsafeMutablePointer<StringRef?> {
    (base + Self.bucketsOffset).assumingMemoryBound(to: StringRef?.self)
  }

  /// Gives everything back; nothing in it is valid any more.
  func free() {
    if SpareCradles.places.keep(base) { return }
    #if canImport(Glibc)
    Glibc.free(base)
    #else
    Darwin.free(base)
    #endif
  }
}

/// Those of machines that ended, for those that begin: their pages are there.
private enum SpareCradles {
  static let places = ChunkPlaces()
}
