// A growing array of plain data in malloc storage: the collector's stacks and lists. Swift arrays
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
    base = Self.storage(nil, capacity: capacity)
  }

  // The heap cannot go on without room for its own lists, and they are small beside what they list:
  // when the system has no memory at all the process ends here.
  private static func storage(
    _ old: UnsafeMutableRawPointer?,
    capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    let byteCount = Swift.max(capacity, 1) &* MemoryLayout<Element>.stride
    guard let memory = realloc(old, byteCount) else {
      preconditionFailure("The system has no memory left.")
    }
    return memory.assumingMemoryBound(to: Element.self)
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    (base + count).initialize(to: element)
    count &+= 1
  }

  @inline(never)
  private mutating func grow() {
    capacity = Swift.max(16, capacity &* 2)
    base = Self.storage(base, capacity: capacity)
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
  mutating func removeAll() {
    count = 0
    if capacity > 4096 {
      capacity = 1024
      base = Self.storage(base, capacity: capacity)
    }
  }

  /// Gives the storage back; the list must not be used again.
  mutating func destroy() {
    free(base)
    count = 0
    capacity = 0
  }
}
