// The kinds of nodes and what each keeps in its fields. The tree is flat: `lhs` and `rhs` are
// indices of nodes, of tokens or of places in `SyntaxTree.extra`.
//
// A *list* is a place in `extra` that holds a count and then as many items: extra[i] = n, items at
// i+1 ... i+n. List 0 is the empty list. `SyntaxTree.list(_:)` reads one.
//
// In a tree without diagnostics every node and token named below is present unless it says "or 0".
// In a broken tree any expression or statement may be a `missing` node, and a token may be 0.

/// What a node is.
///
/// | kind | mainToken | lhs | rhs |
/// |---|---|---|---|
/// | **Expressions** | | | |
/// | `missing` | where something was expected | 0 | 0 |
/// | `nilLiteral` `falseLiteral` `trueLiteral` | the word | 0 | 0 |
/// | `vararg` | `...` | 0 | 0 |
/// | `numeral` `string` | the literal | 0 | 0 |
/// | `name` | the identifier | 0 | 0 |
/// | `parenthesized` | `(` | node: inside | 0 |
/// | `not` `negate` `length` `bitNot` | the operator | node: operand | 0 |
/// | `add` … `or` (binary) | the operator | node: left | node: right |
/// | `index` (`a[k]`) | `[` | node: object | node: key |
/// | `field` (`a.k`) | `.` | node: object | token: name |
/// | `call` | first token of the arguments: `(`, `{` or a string | node: callee | list of nodes: arguments |
/// | `methodCall` (`a:m()`) | first token of the arguments | node: receiver | extra: token of the name, then a list of nodes (a count and its items) |
/// | `function` | the token on the line the function is defined on: `function` in a `functionStatement` or `methodStatement`, else its `(` | extra: 1 if vararg else 0, then a list of tokens (the parameters, without an implied `self`) | node: `block`; lastToken is `end` |
/// | `table` | `{` | list of nodes: items | 0; lastToken is `}` |
/// | **Items of a table** (any expression: positional) | | | |
/// | `namedItem` (`k = v`) | the name | node: value | 0 |
/// | `keyedItem` (`[k] = v`) | `[` | node: key | node: value |
/// | **Statements** | | | |
/// | `block` | the token before it, or the first of the text | list of nodes: statements (no empty statements) | 0; lastToken is the token before its end (a `;` counts), or mainToken |
/// | `local` | `local` | extra: count, then for each name two tokens: name, attribute (`const`, `close`) or 0 | list of nodes: values |
/// | `global` (5.5) | `global` | extra: as `local` | list of nodes: values |
/// | `globalAll` (`global *`) | `*` | token: attribute or 0 | 0 |
/// | `globalFunction` | `global` | token: name | node: `function` |
/// | `assignment` | the first `=` | list of nodes: targets (`name`, `index`, `field`) | list of nodes: values |
/// | `callStatement` | as its call | node: `call` or `methodCall` | 0 |
/// | `doBlock` | `do` | node: `block` | 0; lastToken is `end` |
/// | `whileLoop` | `while` | node: condition | node: `block`; lastToken is `end` |
/// | `repeatLoop` | `repeat` | node: `block` | node: condition (sees the block's locals) |
/// | `ifStatement` | `if` | list of nodes: `clause`s | node: `block` after `else`, or 0; lastToken is `end` |
/// | `clause` | `if` or `elseif` | node: condition | node: `block` |
/// | `numericFor` | `for` | extra: token of the name, nodes start, limit, step or 0 | node: `block`; lastToken is `end` |
/// | `genericFor` | `for` | extra: place of the list of nodes after `in`, then a list of tokens (the names) | node: `block`; lastToken is `end` |
/// | `functionStatement` (`function a.b.c()`) | `function` | node: target (`name` or `field`) | node: `function` |
/// | `methodStatement` (`function a.b:c()`) | `function` | node: target, a `field` whose mainToken is `:` | node: `function`, to be given a first parameter `self` |
/// | `localFunction` | `local` | token: name | node: `function` |
/// | `returnStatement` | `return` | list of nodes: values | 0 |
/// | `breakStatement` | `break` | 0 | 0 |
/// | `gotoStatement` | `goto` | token: label's name | 0 |
/// | `label` | the first `::` | token: name | 0 |
@frozen
package enum NodeKind: UInt8, Sendable, CaseIterable {
  case missing
  case nilLiteral, falseLiteral, trueLiteral, vararg, numeral, string
  case name, parenthesized
  case not, negate, length, bitNot
  case add, subtract, multiply, divide, floorDivide, modulo, power, concatenate
  case bitAnd, bitOr, bitXor, shiftLeft, shiftRight
  case equal, notEqual, less, lessEqual, greater, greaterEqual
  case and, or
  case index, field, call, methodCall
  case function, table
  case namedItem, keyedItem
  case block
  case local, assignment, callStatement, doBlock, whileLoop, repeatLoop, ifStatement, clause
  case numericFor, genericFor, functionStatement, methodStatement, localFunction
  case returnStatement, breakStatement, gotoStatement, label
  case global, globalAll, globalFunction

  /// Whether it is one of `not`, `negate`, `length`, `bitNot`.
  @inlinable
  package var isUnary: Bool {
    rawValue >= NodeKind.not.rawValue && rawValue <= NodeKind.bitNot.rawValue
  }

  /// Whether it has two operands (`and` and `or` too).
  @inlinable
  package var isBinary: Bool {
    rawValue >= NodeKind.add.rawValue && rawValue <= NodeKind.or.rawValue
  }

  /// Whether it may yield any number of values: `call`, `methodCall`, `vararg`.
  @inlinable
  package var isMultiValued: Bool { self == .call || self == .methodCall || self == .vararg }
}
