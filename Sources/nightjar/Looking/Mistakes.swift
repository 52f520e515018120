// Mistakes in a source text, told to people: place, caret and hint, as many as help.

import NightjarBase
import NightjarDiagnostics
import NightjarSystem

/// What is wrong with one text.
struct Mistakes {
  private let diagnostics: [Diagnostic]
  private let text: SourceText
  /// After so many mistakes the rest is only counted.
  private static let shownCountMax = 20

  init(_ diagnostics: [Diagnostic], in source: [UInt8], name: String) {
    self.diagnostics = diagnostics
    text = SourceText(name: Console.shown(Array(name.utf8)), bytes: source)
  }

  /// Writes them to standard error.
  func report() {
    let renderer = DiagnosticRenderer(isColored: isColored)
    var shown = diagnostics
    var closing = ""
    if text.bytes.contains(0) {
      // Every further mistake in a picture or an archive would be noise.
      shown = Array(diagnostics.prefix(1))
      closing = "\nThe text has zero bytes: is \(text.name) a Lua program?\n"
    } else if diagnostics.count > Self.shownCountMax {
      shown = Array(diagnostics.prefix(Self.shownCountMax))
      closing = "\n… and \(diagnostics.count - Self.shownCountMax) more\n"
    }
    let rendered = renderer.render(shown, in: text) + closing
    Console.error(Array(rendered.utf8.dropLast()))
  }

  /// Colours are for terminals, and for users who want them (https://no-color.org).
  private var isColored: Bool {
    guard Terminal.isInteractive(2) else { return false }
    let environment = Console.capabilities.environment
    let refusal = environment?.value(of: Array("NO_COLOR".utf8)) ?? []
    return refusal.isEmpty && environment?.value(of: Array("TERM".utf8)) != Array("dumb".utf8)
  }
}
