// Views on expressions: what a compiler asks for, without indices of `extra` in its code. Each
// checks nothing but the kind it expects, in debug builds.

public import NightjarDiagnostics

extension FuseTree {
  /// `lhs` as a node: the operand, the left operand, the object, the callee, the condition.
  @inlinable
  @inline(__always)
  package func lhs(_ id: NodeID) -> NodeID { NodeID(self[id].lhs) }

  /// `rhs` as a node: the right operand, the key, the type of a cast, the body.
  @inlinable
  @inline(__always)
  package func rhs(_ id: NodeID) -> NodeID { NodeID(self[id].rhs) }

  /// The list at `lhs`: the items of a `tuple`, `array`, `table`, `interpolation` and so on.
  @inlinable
  @inline(__always)
  package func lhsList(_ id: NodeID) -> NodeList { list(self[id].lhs) }

  /// The list at `rhs`: the arguments of a `call` or `macroCall`, the items of a `structLiteral`,
  /// the arms of a `match`, the members of a declaration.
  @inlinable
  @inline(__always)
  package func rhsList(_ id: NodeID) -> NodeList { list(self[id].rhs) }

  /// The operator of a `unary`.
  @inlinable
  package func unaryOperator(_ id: NodeID) -> FuseUnaryOperator {
    FuseUnaryOperator(rawValue: self[id].detail) ?? .not
  }

  /// The operator of a `binary`, or the one joined with the `=` of an `assignment`, `nil` for plain
  /// `=`.
  @inlinable
  package func binaryOperator(_ id: NodeID) -> FuseBinaryOperator? {
    FuseBinaryOperator(rawValue: self[id].detail)
  }

  /// The segments of a `path`: `segment` nodes.
  @inlinable
  package func segments(_ path: NodeID) -> NodeList {
    assert(self[path].kind == .path)
    return list(self[path].lhs)
  }

  /// The name of a `member` or `genericMember`.
  @inlinable
  package func memberName(_ id: NodeID) -> TokenID {
    let node = self[id]
    return node.kind == .genericMember ? token(node.rhs, field: 0) : TokenID(node.rhs)
  }

  /// The type arguments of a `genericMember` or a `segment`; empty for others.
  @inlinable
  package func typeArguments(_ id: NodeID) -> NodeList {
    let node = self[id]
    switch node.kind {
    case .genericMember: return list(node.rhs, field: 1)
    case .segment: return list(node.lhs)
    default: return list(0)
    }
  }

  /// The `clause`s of an `ifExpression`.
  @inlinable
  package func clauses(_ id: NodeID) -> NodeList {
    assert(self[id].kind == .ifExpression)
    return list(self[id].lhs)
  }

  /// The parts of an `arm` of a `match`.
  package func arm(_ id: NodeID) -> FuseArm {
    let node = self[id]
    assert(node.kind == .arm)
    return FuseArm(
      pattern: NodeID(node.lhs),
      guardCondition: self.node(node.rhs, field: 0),
      body: self.node(node.rhs, field: 1)
    )
  }

  /// The qualifiers of a `function`, `doBlock` or `functionType`.
  @inlinable
  package func qualifiers(_ id: NodeID) -> FuseQualifiers {
    FuseQualifiers(rawValue: self[id].detail)
  }
}

/// An arm of a `match`.
package struct FuseArm: Sendable {
  /// What must fit.
  package var pattern: NodeID
  /// The condition after `if`, if there is one.
  package var guardCondition: NodeID
  /// The block.
  package var body: NodeID
}
