// Where tasks and scopes were made. Records hold a number of four bytes; what it stands for is kept here, once
// for each instruction that makes some.
//
// INVARIANT: a site is there as long as its prototype lives, and the tasks and scopes with its number keep that
// alive. The atomic finish of marking gives numbers back whose prototypes are dead, before they are swept.

internal import NightjarBase
internal import NightjarBytecode

/// The instructions that have made tasks and scopes, by number.
struct SpawnSites {
  struct Site: Hashable {
    var prototype: PrototypeRef
    var index: Int32
  }

  private var all: [Site?] = []
  /// For each, whether it stands in the text of a library: then whoever called that is the place to be told.
  private(set) var isLibrary: [Bool] = []
  private var free: [UInt32] = []
  private var numbers: [Site: UInt32] = [:]
  private var last: (site: Site, number: UInt32)?

  /// What is behind a number; nil for 0.
  subscript(number: UInt32) -> Site? {
    let index = Int(number) &- 1
    return index >= 0 && index < all.count ? all[index] : nil
  }

  /// The number of a site, from 1.
  mutating func number(
    _ prototype: PrototypeRef,
    _ index: Int,
    isLibrary: (PrototypeRef) -> Bool
  ) -> UInt32 {
    let site = Site(prototype: prototype, index: Int32(truncatingIfNeeded: index))
    if let last, last.site == site { return last.number }
    let number = numbers[site] ?? add(site, isLibrary: isLibrary(prototype))
    last = (site, number)
    return number
  }

  private mutating func add(_ site: Site, isLibrary isOfLibrary: Bool) -> UInt32 {
    let number: UInt32
    if let given = free.popLast() {
      number = given
      all[Int(given) - 1] = site
      isLibrary[Int(given) - 1] = isOfLibrary
    } else {
      all.append(site)
      isLibrary.append(isOfLibrary)
      number = UInt32(all.count)
    }
    numbers[site] = number
    return number
  }

  /// Gives back the numbers of sites whose code is dead.
  mutating func removeAll(where isDead: (PrototypeRef) -> Bool) {
    last = nil
    for index in all.indices {
      guard let site = all[index], isDead(site.prototype) else { continue }
      numbers[site] = nil
      all[index] = nil
      free.append(UInt32(index + 1))
    }
  }

  /// What the lists take, about: tables of hashed entries are a third empty.
  var byteCount: Int {
    let entry = MemoryLayout<Site>.stride + MemoryLayout<UInt32>.stride
    return all.capacity &* (MemoryLayout<Site?>.stride &+ 1) &+ free.capacity &* 4
      &+ numbers.capacity &* entry &* 3 / 2
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The site of the Lua function that called the native that runs.
  func spawnSite(_ call: NativeCall) -> UInt32 {
    guard let kernel = pointee.tasks else { return 0 }
    var frame = callerFrame(of: call)
    let base = pointee.fiber.pointee.frames
    var first: UInt32 = 0
    while frame > base {
      if !frame.pointee.isNative {
        let number = kernel.pointee.sites.number(
          prototype(of: frame),
          instructionIndex(of: frame)
        ) { Self.isLibrary(chunkName(of: $0)) }
        if !kernel.pointee.sites.isLibrary[Int(number) - 1] { return number }
        if first == 0 { first = number }
      }
      frame = frame.below
    }
    return first
  }

  /// "file:line" of a site; nil for none.
  func place(ofSite number: UInt32) -> String? {
    guard let site = pointee.tasks?.pointee.sites[number] else { return nil }
    let lines = image(of: site.prototype).lines
    let name = chunkName(of: site.prototype)
    return Int(site.index) < lines.count ? "\(name):\(lines[Int(site.index)])" : name
  }
}
