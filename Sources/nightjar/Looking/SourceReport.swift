// What is wrong with one or several texts, written for people or for tools.

import NightjarBase
import NightjarDiagnostics

/// Diagnostics of texts, to be written when all are known.
struct SourceReport: Sendable {
  private struct Entry: Sendable {
    var diagnostics: [Diagnostic]
    var source: [UInt8]
    var name: String
  }

  private var entries: [Entry] = []
  /// Whether something keeps a program from running.
  private(set) var hasErrors = false

  /// Adds what is wrong with a text.
  mutating func add(_ diagnostics: [Diagnostic], in source: [UInt8], name: String) {
    if diagnostics.isEmpty { return }
    entries.append(Entry(diagnostics: diagnostics, source: source, name: name))
    if diagnostics.contains(where: { $0.severity == .error }) { hasErrors = true }
  }

  /// Writes the report: for people to standard error, for tools to standard output.
  func write(_ format: DiagnosticReport.Format = .text) {
    if format == .text {
      for (index, entry) in entries.enumerated() {
        if index > 0 { Console.error("") }
        Mistakes(entry.diagnostics, in: entry.source, name: entry.name).report()
      }
      return
    }
    var report = DiagnosticReport()
    for entry in entries {
      let name = Console.shown(Array(entry.name.utf8))
      report.add(entry.diagnostics, in: SourceText(name: name, bytes: entry.source))
    }
    Console.print(report.render(format))
  }
}
