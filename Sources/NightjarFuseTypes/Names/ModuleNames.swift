// What the resolver finds out about one module: its declarations, its functions with what they
// capture, and for every node that is a name what it refers to.

public import NightjarDiagnostics
internal import NightjarFuseSyntax

/// What a name refers to.
@frozen
@usableFromInline
package enum NameReference: Sendable, Equatable {
  /// Nothing that is known: after an error, or a member that only its type can tell.
  case none
  /// A declaration of the same module.
  case own(Int32)
  /// A declaration of the prelude, or of a module that a path names.
  case foreign(DeclarationID)
  /// A variant of the type that is expected.
  case variant
  /// `Self`, the type being declared or implemented.
  case selfType
}

/// A function, or the module itself.
package struct FunctionScope: Sendable {
  /// The `function` node; none for the module.
  package var node: NodeID
  /// The function around it; -1 for the module.
  package var parent: Int32
  /// The variables of functions around it that it uses, each once.
  package var captures: [Int32] = []
}

/// The names of one module.
@usableFromInline
package struct ModuleNames: Sendable {
  /// All declarations, in the order in which they were found.
  package internal(set) var declarations: [Declaration] = []
  /// The functions; the first is the module.
  package internal(set) var functions: [FunctionScope] = [
    FunctionScope(node: .none, parent: -1)
  ]
  /// What is wrong with the names of the module.
  package internal(set) var diagnostics: [Diagnostic] = []
  /// For each node, the declaration it makes plus 1, or 0.
  @usableFromInline var declared: [Int32]
  /// For each node, what it refers to, packed.
  @usableFromInline var references: [Int64]

  init(nodeCount: Int) {
    declared = [Int32](repeating: 0, count: nodeCount)
    references = [Int64](repeating: 0, count: nodeCount)
  }

  /// The declaration that a node makes, if it makes one.
  @inlinable
  package func declaration(of node: NodeID) -> Int32? {
    let index = declared[Int(node.rawValue)]
    return index == 0 ? nil : index - 1
  }

  /// What a `name`, `segment`, `selfValue` or shorthand `namedItem` refers to.
  @inlinable
  package func reference(of node: NodeID) -> NameReference {
    let packed = references[Int(node.rawValue)]
    let low = Int32(truncatingIfNeeded: packed)
    switch packed >> 32 {
    case 0: return low == 0 ? .none : low == 1 ? .variant : .selfType
    case 1: return .own(low)
    default:
      return .foreign(
        DeclarationID(module: Int32(truncatingIfNeeded: (packed >> 32) - 2), declaration: low)
      )
    }
  }

  mutating func setReference(_ reference: NameReference, of node: NodeID) {
    let packed: Int64 =
      switch reference {
      case .none: 0
      case .variant: 1
      case .selfType: 2
      case .own(let index): 1 << 32 | Int64(index)
      case .foreign(let name): Int64(name.module + 2) << 32 | Int64(name.declaration)
      }
    references[Int(node.rawValue)] = packed
  }
}
