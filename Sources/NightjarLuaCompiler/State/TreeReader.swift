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
  var root: NodeIndex { tree.root }
  var symbolCount: Int { tree.symbolCount }

  subscript(_ index: NodeIndex) -> Node { nodes[Int(index.rawValue)] }
  subscript(_ index: TokenIndex) -> Token { tokens[Int(index.rawValue)] }

  func lhs(_ n: NodeIndex) -> NodeIndex { NodeIndex(nodes[Int(n.rawValue)].lhs) }
  func rhs(_ n: NodeIndex) -> NodeIndex { NodeIndex(nodes[Int(n.rawValue)].rhs) }
  func line(of token: TokenIndex) -> Int { Int(tokens[Int(token.rawValue)].line) }

  func node(_ list: SyntaxList, _ i: Int) -> NodeIndex { NodeIndex(extra[list.start + i]) }
  func token(_ list: SyntaxList, _ i: Int) -> TokenIndex { TokenIndex(extra[list.start + i]) }
}

// Everything else is passed on, and not inlined where it would cost stack.
extension TreeReader {
  func text(of token: TokenIndex) -> ArraySlice<UInt8> { tree.text(of: token) }
  func name(ofSymbol symbol: UInt32) -> ArraySlice<UInt8> { tree.name(ofSymbol: symbol) }
  func nearSuffix(of token: TokenIndex) -> [UInt8] { tree.nearSuffix(of: token) }

  @inline(never)
  func numeral(_ token: TokenIndex) -> Numeral { tree.numeral(token) }
  @inline(never)
  func stringValue(_ token: TokenIndex) -> [UInt8] { tree.stringValue(token) }

  @inline(never)
  func statements(_ n: NodeIndex) -> SyntaxList { tree.statements(n) }
  @inline(never)
  func callArguments(_ n: NodeIndex) -> SyntaxList { tree.callArguments(n) }
  @inline(never)
  func tableItems(_ n: NodeIndex) -> SyntaxList { tree.tableItems(n) }
  @inline(never)
  func values(_ n: NodeIndex) -> SyntaxList { tree.values(n) }
  @inline(never)
  func targets(_ n: NodeIndex) -> SyntaxList { tree.targets(n) }
  @inline(never)
  func clauses(_ n: NodeIndex) -> SyntaxList { tree.clauses(n) }
  @inline(never)
  func parameters(_ n: NodeIndex) -> SyntaxList { tree.parameters(n) }
  @inline(never)
  func loopVariables(_ n: NodeIndex) -> SyntaxList { tree.loopVariables(n) }
  @inline(never)
  func iteratorValues(_ n: NodeIndex) -> SyntaxList { tree.iteratorValues(n) }

  @inline(never)
  func body(_ n: NodeIndex) -> NodeIndex { tree.body(n) }
  @inline(never)
  func condition(_ n: NodeIndex) -> NodeIndex { tree.condition(n) }
  @inline(never)
  func loopStart(_ n: NodeIndex) -> NodeIndex { tree.loopStart(n) }
  @inline(never)
  func loopLimit(_ n: NodeIndex) -> NodeIndex { tree.loopLimit(n) }
  @inline(never)
  func loopStep(_ n: NodeIndex) -> NodeIndex { tree.loopStep(n) }
  func elseBlock(_ n: NodeIndex) -> NodeIndex { rhs(n) }
  func functionBody(_ n: NodeIndex) -> NodeIndex { rhs(n) }

  @inline(never)
  func methodName(_ n: NodeIndex) -> TokenIndex { tree.methodName(n) }
  @inline(never)
  func fieldName(_ n: NodeIndex) -> TokenIndex { tree.fieldName(n) }
  @inline(never)
  func nameToken(_ n: NodeIndex) -> TokenIndex { tree.nameToken(n) }
  @inline(never)
  func loopVariable(_ n: NodeIndex) -> TokenIndex { tree.loopVariable(n) }
  @inline(never)
  func localName(_ n: NodeIndex, _ i: Int) -> TokenIndex { tree.localName(n, i) }
  @inline(never)
  func localAttribute(_ n: NodeIndex, _ i: Int) -> LocalAttribute { tree.localAttribute(n, i) }
  @inline(never)
  func localCount(_ n: NodeIndex) -> Int { tree.localCount(n) }
  @inline(never)
  func collectiveAttribute(_ n: NodeIndex) -> LocalAttribute { tree.collectiveAttribute(n) }
  @inline(never)
  func varargName(_ n: NodeIndex) -> TokenIndex { tree.varargName(n) }
  @inline(never)
  func isVararg(_ n: NodeIndex) -> Bool { tree.isVararg(n) }
}
