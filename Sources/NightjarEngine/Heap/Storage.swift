// Storage outside the cells of a limited heap, so laid out that the heap knows which pages of the process it
// holds and can give back those that nobody uses (docs/internals/heap.md, "What the process holds").
//
//   up to 8 KB        in blocks, granules of 16 bytes
//   up to 256 KB      in regions of 1 MB, granules of 512 bytes; only sizes that differ by less than a
//                     quarter share a region: what lives long and what does not tend to differ in size
//   larger            pages of its own
//
// A block of storage and a region are laid out alike, as a *span*: at the front a header and a bitmap of the
// granules in use, then the granules. Storage is freed with its size, so it has no headers of its own.
//
//   base (aligned to the span's size)
//   ┌──────────────┬─────────┬─────────────┬─────────┬───────┬─ ─ ─
//   │ block header │ bitmap  │ span header │ granule │ …     │
//   └──────────────┴─────────┴─────────────┴─────────┴───────┴─ ─ ─
//   0              64        576           1088 or 1536
//
// Room is taken where it is first found from the front, so that pages touched before are used again and
// spans empty from the back.

/// What a span knows beside its bitmap.
struct SpanHeader {
  /// Where it stands in its pool's list.
  var index: Int
  var usedGranuleCount: Int
  /// No run of `searchCount` free granules begins before `searchStart`.
  var searchStart: Int
  var searchCount: Int
  /// A bit for each page that was touched and not given back.
  var touched: InlineArray<4, UInt64>
}

/// A block or a region of storage.
///
/// INVARIANT: aligned to its pool's `spanByteCount`; alive until it leaves its pool.
typealias SpanRef = UnsafeMutablePointer<SpanHeader>

/// Storage of one range of sizes.
struct StoragePool {
  struct Entry {
    var base: UnsafeMutableRawPointer
    /// No run of free granules is longer.
    var longestRun: Int
    /// The sizes that lie in it.
    var sizeClass: Int
  }

  private(set) var entries = List<Entry>()
  /// Where room was found last.
  private var current = 0
  let granuleBits: Int
  let spanByteCount: Int
  /// The largest storage that lies in the pool.
  let byteCountMax: Int

  static var small: Self { Self(granuleBits: 4, spanByteCount: 1 << 16, byteCountMax: 8192) }
  static var large: Self { Self(granuleBits: 9, spanByteCount: 1 << 20, byteCountMax: 1 << 18) }

  private init(granuleBits: Int, spanByteCount: Int, byteCountMax: Int) {
    self.granuleBits = granuleBits
    self.spanByteCount = spanByteCount
    self.byteCountMax = byteCountMax
  }

  private var granuleCount: Int { spanByteCount &>> granuleBits }
  private var headerGranuleCount: Int { granules(Block.cellsOffset) }
  private var runCountMax: Int { byteCountMax &>> granuleBits }

  @inline(__always)
  private func granules(_ byteCount: Int) -> Int {
    (byteCount &+ (1 &<< granuleBits) &- 1) &>> granuleBits
  }

  static func bitmap(of base: UnsafeMutableRawPointer) -> UnsafeMutablePointer<UInt64> {
    (base + Block.firstBitmap).assumingMemoryBound(to: UInt64.self)
  }

  static func header(of base: UnsafeMutableRawPointer) -> SpanRef {
    (base + Block.secondBitmap).assumingMemoryBound(to: SpanHeader.self)
  }

  private func base(of memory: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(
      bitPattern: UInt(bitPattern: memory) & ~(UInt(bitPattern: spanByteCount) &- 1)
    ).unsafelyUnwrapped
  }

  // MARK: Taking and freeing

  /// The sizes that share spans with this one: all the small ones, those of a quarter of an octave otherwise.
  private func sizeClass(of byteCount: Int) -> Int {
    spanByteCount == Block.byteCount ? 0 : SizeClasses.index(of: byteCount)
  }

  /// A place for so many bytes: a span and a run of its granules; nil when no span has room.
  mutating func place(for byteCount: Int) -> (base: UnsafeMutableRawPointer, run: Range<Int>)? {
    let count = granules(byteCount)
    let sizeClass = sizeClass(of: byteCount)
    if current < entries.count, entries[current].sizeClass == sizeClass,
      let found = place(of: count, in: current)
    {
      return found
    }
    for index in 0..<entries.count where entries[index].sizeClass == sizeClass {
      if let found = place(of: count, in: index) {
        current = index
        return found
      }
    }
    return nil
  }

  private func place(
    of count: Int,
    in index: Int
  ) -> (base: UnsafeMutableRawPointer, run: Range<Int>)? {
    let entry = entries.base + index
    if entry.pointee.longestRun < count { return nil }
    let base = entry.pointee.base
    let header = Self.header(of: base)
    let from = count >= header.pointee.searchCount ? header.pointee.searchStart : 0
    let bitmap = Self.bitmap(of: base)
    guard let start = bitmap.firstClearRun(of: count, in: from..<granuleCount) else {
      entry.pointee.longestRun = count &- 1
      return nil
    }
    if start != header.pointee.searchStart || count < header.pointee.searchCount {
      header.pointee.searchCount = count
    }
    header.pointee.searchStart = start
    return (base, start..<(start &+ count))
  }

  /// How many pages a run would touch for the first time.
  func freshPageCount(_ run: Range<Int>, in base: UnsafeMutableRawPointer) -> Int {
    let header = Self.header(of: base)
    var count = 0
    for page in pages(run) where !isTouched(page, header) { count &+= 1 }
    return count
  }

  /// Takes a run that `place` found.
  ///
  /// - Returns: Its address, and how many pages it touches for the first time.
  mutating func take(
    _ run: Range<Int>,
    in base: UnsafeMutableRawPointer
  ) -> (memory: UnsafeMutableRawPointer, freshPageCount: Int) {
    let header = Self.header(of: base)
    Self.bitmap(of: base).setBits(in: run)
    header.pointee.usedGranuleCount &+= run.count
    if header.pointee.searchStart == run.lowerBound { header.pointee.searchStart = run.upperBound }
    var fresh = 0
    for page in pages(run) where !isTouched(page, header) {
      header.pointee.touched[page &>> 6] |= 1 &<< UInt64(page & 63)
      fresh &+= 1
    }
    return (base + run.lowerBound &<< granuleBits, fresh)
  }

  mutating func free(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    let base = base(of: memory)
    let start = (memory - base) &>> granuleBits
    free(start..<(start &+ granules(byteCount)), in: base)
  }

  private mutating func free(_ run: Range<Int>, in base: UnsafeMutableRawPointer) {
    if run.isEmpty { return }
    let bitmap = Self.bitmap(of: base)
    let header = Self.header(of: base)
    bitmap.clearBits(in: run)
    header.pointee.usedGranuleCount &-= run.count
    let start = run.lowerBound &- bitmap.clearCount(before: run.lowerBound, max: runCountMax)
    let endMax = Swift.min(run.upperBound &+ runCountMax, granuleCount)
    let end = bitmap.firstSet(in: run.upperBound..<endMax)
    header.pointee.searchStart = Swift.min(header.pointee.searchStart, start)
    let entry = entries.base + header.pointee.index
    entry.pointee.longestRun = Swift.max(entry.pointee.longestRun, end &- start)
  }

  /// Makes storage smaller where it lies.
  mutating func shrink(_ memory: UnsafeMutableRawPointer, from oldByteCount: Int, to byteCount: Int)
  {
    let base = base(of: memory)
    let start = (memory - base) &>> granuleBits
    free((start &+ granules(byteCount))..<(start &+ granules(oldByteCount)), in: base)
  }

  /// The run behind some storage that it has to take in to become larger; nil when that is in use.
  func extent(
    of memory: UnsafeMutableRawPointer,
    from oldByteCount: Int,
    to byteCount: Int
  ) -> (base: UnsafeMutableRawPointer, run: Range<Int>)? {
    let base = base(of: memory)
    let start = (memory - base) &>> granuleBits
    let run = (start &+ granules(oldByteCount))..<(start &+ granules(byteCount))
    guard run.upperBound <= granuleCount,
      Self.bitmap(of: base).firstSet(in: run) == run.upperBound
    else { return nil }
    return (base, run)
  }

  // MARK: Pages

  @inline(__always)
  private func pages(_ run: Range<Int>) -> Range<Int> {
    if run.isEmpty { return 0..<0 }
    let first = (run.lowerBound &<< granuleBits) &>> 12
    let last = ((run.upperBound &<< granuleBits) &- 1) &>> 12
    return first..<(last &+ 1)
  }

  @inline(__always)
  private func isTouched(_ page: Int, _ header: SpanRef) -> Bool {
    header.pointee.touched[page &>> 6] & 1 &<< UInt64(page & 63) != 0
  }

  static func touchedPageCount(of base: UnsafeMutableRawPointer) -> Int {
    let header = header(of: base)
    var count = 0
    for word in 0..<4 { count &+= header.pointee.touched[word].nonzeroBitCount }
    return count
  }

  /// Gives back the pages of a span in which nothing lies.
  ///
  /// - Returns: How many.
  func giveBackPages(of base: UnsafeMutableRawPointer) -> Int {
    let header = Self.header(of: base)
    let bitmap = Self.bitmap(of: base)
    var count = 0
    for word in 0..<Swift.max(spanByteCount &>> 18, 1) {
      var empty: UInt64 = 0
      for bit in 0..<Swift.min(spanByteCount &>> 12, 64)
      where header.pointee.touched[word] & 1 &<< UInt64(bit) != 0 {
        let start = (word &* 64 &+ bit) &<< (12 &- granuleBits)
        let run = start..<(start &+ 1 &<< (12 &- granuleBits))
        if bitmap.firstSet(in: run) == run.upperBound { empty |= 1 &<< UInt64(bit) }
      }
      Pages.giveBack(empty, behind: base + word &<< 18)
      header.pointee.touched[word] &= ~empty
      count &+= empty.nonzeroBitCount
    }
    return count
  }

  // MARK: Spans

  /// Enters a span whose first page was touched before or is now; nothing else in it is, but for the pages
  /// of `touched`.
  mutating func add(_ base: UnsafeMutableRawPointer, for byteCount: Int, touched: UInt64) {
    let header = Self.header(of: base)
    header.initialize(
      to: SpanHeader(
        index: entries.count,
        usedGranuleCount: 0,
        searchStart: headerGranuleCount,
        searchCount: 1,
        touched: [touched | 1, 0, 0, 0]
      )
    )
    let bitmap = Self.bitmap(of: base)
    bitmap.update(repeating: 0, count: Block.bitmapWordCount)
    bitmap.setBits(in: 0..<headerGranuleCount)
    current = entries.count
    entries.append(
      Entry(
        base: base,
        longestRun: granuleCount &- headerGranuleCount,
        sizeClass: sizeClass(of: byteCount)
      )
    )
  }

  /// Takes an empty span out of the list.
  mutating func remove(at index: Int) -> UnsafeMutableRawPointer {
    let base = entries[index].base
    let last = entries.removeLast()
    if last.base != base {
      entries[index] = last
      Self.header(of: last.base).pointee.index = index
    }
    current = 0
    return base
  }

  func isEmpty(at index: Int) -> Bool {
    Self.header(of: entries[index].base).pointee.usedGranuleCount == 0
  }

  mutating func destroy() { entries.destroy() }

  /// What is wrong with the books of a span, for checks.
  func problem(at index: Int) -> String? {
    let entry = entries[index]
    let header = Self.header(of: entry.base)
    let bitmap = Self.bitmap(of: entry.base)
    if header.pointee.index != index { return "a span stands in the wrong place of its list" }
    var used = -headerGranuleCount
    for word in 0..<(granuleCount &>> 6) { used += bitmap[word].nonzeroBitCount }
    if used != header.pointee.usedGranuleCount {
      return "a span has \(used) granules in use and counts \(header.pointee.usedGranuleCount)"
    }
    let longest = entry.longestRun + 1
    if longest <= runCountMax,
      bitmap.firstClearRun(of: longest, in: 0..<granuleCount) != nil
    {
      return "a span has a run of \(longest) free granules, and none known beyond \(longest - 1)"
    }
    let search = header.pointee.searchCount
    if search <= runCountMax, let start = bitmap.firstClearRun(of: search, in: 0..<granuleCount),
      start < header.pointee.searchStart
    {
      return "a span has a run of \(search) free granules before \(header.pointee.searchStart)"
    }
    for page in 0..<(spanByteCount &>> 12) where !isTouched(page, header) {
      let start = page &<< (12 &- granuleBits)
      let run = start..<(start &+ 1 &<< (12 &- granuleBits))
      if bitmap.firstSet(in: run) < run.upperBound { return "a span's page in use was not counted" }
    }
    return nil
  }
}
