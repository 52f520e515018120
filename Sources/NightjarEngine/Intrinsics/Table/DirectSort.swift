// Sorting values in place when no script code can be called: the same steps as the sort with callbacks
// (TableLibrary+Sort.swift), so that equal elements end up where the reference puts them.

/// A sort over raw memory.
///
/// INVARIANT: `elements[1 ... n]` are initialised; `elements` itself points one slot below.
struct DirectSort {
  let elements: Slots
  /// The order; it must not change the elements.
  let isLess: (Value, Value) -> Bool

  /// The interval below which the middle element is the pivot whatever happens.
  static var randomPivotSpan: Int { 100 }

  /// Sorts `low ... high`.
  ///
  /// - Returns: false when the order contradicts itself.
  @inline(__always)
  func sort(_ first: Int, _ last: Int) -> Bool {
    var low = first
    var high = last
    var seed: UInt64 = 0
    var pending: InlineArray<64, (low: Int, high: Int)> = InlineArray(repeating: (0, 0))
    var pendingCount = 0
    while true {
      while low < high {
        order(low, high)
        if high &- low == 1 { break }
        let middle = PivotChoice.pivot(low, high, seed)
        if isLess(elements[middle], elements[low]) {
          exchange(middle, low)
        } else {
          order(middle, high)
        }
        if high &- low == 2 { break }
        guard let border = partition(low, high, middle) else { return false }
        // The larger part waits, so that no more than one part a halving is pending.
        let smallSize: Int
        if border &- low < high &- border {
          pending[pendingCount] = (border &+ 1, high)
          smallSize = border &- low
          high = border &- 1
        } else {
          pending[pendingCount] = (low, border &- 1)
          smallSize = high &- border
          low = border &+ 1
        }
        let waiting = pending[pendingCount]
        pendingCount &+= 1
        if (waiting.high &- waiting.low) / 128 > smallSize {
          seed = PivotChoice.seed(waiting.low, waiting.high)
        }
      }
      if pendingCount == 0 { return true }
      pendingCount &-= 1
      (low, high) = pending[pendingCount]
    }
  }

  /// Puts two elements in order.
  @inline(__always) private func order(_ low: Int, _ high: Int) {
    if isLess(elements[high], elements[low]) { exchange(low, high) }
  }

  @inline(__always) private func exchange(_ one: Int, _ other: Int) {
    let value = elements[one]
    elements[one] = elements[other]
    elements[other] = value
  }

  /// Splits an interval around the element at `middle`.
  ///
  /// - Returns: where the pivot ends up; nil when the order contradicts itself.
  @inline(__always) private func partition(_ low: Int, _ high: Int, _ middle: Int) -> Int? {
    let pivot = elements[middle]
    exchange(middle, high &- 1)
    var rising = low
    var falling = high &- 1
    while true {
      rising &+= 1
      while isLess(elements[rising], pivot) {
        if rising == high &- 1 { return nil }
        rising &+= 1
      }
      falling &-= 1
      while isLess(pivot, elements[falling]) {
        if falling < rising { return nil }
        falling &-= 1
      }
      if falling < rising {
        exchange(high &- 1, rising)
        return rising
      }
      exchange(rising, falling)
    }
  }
}

/// Where sorting splits an interval.
enum PivotChoice {
  /// The middle; after a badly split interval somewhere in the middle half.
  @inline(__always) static func pivot(_ low: Int, _ high: Int, _ seed: UInt64) -> Int {
    if high &- low < DirectSort.randomPivotSpan || seed == 0 { return (low &+ high) / 2 }
    let quarter = (high &- low) / 4
    return Int(seed % UInt64(quarter &* 2)) &+ low &+ quarter
  }

  /// Some number that hostile input cannot foresee cheaply, but the same in every run.
  static func seed(_ low: Int, _ high: Int) -> UInt64 {
    let mixed = (UInt64(low) &* 0x9E37_79B9_7F4A_7C15) ^ (UInt64(high) &* 0xC2B2_AE3D_27D4_EB4F)
    return (mixed ^ mixed >> 29) >> 1 | 1
  }
}
