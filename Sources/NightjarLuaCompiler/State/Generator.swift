// The compiler's state and its conventions. The tree is walked once, in source order; every
// function of the walk is a method of `Generator`, one file for each subject.
//
// Registers. Active variables take the lowest registers in order of declaration; temporaries are
// stacked above them, `freeRegister` is the first unused one. Three ways to compile an expression:
//
//   operand(n)            a literal, a variable's own register, or a new temporary
//   evaluate(n, into: r)  the value goes to `r`, which is a variable or the first free register;
//                         `freeRegister` is as before
//   branch(n, when: …)    no value: a jump if the value is true (or false)
//
// Lines. An instruction's line is that of the last token the reference's one-pass compiler would
// have read when it wrote that instruction: debuggers, error messages and hooks show it. Hence the
// parameter `at`: the token to which an instruction is put down. It also says what "near" an error is.
//
// Stack. Chains that grow to the left (`a + b + c`, `a.b.c`, `a and b and c`) are walked in loops
// over `spine`; all other recursion is as deep as the parser's nesting limit allows.

internal import NightjarBase
internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

/// Compiles one tree.
struct Generator: ~Copyable {
  let tree: TreeReader
  let chunkName: [UInt8]
  /// What the chunk's dialect says.
  let rules: DialectRules

  var strings: StringPool
  /// The function being compiled.
  var function = FunctionState()
  /// The functions around it, outermost first.
  var outer: [FunctionState] = []
  /// The active variables of all functions, and those just declared.
  var variables: [Variable] = []
  /// The active declarations of all globals (`global *`), innermost last; see `declareGlobal`.
  var collectives: [VariableIndex] = []
  /// How many global variables are declared by name.
  var declaredGlobalCount = 0
  /// For each symbol the innermost active variable of that name, or -1.
  var bindings: [Int32]
  var blocks: [Block] = []
  /// The blocks whose statements are being compiled, with their nodes, innermost last.
  var openBlocks: [(block: Int, node: NodeID)] = []
  /// The labels that can be seen, of all functions.
  var labels: [Label] = []
  /// For each name the innermost of these labels.
  var labelNumbers = NameTable<Int?>(absent: nil)
  /// The gotos and breaks whose target is still to come, and those of open functions that have landed.
  var gotos: [PendingGoto] = []
  /// For each name the gotos that have not landed, in order.
  var gotoNumbers = NameTable<[Int]>(absent: [])
  /// Nodes of chains on the way down, see above.
  var spine: [NodeID] = []
  /// What is wrong with the chunk.
  var problems: [ScopeProblem] = []

  init(tree: SyntaxTree, chunkName: [UInt8]) {
    let reader = TreeReader(tree)
    self.tree = reader
    self.chunkName = chunkName
    rules = tree.dialect.rules
    strings = StringPool(tree: reader)
    bindings = Array(repeating: -1, count: tree.symbolCount)
  }

  /// The number of the function being compiled: 0 for the main chunk, 1 for functions in it.
  var depth: Int { outer.count }
}

/// A mistake of names or scopes, and the token the reference has just read when it notices.
struct ScopeProblem {
  var diagnostic: Diagnostic
  var noticedAt: TokenID
  /// Whether the reference looks for syntax errors at that token before it notices.
  var isAfterSyntax = false
}
