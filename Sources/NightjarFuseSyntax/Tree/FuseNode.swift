// One node: 24 plain bytes. What the fields mean depends on the kind: see the table in
// FuseNodeKind.swift. Read nodes through the views of FuseTree+….swift where there is one.

public import NightjarDiagnostics

/// A node of the tree.
@frozen
@usableFromInline
package struct FuseNode: Sendable {
  /// What it is.
  @usableFromInline package var kind: FuseNodeKind
  /// An operator, qualifiers, a small number: see `FuseNodeKind`.
  @usableFromInline package var detail: UInt8
  /// Facts that nodes of many kinds have.
  @usableFromInline package var flags: Flags
  /// The token a message points at: an operator, a name, an opening word.
  @usableFromInline package var mainToken: TokenID
  /// The first token that belongs to the node.
  @usableFromInline package var firstToken: TokenID
  /// The last token that belongs to the node.
  @usableFromInline package var lastToken: TokenID
  /// See `FuseNodeKind`.
  @usableFromInline package var lhs: Int32
  /// See `FuseNodeKind`.
  @usableFromInline package var rhs: Int32

  /// Makes a node.
  @inlinable
  package init(
    kind: FuseNodeKind,
    detail: UInt8 = 0,
    flags: Flags = [],
    mainToken: TokenID,
    firstToken: TokenID,
    lastToken: TokenID,
    lhs: Int32 = 0,
    rhs: Int32 = 0
  ) {
    self.kind = kind
    self.detail = detail
    self.flags = flags
    self.mainToken = mainToken
    self.firstToken = firstToken
    self.lastToken = lastToken
    self.lhs = lhs
    self.rhs = rhs
  }

  /// Facts that nodes of many kinds have.
  @frozen
  @usableFromInline
  package struct Flags: OptionSet, Sendable {
    /// The bits.
    @usableFromInline package var rawValue: UInt8

    /// Wraps the bits.
    @inlinable
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Attributes stand before it: `FuseTree.attributes(of:)`.
    @inlinable
    package static var hasAttributes: Flags { Flags(rawValue: 1) }
    /// `export` stands before it.
    @inlinable
    package static var isExported: Flags { Flags(rawValue: 2) }
    /// `pub` stands before it.
    @inlinable
    package static var isPublic: Flags { Flags(rawValue: 4) }
    /// `global` stands before the function.
    @inlinable
    package static var isGlobal: Flags { Flags(rawValue: 8) }
    /// An expression that is a statement and whose value nobody can use.
    @inlinable
    package static var isDiscarded: Flags { Flags(rawValue: 16) }
  }
}
