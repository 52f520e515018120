// The tree of one Lua text: arrays of plain values, in the manner of Zig's syntax tree. Parsing
// allocates a handful of buffers, walking allocates and counts nothing, and every byte of the
// source is in a token or between two tokens, so that the text can always be had back.
//
//   source   l o c a l   x   =   1   - -   o n e
//   tokens   |local   |x |= |1              |<end of file>      trivia lies between
//   nodes    0 missing  1 numeral  2 local  3 block (root)      children stand before parents
//   extra    0 | 1, x, 0 | 1, node 1 | 1, node 2                lists: a count, then the items

package import NightjarBase
package import NightjarDiagnostics

/// A Lua text, its tokens and its structure.
///
/// INVARIANT: `tokens` is in text order and ends in one `endOfFile`; node indices in a node or in
/// `extra` are smaller than the node's own; `nodes[0]` is `missing`, `extra[0]` is 0.
@frozen
package struct SyntaxTree: Sendable {
  /// The dialect the text was read as.
  package let dialect: LuaDialect
  /// The text as given.
  package let source: [UInt8]
  /// All tokens.
  package let tokens: [Token]
  /// All nodes, children before parents.
  package let nodes: [Node]
  /// The lists of the nodes; see `NodeKind`.
  package let extra: [Int32]
  /// The bits of the numerals: an `Int64` or a `Double` as `Token.Flags.isFloat` says.
  package let numeralBits: [UInt64]
  /// Where each symbol stands first in the text; `_ENV` and `self` are there without standing
  /// anywhere.
  package let symbolSpans: [Span]
  /// The block of the whole text: a function body that takes `...`.
  package let root: NodeID
  /// What is wrong with the text, in text order; empty for a good tree.
  package let diagnostics: [Diagnostic]

  /// Puts a tree together; the parser does.
  package init(
    dialect: LuaDialect,
    source: [UInt8],
    tokens: [Token],
    nodes: [Node],
    extra: [Int32],
    numeralBits: [UInt64],
    symbolSpans: [Span],
    root: NodeID,
    diagnostics: [Diagnostic]
  ) {
    self.dialect = dialect
    self.source = source
    self.tokens = tokens
    self.nodes = nodes
    self.extra = extra
    self.numeralBits = numeralBits
    self.symbolSpans = symbolSpans
    self.root = root
    self.diagnostics = diagnostics
  }

  /// The node at an index.
  @inlinable
  package subscript(_ index: NodeID) -> Node { nodes[Int(index.rawValue)] }

  /// The token at an index.
  @inlinable
  package subscript(_ index: TokenID) -> Token { tokens[Int(index.rawValue)] }

  /// The line of a token (of its last byte), from 1.
  @inlinable
  package func line(of token: TokenID) -> Int { Int(tokens[Int(token.rawValue)].line) }

  /// The line of the token that names the node: of the operator, of the opening word.
  @inlinable
  package func line(of node: NodeID) -> Int { line(of: self[node].mainToken) }

  /// The line of the node's last token, on which the reference puts what it emits at its end.
  @inlinable
  package func lastLine(of node: NodeID) -> Int { line(of: self[node].lastToken) }

  /// The symbol of a name: equal names have equal symbols, numbered in order of first appearance
  /// after `environmentSymbol` and `selfSymbol`.
  @inlinable
  package func symbol(of token: TokenID) -> UInt32 { tokens[Int(token.rawValue)].payload }

  /// One more than the greatest symbol.
  @inlinable
  package var symbolCount: Int { symbolSpans.count }

  /// The bytes of a token as they stand in the text.
  @inlinable
  package func text(of token: TokenID) -> ArraySlice<UInt8> {
    source[tokens[Int(token.rawValue)].span.range]
  }

  /// The symbol of `_ENV`, in every text.
  @inlinable
  package static var environmentSymbol: UInt32 { 0 }

  /// The symbol of `self`, in every text.
  @inlinable
  package static var selfSymbol: UInt32 { 1 }

  /// The spelling of a symbol.
  package func name(ofSymbol symbol: UInt32) -> ArraySlice<UInt8> {
    symbol < 2
      ? WellKnownName.spellings[Int(symbol)][...] : source[symbolSpans[Int(symbol)].range]
  }
}
