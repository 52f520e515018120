// Good texts with a few tokens taken out, doubled or exchanged: what an editor sees, and what attacks a compiler.

package import NightjarBase

/// The tokens of a text with one to four changes.
///
/// - Parameters:
///   - tokens: The text's own.
///   - words: What a token may be replaced by.
///   - random: Decides which.
/// - Returns: The tokens that are left, in their new order.
package func mixedTokens(
  _ tokens: [[UInt8]],
  words: [String],
  _ random: inout Xoshiro256
) -> [[UInt8]] {
  var mixed = tokens
  for _ in 0...(random.next() % 4) where !mixed.isEmpty {
    let i = Int(random.next() % UInt64(mixed.count))
    let j = Int(random.next() % UInt64(mixed.count))
    switch random.next() % 4 {
    case 0: mixed.remove(at: i)
    case 1: mixed.insert(mixed[j], at: i)
    case 2: mixed.swapAt(i, j)
    default: mixed[i] = Array(words[Int(random.next() % UInt64(words.count))].utf8)
    }
  }
  return mixed
}
