// The places of nodes and tokens, for the trees of all languages: each is arrays of plain values, in
// which nodes and tokens name one another by number.

/// The place of a token in the tokens of a tree.
@frozen
@usableFromInline
package struct TokenID: Hashable, Comparable, Sendable {
  /// The index as stored in nodes and in the `extra` of a tree.
  @usableFromInline package var rawValue: Int32

  /// Wraps an index.
  @inlinable
  package init(_ rawValue: Int32) { self.rawValue = rawValue }

  /// No token.
  ///
  /// Token 0 exists, but no optional place of a tree can name it.
  @inlinable
  package static var none: TokenID { TokenID(0) }

  /// Whether there is a token.
  @inlinable
  package var isPresent: Bool { rawValue != 0 }

  /// Orders tokens as the text does.
  @inlinable
  package static func < (a: TokenID, b: TokenID) -> Bool { a.rawValue < b.rawValue }
}

/// The place of a node in the nodes of a tree.
@frozen
@usableFromInline
package struct NodeID: Hashable, Sendable {
  /// The index as stored in nodes and in the `extra` of a tree.
  @usableFromInline package var rawValue: Int32

  /// Wraps an index.
  @inlinable
  package init(_ rawValue: Int32) { self.rawValue = rawValue }

  /// "No node": node 0 is a `missing` that stands for nothing.
  @inlinable
  package static var none: NodeID { NodeID(0) }

  /// Whether there is a node.
  @inlinable
  package var isPresent: Bool { rawValue != 0 }
}
