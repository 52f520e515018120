// Shapes of trees.

internal import NightjarDiagnostics
import NightjarLuaSyntax
import Testing

@Suite struct ParserTests {
  @Test(arguments: [
    ("return 1 + 2 * 3 - 4", "(return (subtract (add 1 (multiply 2 3)) 4))"),
    ("return a .. b .. c", "(return (concatenate a (concatenate b c)))"),
    ("return 2 ^ 3 ^ 2", "(return (power 2 (power 3 2)))"),
    ("return -x ^ 2", "(return (negate (power x 2)))"),
    ("return 2 ^ -x", "(return (power 2 (negate x)))"),
    ("return not a == b", "(return (equal (not a) b))"),
    ("return a or b and c", "(return (or a (and b c)))"),
    ("return a < b == c", "(return (equal (less a b) c))"),
    (
      "return 1 | 2 ~ 3 & 4 << 5 .. 6",
      "(return (bitOr 1 (bitXor 2 (bitAnd 3 (shiftLeft 4 (concatenate 5 6))))))"
    ),
    ("return ~a // #b % c", "(return (modulo (floorDivide (bitNot a) (length b)) c))"),
    ("return (f())", "(return (parenthesized (call f )))"),
    (
      "a.b[c]:d(1, ...) 'x' {2; k = 3, [4] = 5,}",
      "(callStatement (call (call (: (index (. a b) c) d 1 ...) 'x') (table 2 (k = 3) (keyedItem 4 5))))"
    ),
    ("a, b.c, d[1] = 1, f()", "(= [a (. b c) (index d 1)] 1 (call f ))"),
    ("local a <const>, b <close>, c = 1", "(local [a<const> b<close> c] 1)"),
    ("local x", "(local [x] )"),
    ("do ; ; end ::l:: goto l break", "(doBlock {}) (label l) (gotoStatement l) (break)"),
    (
      "if a then b() elseif c then else d() end",
      "(if (clause a {(callStatement (call b ))}) (clause c {}) else {(callStatement (call d ))})"
    ),
    ("if a then end", "(if (clause a {}))"),
    (
      "while a do break end repeat local x until x",
      "(whileLoop a {(break)}) (repeatLoop {(local [x] )} x)"
    ),
    ("for i = 1, 2 do end for i = 1, 2, 3 do end", "(for i 1 2 {}) (for i 1 2 3 {})"),
    ("for k, v in pairs(t), n do end", "(for [k v] in [(call pairs t) n] {})"),
    (
      "function a.b:c(x, ...) return x end",
      "(methodStatement (. (. a b) c) (function [x ...] {(return x)}))"
    ),
    (
      "function f() end local function g(a, b) end",
      "(functionStatement f (function [] {})) (localFunction g (function [a b] {}))"
    ),
    ("return function(...) return ... end, ...;", "(return (function [ ...] {(return ...)}) ...)"),
    (
      "f{} f[[x]] f''",
      "(callStatement (call f (table ))) (callStatement (call f [[x]])) (callStatement (call f ''))"
    ),
    ("return", "(return )"),
    ("", ""),
  ])
  func readsInto(_ text: String, _ expected: String) {
    let tree = parse(text)
    #expect(referenceMessage(tree) == "ok")
    #expect(TreeWriter(tree: tree).write(tree.root) == "{\(expected)}")
  }

  @Test func nodesKnowTheirLines() {
    let tree = parse("local x = a\n  +\n b\nfunction f(\n)\n end\nreturn function\n(\n) end")
    let statements = tree.statements(tree.root)
    let sum = tree.node(tree.values(tree.node(statements, 0)), 0)
    #expect(tree.line(of: sum) == 2)
    #expect(tree.lastLine(of: sum) == 3)
    let function = tree.rhs(tree.node(statements, 1))
    #expect((tree.line(of: function), tree.lastLine(of: function)) == (4, 6))
    let expression = tree.node(tree.values(tree.node(statements, 2)), 0)
    #expect((tree.line(of: expression), tree.lastLine(of: expression)) == (8, 9))
  }

  /// The order that `SyntaxTree` promises: children before parents.
  @Test func childrenComeBeforeParents() {
    let tree = parse("local t = {a = 1, [b] = f(c)} if t then return -t.a else t:m() end")
    #expect(tree.root.rawValue == Int32(tree.nodes.count - 1))
    for (i, node) in tree.nodes.enumerated() where node.kind.isBinary || node.kind.isUnary {
      #expect(node.lhs < i && node.rhs < i)
    }
  }
}
