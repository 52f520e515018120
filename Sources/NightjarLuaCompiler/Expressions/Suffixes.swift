// Fields, elements and calls: `a.b[c]:d(e)`. Such chains lean to the left and may be very long, so
// they are walked in a loop from their first link on. The value so far is a place: it is read when
// the next link says how.

internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension NodeKind {
  /// Whether it stands behind an expression: `.k`, `[k]`, `(…)`, `:m(…)`.
  var isSuffix: Bool {
    self == .field || self == .index || self == .call || self == .methodCall
  }
}

extension Generator {
  /// Compiles `a.b` or `a[b]` to a register.
  mutating func access(_ n: NodeID, into target: Register, at token: TokenID) {
    let place = place(ofSuffixed: n)
    load(place, into: target, at: token)
  }

  /// Works out the place that `a.b` or `a[b]` means, without reading it.
  mutating func place(ofSuffixed n: NodeID) -> Place {
    let mark = function.freeRegister
    let object = walk(n, mark: mark)
    return link(object, n)
  }

  /// Compiles a call whose function goes to the first free register.
  ///
  /// - Parameters:
  ///   - n: The call.
  ///   - results: One more than the number of values wanted; 0 for all of them.
  /// - Returns: The first register of the values.
  mutating func call(_ n: NodeID, results: Int) -> Register {
    let mark = function.freeRegister
    let object = walk(n, mark: mark)
    emitCall(of: object, n, base: mark, results: results)
    function.freeRegister = mark
    return mark
  }

  /// Compiles all of a chain but its last link.
  private mutating func walk(_ n: NodeID, mark: Register) -> Place {
    let base = spine.count
    let reader = n
    var bottom = tree.lhs(n)
    while tree[bottom].kind.isSuffix {
      spine.append(bottom)
      bottom = tree.lhs(bottom)
    }
    var object = head(bottom, mark: mark)
    while spine.count > base {
      let n = spine.removeLast()
      if tree[n].kind == .field || tree[n].kind == .index {
        let place = link(object, n)
        function.freeRegister = mark
        object = Place(kind: .local, object: mark)
        reserve(1, at: tree[n].lastToken)
        load(place, into: mark, at: readToken(n, by: spine.count > base ? spine.last : reader))
      } else {
        emitCall(of: object, n, base: mark, results: 2)
        function.freeRegister = mark
        reserve(1, at: tree[n].lastToken)
        object = Place(kind: .local, object: mark)
      }
    }
    return object
  }

  /// The token at which a link's value is read: a receiver's is when the method's name is known.
  private func readToken(_ n: NodeID, by reader: NodeID?) -> TokenID {
    guard let reader, tree[reader].kind == .methodCall else { return tree[n].lastToken }
    return tree.methodName(reader)
  }

  /// The place of a chain's first link.
  private mutating func head(_ n: NodeID, mark: Register) -> Place {
    let node = tree[n]
    if node.kind == .name {
      let place = place(ofName: node.mainToken, at: node.mainToken)
      switch place.kind {
      case .local, .upvalue, .compileTime: return place
      default:
        function.freeRegister = mark
        return Place(kind: .local, object: register(of: place, at: node.mainToken))
      }
    }
    return Place(kind: .local, object: anyRegister(n, at: node.lastToken))
  }

  /// The place of a field or element of an object.
  private mutating func link(_ object: Place, _ n: NodeID) -> Place {
    let node = tree[n]
    let objectToken = tree[NodeID(node.lhs)].lastToken
    if node.kind == .field {
      return field(
        of: object,
        key: .string(symbol(tree.fieldName(n))),
        objectAt: objectToken,
        keyAt: node.lastToken
      )
    }
    let keyNode = tree.rhs(n)
    if object.kind == .upvalue, let key = stringKey(keyNode) {
      return field(of: object, key: key, objectAt: objectToken, keyAt: node.lastToken)
    }
    let register = register(of: object, at: objectToken)
    let key = operand(keyNode, at: tree[keyNode].lastToken)
    return element(of: register, key: key, at: node.lastToken)
  }

  /// The key of `a["key"]`, which is as good as `a.key`.
  private mutating func stringKey(_ n: NodeID) -> Operand? {
    var n = n
    while tree[n].kind == .parenthesized { n = tree.lhs(n) }
    let node = tree[n]
    if node.kind == .name {
      let variable = Int(bindings[Int(symbol(node.mainToken))])
      guard variable >= 0, variables[variable].kind == .compileTime else { return nil }
      let literal = variables[variable].literal
      return literal.kind == .string ? literal : nil
    }
    return node.kind == .string ? operand(n, at: node.mainToken) : nil
  }
}
