// Views on blocks, statements and declarations.

public import NightjarDiagnostics

extension FuseTree {
  /// The statements of a `block`.
  @inlinable
  package func statements(_ block: NodeID) -> NodeList {
    assert(self[block].kind == .block)
    return list(self[block].lhs)
  }

  /// The last statement of a `block`, if the value of the block is that of it.
  @inlinable
  package func value(ofBlock block: NodeID) -> NodeID {
    let node = self[block]
    assert(node.kind == .block)
    if node.detail == 0 { return .none }
    let statements = list(node.lhs)
    return self.node(statements, statements.count - 1)
  }

  /// The type and the value of a `let`; either may be absent.
  @inlinable
  package func letParts(_ id: NodeID) -> (type: NodeID, value: NodeID) {
    let node = self[id]
    assert(node.kind == .let)
    return (self.node(node.rhs, field: 0), self.node(node.rhs, field: 1))
  }

  /// Whether `mut` stands in a `binding`, `static`, `targetLet`, `restPattern` or
  /// `declaredVariable`.
  @inlinable
  package func isMutable(_ id: NodeID) -> Bool { self[id].detail & 1 != 0 }

  /// The pattern and the sequence of a `forLoop`; its body is `rhs`.
  @inlinable
  package func forParts(_ id: NodeID) -> (pattern: NodeID, sequence: NodeID) {
    let node = self[id]
    assert(node.kind == .forLoop)
    return (self.node(node.lhs, field: 0), self.node(node.lhs, field: 1))
  }

  /// The parts of a `function` or `macroDeclaration`.
  @inlinable
  package func function(_ id: NodeID) -> FuseFunction {
    let node = self[id]
    assert(node.kind == .function || node.kind == .macroDeclaration)
    return FuseFunction(
      name: token(node.lhs, field: 0),
      typeParameters: list(node.lhs, field: 1),
      parameters: list(node.lhs, field: 2),
      result: self.node(node.lhs, field: 3),
      body: NodeID(node.rhs),
      qualifiers: node.kind == .function ? FuseQualifiers(rawValue: node.detail) : []
    )
  }

  /// How a `parameter` or `parameterType` is declared.
  @inlinable
  package func parameterForm(_ id: NodeID) -> FuseParameterForm {
    FuseParameterForm(rawValue: self[id].detail)
  }

  /// The type parameters of a declaration that has some.
  package func typeParameters(_ id: NodeID) -> NodeList {
    let node = self[id]
    switch node.kind {
    case .function: return list(node.lhs, field: 1)
    case .structDeclaration, .unionDeclaration, .typeDeclaration: return list(node.lhs)
    case .traitDeclaration, .implementation: return list(node.lhs, field: 0)
    default: return list(0)
    }
  }

  /// The supertraits of a `traitDeclaration`, a type.
  @inlinable
  package func supertraits(_ id: NodeID) -> NodeID {
    assert(self[id].kind == .traitDeclaration)
    return node(self[id].lhs, field: 1)
  }

  /// The trait, if any, and the type of an `implementation`.
  @inlinable
  package func implementationParts(_ id: NodeID) -> (trait: NodeID, type: NodeID) {
    assert(self[id].kind == .implementation)
    return (node(self[id].lhs, field: 1), node(self[id].lhs, field: 2))
  }

  /// What an `importDeclaration` brings.
  @inlinable
  package func importForm(_ id: NodeID) -> FuseImportForm {
    FuseImportForm(rawValue: self[id].detail) ?? .module
  }

  /// The path token of an `importDeclaration`, `exportNames`, `exportAll` or `declareModule`.
  @inlinable
  package func modulePath(_ id: NodeID) -> TokenID {
    let node = self[id]
    return TokenID(node.kind == .declareModule ? node.lhs : node.rhs)
  }

  /// What a `macroDeclaration` is applied to.
  @inlinable
  package func macroForm(_ id: NodeID) -> FuseMacroForm {
    FuseMacroForm(rawValue: self[id].detail) ?? .call
  }

  /// The attributes before a node.
  ///
  /// - Complexity: O(log *n*) in the nodes that have some.
  package func attributes(of id: NodeID) -> NodeList {
    if !self[id].flags.contains(.hasAttributes) { return list(0) }
    var low = 0
    var high = attributed.count
    while low < high {
      let middle = (low + high) / 2
      if attributed[middle].node.rawValue < id.rawValue { low = middle + 1 } else { high = middle }
    }
    guard low < attributed.count, attributed[low].node == id else { return list(0) }
    return list(attributed[low].list)
  }
}

/// The parts of a function.
@frozen
@usableFromInline
package struct FuseFunction: Sendable {
  /// Its name; none for a function that is a value.
  @usableFromInline package var name: TokenID
  /// `typeParameter` nodes.
  @usableFromInline package var typeParameters: NodeList
  /// `parameter` nodes.
  @usableFromInline package var parameters: NodeList
  /// The type after `->`, if there is one.
  @usableFromInline package var result: NodeID
  /// A block, or an expression if the qualifiers say so; none for a signature.
  @usableFromInline package var body: NodeID
  /// The words before `fn` and the form of the body.
  @usableFromInline package var qualifiers: FuseQualifiers

  @inlinable
  init(
    name: TokenID,
    typeParameters: NodeList,
    parameters: NodeList,
    result: NodeID,
    body: NodeID,
    qualifiers: FuseQualifiers
  ) {
    self.name = name
    self.typeParameters = typeParameters
    self.parameters = parameters
    self.result = result
    self.body = body
    self.qualifiers = qualifiers
  }
}
