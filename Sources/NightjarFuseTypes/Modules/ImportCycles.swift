// Modules that need one another while they are loaded. An import all of whose uses are types emits
// nothing and makes no edge.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// An import of values: the module it needs, and where it stands.
struct ImportEdge {
  var target: Int
  var node: NodeID
}

/// The imports of values between the modules of a program.
struct ImportCycles {
  /// By module.
  let edges: [[ImportEdge]]
  let paths: [String]

  /// The imports of a module.
  static func edges(of resolver: Resolver, in context: ProgramContext) -> [ImportEdge] {
    resolver.valueImports().compactMap { node, link in
      // Code of the target is loaded by itself.
      guard case .interface(let index) = link, !context.interfaces[Int(index)].isLua else {
        return nil
      }
      return ImportEdge(target: Int(context.interfaces[Int(index)].module), node: node)
    }
  }

  /// Finds each cycle once: the import that closes it, and the modules on the way.
  func find() -> [(module: Int, node: NodeID, chain: [String])] {
    var found: [(module: Int, node: NodeID, chain: [String])] = []
    var state = [UInt8](repeating: 0, count: edges.count)
    for start in edges.indices where state[start] == 0 {
      // A walk with a stack of its own: chains of imports may be long.
      var path: [(module: Int, next: Int)] = [(start, 0)]
      state[start] = 1
      while let (module, next) = path.last {
        if next == edges[module].count {
          state[module] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let edge = edges[module][next]
        if state[edge.target] == 0 {
          state[edge.target] = 1
          path.append((edge.target, 0))
        } else if state[edge.target] == 1 {
          let from = path.firstIndex { $0.module == edge.target } ?? 0
          let chain = path[from...].map { paths[$0.module] } + [paths[edge.target]]
          found.append((module, edge.node, chain))
        }
      }
    }
    return found
  }
}
