// What lies between the tokens: white space, comments, preprocessor lines and what they leave out.
// It is not stored, only found again.

package import NightjarDiagnostics

extension FuseTree {
  /// The bytes between the token before and a token.
  package func trivia(before token: TokenID) -> Span {
    let index = Int(token.rawValue)
    return Span(start: index == 0 ? 0 : tokens[index - 1].end, end: tokens[index].start)
  }

  /// The text, put together again from tokens and trivia.
  package func rebuiltSource() -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(source.count)
    for index in tokens.indices {
      let id = TokenID(Int32(truncatingIfNeeded: index))
      out += source[trivia(before: id).range]
      out += source[tokens[index].span.range]
    }
    return out
  }

  /// The documentation before a declaration: the lines of `---` comments directly above it, without
  /// the dashes and one space; empty if there are none.
  package func documentation(of id: NodeID) -> String {
    let range = trivia(before: self[id].firstToken).range
    let lines = source[range].split(separator: 10, omittingEmptySubsequences: false)
    var found: [String] = []
    // The last piece is the white space before the declaration itself.
    for line in lines.dropLast().reversed() {
      let text = line.drop { $0 == 32 || $0 == 9 }
      guard text.starts(with: "---".utf8), text.dropFirst(3).first != UInt8(ascii: "-") else {
        break
      }
      var words = String(decoding: text.dropFirst(3), as: UTF8.self)
      if words.hasSuffix("\r") { words.removeLast() }
      found.append(words.hasPrefix(" ") ? String(words.dropFirst()) : words)
    }
    return found.reversed().joined(separator: "\n")
  }
}
