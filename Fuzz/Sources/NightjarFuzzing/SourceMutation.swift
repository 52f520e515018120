// Changes to Lua text that keep it Lua text: pieces of the syntax tree are replaced by pieces of the
// same sort, from the same program, from another one or from a list of troublemakers. Changing bytes
// breaks the grammar nearly always, so a fuzzer without this mostly tests the parser.

internal import NightjarBase
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

/// Ways to change an input for a fuzzer; each is a function of its arguments alone.
package enum Mutation {
  /// A program with one to four pieces changed.
  ///
  /// - Returns: nil when the text does not parse or the result would be too long.
  package static func mutated(
    source: [UInt8],
    donor: [UInt8]? = nil,
    seed: UInt64,
    byteCountMax: Int
  ) -> [UInt8]? {
    var random = Xoshiro256(seed, 0)
    var text = source
    for _ in 0...random.next() % 4 {
      guard let changed = changedOnce(text, donor: donor, &random), changed.count <= byteCountMax
      else { break }
      text = changed
    }
    return text == source ? nil : text
  }

  private static func changedOnce(
    _ text: [UInt8],
    donor: [UInt8]?,
    _ random: inout Xoshiro256
  ) -> [UInt8]? {
    let tree = LuaSyntax.parse(text)
    guard tree.diagnostics.isEmpty else { return nil }
    let pieces = Pieces(tree)
    let wantsStatement = pieces.expressions.isEmpty || random.next() % 3 == 0
    let places = wantsStatement ? pieces.statements : pieces.expressions
    guard let place = random.element(of: places) else { return nil }
    var given = text
    var sources = places
    if let donor, random.next() % 2 == 0 {
      let other = LuaSyntax.parse(donor)
      if other.diagnostics.isEmpty {
        given = donor
        sources = wantsStatement ? Pieces(other).statements : Pieces(other).expressions
      }
    }
    let piece = random.element(of: sources).map { Array(given[$0]) } ?? []
    let replacement: [UInt8]
    if wantsStatement {
      switch random.next() % 4 {
      case 0: replacement = []
      case 1: replacement = Array(text[place]) + [0x0A] + piece
      case 2:
        let wrapper = random.element(of: Troublemakers.wrappers) ?? ("", "")
        replacement = Array(wrapper.0.utf8) + Array(text[place]) + Array(wrapper.1.utf8)
      default: replacement = piece
      }
    } else {
      switch random.next() % 3 {
      case 0: replacement = Array((random.element(of: Troublemakers.expressions) ?? "nil").utf8)
      default: replacement = piece
      }
    }
    // Statements and words must not grow together.
    return text[..<place.lowerBound] + [0x20] + replacement + [0x20] + text[place.upperBound...]
  }
}

/// Where the replaceable pieces of a text stand.
private struct Pieces {
  var expressions: [Range<Int>] = []
  var statements: [Range<Int>] = []

  init(_ tree: SyntaxTree) {
    // Children stand before parents, so a node's first byte is known when its parent asks.
    var starts = [Int](repeating: 0, count: tree.nodes.count)
    for index in tree.nodes.indices.dropFirst() {
      let node = tree.nodes[index]
      let start = Self.start(of: NodeID(Int32(index)), in: tree, starts)
      starts[index] = start
      let range = start..<max(start, Int(tree[node.lastToken].end))
      switch node.kind {
      case .missing, .namedItem, .keyedItem, .block, .clause, .function: continue
      case .local, .assignment, .callStatement, .doBlock, .whileLoop, .repeatLoop, .ifStatement,
        .numericFor, .genericFor, .functionStatement, .methodStatement, .localFunction:
        statements.append(range)
      case .returnStatement, .breakStatement, .gotoStatement, .label: continue
      default: expressions.append(range)
      }
    }
  }

  private static func start(
    of index: NodeID,
    in tree: SyntaxTree,
    _ starts: [Int]
  ) -> Int {
    let node = tree[index]
    let main = Int(tree[node.mainToken].start)
    switch node.kind {
    case .index, .field, .call, .methodCall: return starts[Int(node.lhs)]
    case .callStatement: return starts[Int(node.lhs)]
    case .assignment: return starts[Int(tree.node(tree.targets(index), 0).rawValue)]
    case let kind where kind.isBinary: return starts[Int(node.lhs)]
    default: return main
    }
  }
}

extension Xoshiro256 {
  /// An element of an array, every one equally likely; nil for an empty one.
  mutating func element<Element>(of array: [Element]) -> Element? {
    array.isEmpty ? nil : array[Int(next() % UInt64(array.count))]
  }
}
