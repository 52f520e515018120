// Which expressions are statements whose value nobody uses. The text alone says it: all but the last
// of a block, and the last if the block's own value is dropped. The checker warns of those that do
// nothing; here is only the warning of a line that looks like the continuation of the one above.

internal import NightjarDiagnostics

extension FuseParser {
  /// Marks the last statement as one whose value is dropped.
  @inline(__always)
  mutating func discardLast() {
    if let last = scratch.last { discard(NodeID(last)) }
  }

  /// Marks an expression, and the last ones of its blocks, as not used.
  @inline(never)
  mutating func discard(_ id: NodeID) {
    let index = Int(id.rawValue)
    let node = nodes[index]
    nodes[index].flags.insert(.isDiscarded)
    switch node.kind {
    case .ifExpression:
      for i in 0..<Int(extra[Int(node.lhs)]) {
        let clause = nodes[Int(extra[Int(node.lhs) + 1 + i])]
        discardValue(ofBlock: NodeID(clause.rhs))
      }
      discardValue(ofBlock: NodeID(node.rhs))
    case .match:
      for i in 0..<Int(extra[Int(node.rhs)]) {
        let arm = nodes[Int(extra[Int(node.rhs) + 1 + i])]
        if arm.kind == .elseArm { discardValue(ofBlock: NodeID(arm.lhs)) }
        if arm.kind == .arm { discardValue(ofBlock: NodeID(extra[Int(arm.rhs) + 1])) }
      }
    case .doBlock: discardValue(ofBlock: NodeID(node.lhs))
    default: warnOfLineStart(node)
    }
  }

  private mutating func discardValue(ofBlock id: NodeID) {
    let block = nodes[Int(id.rawValue)]
    guard block.kind == .block, block.detail == 1 else { return }
    nodes[Int(id.rawValue)].detail = 0
    let count = Int(extra[Int(block.lhs)])
    discard(NodeID(extra[Int(block.lhs) + count]))
  }

  /// Warns of an expression without effect that looks like the continuation of the line above.
  private mutating func warnOfLineStart(_ node: FuseNode) {
    let token = tokens[Int(node.firstToken.rawValue)]
    guard token.flags.contains(.startsLine), node.firstToken.rawValue > 0 else { return }
    switch token.kind {
    case .leftParen, .leftBracket, .leftBrace, .plus, .minus, .tilde: break
    default: return
    }
    if node.kind == .call || node.kind == .macroCall || node.kind == .missing { return }
    if endsStatement(Int(node.firstToken.rawValue) - 1) {
      let first = Int(node.firstToken.rawValue)
      note(.Fuse.lineStart(text(of: first), span: span(first)))
    }
  }

  /// Whether a token can be the last of an expression.
  private func endsStatement(_ index: Int) -> Bool {
    switch tokens[index].kind {
    case .name, .number, .tupleIndex, .string, .stringTail, .rightParen, .rightBracket,
      .rightBrace, .endKeyword, .selfKeyword, .trueKeyword, .falseKeyword, .nilKeyword,
      .question:
      true
    default: false
    }
  }
}
