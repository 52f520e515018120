// The nearest known word to a mistyped one.

/// Finds words that a writer may have meant.
package enum Suggestion {
  /// The known word at the least edit distance, if that is small for the word's length.
  package static func nearest(to word: String, among known: [String]) -> String? {
    let letters = Array(word.utf8)
    if letters.count > 64 { return nil }
    var best: (word: String, distance: Int)?
    for candidate in known {
      let distance = distance(letters, Array(candidate.utf8))
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    guard let best, best.distance > 0 else { return best?.word }
    return best.distance <= max(1, min(letters.count, best.word.utf8.count) / 3) ? best.word : nil
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one into the other.
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
        var least = min(replaced, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          least = min(least, beforeLast[j - 1] + 1)
        }
        row.append(least)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
