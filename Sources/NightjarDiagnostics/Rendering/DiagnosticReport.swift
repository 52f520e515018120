// Diagnostics for tools: a plain JSON of our own, and SARIF, which code hosts and editors read.
//
// SOURCE: OASIS, Static Analysis Results Interchange Format (SARIF) version 2.1.0.

/// The diagnostics of several texts, to be written for tools.
package struct DiagnosticReport {
  /// A form of a report.
  package enum Format: String, Sendable, CaseIterable {
    /// For people.
    case text
    /// `{ "diagnostics": [ … ] }`.
    case json
    /// SARIF 2.1.0.
    case sarif
  }

  private var found: [(source: SourceText, diagnostic: Diagnostic)] = []

  /// An empty report.
  package init() {}

  /// Adds what was found in a text.
  package mutating func add(_ diagnostics: [Diagnostic], in source: SourceText) {
    for diagnostic in diagnostics { found.append((source, diagnostic)) }
  }

  /// Writes the report; without a line end.
  package func render(_ format: Format) -> String {
    switch format {
    case .text:
      found.map { DiagnosticRenderer().render($0.diagnostic, in: $0.source) }
        .joined(separator: "\n")
    case .json: json.text
    case .sarif: sarif.text
    }
  }

  // MARK: JSON

  private var json: JSONValue {
    .object([("diagnostics", .array(found.map { Self.json($0.diagnostic, in: $0.source) }))])
  }

  private static func json(_ diagnostic: Diagnostic, in source: SourceText) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("code", .string(diagnostic.code.description)),
      ("severity", .string(diagnostic.severity.name)),
      ("message", .string(diagnostic.message)),
      ("file", .string(source.name)),
      ("range", range(diagnostic.span, in: source)),
    ]
    if !diagnostic.label.isEmpty { members.append(("label", .string(diagnostic.label))) }
    if !diagnostic.related.isEmpty {
      let related = diagnostic.related.map { place in
        JSONValue.object([
          ("label", .string(place.label)), ("range", range(place.span, in: source)),
        ])
      }
      members.append(("related", .array(related)))
    }
    if let hint = diagnostic.hint { members.append(("help", .string(hint))) }
    if let fix = diagnostic.fix {
      let edit = JSONValue.object([
        ("title", .string(fix.title)),
        ("range", range(fix.span, in: source)),
        ("replacement", .string(fix.replacement)),
      ])
      members.append(("fix", edit))
    }
    return .object(members)
  }

  /// Lines and columns from 1, columns counted in characters; the end is exclusive.
  private static func range(_ span: Span, in source: SourceText) -> JSONValue {
    .object([
      ("line", .number(source.line(at: span.start))),
      ("column", .number(source.column(at: span.start))),
      ("endLine", .number(source.line(at: span.end))),
      ("endColumn", .number(source.column(at: span.end))),
    ])
  }

  // MARK: SARIF

  private var sarif: JSONValue {
    let codes = Set(found.map(\.diagnostic.code.description)).sorted()
    let rules = codes.map { JSONValue.object([("id", .string($0))]) }
    let driver = JSONValue.object([("name", .string("nightjar")), ("rules", .array(rules))])
    let run = JSONValue.object([
      ("tool", .object([("driver", driver)])),
      ("columnKind", .string("unicodeCodePoints")),
      ("results", .array(found.map { Self.result($0.diagnostic, in: $0.source) })),
    ])
    return .object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .string("2.1.0")),
      ("runs", .array([run])),
    ])
  }

  private static func result(_ diagnostic: Diagnostic, in source: SourceText) -> JSONValue {
    var text = diagnostic.message
    if let hint = diagnostic.hint { text += ". \(hint)" }
    var members: [(String, JSONValue)] = [
      ("ruleId", .string(diagnostic.code.description)),
      ("level", .string(diagnostic.severity.name)),
      ("message", .object([("text", .string(text))])),
      ("locations", .array([location(diagnostic.span, nil, in: source)])),
    ]
    if !diagnostic.related.isEmpty {
      let related = diagnostic.related.map { location($0.span, $0.label, in: source) }
      members.append(("relatedLocations", .array(related)))
    }
    if let fix = diagnostic.fix {
      let replacement = JSONValue.object([
        ("deletedRegion", region(fix.span, in: source)),
        ("insertedContent", .object([("text", .string(fix.replacement))])),
      ])
      let change = JSONValue.object([
        ("artifactLocation", .object([("uri", .string(source.name))])),
        ("replacements", .array([replacement])),
      ])
      let edit = JSONValue.object([
        ("description", .object([("text", .string(fix.title))])),
        ("artifactChanges", .array([change])),
      ])
      members.append(("fixes", .array([edit])))
    }
    return .object(members)
  }

  private static func location(_ span: Span, _ label: String?, in source: SourceText) -> JSONValue {
    let place = JSONValue.object([
      ("artifactLocation", .object([("uri", .string(source.name))])),
      ("region", region(span, in: source)),
    ])
    var members: [(String, JSONValue)] = [("physicalLocation", place)]
    if let label { members.append(("message", .object([("text", .string(label))]))) }
    return .object(members)
  }

  private static func region(_ span: Span, in source: SourceText) -> JSONValue {
    .object([
      ("startLine", .number(source.line(at: span.start))),
      ("startColumn", .number(source.column(at: span.start))),
      ("endLine", .number(source.line(at: span.end))),
      ("endColumn", .number(source.column(at: span.end))),
    ])
  }
}
