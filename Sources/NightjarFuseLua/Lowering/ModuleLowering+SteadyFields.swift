// Arrays in fields that a loop leaves where they are: the loop finds them in locals.
//
//   local columns = self.columns
//   for column = 1, self.size do … columns[column] … end
//
// A calm loop puts no array in the place of another, so the local holds what the field does. A function
// made in the loop may run later, so it looks into the field.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

/// A local that holds what is in a field of a variable.
struct FieldLocal {
  var declaration: Int32
  var field: NameID
  var slot: Int32
}

extension ModuleLowering {
  /// Makes a loop with locals for the arrays that it often finds in the same fields.
  mutating func withSteadyFields(_ loop: NodeID, _ make: (inout ModuleLowering) -> Void) {
    var reads: [(key: FieldLocal, node: NodeID, count: Int)] = []
    countFieldReads(loop, in: loop, weight: 1, &reads)
    reads.removeAll { $0.count < 2 }
    let count = fieldLocals.count
    if !reads.isEmpty, shared.isCalm(loop, in: module) {
      note(loop)
      for read in reads { addFieldLocal(read.key, read.node) }
    }
    make(&self)
    fieldLocals.removeSubrange(count...)
  }

  private mutating func addFieldLocal(_ key: FieldLocal, _ node: NodeID) {
    let value = plainValue(node)
    let slot = uniqueSlot(shared.spelling(key.field))
    lua.appendLocal([slot], [value])
    let array = lua.name(slot)
    for known in lua.bounds.limits where sameRead(known.array, value) {
      lua.bounds.addLimit(known.slot, array, known.offset)
    }
    for known in lua.bounds.elements where sameRead(known.array, value) {
      lua.bounds.add(array, known.key)
    }
    for known in lua.bounds.runs where sameRead(known.array, value) {
      lua.bounds.runs.append(KnownBounds.Run(slot: known.slot, array: array))
    }
    fieldLocals.append(FieldLocal(declaration: key.declaration, field: key.field, slot: slot))
  }

  private func countFieldReads(
    _ node: NodeID,
    in loop: NodeID,
    weight: Int,
    _ reads: inout [(key: FieldLocal, node: NodeID, count: Int)]
  ) {
    var weight = weight
    switch tree[node].kind {
    case .function: return
    case .whileLoop, .forLoop, .repeatLoop: if node != loop { weight = 2 }
    case .member:
      guard let key = steadyField(node, in: loop) else { break }
      if let place = reads.firstIndex(where: {
        $0.key.declaration == key.declaration && $0.key.field == key.field
      }) {
        reads[place].count += weight
      } else {
        reads.append((key, node, weight))
      }
      return
    default: break
    }
    tree.forEachChild(of: node) { countFieldReads($0, in: loop, weight: weight, &reads) }
  }

  /// The field that an expression reads an array from, if its object is one that the loop finds there.
  private func steadyField(_ node: NodeID, in loop: NodeID) -> FieldLocal? {
    guard case .field(let field)? = checked.uses[node], case .array = typeKind(type(node)),
      checked.coercions[node] == nil, let declaration = objectOfField(node),
      fieldLocal(declaration, field) == nil, substitutes[declaration] == nil
    else { return nil }
    let known = names.declarations[Int(declaration)]
    switch known.kind {
    case .variable, .parameter, .selfParameter: break
    default: return nil
    }
    guard known.flags.isDisjoint(with: [.isAssigned, .isUninitialized]),
      tree[known.node].firstToken.rawValue < tree[loop].firstToken.rawValue,
      let nominal = shared.nominal(of: checked.declarationTypes[Int(declaration)]),
      shared.nominal(nominal).kind == .structType, !shared.nominal(nominal).isDeclared
    else { return nil }
    return FieldLocal(declaration: declaration, field: field, slot: 0)
  }

  /// The variable that has the field which an expression reads.
  private func objectOfField(_ node: NodeID) -> Int32? {
    let object = plainExpression(tree.lhs(node))
    switch tree[object].kind {
    case .name, .selfValue:
      guard checked.uses[object] == nil, checked.coercions[object] == nil,
        case .own(let declaration) = names.reference(of: object)
      else { return nil }
      return declaration
    default: return nil
    }
  }

  private func fieldLocal(_ declaration: Int32, _ field: NameID) -> Int32? {
    fieldLocals.last { $0.declaration == declaration && $0.field == field }?.slot
  }

  /// The local that holds what an expression finds in a field.
  func fieldLocal(_ node: NodeID, _ field: NameID) -> Int32? {
    guard !fieldLocals.isEmpty, let declaration = objectOfField(node) else { return nil }
    return fieldLocal(declaration, field)
  }
}
