// The tree behind a reference. `SyntaxTree` is a large struct, and each of its inlined accessors
// that is called on a stored copy moves all of it to the stack: with it the compiler needed three
// times the stack for the same nesting.

internal import NightjarBase
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

/// Reads one tree; the names are those of `SyntaxTree`.
final class TreeReader {
  let tokens: [Token]
  private let nodes: [Node]
  private let extra: [Int32]
  private let tree: SyntaxTree

  init(_ tree: SyntaxTree) {
    self.tree = tree
    tokens = tree.tokens
    nodes = tree.nodes
    extra = tree.extra
  }

  var dialect: LuaDialect { tree.dialect }
  var root: NodeID { tree.root }
  var symbolCount: Int { tree.symbolCount }

  subscript(_ index: NodeID) -> Node { nodes[Int(index.rawValue)] }
  subscript(_ index: TokenID) -> Token { tokens[Int(index.rawValue)] }

  func lhs(_ n: NodeID) -> NodeID { NodeID(nodes[Int(n.rawValue)].lhs) }
  func rhs(_ n: NodeID) -> NodeID { NodeID(nodes[Int(n.rawValue)].rhs) }
  func line(of token: TokenID) -> Int { Int(tokens[Int(token.rawValue)].line) }

  func node(_ list: SyntaxList, _ i: Int) -> NodeID { NodeID(extra[list.start + i]) }
  func token(_ list: SyntaxList, _ i: Int) -> TokenID { TokenID(extra[list.start + i]) }
}

// Everything else is passed on, and not inlined where it would cost stack.
extension TreeReader {
  func text(of token: TokenID) -> ArraySlice<UInt8> { tree.text(of: token) }
  func name(ofSymbol symbol: UInt32) -> ArraySlice<UInt8> { tree.name(ofSymbol: symbol) }
  func nearSuffix(of token: TokenID) -> [UInt8] { tree.nearSuffix(of: token) }

  @inline(never)
  func numeral(_ token: TokenID) -> Numeral { tree.numeral(token) }
  @inline(never)
  func stringValue(_ token: TokenID) -> [UInt8] { tree.stringValue(token) }

  @inline(never)
  func statements(_ n: NodeID) -> SyntaxList { tree.statements(n) }
  @inline(never)
  func callArguments(_ n: NodeID) -> SyntaxList { tree.callArguments(n) }
  @inline(never)
  func tableItems(_ n: NodeID) -> SyntaxList { tree.tableItems(n) }
  @inline(never)
  func values(_ n: NodeID) -> SyntaxList { tree.values(n) }
  @inline(never)
  func targets(_ n: NodeID) -> SyntaxList { tree.targets(n) }
  @inline(never)
  func clauses(_ n: NodeID) -> SyntaxList { tree.clauses(n) }
  @inline(never)
  func parameters(_ n: NodeID) -> SyntaxList { tree.parameters(n) }
  @inline(never)
  func loopVariables(_ n: NodeID) -> SyntaxList { tree.loopVariables(n) }
  @inline(never)
  func iteratorValues(_ n: NodeID) -> SyntaxList { tree.iteratorValues(n) }

  @inline(never)
  func body(_ n: NodeID) -> NodeID { tree.body(n) }
  @inline(never)
  func condition(_ n: NodeID) -> NodeID { tree.condition(n) }
  @inline(never)
  func loopStart(_ n: NodeID) -> NodeID { tree.loopStart(n) }
  @inline(never)
  func loopLimit(_ n: NodeID) -> NodeID { tree.loopLimit(n) }
  @inline(never)
  func loopStep(_ n: NodeID) -> NodeID { tree.loopStep(n) }
  func elseBlock(_ n: NodeID) -> NodeID { rhs(n) }
  func functionBody(_ n: NodeID) -> NodeID { rhs(n) }

  @inline(never)
  func methodName(_ n: NodeID) -> TokenID { tree.methodName(n) }
  @inline(never)
  func fieldName(_ n: NodeID) -> TokenID { tree.fieldName(n) }
  @inline(never)
  func nameToken(_ n: NodeID) -> TokenID { tree.nameToken(n) }
  @inline(never)
  func loopVariable(_ n: NodeID) -> TokenID { tree.loopVariable(n) }
  @inline(never)
  func localName(_ n: NodeID, _ i: Int) -> TokenID { tree.localName(n, i) }
  @inline(never)
  func localAttribute(_ n: NodeID, _ i: Int) -> LocalAttribute { tree.localAttribute(n, i) }
  @inline(never)
  func localCount(_ n: NodeID) -> Int { tree.localCount(n) }
  @inline(never)
  func collectiveAttribute(_ n: NodeID) -> LocalAttribute { tree.collectiveAttribute(n) }
  @inline(never)
  func varargName(_ n: NodeID) -> TokenID { tree.varargName(n) }
  @inline(never)
  func isVararg(_ n: NodeID) -> Bool { tree.isVararg(n) }
}
