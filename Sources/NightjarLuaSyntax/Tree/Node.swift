// One node: 20 plain bytes. What the fields mean depends on the kind: see the table in
// NodeKind.swift. Read nodes through the views of SyntaxTree+Views.swift where there is one.

/// The place of a node in `SyntaxTree.nodes`.
@frozen
package struct NodeIndex: Hashable, Sendable {
  /// The index as stored in nodes and in `SyntaxTree.extra`.
  package var rawValue: Int32

  /// Wraps an index.
  @inlinable
  package init(_ rawValue: Int32) { self.rawValue = rawValue }

  /// "No node": node 0 is a `missing` that stands for nothing.
  @inlinable
  package static var none: NodeIndex { NodeIndex(0) }

  /// Whether there is a node.
  @inlinable
  package var isPresent: Bool { rawValue != 0 }
}

/// A node of the tree.
@frozen
package struct Node: Sendable {
  /// What it is.
  package var kind: NodeKind
  /// The token that gives the node its line: an operator, an opening word, a name.
  package var mainToken: TokenIndex
  /// The last token that belongs to the node.
  package var lastToken: TokenIndex
  /// See `NodeKind`.
  package var lhs: Int32
  /// See `NodeKind`.
  package var rhs: Int32

  /// Makes a node.
  @inlinable
  package init(
    kind: NodeKind,
    mainToken: TokenIndex,
    lastToken: TokenIndex,
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
