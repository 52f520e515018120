// What the tests of this target share: where the repository is, seeded randomness, and a way to
// write a tree as text.

import Foundation
import NightjarBase
import NightjarDiagnostics
import NightjarLuaSyntax

/// Places in the repository.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func url(_ path: String) -> URL { root.appendingPathComponent(path) }

  /// The Lua files of the official suite, where it has been unpacked, and of this repository.
  static var luaFiles: [URL] {
    ["Tests/Conformance", "Tests/Differential", "Benchmarks", "Examples", ".cache"].flatMap {
      folder -> [URL] in
      let walker = FileManager.default.enumerator(at: url(folder), includingPropertiesForKeys: nil)
      return (walker?.allObjects ?? []).compactMap { $0 as? URL }
        .filter { $0.pathExtension == "lua" }
    }
  }
}

/// Reads a text given as a string.
func parse(_ text: String, all: Bool = false) -> SyntaxTree {
  LuaSyntax.parse(Array(text.utf8), .init(findsAllErrors: all))
}

/// The first error as a loader would print it, without the chunk's name; "ok" if there is none.
func referenceMessage(_ tree: SyntaxTree) -> String {
  guard let first = tree.diagnostics.first else { return "ok" }
  guard let reference = first.reference else { return "no reference message: \(first.message)" }
  return "\(reference.line): " + String(decoding: reference.text, as: UTF8.self)
}

/// Writes a tree as nested parentheses, to compare shapes.
struct TreeWriter {
  let tree: SyntaxTree

  func write(_ index: NodeID) -> String {
    let node = tree[index]
    switch node.kind {
    case .missing: return "?"
    case .nilLiteral, .falseLiteral, .trueLiteral, .vararg, .numeral, .string, .name:
      return word(node.mainToken)
    case .block: return "{" + nodes(tree.statements(index)) + "}"
    case .field: return "(. \(write(tree.lhs(index))) \(word(tree.fieldName(index))))"
    case .call: return "(call \(write(tree.lhs(index))) \(nodes(tree.callArguments(index))))"
    case .methodCall:
      return "(: \(write(tree.lhs(index))) \(word(tree.methodName(index)))"
        + " \(nodes(tree.callArguments(index))))"
    case .function:
      let names = words(tree.parameters(index)) + (tree.isVararg(index) ? " ..." : "")
      return "(function [\(names)] \(write(tree.functionBody(index))))"
    case .table: return "(table \(nodes(tree.tableItems(index))))"
    case .namedItem: return "(\(word(node.mainToken)) = \(write(tree.lhs(index))))"
    case .callStatement, .doBlock, .parenthesized, .not, .negate, .length, .bitNot:
      return "(\(node.kind) \(write(tree.lhs(index))))"
    default: return statement(index)
    }
  }

  private func statement(_ index: NodeID) -> String {
    let node = tree[index]
    switch node.kind {
    case .local:
      let names = (0..<tree.localCount(index)).map { i in
        let attribute = tree.localAttribute(index, i)
        return word(tree.localName(index, i)) + (attribute == .regular ? "" : "<\(attribute)>")
      }
      return "(local [\(names.joined(separator: " "))] \(nodes(tree.values(index))))"
    case .assignment: return "(= [\(nodes(tree.targets(index)))] \(nodes(tree.values(index))))"
    case .ifStatement:
      let alternative = tree.elseBlock(index)
      return "(if \(nodes(tree.clauses(index)))"
        + (alternative.isPresent ? " else \(write(alternative)))" : ")")
    case .numericFor:
      let step = tree.loopStep(index)
      return "(for \(word(tree.loopVariable(index))) \(write(tree.loopStart(index)))"
        + " \(write(tree.loopLimit(index)))" + (step.isPresent ? " \(write(step))" : "")
        + " \(write(tree.body(index))))"
    case .genericFor:
      return "(for [\(words(tree.loopVariables(index)))] in"
        + " [\(nodes(tree.iteratorValues(index)))] \(write(tree.body(index))))"
    case .localFunction, .gotoStatement, .label:
      let body = node.kind == .localFunction ? " " + write(tree.rhs(index)) : ""
      return "(\(node.kind) \(word(tree.nameToken(index)))\(body))"
    case .returnStatement: return "(return \(nodes(tree.values(index))))"
    case .breakStatement: return "(break)"
    default: return "(\(node.kind) \(write(tree.lhs(index))) \(write(tree.rhs(index))))"
    }
  }

  private func nodes(_ list: SyntaxList) -> String {
    list.indices.map { write(tree.node(list, $0)) }.joined(separator: " ")
  }

  private func words(_ list: SyntaxList) -> String {
    list.indices.map { word(tree.token(list, $0)) }.joined(separator: " ")
  }

  private func word(_ token: TokenID) -> String {
    String(decoding: tree.text(of: token), as: UTF8.self)
  }
}
