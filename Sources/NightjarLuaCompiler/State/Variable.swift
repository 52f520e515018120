// What the generator keeps of variables, blocks, labels and gotos while they are in sight.

internal import NightjarDiagnostics
internal import NightjarLuaSyntax

/// A local variable in scope.
struct Variable {
  /// How a variable may be used.
  enum Kind: UInt8 {
    case regular, const, toBeClosed
    /// `<const>` with a literal: the literal takes the variable's place, there is no register.
    case compileTime
    /// A global variable declared by name (5.5); it has no register.
    case global, constGlobal
    /// All global variables (`global *`).
    case allGlobals, allConstGlobals

    /// Whether it is a declaration of global variables.
    var isGlobal: Bool { rawValue >= Kind.global.rawValue }
    /// Whether it declares global variables without naming them.
    var isCollective: Bool { rawValue >= Kind.allGlobals.rawValue }
  }

  var name: StringID
  var kind: Kind = .regular
  /// The name's token in the declaration; `none` for hidden variables.
  var token = TokenID.none
  /// The depth of its function, as in `Generator.depth`.
  var depth = 0
  var register: Register = 0
  /// The literal of a compile-time constant.
  var literal = Operand.nil
  /// Its entry in `FunctionState.locals`, or -1.
  var range = -1
  /// The variable of the same name that it hides, or -1.
  var hidden: Int32 = -1
}

/// A block being compiled.
struct Block {
  var isLoop: Bool
  /// `Generator.variables.count` outside the block.
  var firstVariable: VariableIndex
  /// The first register of the block's variables.
  var firstRegister: Register
  var firstLabel: Int
  var firstGoto: Int
  var firstInstruction: Int
  /// Whether the block has a captured or to-be-closed variable, so that leaving it takes a `close`.
  var needsClose = false
  /// Whether it stands in the scope of a to-be-closed variable of the same function.
  var isInsideToBeClosed: Bool
}

/// A label that can be seen.
struct Label {
  var name: StringID
  var token: TokenID
  var line: Int
  var place: Int
  /// `Generator.variables.count` at the label; outside the block if it ends the block.
  var variableCount: VariableIndex
  /// The first register free at the label, by the same count.
  var register: Register
  /// The label of the same name that it hides, of a function around.
  var hidden: Int?
}

/// A `goto` or `break` whose target is still to come.
struct PendingGoto {
  /// The label's name; -1 for `break`.
  var name: StringID
  var token: TokenID
  var line: Int
  var jumps: JumpList
  var variableCount: VariableIndex
  var register: Register
  /// Whether it leaves the scope of a variable that must be closed.
  var needsClose = false
  /// Whether it has found its target.
  var hasLanded = false
}
