// What a TOML text holds. Each value knows where it stands, so that whoever finds it unfit can say
// where that is.
//
// SOURCE: TOML 1.0.0. Dates and arrays of tables are refused: nothing in a manifest is one.

package import NightjarDiagnostics

/// A value of a TOML text and its place.
package struct TOMLValue: Sendable {
  /// What the value is.
  package enum Contents: Sendable {
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    case array([TOMLValue])
    case table(TOMLTable)
  }

  /// What it is.
  package var contents: Contents
  /// Where it stands.
  package var span: Span

  /// How messages call what it is.
  package var kindName: String {
    switch contents {
    case .string: "a string"
    case .integer, .float: "a number"
    case .boolean: "a boolean"
    case .array: "an array"
    case .table: "a table"
    }
  }
}

/// A table: keys with their places and values, in the order of the text.
package struct TOMLTable: Sendable {
  /// A key and its value.
  package struct Entry: Sendable {
    /// The key, without quotes.
    package var key: String
    /// Where the key stands.
    package var keySpan: Span
    /// The value.
    package var value: TOMLValue
  }

  /// The entries, in the order of the text.
  package internal(set) var entries: [Entry] = []
  /// Whether it was written in braces, or is otherwise complete: nothing may be added.
  var isClosed = false
  /// Whether a header `[name]` has named it.
  var hasHeader = false

  /// The value of a key.
  package subscript(_ key: String) -> TOMLValue? { entries.first { $0.key == key }?.value }
}
