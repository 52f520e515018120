// A growing array of plain data in storage of the system: the collector's stacks and lists. Swift arrays
// would do, but for reference counts and exclusivity checks on the mark loop.

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A list of trivial elements.
///
/// INVARIANT: `base[0 ..< count]` are initialised; the list owns `base` until `destroy()`. Copies share
/// the storage, so there is one owner and it is changed in place only.
struct List<Element> {
  var base: UnsafeMutablePointer<Element>
  var count = 0
  var capacity: Int

  init(capacity: Int = 0) {
    self.capacity = capacity
    base = Self.none
    if capacity > 0 { base = Self.storage(base, from: 0, to: capacity) }
  }

  /// In place of storage, as long as there is none.
  private static var none: UnsafeMutablePointer<Element> {
    UnsafeMutablePointer(bitPattern: 16).unsafelyUnwrapped
  }

  // The heap cannot go on without room for its own lists, and they are small beside what they list.
  private static func storage(
    _ old: UnsafeMutableRawPointer,
    from oldCapacity: Int,
    to capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    guard
      let memory = MemoryReserve.resize(
        oldCapacity == 0 ? nil : old,
        from: byteCount(oldCapacity),
        to: byteCount(capacity)
      )
    else {
      preconditionFailure("the system has no memory left, nor has the reserve")
    }
    return memory.assumingMemoryBound(to: Element.self)
  }

  private static func byteCount(_ capacity: Int) -> Int {
    capacity &* MemoryLayout<Element>.stride
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    (base + count).initialize(to: element)
    count &+= 1
  }

  /// - Returns: Whether there was memory for it.
  mutating func appendIfPossible(_ element: Element) -> Bool {
    guard count < capacity || doubleCapacity() else { return false }
    append(element)
    return true
  }

  @inline(never)
  private mutating func grow() {
    if doubleCapacity() { return }
    // As little as possible, until the machine has heeded that the system refuses.
    base = Self.storage(base, from: capacity, to: capacity &+ 4096)
    capacity &+= 4096
  }

  private mutating func doubleCapacity() -> Bool {
    let doubled = Swift.max(16, capacity &* 2)
    guard
      let memory = ListStorage.resize(
        capacity == 0 ? nil : base,
        from: Self.byteCount(capacity),
        to: Self.byteCount(doubled)
      )
    else { return false }
    base = memory.assumingMemoryBound(to: Element.self)
    capacity = doubled
    return true
  }

  /// Makes room for so many elements in all.
  @inline(__always)
  mutating func reserve(_ count: Int) {
    if capacity >= count { return }
    base = Self.storage(base, from: capacity, to: count)
    capacity = count
  }

  /// Turns the order of the elements from `start` on around.
  func reverse(from start: Int) {
    var (low, high) = (start, count &- 1)
    while low < high {
      (base[low], base[high]) = (base[high], base[low])
      low &+= 1
      high &-= 1
    }
  }

  /// Precondition: not empty.
  @inline(__always)
  mutating func removeLast() -> Element {
    count &-= 1
    return base[count]
  }

  @inline(__always) var isEmpty: Bool { count == 0 }

  @inline(__always)
  subscript(index: Int) -> Element {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }

  /// Forgets the elements, and most of a large storage.
  mutating func removeAll(keepingCapacity kept: Int = 1024) {
    count = 0
    if capacity > Swift.max(4096, 2 &* kept) {
      let smaller = Swift.max(1024, kept)
      base = Self.storage(base, from: capacity, to: smaller)
      capacity = smaller
    }
  }

  /// Gives the storage back; the list must not be used again.
  mutating func destroy() {
    if capacity > 0 { ListStorage.free(base, Self.byteCount(capacity)) }
    base = Self.none
    count = 0
    capacity = 0
  }
}
