// Diagnostics as text for people, in the manner of Rust and Elm:
//
//   error[NJ-L0205]: The condition of `if` is not followed by `then`.
//    --> main.lua:3:8
//     |
//   3 | if ready
//     | -- the condition starts after this
//   4 |   go()
//     |   ^^ expected `then`, found the name `go`
//     |
//     = help: Write `then` after the condition.
//
// The place at fault is underlined with carets, the others with dashes.

/// Writes diagnostics as plain or coloured text.
package struct DiagnosticRenderer: Sendable {
  /// Whether to write ANSI colours.
  package var isColored: Bool
  /// How many context lines between two shown lines are shown rather than skipped.
  private static let gapMax = 1

  /// Makes a renderer.
  package init(isColored: Bool = false) {
    self.isColored = isColored
  }

  /// Writes one diagnostic, ending in a line end.
  package func render(_ diagnostic: Diagnostic, in source: SourceText) -> String {
    var marks = diagnostic.related.map { Mark($0.span, $0.label, isPrimary: false, source) }
    let primary = Mark(diagnostic.span, diagnostic.label, isPrimary: true, source)
    marks.append(primary)
    let lines = Set(marks.map(\.line)).sorted()
    let width = String(lines.last ?? 1).utf8.count
    let margin = String(repeating: " ", count: width)
    let column = source.column(at: diagnostic.span.start)

    let style: Style = diagnostic.severity == .error ? .error : .warning
    var out = paint("\(diagnostic.severity.name)[\(diagnostic.code)]", style)
    out += paint(": \(diagnostic.message)", .bold)
    out += "\n" + margin + paint("-->", .frame)
    out += " \(source.name):\(primary.line):\(column)\n"
    out += margin + paint(" |", .frame) + "\n"
    var previous: Int?
    for line in lines {
      if let previous { out += gap(from: previous + 1, to: line, width: width, source) }
      out += render(line: line, marks.filter { $0.line == line }, style, width: width, source)
      previous = line
    }
    if let hint = diagnostic.hint {
      out += margin + paint(" |", .frame) + "\n"
      out += margin + paint(" = ", .frame) + paint("help", .bold) + ": \(hint)\n"
    }
    return out
  }

  /// Writes several diagnostics with an empty line between them, and how many there are.
  package func render(_ diagnostics: [Diagnostic], in source: SourceText) -> String {
    var out = diagnostics.map { render($0, in: source) }.joined(separator: "\n")
    if diagnostics.count > 1 { out += "\n\(Self.count(diagnostics)) in \(source.name)\n" }
    return out
  }

  /// How many errors and warnings there are, in words.
  private static func count(_ diagnostics: [Diagnostic]) -> String {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    let parts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
    return parts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: " and ")
  }

  /// Writes one diagnostic on one line, as editors and other tools read it:
  /// `file:line:column: error[code]: message`.
  package func renderLine(_ diagnostic: Diagnostic, in source: SourceText) -> String {
    let line = source.line(at: diagnostic.span.start)
    let column = source.column(at: diagnostic.span.start)
    let place = "\(source.name):\(line):\(column)"
    return "\(place): \(diagnostic.severity.name)[\(diagnostic.code)]: \(diagnostic.message)"
  }

  // MARK: Lines

  /// A place to underline.
  private struct Mark {
    var span: Span
    var label: String
    var isPrimary: Bool
    var line: Int

    init(_ span: Span, _ label: String, isPrimary: Bool, _ source: SourceText) {
      self.span = span
      self.label = label
      self.isPrimary = isPrimary
      line = source.line(at: span.start)
    }
  }

  /// The lines between two shown ones: all of them if they are few, else dots.
  private func gap(from first: Int, to last: Int, width: Int, _ source: SourceText) -> String {
    if first >= last { return "" }
    if last - first > Self.gapMax { return paint("...", .frame) + "\n" }
    return (first..<last).map { sourceLine($0, width: width, focus: 0, source).text }.joined()
  }

  private func sourceLine(_ line: Int, width: Int, focus: Int, _ source: SourceText)
    -> (text: String, display: DisplayLine)
  {
    let display = DisplayLine(source, line: line, focus: focus)
    let number = String(line)
    let padding = String(repeating: " ", count: width - min(width, number.utf8.count))
    let text = display.text.isEmpty ? "" : " " + display.text
    return (paint(padding + number + " |", .frame) + text + "\n", display)
  }

  /// A line of source and its underlines, the rightmost first, so that each label has its own row.
  private func render(
    line: Int,
    _ marks: [Mark],
    _ style: Style,
    width: Int,
    _ source: SourceText
  ) -> String {
    let focus = Int((marks.first { $0.isPrimary } ?? marks[0]).span.start)
    let (text, display) = sourceLine(line, width: width, focus: focus, source)
    let end = source.range(ofLine: line).upperBound
    var out = text
    for mark in marks.sorted(by: { $0.span.start > $1.span.start }) {
      let from = display.column(of: Int(mark.span.start))
      let to = display.column(of: min(Int(mark.span.end), end))
      let underline = String(repeating: mark.isPrimary ? "^" : "-", count: max(1, to - from))
      let label = mark.label.isEmpty ? "" : " " + mark.label
      out += String(repeating: " ", count: width) + paint(" |", .frame)
      out += " " + String(repeating: " ", count: from)
      out += paint(underline + label, mark.isPrimary ? style : .frame) + "\n"
    }
    return out
  }

  // MARK: Colours

  private enum Style: String {
    case error = "\u{1B}[1;31m"
    case warning = "\u{1B}[1;33m"
    case bold = "\u{1B}[1m"
    case frame = "\u{1B}[1;34m"
  }

  private func paint(_ text: String, _ style: Style) -> String {
    isColored ? style.rawValue + text + "\u{1B}[0m" : text
  }
}
