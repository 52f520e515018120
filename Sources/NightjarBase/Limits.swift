// What one machine may use. A script that reaches a limit gets an ordinary error that it can catch;
// the process never notices. Hosts start from the defaults and change what they care about. What the
// instruction set, the parser or a library function fixes for everybody stands with these.

/// The limits of a machine, one field each.
package struct Limits: Equatable, Sendable {
  // MARK: Depth

  /// The most registers all frames of one fiber may hold together.
  ///
  /// Passing it is the script's "stack overflow".
  package var stackSlotCount = 1_000_000

  /// The most frames one fiber may hold, metamethods, iterators and protected calls included.
  ///
  /// It stands above 200,000 so that a recursion which the reference interpreter allows (its bound
  /// is the stack's million slots) runs here too.
  package var callDepth = 220_000

  /// The most protected calls that may be active in one fiber.
  ///
  /// An error that each of them raises again grows by a position each time, so that the work for it is
  /// quadratic in this number.
  package var protectedDepth = 12_000

  /// The most fibers that may be resuming one another at a time.
  package var fiberDepth = 10_000

  /// The most `__index` or `__newindex` links one access follows.
  package var metamethodChainLength = 2_000

  // MARK: Size

  /// The most bytes one string may have.
  ///
  /// Offsets into strings are 32 bits wide.
  package var stringByteCount = Int(Int32.max)

  /// The most bytes of source text or of a binary chunk that are loaded at once.
  ///
  /// Spans in source text are 32 bits wide.
  package var chunkByteCount = Int(Int32.max)

  /// The most bytes the heap may hold; `nil` leaves it to the operating system.
  package var heapByteCount: Int?

  // MARK: Time

  /// The fuel of a run; `nil` for a run that may take as long as it wants.
  package var fuel: Int?

  package init() {}
}
