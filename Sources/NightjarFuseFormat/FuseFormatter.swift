// Fuse in its one canonical style. Tokens are written in their order with the space that belongs
// between them, so that nothing can be lost; the tree says which tokens may begin lines and how far
// those are indented.
//
// Who writes the program decides two things, and the style everything else:
//
// - A construct with a block stands on one line if it did and if it fits; otherwise every statement
//   has a line of its own.
// - A bracket whose first item begins a line has one item a line; otherwise it stands on one line if
//   it fits. A line end in the middle of an expression stays.
//
// The pieces: FormatPlan finds constructs, brackets and the roles of tokens in the tree; Spacing says
// where a space stands; TriviaReader finds comments and empty lines; FormatWriter writes.

internal import NightjarDiagnostics
package import NightjarFuseSyntax

/// Writes programs in canonical style.
package enum FuseFormatter {
  /// The most characters a line has, where a bracket or block can be broken.
  package static let columnMax = 100

  /// The text of a tree in canonical style; `nil` if the text has errors.
  ///
  /// Formatting what was formatted changes nothing. Branches that the preprocessor leaves out stay
  /// as they are.
  ///
  /// - Complexity: O(*n*) in the text.
  package static func format(_ tree: FuseTree) -> [UInt8]? {
    if tree.hasErrors { return nil }
    let plan = FormatPlan(tree)
    var writer = FormatWriter(tree, plan)
    return writer.write()
  }
}
