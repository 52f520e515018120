// One node: 20 plain bytes. What the fields mean depends on the kind: see the table in
// NodeKind.swift. Read nodes through the views of SyntaxTree+Views.swift where there is one.

package import NightjarDiagnostics

/// A node of the tree.
@frozen
package struct Node: Sendable {
  /// What it is.
  package var kind: NodeKind
  /// The token that gives the node its line: an operator, an opening word, a name.
  package var mainToken: TokenID
  /// The last token that belongs to the node.
  package var lastToken: TokenID
  /// See `NodeKind`.
  package var lhs: Int32
  /// See `NodeKind`.
  package var rhs: Int32

  /// Makes a node.
  @inlinable
  package init(
    kind: NodeKind,
    mainToken: TokenID,
    lastToken: TokenID,
    lhs: Int32 = 0,
    rhs: Int32 = 0
  ) {
    self.kind = kind
    self.mainToken = mainToken
    self.lastToken = lastToken
    self.lhs = lhs
    self.rhs = rhs
  }
}
