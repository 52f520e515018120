// `nightjar explain`: what the code of a diagnostic means.

import NightjarDiagnostics
import NightjarExplanations

/// Prints pages about diagnostics.
struct Explain {
  /// The codes.
  let words: [[UInt8]]

  func run() -> Int32 {
    if words.isEmpty {
      Console.error("nightjar: 'explain' needs a CODE, such as F0301")
      return Command.misuse
    }
    var pages: [String] = []
    for word in words {
      let code = Console.shown(word).uppercased()
      guard let page = Explanations.page(of: code) else {
        let near = Suggestion.nearest(to: code, among: Explanations.codes)
        let hint = near.map { "; did you mean \($0)?" } ?? ""
        Console.error("nightjar: there is no diagnostic \(Console.shown(word))\(hint)")
        return 1
      }
      pages.append(page)
    }
    return Console.print(pages.joined(separator: "\n\n")) ? 0 : 1
  }
}
