// Phase 8 of the compiler: what happens on the ways through a module. One walk over its tree, in the
// order in which it runs, looks at everything at once:
//
//   +Blocks +Loops +Functions   which code is reached, and what ends without a value
//   +Expressions +Calls         what is read, given away, called
//   +Variables                  whether a variable has a value
//   +Places                     what may be changed, through which name
//   +Owners, Lending            who owns a value, and who only has it lent
//   Patterns/                   whether patterns cover everything
//
// A loop is walked once: what its body may leave behind is what the body says at its end, and the only
// things that could go wrong the second time are a move and a first assignment, which are looked for
// there.
//
// SOURCE: Fuse reference, sections 5.1, 5.7, 5.9, 5.26 and 5.27.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// Checks the flow of one module.
struct FlowChecker {
  let tree: FuseTree
  let names: ModuleNames
  let program: CheckedProgram
  let checked: CheckedModule
  let module: Int32

  var diagnostics: [Diagnostic] = []
  var state = FlowState()

  // MARK: Variables that are followed

  /// For each declaration its slot plus 1, or 0.
  var slotOf: [Int32]
  /// The declarations of the slots in use.
  var slots: [Slot] = []
  /// The first slot of the function being walked.
  var functionFloor = 0
  /// The first slot that a named function around the point may ask for: it runs some other time, so
  /// what is known of variables outside it says nothing.
  var namedFloor = 0
  /// How many of them were declared without a value.
  var unassignedCount = 0
  /// The functions by node, made when first asked for.
  var scopes: [NodeID: Int32] = [:]
  /// For each declaration, whether its `mut` has been needed.
  var neededMut: [Bool]

  // MARK: Places of the walk

  var loops: [Loop] = []
  /// The function being walked; none for the module.
  var functionNode = NodeID.none
  /// What its result is to be.
  var resultType = TypeStore.unit
  /// What ended the way last: for the message about code behind it.
  var lastEnd = NodeID.none
  /// The spine of the chain being walked: see `+Expressions`.
  var spine: [Step] = []

  // MARK: Patterns

  var space = PatternSpace()
  /// The family of each type, or -1.
  var families: [Int32] = []
  /// Whether a pattern being read is in error: then nothing is said of what it covers.
  var hasBrokenPattern = false

  // MARK: Owners

  /// For each type: 0 not looked at, 1 without owners, 2 with.
  var ownership: [UInt8] = []
  var closedOwners: [Int32: Evidence] = [:]
  var ownerMoves: [NodeID: Int32] = [:]
  var lending: Lending
  /// Captures that have been told.
  var reportedCaptures: Set<Int32> = []
  /// The implementations of `Close`, looked for when they are first asked for.
  var closers: [NominalID: ImplementationID]?
  var closeTrait: TraitID?
  /// Slots of owners that are to be closed, in use.
  var closableCount = 0

  /// A variable that is followed.
  struct Slot {
    var declaration: Int32
    /// Its value is to be closed when its block ends, with this evidence.
    var close: Evidence?
    /// Whether it owns its value.
    var isOwner: Bool
    /// Whether a mistake with it has been told: more would come from the same cause.
    var isTold = false
    /// Where it was moved or assigned last, for messages.
    var lastMove = NodeID.none
    var lastAssignment = NodeID.none
  }

  /// A loop around the point.
  struct Loop {
    /// What is known where the loop ends.
    var exit = FlowState.unreached
    /// What is known where a round ends.
    var next = FlowState.unreached
    /// The first slot inside.
    var slotCount: Int
    /// The first `continue` in it.
    var firstContinue = NodeID.none
  }

  /// A step of a chain, and what becomes of its value.
  struct Step {
    var node: NodeID
    var sink: Sink
  }

  /// What becomes of the value of an expression.
  enum Sink: UInt8 {
    /// It is looked at, or lent.
    case read
    /// It goes somewhere: an owner is moved.
    case move
    /// It goes where an owner must arrive.
    case own
  }

  init(_ program: CheckedProgram, module: Int) {
    self.program = program
    self.module = Int32(truncatingIfNeeded: module)
    tree = program.program.modules[module].tree
    names = program.program.modules[module].names
    checked = program.modules[module]
    slotOf = [Int32](repeating: 0, count: names.declarations.count)
    neededMut = [Bool](repeating: false, count: names.declarations.count)
    lending = Lending(program)
    families = [Int32](repeating: -1, count: program.types.count)
    ownership = [UInt8](repeating: 0, count: program.types.count)
  }

  /// Looks at the module.
  mutating func check() {
    statements(tree.statements(tree.root))
    leaveBlock(to: 0)
    reportNeedlessMut()
    reportNeedlessOwn()
    diagnostics = diagnostics.enumerated()
      .sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
      .map(\.element)
  }

  // MARK: Reading the tables

  /// The type of a node; `never` for one that is in error.
  func type(of id: NodeID) -> TypeID {
    let type = checked.nodeTypes[Int(id.rawValue)]
    return type.rawValue < 0 ? TypeStore.never : type
  }

  /// The type of a declaration of the module.
  func type(ofDeclaration index: Int32) -> TypeID {
    let type = checked.declarationTypes[Int(index)]
    return type.rawValue < 0 ? TypeStore.never : type
  }

  /// The span of a node's main token.
  func span(_ id: NodeID) -> Span { tree[tree[id].mainToken].span }

  /// Where a declaration has its name.
  func span(ofDeclaration index: Int32) -> Span {
    let node = names.declarations[Int(index)].node
    switch tree[node].kind {
    case .function: return tree[tree.function(node).name].span
    case .importDeclaration: return tree[TokenID(tree[node].lhs)].span
    case .scopeBlock: return tree[TokenID(tree[node].lhs)].span
    case .binding where tree.isMutable(node): return tree[tree[node].lastToken].span
    default: return span(node)
    }
  }

  func name(ofDeclaration index: Int32) -> String {
    String(
      decoding: tree.name(ofSymbol: names.declarations[Int(index)].symbol),
      as: UTF8.self
    )
  }

  /// The text of a node as it stands in the source.
  func text(of id: NodeID) -> String {
    String(decoding: tree.source[tree.span(of: id).range], as: UTF8.self)
  }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }
}

extension CheckedProgram {
  /// Checks the flow of a module (phase 8) when the types of all modules are known.
  ///
  /// - Returns: What is wrong.
  mutating func checkFlow(_ module: Int) -> [Diagnostic] {
    let found = flow(of: module)
    modules[module].closedOwners = found.closedOwners
    modules[module].ownerMoves = found.ownerMoves
    modules[module].lendsTo = found.lendsTo
    return found.diagnostics
  }

  /// What the flow of a module says.
  private struct FlowFindings {
    var diagnostics: [Diagnostic]
    var closedOwners: [Int32: Evidence]
    var ownerMoves: [NodeID: Int32]
    var lendsTo: Set<Int>
  }

  /// What the flow of a module says; apart, so that the tables are not shared when they are changed.
  private func flow(of module: Int) -> FlowFindings {
    var checker = FlowChecker(self, module: module)
    checker.check()
    return FlowFindings(
      diagnostics: checker.diagnostics,
      closedOwners: checker.closedOwners,
      ownerMoves: checker.ownerMoves,
      lendsTo: checker.lending.modules
    )
  }
}
