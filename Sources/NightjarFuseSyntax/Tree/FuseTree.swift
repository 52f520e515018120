// The tree of one Fuse text: arrays of plain values, like the tree of Lua. Parsing allocates a
// handful of buffers, walking allocates and counts nothing, a table beside the tree (a type for
// every node, say) is an array, and every byte of the source is in a token or between two tokens,
// so that the text can always be had back.
//
//   source   l e t   x   =   1   - -   o n e
//   tokens   |let  |x |= |1              |<end of file>        trivia lies between
//   nodes    0 missing  1 binding  2 number  3 let  4 block     children stand before parents
//   extra    0 | 0, node 2 | 1, node 3                          records and lists

public import NightjarDiagnostics

/// A Fuse text, its tokens and its structure.
///
/// INVARIANT: `tokens` is in text order and ends in one `endOfFile`; node indices in a node or in
/// `extra` are smaller than the node's own; `nodes[0]` is `missing`, `extra[0]` is 0.
@usableFromInline
package struct FuseTree: Sendable {
  /// The text as given.
  @usableFromInline package let source: [UInt8]
  /// All tokens.
  @usableFromInline package let tokens: [FuseToken]
  /// All nodes, children before parents.
  @usableFromInline package let nodes: [FuseNode]
  /// The lists and records of the nodes; see `FuseNodeKind`.
  @usableFromInline package let extra: [Int32]
  /// The values of the numbers.
  @usableFromInline package let numbers: [Double]
  /// Where each symbol stands first in the text; the words of `FuseWord` stand nowhere.
  @usableFromInline package let symbolSpans: [Span]
  /// The nodes with attributes, in order, each with its list.
  @usableFromInline package let attributed: [AttributedNode]
  /// The block of the whole text.
  @usableFromInline package let root: NodeID
  /// Names in parts of the text that could not be read: they may be declared there.
  package let lostNames: Set<String>
  /// What is wrong with the text, in text order; empty for a good tree.
  package let diagnostics: [Diagnostic]

  /// Puts a tree together; the parser does.
  package init(
    source: [UInt8],
    tokens: [FuseToken],
    nodes: [FuseNode],
    extra: [Int32],
    numbers: [Double],
    symbolSpans: [Span],
    attributed: [AttributedNode],
    root: NodeID,
    lostNames: Set<String> = [],
    diagnostics: [Diagnostic]
  ) {
    self.source = source
    self.tokens = tokens
    self.nodes = nodes
    self.extra = extra
    self.numbers = numbers
    self.symbolSpans = symbolSpans
    self.attributed = attributed
    self.root = root
    self.lostNames = lostNames
    self.diagnostics = diagnostics
  }

  /// The node at an index.
  @inlinable
  @inline(__always)
  package subscript(_ id: NodeID) -> FuseNode { nodes[Int(id.rawValue)] }

  /// The token at an index.
  @inlinable
  @inline(__always)
  package subscript(_ id: TokenID) -> FuseToken { tokens[Int(id.rawValue)] }

  /// The bytes a node covers, from its first token to its last.
  @inlinable
  package func span(of id: NodeID) -> Span {
    let node = self[id]
    return Span(start: self[node.firstToken].start, end: self[node.lastToken].end)
  }

  /// The line of a node's main token, from 1.
  @inlinable
  package func line(of id: NodeID) -> Int { Int(self[self[id].mainToken].line) }

  /// The symbol of a name or word: equal spellings have equal symbols, `r#end` that of `end`.
  ///
  /// The words of `FuseWord` have the first symbols; the others are numbered by first appearance.
  @inlinable
  @inline(__always)
  package func symbol(of token: TokenID) -> UInt32 { tokens[Int(token.rawValue)].payload }

  /// The symbol of a node's main token.
  @inlinable
  @inline(__always)
  package func symbol(of node: NodeID) -> UInt32 { symbol(of: self[node].mainToken) }

  /// One more than the greatest symbol.
  @inlinable
  package var symbolCount: Int { symbolSpans.count }

  /// The bytes of a token as they stand in the text.
  @inlinable
  package func text(of token: TokenID) -> ArraySlice<UInt8> {
    source[tokens[Int(token.rawValue)].span.range]
  }

  /// The spelling of a symbol, without the mark of a raw identifier.
  package func name(ofSymbol symbol: UInt32) -> ArraySlice<UInt8> {
    symbol < FuseWord.count
      ? FuseWord.spellings[Int(symbol)][...] : source[symbolSpans[Int(symbol)].range]
  }

  /// The name of a token as text, without the mark of a raw identifier; where something else stands in the place
  /// of a name, that.
  package func name(of token: TokenID) -> String {
    String(
      decoding: self[token].kind.hasSymbol ? name(ofSymbol: symbol(of: token)) : text(of: token),
      as: UTF8.self
    )
  }

  /// Whether anything is wrong that keeps the text from being compiled.
  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Whether a block lacks its `end`: where blocks end otherwise is a guess, and what follows from that is no
  /// mistake of its own.
  package var hasUnclosedBlock: Bool { diagnostics.contains { $0.code == .Fuse.unclosed } }
}

/// A node with attributes.
@frozen
@usableFromInline
package struct AttributedNode: Sendable {
  /// The node.
  @usableFromInline package var node: NodeID
  /// The list of its attributes, a place in `FuseTree.extra`.
  @usableFromInline package var list: Int32

  /// Joins the two.
  @inlinable
  package init(node: NodeID, list: Int32) {
    self.node = node
    self.list = list
  }
}
