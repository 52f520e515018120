// Owners: which values have a single owner, where they move, and which are closed at the end of their
// block. What is only looked at, or passed to something that gives it back, is lent.
//
// SOURCE: Fuse reference, section 5.27.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension FlowChecker {
  /// Whether a type is that of an owner, or has one in it.
  mutating func isOwned(_ type: TypeID) -> Bool {
    let index = Int(type.rawValue)
    if index < 0 { return false }
    if index < ownership.count, ownership[index] != 0 { return ownership[index] == 2 }
    while ownership.count <= index { ownership.append(0) }
    // A type that has itself in it has an owner in it only if something else in it has.
    ownership[index] = 1
    let answer = hasOwner(type)
    if answer { ownership[index] = 2 }
    return answer
  }

  private mutating func hasOwner(_ type: TypeID) -> Bool {
    switch program.types[type] {
    case .own(let inner): return isReference(inner) || !isPlain(inner)
    case .array(let element): return isOwned(element)
    case .tuple(let items): return items.contains { isOwned($0.type) }
    case .union(let members): return members.contains { isOwned($0) }
    case .table(let table):
      return table.fields.contains { isOwned($0.type) }
        || table.index.map { isOwned($0.value) } ?? false
    case .nominal(let id, let arguments):
      if arguments.contains(where: { isOwned($0) }) { return true }
      let nominal = program.nominals[Int(id.rawValue)]
      return nominal.fields.contains { isOwned($0.type) }
        || nominal.variants.contains { $0.payload.contains { isOwned($0.type) } }
    default: return false
    }
  }

  /// Whether values of a type are copied, so that owning one means nothing.
  func isPlain(_ type: TypeID) -> Bool {
    switch program.types[type] {
    case .number, .string, .ustring, .boolean, .nil, .literal: true
    case .tuple(let items): items.isEmpty
    case .nominal(let id, _): program.nominals[Int(id.rawValue)].kind == .enumType
    case .union(let members): members.allSatisfy(isPlain)
    default: false
    }
  }

  /// Whether a parameter of a type takes what it is given with its owner: `?Shared`.
  func acceptsOwners(_ type: TypeID) -> Bool {
    guard case .parameter(let parameter) = program.types[type] else { return false }
    let module = program.program.modules[Int(parameter.module)]
    let node = module.names.declarations[Int(parameter.declaration)].node
    guard module.tree[node].kind == .typeParameter else { return false }
    let bound = module.tree.lhs(node)
    func isShared(_ id: NodeID) -> Bool {
      module.tree[id].kind == .relaxedBound
        && module.tree.name(of: module.tree[id].mainToken) == "Shared"
    }
    if !bound.isPresent { return false }
    if module.tree[bound].kind == .intersectionType {
      return module.tree.nodes(module.tree.lhsList(bound)).contains(where: isShared)
    }
    return isShared(bound)
  }

  // MARK: Moves

  /// Evaluates a value that goes where a type is expected; `keeper` is what keeps it, for messages.
  mutating func give(_ value: NodeID, to type: TypeID, keeper: String) {
    let own = self.type(of: value)
    let target = type == TypeStore.never ? own : type
    if isOwned(target) {
      if case .own = program.types[withoutNil(target)] { return expression(value, .own) }
      return expression(value, .move)
    }
    expression(value)
    if isOwned(own), target != TypeStore.unit { checkKept(value, keeper: keeper) }
  }

  /// The only member of a type besides `nil`; the type itself if there is none.
  private func withoutNil(_ type: TypeID) -> TypeID {
    guard case .union(let members) = program.types[type] else { return type }
    let others = members.filter { $0 != TypeStore.nil }
    return others.count == 1 ? others[0] : type
  }

  /// Moves a variable away, if it owns its value.
  mutating func moveVariable(_ index: Int32, at node: NodeID, _ sink: Sink) {
    if !isOwned(type(ofDeclaration: index)) { return checkFresh(node, sink) }
    guard slotOf[Int(index)] != 0 else { return }
    let slot = Int(slotOf[Int(index)]) - 1
    if slot < functionFloor {
      if !isReportedCapture(index) {
        report(
          .Fuse.moveOutOfPlace(
            name(ofDeclaration: index),
            span: span(node),
            label: "a variable of the function around"
          )
        )
      }
      return
    }
    slots[slot].lastMove = node
    if slots[slot].close != nil { ownerMoves[node] = index }
    if state.isReachable { state[slot] = .moved }
  }

  /// Looks at a value that must be an owner: a literal is, and what a function gives as `own`.
  mutating func checkFresh(_ id: NodeID, _ sink: Sink) {
    if sink != .own { return }
    let type = type(of: id)
    if isOwned(type) || !isReference(type) || type == TypeStore.never { return }
    // A constructor makes a fresh value.
    switch checked.calls[id]?.target {
    case .variant?, .some?: return
    default: break
    }
    switch checked.uses[id] {
    case .variant?, Use.none?: return
    default: report(.Fuse.sharedBecomesOwned(program.describe(type), span: tree.span(of: id)))
    }
  }

  /// Looks at a field or element whose value goes somewhere.
  mutating func checkPlace(_ id: NodeID, _ sink: Sink) {
    if sink == .read { return }
    if !isOwned(type(of: id)) { return checkFresh(id, sink) }
    report(
      .Fuse.moveOutOfPlace(
        text(of: id),
        span: tree.span(of: id),
        label: tree[id].kind == .index ? "an element" : "a field"
      )
    )
  }

  /// Looks at a variable of a function around a closure.
  mutating func checkCapture(_ index: Int32, at node: NodeID) {
    let slot = Int(slotOf[Int(index)]) - 1
    guard slot >= 0, slot < functionFloor, slots[slot].isOwner, slot >= namedFloor else { return }
    if isReportedCapture(index) { return }
    reportedCaptures.insert(index)
    report(
      .Fuse.capturedOwner(
        name(ofDeclaration: index),
        span: span(node),
        declaration: span(ofDeclaration: index)
      )
    )
  }

  private func isReportedCapture(_ index: Int32) -> Bool { reportedCaptures.contains(index) }

  // MARK: Loans

  /// The variable that a place belongs to, if its value is not a fresh one.
  private func lentName(_ value: NodeID) -> String? {
    var id = value
    while tree[id].kind == .parenthesized || tree[id].kind == .cast { id = tree.lhs(id) }
    switch tree[id].kind {
    case .name, .selfValue, .member, .index, .tupleMember: return text(of: id)
    default: return nil
    }
  }

  /// Looks at an owner that is stored as a shared value.
  mutating func checkKept(_ value: NodeID, keeper: String) {
    guard let name = lentName(value) else { return }
    report(
      .Fuse.lentToKeeper(
        keeper,
        name,
        span: tree.span(of: value),
        label: keeper == "result" ? "given away as a shared value" : "kept as a shared value",
        related: []
      )
    )
  }

  /// Looks at an owner that is lent to a parameter of a function.
  mutating func checkLoan(_ value: NodeID, _ callee: FunctionID, _ place: Int) {
    guard let name = lentName(value), let keep = lending.keep(callee, place) else { return }
    let function = program.functions[Int(callee.rawValue)]
    let parameter = function.parameters[place]
    var related: [RelatedSpan] = []
    if function.module == module {
      let declaration = tree[tree[parameter.node].mainToken].span
      related.append(RelatedSpan(span: declaration, label: "the parameter"))
    }
    if keep.module == module, keep.site.isPresent {
      related.append(RelatedSpan(span: tree.span(of: keep.site), label: keep.reason))
    }
    report(
      .Fuse.lentToKeeper(
        parameter.isSelf ? "self" : program.types.name(parameter.name),
        name,
        span: tree.span(of: value),
        label: "",
        related: related
      )
    )
  }

  /// Looks at parameters that promise to give back what they are lent.
  mutating func checkLent(_ id: NodeID, _ parts: FuseFunction) {
    guard let function = checked.functions[id] else { return }
    for (place, parameter) in tree.nodes(parts.parameters).enumerated() {
      guard tree[parameter].flags.contains(.hasAttributes), Lending.isLend(parameter, tree),
        let keep = lending.keep(function, place, ignoresPromise: true), keep.site.isPresent,
        keep.module == module
      else { continue }
      report(
        .Fuse.lentEscapes(
          tree.name(of: tree[parameter].mainToken),
          span: tree.span(of: keep.site),
          label: keep.reason,
          parameter: span(parameter)
        )
      )
    }
  }

  /// Reports `own` before types of plain values.
  mutating func reportNeedlessOwn() {
    for index in tree.nodes.indices where tree.nodes[index].kind == .ownType {
      let id = NodeID(Int32(truncatingIfNeeded: index))
      let inner = type(of: tree.lhs(id))
      if inner == TypeStore.never || !isPlain(inner) { continue }
      report(.Fuse.ownWithoutEffect(text(of: tree.lhs(id)), span: tree.span(of: id)))
    }
  }

  // MARK: Closing

  /// How the value of an owner is closed, if its type implements `Close`.
  mutating func closing(_ type: TypeID) -> Evidence? {
    guard case .own(let inner) = program.types[type] else { return nil }
    if closers == nil { closers = makeClosers() }
    switch program.types[inner] {
    case .nominal(let id, _): return closers?[id].map { .implementation($0, []) }
    case .dynamic(let trait, _) where trait == closeTrait: return .dynamic(trait)
    default: return nil
    }
  }

  private mutating func makeClosers() -> [NominalID: ImplementationID] {
    closeTrait = program.traits.indices.first { index in
      program.types.name(program.traits[index].name) == "Close"
        && program.traits[index].declaration.module == 0
    }.map { TraitID(Int32(truncatingIfNeeded: $0)) }
    var found: [NominalID: ImplementationID] = [:]
    for (index, implementation) in program.implementations.enumerated() {
      guard let trait = implementation.trait, trait.id == closeTrait,
        case .nominal(let id, _) = program.types[implementation.type]
      else { continue }
      found[id] = ImplementationID(Int32(truncatingIfNeeded: index))
    }
    return found
  }

  /// Notes that owners from a slot on are open where the way leaves their block, or may leave it.
  mutating func closeOwners(from mark: Int) {
    if closableCount == 0 || !state.isReachable { return }
    for slot in mark..<max(mark, slots.count)
    where slots[slot].close != nil && state[slot].contains(.live) {
      needClose(slot)
    }
  }

  mutating func needClose(_ slot: Int) {
    guard let close = slots[slot].close else { return }
    let index = slots[slot].declaration
    if names.declarations[Int(index)].kind == .selfParameter, isInClose() { return }
    closedOwners[index] = close
  }

  /// Whether the function being walked is `close` itself.
  private func isInClose() -> Bool {
    guard functionNode.isPresent, let id = checked.functions[functionNode],
      case .implementation(let implementation) = program.functions[Int(id.rawValue)].owner
    else { return false }
    return program.implementations[Int(implementation.rawValue)].trait?.id == closeTrait
  }
}
