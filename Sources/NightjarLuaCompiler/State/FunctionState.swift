// One function while it is compiled. Functions nest, so the generator keeps the current one apart
// and those around it on a stack.

internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

/// A function under construction.
struct FunctionState {
  // What becomes the prototype.
  var code: [Word] = []
  var lines: [Int32] = []
  var constants = ConstantTable()
  var upvalues: [Upvalue] = []
  var functions: [FunctionPrototype] = []
  var locals: [LocalRange] = []
  var parameterCount = 0
  var isVararg = false
  /// The register of the table of variable arguments, if it has a name.
  var varargRegister: Register?
  /// Whether only elements of that table are read, so that none is made.
  var readsVarargElements = false
  /// The most registers in use at once; two at least, as calls of metamethods count on it.
  var registerCount = 2
  var lineDefined: Int32 = 0
  var lastLineDefined: Int32 = 0

  // Where it stands.
  /// The registers that hold active variables.
  var activeRegisterCount = 0
  /// The first register that holds nothing.
  var freeRegister = 0
  /// The last place a jump leads to; instructions before it must not be changed any more.
  var lastTarget: ProgramCounter = 0
  /// The returns and tail calls so far, in order.
  var returns: [ProgramCounter] = []
  /// The first of its entries on the generator's stacks.
  var firstVariable = 0
  /// How many of its variables are declarations of globals.
  var globalCount = 0
  var firstBlock = 0
  var firstLabel = 0
  /// The token `function`, for messages; `none` in the main chunk.
  var token = TokenID.none
  /// Whether its `end` is there; a main chunk has none.
  var isEnded = false
  /// Whether a limit has been reported; one report a function is enough.
  var hasReportedLimit = false
}

/// An upvalue of a function under construction.
struct Upvalue {
  /// The variable it stands for.
  var variable: VariableIndex
  var name: StringID
  var isLocalOfParent: Bool
  var index: Int
}

/// A local variable's stretch of code.
struct LocalRange {
  var name: StringID
  var start: Int32
  var end: Int32
}
