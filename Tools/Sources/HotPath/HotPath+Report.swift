// The loop's report for people.

extension HotPath {
  /// A few lines about the loop, then its callees that call the runtime.
  package var report: String {
    var lines = [
      "loop                    \(loop.symbol)",
      "instructions            \(loop.instructions.count)",
      "dispatch jumps          \(dispatchCount)",
      "calls of natives        \(indirectCallCount)",
      "checks that trap        \(trapCheckCount)",
      "stack bytes             \(stackByteCount)",
    ]
    let calls = loop.runtimeCalls
    for kind in RuntimeCall.allCases {
      lines.append("\(kind.rawValue): \(Self.tally(calls[kind] ?? []))")
    }
    lines.append("called by the loop, and what those call outside the engine:")
    for callee in callees {
      let outside = callee.runtimeCalls.values.flatMap(\.self)
      if !outside.isEmpty { lines.append("  \(callee.symbol): \(Self.tally(outside))") }
    }
    return lines.joined(separator: "\n")
  }

  /// Names with how often they occur, most frequent first.
  private static func tally(_ symbols: [String]) -> String {
    if symbols.isEmpty { return "none" }
    let counts = Dictionary(symbols.map { ($0, 1) }, uniquingKeysWith: +)
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return sorted.map { "\($0.value) × \($0.key)" }.joined(separator: ", ")
  }
}
