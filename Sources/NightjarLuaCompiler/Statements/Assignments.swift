// Assignments. Targets are worked out from left to right, then the values, then they are stored
// from right to left, as the reference does.

internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension Generator {
  mutating func assignment(_ n: NodeID) {
    let targets = tree.targets(n)
    let values = tree.values(n)
    let last = tree[n].lastToken
    if targets.count == 1, values.count == 1 {
      let place = target(tree.node(targets, 0))
      store(tree.node(values, 0), to: place, at: last)
      return
    }
    let places = self.places(of: targets)
    let first = function.freeRegister
    var remaining = places.count
    if values.count == places.count {
      for i in 0..<values.count - 1 {
        let value = tree.node(values, i)
        _ = evaluateToNext(value, at: next(tree[value].lastToken))
      }
      remaining -= 1
      let mark = function.freeRegister
      store(tree.node(values, remaining), to: places[remaining], at: last)
      function.freeRegister = mark
    } else {
      evaluateList(values, wanted: places.count, at: last)
    }
    while remaining > 0 {
      remaining -= 1
      store(.register(first + remaining), to: places[remaining], at: last)
    }
  }

  /// Works out one target.
  private mutating func target(_ n: NodeID) -> Place {
    let node = tree[n]
    switch node.kind {
    case .name:
      checkAssignable(node.mainToken, noticedAt: next(node.lastToken))
      return place(ofName: node.mainToken, at: node.mainToken)
    case .index, .field: return place(ofSuffixed: n)
    default: return Place(kind: .compileTime, object: 0)
    }
  }

  private mutating func places(of targets: SyntaxList) -> [Place] {
    var places: [Place] = []
    places.reserveCapacity(targets.count)
    for i in targets.indices {
      let place = target(tree.node(targets, i))
      if place.kind == .local || place.kind == .upvalue {
        protect(&places, from: place, at: tree[tree.node(targets, i)].lastToken)
      }
      places.append(place)
    }
    return places
  }

  /// In `a[i], i = 1, 2` the first target must keep the old `i`: copies a variable that is about to
  /// be assigned if targets before it use it.
  private mutating func protect(
    _ places: inout [Place],
    from variable: Place,
    at token: TokenID
  ) {
    let copy = function.freeRegister
    var isUsed = false
    for i in places.indices {
      switch (places[i].kind, variable.kind) {
      case (.upvalueField, .upvalue) where places[i].object == variable.object:
        places[i].kind = .field
        places[i].object = copy
        isUsed = true
      case (.field, .local), (.integer, .local), (.element, .local):
        if places[i].object == variable.object {
          places[i].object = copy
          isUsed = true
        }
        if places[i].kind == .element, places[i].key == variable.object {
          places[i].key = copy
          isUsed = true
        }
      default: break
      }
    }
    if !isUsed { return }
    reserve(1, at: token)
    load(variable, into: copy, at: token)
  }

  /// Refuses to assign to a constant.
  mutating func checkAssignable(_ token: TokenID, noticedAt: TokenID) {
    let name = symbol(token)
    if let variable = variable(named: name) {
      if variables[variable].kind == .regular { return }
      reportAssignmentToConstant(token, variables[variable].token, noticedAt: noticedAt)
    } else if let declaration = globalDeclaration(of: name), declaration.isConstant {
      reportAssignmentToConstant(token, declaration.token, noticedAt: noticedAt)
    }
  }
}
