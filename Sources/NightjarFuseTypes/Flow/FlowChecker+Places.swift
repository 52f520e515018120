// What may be changed through which name. A place is mutable if its root is: a `mut` variable or
// parameter, `mut self`, `static mut`, a global, the result of a call, and what is `unsafe`.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension FlowChecker {
  /// What a place belongs to.
  enum Root {
    /// Something that may change; a variable of this module, if it is one.
    case mutable(Int32?)
    case immutable(Diagnostic.Fuse.ImmutableRoot)
  }

  /// Finds the root of a place.
  func root(of place: NodeID) -> Root {
    var id = place
    while true {
      switch tree[id].kind {
      case .parenthesized, .cast, .propagate: id = tree.lhs(id)
      case .member, .genericMember, .tupleMember, .index:
        if case .declaration(let other)? = checked.uses[id] { return foreign(other) }
        id = tree.lhs(id)
        if type(of: id) == TypeStore.unsafe, tree[id].kind != .name { return .mutable(nil) }
      case .name, .selfValue: return named(id, names.reference(of: id))
      case .path:
        if case .implementationStatic(let implementation, let node)? = checked.uses[id] {
          return implementationStatic(implementation, node)
        }
        if case .declaration(let other)? = checked.uses[id] { return foreign(other) }
        let segments = tree.segments(id)
        return named(id, names.reference(of: tree.node(segments, segments.count - 1)))
      default: return .mutable(nil)
      }
    }
  }

  private func named(_ id: NodeID, _ reference: NameReference) -> Root {
    switch reference {
    case .own(let index): own(index)
    case .foreign(let other): foreign(other)
    case .none, .variant, .selfType: .mutable(nil)
    }
  }

  private func own(_ index: Int32) -> Root {
    let declaration = names.declarations[Int(index)]
    if declaration.kind == .imported, let value = declaration.target?.meanings.value {
      return foreign(value)
    }
    return isMutable(declaration) || type(ofDeclaration: index) == TypeStore.unsafe
      ? .mutable(index)
      : .immutable(
        Diagnostic.Fuse.ImmutableRoot(
          name: name(ofDeclaration: index),
          declaration: span(ofDeclaration: index),
          canBeMutable: canBeMutable(declaration)
        )
      )
  }

  private func canBeMutable(_ declaration: Declaration) -> Bool {
    switch declaration.kind {
    case .parameter, .selfParameter: true
    // `{ mut x }` is a pattern; in others too `mut` stands before the name.
    case .variable: tree[declaration.node].kind != .scopeBlock
    default: false
    }
  }

  private func isMutable(_ declaration: Declaration) -> Bool {
    switch declaration.kind {
    case .global, .luaModule, .namespace, .imported: true
    default: declaration.flags.contains(.isMutable)
    }
  }

  private func foreign(_ other: DeclarationID) -> Root {
    if other.module == module { return own(other.declaration) }
    let module = program.program.modules[Int(other.module)]
    let declaration = module.names.declarations[Int(other.declaration)]
    let types = program.modules[Int(other.module)].declarationTypes
    if isMutable(declaration) || types[Int(other.declaration)] == TypeStore.unsafe {
      return .mutable(nil)
    }
    if declaration.kind == .declaredVariable, module.tree.isMutable(declaration.node) {
      return .mutable(nil)
    }
    let name = String(
      decoding: module.tree.name(ofSymbol: declaration.symbol),
      as: UTF8.self
    )
    return .immutable(.init(name: name, declaration: nil, canBeMutable: false))
  }

  private func implementationStatic(_ id: ImplementationID, _ node: NodeID) -> Root {
    let module = program.implementations[Int(id.rawValue)].module
    let tree = program.program.modules[Int(module)].tree
    if tree.isMutable(node) { return .mutable(nil) }
    let name = tree.name(of: tree[node].mainToken)
    let span = module == self.module ? tree[tree[node].mainToken].span : nil
    return .immutable(.init(name: name, declaration: span, canBeMutable: false))
  }

  // MARK: Changes

  /// Notes that the `mut` of a place's root is needed.
  mutating func needMut(_ place: NodeID) {
    if case .mutable(let index?) = root(of: place) { neededMut[Int(index)] = true }
  }

  /// Looks at a place of which a part is assigned.
  mutating func changePart(_ place: NodeID) {
    switch root(of: place) {
    case .mutable(let index): if let index { neededMut[Int(index)] = true }
    // What is not there cannot be changed.
    case .immutable where isWrong(place): break
    case .immutable(let root):
      report(
        .Fuse.changeThroughImmutable(
          text(of: place),
          root: root,
          span: tree.span(of: place),
          method: nil
        )
      )
    }
  }

  /// Looks at the receiver of a method that changes it.
  mutating func changeReceiver(_ receiver: NodeID, _ call: NodeID, _ method: String) {
    switch root(of: receiver) {
    case .mutable(let index): if let index { neededMut[Int(index)] = true }
    case .immutable(let root):
      report(
        .Fuse.changeThroughImmutable(
          text(of: receiver),
          root: root,
          span: tree.span(of: receiver),
          method: method
        )
      )
    }
  }

  /// Looks at what a loop takes values from.
  mutating func changeIterated(_ sequence: NodeID) { needMut(sequence) }

  /// Looks at an argument of a `mut` parameter.
  mutating func changeArgument(_ value: NodeID, _ parameter: String) {
    if !isReference(type(of: value)) { return }
    switch root(of: value) {
    case .mutable(let index): if let index { neededMut[Int(index)] = true }
    case .immutable(let root):
      if isOwned(type(of: value)), tree[value].kind == .name { return }
      report(.Fuse.needsMutablePlace(parameter, root: root, span: tree.span(of: value)))
    }
  }

  /// Looks at `let mut b = a`.
  mutating func checkAlias(_ pattern: NodeID, _ value: NodeID) {
    var id = value
    while tree[id].kind == .parenthesized || tree[id].kind == .cast { id = tree.lhs(id) }
    let type = type(of: value)
    guard tree[id].kind == .name || tree[id].kind == .selfValue, isReference(type), !isOwned(type)
    else { return }
    switch root(of: id) {
    case .mutable(let index): if let index { neededMut[Int(index)] = true }
    case .immutable(let root):
      report(
        .Fuse.mutableAlias(
          name(ofBinding: pattern),
          root: root,
          span: tree.span(of: id),
          alias: tree[tree[pattern].lastToken].span
        )
      )
    }
  }

  /// Whether values of a type are references to something that can change.
  func isReference(_ type: TypeID) -> Bool {
    switch program.types[type] {
    case .array, .table, .anyTable, .dynamic: true
    case .nominal(let id, _):
      program.nominals[Int(id.rawValue)].kind == .structType
        || program.nominals[Int(id.rawValue)].kind == .unionType
    case .tuple(let items): items.contains { isReference($0.type) }
    case .union(let members): members.contains { isReference($0) }
    case .intersection(let members): members.contains { isReference($0) }
    case .own(let inner): isReference(inner)
    default: false
    }
  }

  // MARK: Assignments

  mutating func assignment(_ id: NodeID) {
    let target = tree.lhs(id)
    let value = tree.rhs(id)
    let isCompound = tree.binaryOperator(id) != nil
    prepare(target, isRead: isCompound)
    if isCompound {
      expression(value)
    } else if tree[target].kind == .targetTuple || tree[target].kind == .wildcard {
      expression(value, isOwned(type(of: value)) ? .move : .read)
    } else {
      give(value, to: type(of: target), keeper: text(of: target))
    }
    store(target)
  }

  /// Evaluates the parts of a target, before the value.
  private mutating func prepare(_ target: NodeID, isRead: Bool) {
    switch tree[target].kind {
    case .name:
      if isRead, case .own(let index) = names.reference(of: target) { read(index, at: target) }
    case .targetTuple:
      for item in tree.nodes(tree.lhsList(target)) { prepare(item, isRead: false) }
    case .targetLet, .wildcard: break
    default: expression(target)
    }
  }

  /// Stores a value in a target.
  private mutating func store(_ target: NodeID) {
    switch tree[target].kind {
    case .name:
      guard case .own(let index) = names.reference(of: target) else { return }
      assign(index, at: target)
    case .targetTuple: for item in tree.nodes(tree.lhsList(target)) { store(item) }
    case .targetLet: declare(target, isAssigned: true)
    case .member, .index, .tupleMember: changePart(target)
    default: break
    }
  }
}
