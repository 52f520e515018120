// `allow`, `warn` and `deny`: what the items and statements of a module say of warnings in them.
//
// SOURCE: Fuse reference, section 5.28.

package import NightjarDiagnostics
package import NightjarFuseSyntax

/// The levels of warnings in the parts of a module.
package struct DiagnosticLevels {
  private struct Level {
    var span: Span
    var word: String
    var names: [String]
  }

  private var levels: [Level] = []

  /// Reads the levels that a module sets.
  package init(_ tree: FuseTree) {
    for entry in tree.attributed {
      for attribute in tree.nodes(tree.list(entry.list)) {
        let word = tree.name(of: tree[attribute].mainToken)
        guard ["allow", "warn", "deny"].contains(word) else { continue }
        let names = tree.nodes(tree.rhsList(attribute)).map {
          String(decoding: tree.source[tree.span(of: $0).range], as: UTF8.self)
            .filter { $0 != "\"" }
        }
        levels.append(Level(span: tree.span(of: entry.node), word: word, names: names))
      }
    }
  }

  /// What is to be told, with the severity it has where it stands.
  package func applied(to diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.compactMap { applied(to: $0) }
  }

  private func applied(to diagnostic: Diagnostic) -> Diagnostic? {
    var diagnostic = diagnostic
    let code = diagnostic.code.description
    var isStrict = false
    var isAllowed = false
    for level in levels
    where level.span.start <= diagnostic.span.start && diagnostic.span.end <= level.span.end {
      if !level.names.contains(where: { Self.covers($0, code) }) { continue }
      switch level.word {
      case "allow": isAllowed = diagnostic.severity == .warning
      case "deny":
        diagnostic.severity = .error
        isStrict = true
        isAllowed = false
      default:
        isStrict = true
        isAllowed = false
      }
    }
    return isAllowed || code == "F0327" && !isStrict ? nil : diagnostic
  }

  private static func covers(_ name: String, _ code: String) -> Bool {
    switch name {
    case "all": true
    case "unused": ["F0211", "F0331", "F0332", "F0410", "F0402", "F0515"].contains(code)
    case "strict": ["F0327", "F0317"].contains(code)
    default: name == code
    }
  }
}
