// Declarations with parts of their own: functions, structs, traits, implementations.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension Resolver {
  /// Resolves the parts of a declaration; false if the node is none.
  mutating func declaration(_ id: NodeID) -> Bool {
    let node = tree[id]
    switch node.kind {
    case .function:
      if !tree.function(id).name.isPresent { return false }
      function(id)
    case .structDeclaration, .unionDeclaration, .enumDeclaration, .traitDeclaration,
      .implementation, .typeDeclaration:
      typeDeclaration(id)
    case .declareModule: declaredModule(id)
    case .declareGlobal, .externBlock:
      for member in tree.nodes(tree.rhsList(id)) { self.member(member) }
    // Macros see syntax and have words of their own; their stage resolves them.
    case .macroDeclaration: break
    default: return false
    }
    return true
  }

  // MARK: Functions

  /// Resolves a function: what is inside its parentheses, its result and its body.
  mutating func function(_ id: NodeID) {
    let parts = tree.function(id)
    let outerFunction = function
    let outerPlace = place
    let qualifiers = parts.qualifiers
    let mark = openScope()
    function = Int32(truncatingIfNeeded: names.functions.count)
    names.functions.append(FunctionScope(node: id, parent: outerFunction))
    place = Place()
    place.isFunction = true
    place.isAsync = qualifiers.contains(.isAsync)
    place.isGenerator = qualifiers.contains(.isGenerator)
    place.hasSelfType = outerPlace.hasSelfType
    typeParameters(parts.typeParameters)
    let first = names.declarations.count
    for parameter in tree.nodes(parts.parameters) { self.parameter(parameter, from: first) }
    type(parts.result)
    block(parts.body)
    closeScope(mark)
    place = outerPlace
    function = outerFunction
  }

  private mutating func parameter(_ id: NodeID, from first: Int) {
    guard tree[id].kind == .parameter else { return }
    type(tree.lhs(id))
    expression(tree.rhs(id))
    let form = tree.parameterForm(id)
    var flags: Declaration.Flags = []
    if form.contains(.isMutable) { flags.insert(.isMutable) }
    let symbol = tree.symbol(of: id)
    if let other = lookUp(symbol, .value), Int(other) >= first {
      let name = spelling(symbol)
      report(.Fuse.declaredTwice(name, span: span(id), first: span(ofDeclaration: other)))
    }
    let kind: DeclarationKind = form.contains(.isSelf) ? .selfParameter : .parameter
    bind(declare(kind, id, symbol, flags: flags), in: .value)
  }

  /// Declares type parameters; those without default stand first.
  mutating func typeParameters(_ list: NodeList) {
    var hasDefault = false
    for parameter in tree.nodes(list) where tree[parameter].kind == .typeParameter {
      let symbol = tree.symbol(of: parameter)
      bind(declare(.typeParameter, parameter, symbol), in: .type)
    }
    for parameter in tree.nodes(list) where tree[parameter].kind == .typeParameter {
      type(tree.lhs(parameter))
      type(tree.rhs(parameter))
      if tree.rhs(parameter).isPresent {
        hasDefault = true
      } else if hasDefault {
        report(.Fuse.defaultsLast(span: span(parameter)))
      }
    }
  }

  // MARK: Types

  private mutating func typeDeclaration(_ id: NodeID) {
    let mark = openScope()
    let outer = place.hasSelfType
    place.hasSelfType = tree[id].kind != .typeDeclaration
    typeParameters(tree.typeParameters(id))
    switch tree[id].kind {
    case .typeDeclaration: type(tree.rhs(id))
    case .traitDeclaration:
      type(tree.supertraits(id))
      members(id)
    case .implementation:
      let (trait, subject) = tree.implementationParts(id)
      type(trait)
      type(subject)
      members(id)
    default: members(id)
    }
    place.hasSelfType = outer
    closeScope(mark)
  }

  /// Resolves the members of a type, which have different names.
  private mutating func members(_ id: NodeID) {
    var firsts: [UInt32: NodeID] = [:]
    for member in tree.nodes(tree.rhsList(id)) {
      if tree[member].kind == .missing { continue }
      let symbol = memberSymbol(member)
      if let first = firsts[symbol] {
        let type = tree[id].kind == .implementation ? "impl" : spelling(tree.symbol(of: id))
        report(
          .Fuse.memberTwice(
            spelling(symbol),
            in: type,
            span: nameSpan(member),
            first: nameSpan(first)
          )
        )
      }
      firsts[symbol] = member
      self.member(member)
    }
  }

  private func memberSymbol(_ id: NodeID) -> UInt32 {
    tree[id].kind == .function
      ? tree.symbol(of: tree.function(id).name) : tree.symbol(of: id)
  }

  private mutating func member(_ id: NodeID) {
    switch tree[id].kind {
    case .function: function(id)
    case .field:
      type(tree.lhs(id))
      expression(tree.rhs(id))
    case .const, .static:
      type(tree.lhs(id))
      expression(tree.rhs(id))
    case .enumVariant: expression(tree.lhs(id))
    case .unionVariant: typeItems(tree.lhsList(id))
    case .declaredVariable: type(tree.lhs(id))
    default: _ = declaration(id)
    }
  }

  /// Resolves a declared module, whose members see one another.
  private mutating func declaredModule(_ id: NodeID) {
    let mark = openScope()
    for member in tree.nodes(tree.rhsList(id)) {
      guard let index = names.declaration(of: member), let (_, space, _) = item(member) else {
        continue
      }
      bind(index, in: space)
    }
    for member in tree.nodes(tree.rhsList(id)) {
      if let index = names.declaration(of: member) {
        names.declarations[Int(index)].flags.insert(.isExported)
      }
      self.member(member)
    }
    closeScope(mark)
  }
}
