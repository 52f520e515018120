// Calls that come too early. An item is visible in its whole block, so a function can be called
// above a variable that it captures; it must not be.
//
//   start()                 F0210: `start` needs `log`
//   let log = open("log")
//   fn start() log.write("started") end

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// A use of a function or static.
struct OrderedUse: Sendable {
  var declaration: Int32
  /// The function in which it stands.
  var function: Int32
  var node: NodeID
}

/// Looks for uses of variables and statics that have no value yet.
struct InitializationOrder {
  private let tree: FuseTree
  private let names: ModuleNames
  private let uses: [OrderedUse]
  /// For each function, the functions and statics used in it and in functions inside it.
  private var usedIn: [[Int32]]
  /// The function of each function's declaration.
  private var scopeOf: [Int32: Int32] = [:]
  /// The last token of the statement that gives a variable its value, by declaration.
  private var initialized: [Int32: Int32] = [:]
  private var reached: [Int32: [Int32]] = [:]
  /// The last token of all that give values: uses behind it are not early.
  private var lastInitialization: Int32 = 0

  init(_ resolver: Resolver) {
    tree = resolver.tree
    names = resolver.names
    uses = resolver.uses
    usedIn = [[Int32]](repeating: [], count: names.functions.count)
    for (index, function) in names.functions.enumerated() where index > 0 {
      if let declaration = names.declaration(of: function.node) {
        scopeOf[declaration] = Int32(truncatingIfNeeded: index)
      }
    }
    for use in uses {
      var function = use.function
      while function > 0 {
        usedIn[Int(function)].append(use.declaration)
        function = names.functions[Int(function)].parent
      }
    }
    for (index, node) in tree.nodes.enumerated() where node.kind == .let {
      note(tree.lhs(NodeID(Int32(truncatingIfNeeded: index))), node.lastToken.rawValue)
      lastInitialization = max(lastInitialization, node.lastToken.rawValue)
    }
    for node in tree.nodes where node.kind == .static {
      lastInitialization = max(lastInitialization, node.lastToken.rawValue)
    }
  }

  /// Notes where the variables of a pattern get their values.
  private mutating func note(_ pattern: NodeID, _ token: Int32) {
    if let declaration = names.declaration(of: pattern) { initialized[declaration] = token }
    var children: [NodeID] = []
    tree.forEachChild(of: pattern) { children.append($0) }
    for child in children { note(child, token) }
  }

  /// Reports the uses that come too early.
  ///
  /// Only a function of the same function can reach variables of it.
  mutating func report(to names: inout ModuleNames) {
    for use in uses {
      let declaration = names.declarations[Int(use.declaration)]
      let position = tree[use.node].mainToken.rawValue
      if declaration.kind == .static {
        let end = tree[declaration.node].lastToken.rawValue
        if use.function == declaration.function, position <= end {
          names.diagnostics.append(diagnostic(use.declaration, nil, use))
        }
      } else if declaration.function == use.function, position <= lastInitialization,
        let early = reach(use.declaration).first(where: { isEarly($0, use, position) })
      {
        names.diagnostics.append(diagnostic(early, use.declaration, use))
      }
    }
  }

  private func isEarly(_ index: Int32, _ use: OrderedUse, _ position: Int32) -> Bool {
    let declaration = names.declarations[Int(index)]
    if declaration.function != use.function { return false }
    if declaration.flags.contains(.isUninitialized) { return false }
    if declaration.kind == .static {
      return position <= tree[declaration.node].lastToken.rawValue
    }
    return initialized[index].map { position <= $0 } ?? false
  }

  private func diagnostic(_ index: Int32, _ function: Int32?, _ use: OrderedUse) -> Diagnostic {
    func name(_ index: Int32) -> String {
      let symbol = names.declarations[Int(index)].symbol
      return String(decoding: tree.name(ofSymbol: symbol), as: UTF8.self)
    }
    let node = names.declarations[Int(index)].node
    return .Fuse.usedBeforeInitialization(
      name(index),
      function: function.map(name),
      span: tree[tree[use.node].mainToken].span,
      declaration: tree[tree[node].mainToken].span
    )
  }

  /// The variables and statics that a function needs, itself or through others.
  private mutating func reach(_ declaration: Int32) -> [Int32] {
    if let known = reached[declaration] { return known }
    var found: [Int32] = []
    var seen: Set<Int32> = [declaration]
    var pending = [declaration]
    while let next = pending.popLast() {
      guard let scope = scopeOf[next] else { continue }
      found += names.functions[Int(scope)].captures
      for used in usedIn[Int(scope)] where seen.insert(used).inserted {
        if names.declarations[Int(used)].kind == .static { found.append(used) }
        pending.append(used)
      }
    }
    reached[declaration] = found
    return found
  }
}
