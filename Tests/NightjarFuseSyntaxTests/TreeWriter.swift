// A tree as nested parentheses, to compare shapes: the kind, the operator or other detail, the main
// token where it tells something, the children.

internal import NightjarDiagnostics
import NightjarFuseSyntax

/// Writes nodes.
struct TreeWriter {
  let tree: FuseTree

  func write(_ id: NodeID) -> String {
    let node = tree[id]
    var children: [String] = []
    tree.forEachChild(of: id) { children.append(write($0)) }
    switch node.kind {
    case .name, .number, .string, .trueLiteral, .falseLiteral, .nilLiteral, .selfValue,
      .globalTable, .binding, .wildcard, .literalPattern, .literalType, .stringPiece, .splice,
      .spliceList, .unknownType, .neverType, .unsafeType, .nilType, .relaxedBound:
      return (tree.isMutable(id) && node.kind == .binding ? "mut " : "")
        + (node.detail == 1 && node.kind != .binding ? "-" : "") + word(node.mainToken)
    case .binary: return list(tree.binaryOperator(id)?.spelling ?? "?", children)
    case .unary: return list("\(tree.unaryOperator(id))", children)
    case .member: return list(".\(word(tree.memberName(id)))", children)
    case .tupleMember: return list(".\(word(node.mainToken))", children)
    case .cast: return list(node.detail == 1 ? "as?" : "as", children)
    case .assignment:
      return list((tree.binaryOperator(id)?.spelling ?? "") + "=", children)
    case .block: return "{" + children.joined(separator: node.detail == 1 ? " ; " : " ") + "}"
    case .namedItem, .field, .parameter, .namedType, .segment, .const, .static, .enumVariant,
      .unionVariant, .structDeclaration, .enumDeclaration, .unionDeclaration, .traitDeclaration,
      .typeDeclaration, .typeParameter, .globalVariable, .tableTypeField, .targetLet:
      return list("\(node.kind) \(word(node.mainToken))", children)
    case .function:
      let name = tree.function(id).name
      return list(name.isPresent ? "fn \(word(name))" : "fn", children)
    default: return list("\(node.kind)", children)
    }
  }

  private func list(_ head: String, _ children: [String]) -> String {
    "(" + ([head] + children).joined(separator: " ") + ")"
  }

  private func word(_ token: TokenID) -> String {
    String(decoding: tree.text(of: token), as: UTF8.self)
  }
}

/// The statements of a text as one line; what is wrong with it comes first.
func shape(_ text: String) -> String {
  let tree = parse(text)
  let codes = tree.diagnostics.map(\.code.description)
  let statements = tree.nodes(tree.statements(tree.root)).map { TreeWriter(tree: tree).write($0) }
  return (codes + statements).joined(separator: " ")
}
