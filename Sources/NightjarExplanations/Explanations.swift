// The pages of docs/errors, one for each code of a diagnostic, as text to print.
//
// GENERATED: pages.md is put together by Tools/collect-explanations.

/// What the codes of diagnostics mean.
package enum Explanations {
  /// The page of a code such as `F0401`, without a line end at its end; `nil` if there is no such
  /// code.
  package static func page(of code: String) -> String? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(where: { $0.hasPrefix("# \(code):") }) else { return nil }
    let end = lines[(start + 1)...].firstIndex { isTitle($0) } ?? lines.count
    var page = lines[start..<end]
    while page.last == "" { page.removeLast() }
    return page.joined(separator: "\n")
  }

  /// All codes, in order.
  package static var codes: [String] {
    text.split(separator: "\n").filter(isTitle).compactMap { line in
      line.dropFirst(2).split(separator: ":").first.map(String.init)
    }
  }

  /// The text of all pages.
  package static var text: String { String(decoding: PackageResources.pages_md, as: UTF8.self) }

  /// Whether a line begins a page: within one, lines of code may begin with `#` too.
  private static func isTitle(_ line: Substring) -> Bool {
    line.hasPrefix("# F0") || line.hasPrefix("# NJ-")
  }
}
