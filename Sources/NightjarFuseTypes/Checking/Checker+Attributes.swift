// Attributes: which there are, where they may stand, and what they say to the checker.
//
// SOURCE: Fuse reference, section 5.28.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Checker {
  /// Looks at all attributes of the program.
  mutating func readAttributes() {
    for index in program.modules.indices {
      enter(Int32(truncatingIfNeeded: index))
      for entry in tree.attributed {
        for attribute in tree.nodes(tree.list(entry.list)) { readAttribute(attribute, entry.node) }
      }
    }
  }

  private mutating func readAttribute(_ attribute: NodeID, _ node: NodeID) {
    let name = tree.name(of: tree[attribute].mainToken)
    guard let places = Self.places(of: name) else {
      report(
        .Fuse.unknownAttribute(
          name,
          nearest: Suggestion.nearest(to: name, among: Self.attributes),
          span: span(attribute)
        )
      )
      return
    }
    let place = Self.place(of: tree[node].kind)
    if !places.contains(place) {
      report(
        .Fuse.misplacedAttribute(name, kind: placeName(node), span: span(attribute))
      )
      return
    }
    let items = tree.nodes(tree.rhsList(attribute))
    if !hasGoodArguments(name, items, node) {
      report(.Fuse.attributeArguments(name, span: fullSpan(attribute)))
      return
    }
    obey(name, items, node)
  }

  /// Where an attribute may stand.
  private enum Place: Sendable {
    case function, type, parameter, statement, other
  }

  private static let attributes = [
    "inline", "test", "ignore", "must_use", "deprecated", "derive", "allow", "warn", "deny", "repr",
    "abi", "lend", "jit", "hot", "link_name",
  ]

  private static func places(of name: String) -> [Place]? {
    switch name {
    case "inline": [.function, .parameter]
    case "test", "ignore", "abi", "jit", "hot", "link_name": [.function]
    case "must_use", "deprecated": [.function, .type, .statement, .other]
    case "derive", "repr": [.type]
    case "lend": [.parameter]
    case "allow", "warn", "deny": [.function, .type, .parameter, .statement, .other]
    default: nil
    }
  }

  private static func place(of kind: FuseNodeKind) -> Place {
    switch kind {
    case .function: .function
    case .structDeclaration, .enumDeclaration, .unionDeclaration: .type
    case .parameter: .parameter
    case .let, .const, .static: .statement
    default: .other
    }
  }

  private func placeName(_ node: NodeID) -> String {
    switch tree[node].kind {
    case .function: "a function"
    case .structDeclaration: "a struct"
    case .enumDeclaration: "an enum"
    case .unionDeclaration: "a union"
    case .traitDeclaration: "a trait"
    case .implementation: "an impl"
    case .typeDeclaration: "a type"
    case .parameter: "a parameter"
    case .let: "a variable"
    case .const: "a constant"
    case .static: "a static"
    case .field: "a field"
    default: "this"
    }
  }

  private func hasGoodArguments(_ name: String, _ items: NodeItems, _ node: NodeID) -> Bool {
    let words = items.map { tree.source[fullSpan($0).range] }.map {
      String(decoding: $0, as: UTF8.self)
    }
    let isText = items.count == 1 && tree[items[0]].kind == .string
    switch name {
    case "inline": return items.isEmpty || words == ["never"]
    case "hot", "must_use", "lend": return items.isEmpty
    case "test":
      return items.isEmpty && tree[node].kind == .function
        && tree.function(node).parameters.isEmpty
    case "ignore": return items.isEmpty || isText
    case "deprecated", "link_name": return isText
    case "derive", "allow", "warn", "deny": return !items.isEmpty
    case "repr": return words == ["table"] || words == ["C"]
    case "abi": return words == ["lua"]
    case "jit": return words == ["on"] || words == ["off"]
    default: return true
    }
  }

  /// The first `return`, `?` or `await` of a body, which would leave the function that it stands in.
  private func earlyExit(_ node: NodeID) -> NodeID? {
    switch tree[node].kind {
    case .return, .propagate, .await, .yield, .scopeBlock: return node
    case .function, .missing: return nil
    default: break
    }
    var found: NodeID?
    tree.forEachChild(of: node) { child in
      if found == nil { found = earlyExit(child) }
    }
    return found
  }

  private mutating func obey(_ name: String, _ items: NodeItems, _ node: NodeID) {
    switch name {
    case "inline":
      guard items.isEmpty, let id = out.functions[node] else { break }
      inlined.insert(id)
      if let exit = earlyExit(tree.function(node).body) {
        let name = spelling(functions[Int(id.rawValue)].name)
        report(
          .Fuse.cannotInline(name, reason: "it is left before its end", span: fullSpan(exit))
        )
      }
    case "must_use":
      if let id = out.functions[node] { mustUseFunctions.insert(id) }
      if let nominal = nominal(declaredBy: node) { mustUseTypes.insert(nominal) }
    case "deprecated":
      if let id = out.functions[node] {
        deprecated[id] = String(
          decoding: tree.stringValue(tree[items[0]].mainToken),
          as: UTF8.self
        )
      }
    case "repr":
      if let nominal = nominal(declaredBy: node) {
        nominals[Int(nominal.rawValue)].isPlainTable = true
      }
    default: break
    }
  }

  private func nominal(declaredBy node: NodeID) -> NominalID? {
    guard let declaration = names.declaration(of: node),
      case .nominal(let id) = meanings[Int(module)][Int(declaration)]
    else { return nil }
    return id
  }

  func isMustUse(_ id: NominalID) -> Bool { mustUseTypes.contains(id) }

  func isMustUse(_ target: CallTarget) -> Bool {
    switch target {
    case .function(let id), .foreign(let id), .traitFunction(let id, _), .slot(let id):
      mustUseFunctions.contains(id)
    default: false
    }
  }
}
