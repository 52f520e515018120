// What the fields of each kind of node hold, as data: so that a tree can be walked without knowing
// its kinds, and tests can hold every tree against it.
//
// ORDER: FuseNodeKind.swift says the same to people.

package import NightjarDiagnostics

/// What a field of a node, or of a record of it, holds.
package enum FuseNodeField: Sendable {
  /// Nothing.
  case none
  /// A node, or 0.
  case node
  /// A list of nodes.
  case list
  /// A token, or 0.
  case token
  /// A place in `FuseTree.extra` with fields in order.
  case record(FuseRecordLayout)
}

/// What the fields of a record hold, at most four.
package struct FuseRecordLayout: Sendable {
  /// What one of them holds.
  package enum Field: UInt8, Sendable {
    /// Nothing: the record is shorter.
    case none
    /// A node, or 0.
    case node
    /// A list of nodes.
    case list
    /// A token, or 0.
    case token
  }

  var first: Field
  var second: Field
  var third: Field = .none
  var fourth: Field = .none
}

extension FuseNodeKind {
  /// What `lhs` and `rhs` hold.
  ///
  /// `importDeclaration` has two forms: its `lhs` is a list only when names are imported.
  package var layout: (lhs: FuseNodeField, rhs: FuseNodeField) {
    switch self {
    case .missing, .name, .nilLiteral, .trueLiteral, .falseLiteral, .number, .string,
      .stringPiece, .selfValue, .globalTable, .splice, .spliceList, .wildcard, .break,
      .continue, .literalType, .unknownType, .neverType, .unsafeType, .nilType, .relaxedBound,
      .binding, .literalPattern:
      (.none, .none)
    case .path, .segment, .interpolation, .tuple, .array, .table, .block, .targetTuple,
      .unionType, .intersectionType, .tupleType, .tableType, .tuplePattern, .arrayPattern,
      .unionVariant:
      (.list, .none)
    case .interpolated, .parenthesized, .unary, .try, .await, .propagate, .tupleMember, .elseArm,
      .doBlock, .quotation, .spliceExpression, .namedItem, .spread, .targetLet, .return, .yield,
      .enumVariant, .declaredVariable, .arrayType, .optionalType, .parenthesizedType, .namedType,
      .tableTypeField, .parameterType, .implType, .ownType, .parenthesizedPattern:
      (.node, .none)
    case .binary, .cast, .index, .clause, .keyedItem, .const, .static, .globalVariable,
      .assignment, .whileLoop, .repeatLoop, .parameter, .typeParameter, .field, .tableTypeIndex,
      .rangePattern, .castPattern, .andPattern, .orPattern:
      (.node, .node)
    case .structLiteral, .call, .match, .macroCall, .attribute, .variantPattern, .tablePattern:
      (.node, .list)
    default: declarationLayout
    }
  }

  private var declarationLayout: (lhs: FuseNodeField, rhs: FuseNodeField) {
    switch self {
    case .member: (.node, .token)
    case .genericMember: (.node, .record(.init(first: .token, second: .list)))
    case .function, .macroDeclaration:
      (.record(.init(first: .token, second: .list, third: .list, fourth: .node)), .node)
    case .ifExpression, .functionType, .typeDeclaration: (.list, .node)
    case .arm: (.node, .record(.init(first: .node, second: .node)))
    case .scopeBlock: (.token, .node)
    case .let: (.node, .record(.init(first: .node, second: .node)))
    case .forLoop: (.record(.init(first: .node, second: .node)), .node)
    case .structDeclaration, .unionDeclaration: (.list, .list)
    case .enumDeclaration, .declareGlobal: (.none, .list)
    case .traitDeclaration: (.record(.init(first: .list, second: .node)), .list)
    case .implementation: (.record(.init(first: .list, second: .node, third: .node)), .list)
    case .importDeclaration, .exportNames: (.list, .token)
    case .importName, .restPattern: (.token, .none)
    case .exportAll: (.none, .token)
    case .declareModule: (.token, .list)
    case .externBlock: (.record(.init(first: .token, second: .token)), .list)
    default: (.none, .none)
    }
  }
}

extension FuseTree {
  /// Calls `visit` with each child of a node, attributes first, then in the order of its fields.
  ///
  /// Absent children are left out.
  package func forEachChild(of id: NodeID, _ visit: (NodeID) -> Void) {
    let node = self[id]
    if node.flags.contains(.hasAttributes) {
      for attribute in nodes(attributes(of: id)) { visit(attribute) }
    }
    let layout = node.kind.layout
    let isBareImport = node.kind == .importDeclaration && importForm(id) < .names
    visitField(isBareImport ? .none : layout.lhs, node.lhs, visit)
    visitField(layout.rhs, node.rhs, visit)
  }

  private func visitField(_ field: FuseNodeField, _ value: Int32, _ visit: (NodeID) -> Void) {
    switch field {
    case .none, .token: break
    case .node: if value != 0 { visit(NodeID(value)) }
    case .list: for item in nodes(list(value)) { visit(item) }
    case .record(let record):
      let place = Int(value)
      visitRecordField(record.first, place, visit)
      visitRecordField(record.second, place + 1, visit)
      visitRecordField(record.third, place + 2, visit)
      visitRecordField(record.fourth, place + 3, visit)
    }
  }

  private func visitRecordField(
    _ field: FuseRecordLayout.Field,
    _ place: Int,
    _ visit: (NodeID) -> Void
  ) {
    switch field {
    case .none, .token: break
    case .node: if extra[place] != 0 { visit(NodeID(extra[place])) }
    case .list: for item in nodes(list(extra[place])) { visit(item) }
    }
  }
}
