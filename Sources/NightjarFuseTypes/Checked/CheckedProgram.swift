// What the checker gives: for each node of each module its type and meaning, in arrays beside the
// tree. The lowering and the tools read nothing else.

public import NightjarDiagnostics

/// A program whose types are known.
package struct CheckedProgram: Sendable {
  /// The modules with their trees and names.
  package internal(set) var program: FuseProgram
  /// All types.
  package internal(set) var types: TypeStore
  package internal(set) var nominals: [NominalType] = []
  package internal(set) var traits: [TraitDeclaration] = []
  package internal(set) var implementations: [Implementation] = []
  package internal(set) var functions: [FunctionDeclaration] = []
  /// By module, as in `program.modules`.
  package internal(set) var modules: [CheckedModule] = []
}

/// What is known of the nodes of one module.
@usableFromInline
package struct CheckedModule: Sendable {
  /// For each node its type: of an expression its value's, before coercion; of a pattern that of
  /// what it is held against; of a type the type; of a declaration of a variable the variable's.
  @usableFromInline package internal(set) var nodeTypes: [TypeID]
  /// The type of each variable, parameter, constant and static, by its number among the
  /// declarations of the module.
  package internal(set) var declarationTypes: [TypeID]
  /// Constants: expressions of constants only, folded, where a constant must stand.
  ///
  /// Uses of constants are in `uses`.
  package internal(set) var constants: NodeTable<FuseConstant>
  /// What names and members mean; nothing for plain variables (`ModuleNames.reference(of:)`).
  package internal(set) var uses: NodeTable<Use>
  package internal(set) var calls: NodeTable<Call>
  /// By node of a `binary`, `unary`, `assignment`, `index`; of an `assignment` to an `index` the
  /// store is at the `index`.
  ///
  /// Nothing stands for `primitive`.
  package internal(set) var operations: NodeTable<Operation>
  /// By node of a `forLoop`.
  package internal(set) var iterations: NodeTable<Iteration>
  package internal(set) var coercions: NodeTable<Coercion>
  /// `Display` or `Debug` of an `interpolated`, of the arguments of `print`, and of `assert_eq`.
  package internal(set) var texts: NodeTable<Evidence>
  /// The function that a `function` node declares.
  package internal(set) var functions: NodeTable<FunctionID>
  /// The signature of a `function` node that is a value.
  package internal(set) var closures: NodeTable<FuseType.FunctionType>
  /// Owners with `Close` that some path leaves open, by declaration.
  ///
  /// They are closed at the end of their block unless they were moved. The flow checks fill it.
  package internal(set) var closedOwners: [Int32: Evidence] = [:]
  /// Expressions that move an owner of `closedOwners` away: its declaration.
  ///
  /// An owner that none of them names is closed wherever its block is left; one that some name, only
  /// if it was not moved before.
  package internal(set) var ownerMoves: [NodeID: Int32] = [:]
  /// What is wrong with the types and the flow of the module.
  package internal(set) var diagnostics: [Diagnostic] = []

  /// The other modules of which nodes are named here, as those of defaults.
  var nodesOf: Set<Int> = []
  /// The other modules whose bodies say what is kept of what is lent here.
  var lendsTo: Set<Int> = []

  init(nodeCount: Int, declarationCount: Int) {
    nodeTypes = [TypeID](repeating: TypeStore.none, count: nodeCount)
    declarationTypes = [TypeID](repeating: TypeStore.none, count: declarationCount)
    constants = NodeTable(nodeCount: nodeCount)
    uses = NodeTable(nodeCount: nodeCount)
    calls = NodeTable(nodeCount: nodeCount)
    operations = NodeTable(nodeCount: nodeCount)
    iterations = NodeTable(nodeCount: nodeCount)
    coercions = NodeTable(nodeCount: nodeCount)
    texts = NodeTable(nodeCount: nodeCount)
    functions = NodeTable(nodeCount: nodeCount)
    closures = NodeTable(nodeCount: nodeCount)
  }

  /// The type of a node.
  @inlinable
  package subscript(_ node: NodeID) -> TypeID { nodeTypes[Int(node.rawValue)] }
}
