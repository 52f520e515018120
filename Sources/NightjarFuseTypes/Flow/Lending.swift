// Which parameters keep what they are given. A parameter keeps its value if the body stores it, gives
// it back, lets a closure have it, or passes it to a parameter that keeps it. One look at a body says
// what it does itself and where it passes each parameter on; the question whether something is kept
// follows these passes from function to function.
//
// The look is a loop over the nodes of the function, children before parents: for each node the set
// of parameters that its value may carry, one bit each. Variables carry what they are ever given, so
// the loop is repeated until nothing changes.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// Answers what functions do with what they are lent, each body looked at once.
struct Lending {
  /// Where something is kept.
  struct Keep {
    var module: Int32
    var site: NodeID
    var reason: String
  }

  /// What the body of a function does with its parameters.
  struct Summary {
    /// For each parameter the first place where the function itself keeps it.
    var keeps: [Keep?] = []
    /// Where parameters are passed on.
    var passes: [Pass] = []
  }

  /// A parameter that is passed on.
  struct Pass: Hashable {
    var parameter: Int
    var callee: FunctionID
    var place: Int
    var site: NodeID
  }

  private struct Question: Hashable {
    var function: FunctionID
    var parameter: Int
  }

  let program: CheckedProgram
  private var summaries: [FunctionID: Summary] = [:]
  /// The modules whose bodies were looked at.
  private(set) var modules: Set<Int> = []

  init(_ program: CheckedProgram) { self.program = program }

  /// Where a parameter is kept, if anywhere; `#[lend]` on it is believed, or not.
  mutating func keep(_ function: FunctionID, _ parameter: Int, ignoresPromise: Bool = false)
    -> Keep?
  {
    var seen: Set<Question> = []
    var pending = [(Question(function: function, parameter: parameter), Keep?.none)]
    while let (question, first) = pending.popLast() {
      if !seen.insert(question).inserted { continue }
      let declaration = program.functions[Int(question.function.rawValue)]
      if question.parameter >= declaration.parameters.count { continue }
      let isFirst = seen.count == 1
      if !(isFirst && ignoresPromise), promises(declaration, question.parameter) { continue }
      if !hasBody(declaration) {
        if givesBack(declaration, question.parameter) { continue }
        return first
          ?? Keep(module: -1, site: .none, reason: "nothing is known of what it does with it")
      }
      let summary = summary(of: question.function)
      if let keep = summary.keeps[question.parameter] { return first ?? keep }
      for pass in summary.passes where pass.parameter == question.parameter {
        let keep =
          first
          ?? Keep(module: declaration.module, site: pass.site, reason: "passed on, and kept there")
        pending.append((Question(function: pass.callee, parameter: pass.place), keep))
      }
    }
    return nil
  }

  private func hasBody(_ function: FunctionDeclaration) -> Bool {
    let tree = program.program.modules[Int(function.module)].tree
    guard function.node.isPresent, tree[function.node].kind == .function else { return false }
    return tree.function(function.node).body.isPresent
  }

  /// Whether a parameter of a function without body is not kept: `self`, and the compiler's own.
  private func givesBack(_ function: FunctionDeclaration, _ place: Int) -> Bool {
    function.parameters[place].isSelf
      || (function.module == 0 && function.owner == .declaredModule)
  }

  private func promises(_ function: FunctionDeclaration, _ place: Int) -> Bool {
    let tree = program.program.modules[Int(function.module)].tree
    let node = function.parameters[place].node
    return node.isPresent && tree[node].kind == .parameter && Self.isLend(node, tree)
  }

  /// Whether `#[lend]` stands before a parameter.
  static func isLend(_ parameter: NodeID, _ tree: FuseTree) -> Bool {
    if !tree[parameter].flags.contains(.hasAttributes) { return false }
    return tree.nodes(tree.attributes(of: parameter)).contains { attribute in
      tree.name(of: tree[attribute].mainToken) == "lend"
    }
  }

  private mutating func summary(of function: FunctionID) -> Summary {
    if let known = summaries[function] { return known }
    modules.insert(Int(program.functions[Int(function.rawValue)].module))
    var reader = LendingReader(program, function)
    let summary = reader.read()
    summaries[function] = summary
    return summary
  }
}
