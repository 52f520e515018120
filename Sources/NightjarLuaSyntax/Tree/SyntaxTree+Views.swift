// Views on the tree: what a compiler asks for, without indices of `extra` in its code. Each checks
// nothing but the kind it expects, in debug builds.

package import NightjarDiagnostics

/// A list of the tree: where its items stand in `SyntaxTree.extra`.
///
/// A list holds no memory; read its items with `tree.node(list, i)` and `tree.token(list, i)`, or
/// all at once with `tree.items(list)`.
@frozen
package struct SyntaxList: Sendable {
  /// The place of the first item in `extra`.
  package let start: Int
  /// The number of items.
  package let count: Int

  /// Makes a list of `count` items from `start` on.
  @inlinable
  package init(start: Int, count: Int) {
    self.start = start
    self.count = count
  }

  /// Whether there is nothing in it.
  @inlinable
  package var isEmpty: Bool { count == 0 }
  /// 0 up to `count`.
  @inlinable
  package var indices: Range<Int> { 0..<count }
}

extension SyntaxTree {
  /// Reads the list at a place of `extra`: a count and its items.
  @inlinable
  package func list(_ place: Int32) -> SyntaxList {
    SyntaxList(start: Int(place) + 1, count: Int(extra[Int(place)]))
  }

  /// Item `i` of a list of nodes.
  @inlinable
  package func node(_ list: SyntaxList, _ i: Int) -> NodeID {
    NodeID(extra[list.start + i])
  }

  /// Item `i` of a list of tokens.
  @inlinable
  package func token(_ list: SyntaxList, _ i: Int) -> TokenID {
    TokenID(extra[list.start + i])
  }

  /// All items of a list, raw.
  @inlinable
  package func items(_ list: SyntaxList) -> ArraySlice<Int32> {
    extra[list.start..<list.start + list.count]
  }

  /// `lhs` as a node: the operand, the left operand, the object, the condition and so on.
  @inlinable
  package func lhs(_ node: NodeID) -> NodeID { NodeID(self[node].lhs) }

  /// `rhs` as a node: the right operand, the key, the body and so on.
  @inlinable
  package func rhs(_ node: NodeID) -> NodeID { NodeID(self[node].rhs) }

  /// The statements of a `block`.
  @inlinable
  package func statements(_ block: NodeID) -> SyntaxList {
    assert(self[block].kind == .block)
    return list(self[block].lhs)
  }

  /// The arguments of a `call` or `methodCall`.
  @inlinable
  package func callArguments(_ call: NodeID) -> SyntaxList {
    let node = self[call]
    assert(node.kind == .call || node.kind == .methodCall)
    return list(node.kind == .call ? node.rhs : node.rhs + 1)
  }

  /// The name called by a `methodCall`.
  @inlinable
  package func methodName(_ call: NodeID) -> TokenID {
    assert(self[call].kind == .methodCall)
    return TokenID(extra[Int(self[call].rhs)])
  }

  /// The name after the dot (or colon) of a `field`.
  @inlinable
  package func fieldName(_ field: NodeID) -> TokenID {
    assert(self[field].kind == .field)
    return TokenID(self[field].rhs)
  }

  /// The parameters of a `function`, tokens, without an implied `self`.
  @inlinable
  package func parameters(_ function: NodeID) -> SyntaxList {
    assert(self[function].kind == .function)
    return list(self[function].lhs + 1)
  }

  /// Whether a `function` takes `...`.
  @inlinable
  package func isVararg(_ function: NodeID) -> Bool {
    assert(self[function].kind == .function)
    return extra[Int(self[function].lhs)] != 0
  }

  /// The name of the table of a `function`'s variable arguments, as 5.5 has it: `...name`.
  @inlinable
  package func varargName(_ function: NodeID) -> TokenID {
    assert(self[function].kind == .function)
    return TokenID(max(0, extra[Int(self[function].lhs)] - 1))
  }

  /// The block of a `function`.
  @inlinable
  package func functionBody(_ function: NodeID) -> NodeID { rhs(function) }

  /// The items of a `table`: `namedItem`, `keyedItem`, or an expression that counts up.
  @inlinable
  package func tableItems(_ table: NodeID) -> SyntaxList {
    assert(self[table].kind == .table)
    return list(self[table].lhs)
  }

  /// How many names a `local` or `global` declares.
  @inlinable
  package func localCount(_ local: NodeID) -> Int {
    assert(self[local].kind == .local)
    return Int(extra[Int(self[local].lhs)])
  }

  /// The `i`th name of a `local`.
  @inlinable
  package func localName(_ local: NodeID, _ i: Int) -> TokenID {
    TokenID(extra[Int(self[local].lhs) + 1 + 2 * i])
  }

  /// The attribute of the `i`th name of a `local`, if any.
  @inlinable
  package func localAttribute(_ local: NodeID, _ i: Int) -> LocalAttribute {
    attribute(of: extra[Int(self[local].lhs) + 2 + 2 * i])
  }

  /// The attribute of a `globalAll`, if any.
  @inlinable
  package func collectiveAttribute(_ statement: NodeID) -> LocalAttribute {
    attribute(of: self[statement].lhs)
  }

  @usableFromInline
  func attribute(of token: Int32) -> LocalAttribute {
    if token == 0 { return .regular }
    // `const` and `close` differ in their third letter.
    let start = Int(tokens[Int(token)].start)
    return source[start + 2] == UInt8(ascii: "n") ? .const : .close
  }

  /// The values of a `local`, an `assignment` or a `returnStatement`.
  @inlinable
  package func values(_ statement: NodeID) -> SyntaxList {
    let node = self[statement]
    assert(
      node.kind == .local || node.kind == .global || node.kind == .assignment
        || node.kind == .returnStatement
    )
    return list(node.kind == .returnStatement ? node.lhs : node.rhs)
  }

  /// The targets of an `assignment`.
  @inlinable
  package func targets(_ assignment: NodeID) -> SyntaxList {
    assert(self[assignment].kind == .assignment)
    return list(self[assignment].lhs)
  }

  /// The `clause`s of an `ifStatement`.
  @inlinable
  package func clauses(_ statement: NodeID) -> SyntaxList {
    assert(self[statement].kind == .ifStatement)
    return list(self[statement].lhs)
  }

  /// The block after `else`, if there is one.
  @inlinable
  package func elseBlock(_ statement: NodeID) -> NodeID { rhs(statement) }

  /// The variable of a `numericFor`.
  @inlinable
  package func loopVariable(_ loop: NodeID) -> TokenID {
    assert(self[loop].kind == .numericFor)
    return TokenID(extra[Int(self[loop].lhs)])
  }

  /// The first value of a `numericFor`.
  @inlinable
  package func loopStart(_ loop: NodeID) -> NodeID {
    NodeID(extra[Int(self[loop].lhs) + 1])
  }

  /// The limit of a `numericFor`.
  @inlinable
  package func loopLimit(_ loop: NodeID) -> NodeID {
    NodeID(extra[Int(self[loop].lhs) + 2])
  }

  /// The step of a `numericFor`, if it is written.
  @inlinable
  package func loopStep(_ loop: NodeID) -> NodeID {
    NodeID(extra[Int(self[loop].lhs) + 3])
  }

  /// The variables of a `genericFor`, tokens.
  @inlinable
  package func loopVariables(_ loop: NodeID) -> SyntaxList {
    assert(self[loop].kind == .genericFor)
    return list(self[loop].lhs + 1)
  }

  /// The expressions after the `in` of a `genericFor`.
  @inlinable
  package func iteratorValues(_ loop: NodeID) -> SyntaxList {
    assert(self[loop].kind == .genericFor)
    return list(extra[Int(self[loop].lhs)])
  }

  /// The block of a `whileLoop`, `numericFor`, `genericFor`, `clause`, `doBlock` or `repeatLoop`.
  @inlinable
  package func body(_ statement: NodeID) -> NodeID {
    let node = self[statement]
    return NodeID(node.kind == .doBlock || node.kind == .repeatLoop ? node.lhs : node.rhs)
  }

  /// The condition of a `whileLoop`, `clause` or `repeatLoop`.
  @inlinable
  package func condition(_ statement: NodeID) -> NodeID {
    let node = self[statement]
    return NodeID(node.kind == .repeatLoop ? node.rhs : node.lhs)
  }

  /// The name of a `gotoStatement`, `label` or `localFunction`.
  @inlinable
  package func nameToken(_ statement: NodeID) -> TokenID { TokenID(self[statement].lhs) }
}

/// What stands in angle brackets after the name of a local variable.
@frozen
package enum LocalAttribute: UInt8, Sendable {
  /// Nothing.
  case regular
  /// `<const>`: may not be assigned.
  case const
  /// `<close>`: closed when its block ends.
  case close
}
