// Places: where a variable lives. A place can be read and written; it is worked out once, so that
// `a[f()].x = 1` calls `f` once.

internal import NightjarBase
internal import NightjarBytecode
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

/// A variable, a global, a field or an element.
struct Place {
  enum Kind: UInt8 {
    /// Register `object`.
    case local
    /// Upvalue `object`.
    case upvalue
    /// No place but a literal: that of variable `object`.
    case compileTime
    /// The field `K[key]` of upvalue `object`.
    case upvalueField
    /// The field `K[key]` of register `object`.
    case field
    /// The element `key` of register `object`.
    case integer
    /// The element `R[key]` of register `object`.
    case element
  }

  var kind: Kind
  var object: Int
  var key = 0
}

extension Generator {
  /// Works out what a name means, which takes an instruction for odd globals only.
  mutating func place(ofName token: TokenID, at: TokenID) -> Place {
    let name = symbol(token)
    if let variable = variable(named: name) { return place(of: variable, token: token) }
    if rules.hasGlobalDeclarations { checkDeclared(token, noticedAt: next(token)) }
    return globalPlace(name, token: token, at: at)
  }

  /// The place of a global variable.
  @inline(never)
  mutating func globalPlace(_ name: StringID, token: TokenID, at: TokenID) -> Place {
    let environment =
      rules.hasFunctionEnvironments ? 0 : Int(bindings[Int(SyntaxTree.environmentSymbol)])
    if variables[environment].kind.isGlobal {
      reportGlobalEnvironment(token)
      return Place(kind: .compileTime, object: environment)
    }
    let object = place(of: environment, token: token)
    return field(of: object, key: .string(name), objectAt: at, keyAt: at)
  }

  /// The innermost local variable of a name, of whatever function.
  func variable(named name: StringID) -> VariableIndex? {
    let variable = Int(bindings[Int(name)])
    guard variable >= 0, !variables[variable].kind.isGlobal else { return nil }
    // Where functions have environments, the variable that holds them has no name.
    if rules.hasFunctionEnvironments, variables[variable].depth < 0 { return nil }
    return variable
  }

  private mutating func place(of variable: VariableIndex, token: TokenID) -> Place {
    if variables[variable].kind == .compileTime {
      return Place(kind: .compileTime, object: variable)
    }
    if variables[variable].depth == depth {
      return Place(kind: .local, object: variables[variable].register)
    }
    return Place(kind: .upvalue, object: upvalue(for: variable, at: next(token)))
  }

  /// The place `object[key]`; the object's value, if it has no register yet, is fetched first.
  mutating func field(
    of object: Place,
    key: Operand,
    objectAt: TokenID,
    keyAt: TokenID
  ) -> Place {
    if object.kind == .upvalue, let index = fieldKey(key) {
      return Place(kind: .upvalueField, object: object.object, key: index)
    }
    let register = register(of: object, at: objectAt)
    return element(of: register, key: key, at: keyAt)
  }

  /// The place `R[object][key]`.
  mutating func element(of object: Register, key: Operand, at token: TokenID) -> Place {
    if let index = fieldKey(key) { return Place(kind: .field, object: object, key: index) }
    if let integer = integral(key).immediate32, integer > 0 {
      return Place(kind: .integer, object: object, key: Int(integer))
    }
    let keyRegister = register(of: key, at: token)
    return Place(kind: .element, object: object, key: keyRegister)
  }

  /// The register of a place's value: a local's own, else a new one.
  mutating func register(of place: Place, at token: TokenID) -> Register {
    if place.kind == .local { return place.object }
    let register = function.freeRegister
    reserve(1, at: token)
    load(place, into: register, at: token)
    return register
  }

  /// Reads a place.
  mutating func load(_ place: Place, into target: Register, at token: TokenID) {
    let (object, key) = (place.object, place.key)
    let isElement = place.kind == .field || place.kind == .integer || place.kind == .element
    if isElement && function.readsVarargElements && object == function.varargRegister {
      return loadVarargElement(place, into: target, at: token)
    }
    switch place.kind {
    case .local:
      if object != target { emit(.move, a: target, b: object, at: token) }
    case .upvalue: emit(.getUpvalue, a: target, b: object, at: token)
    case .compileTime: load(variables[object].literal, into: target, at: token)
    case .upvalueField: emit(.getUpvalueField, a: target, b: object, d: key, at: token)
    case .field: emit(.getField, a: target, b: object, d: key, at: token)
    case .integer: emit(.getInteger, a: target, b: object, d: key, at: token)
    case .element: emit(.getTable, a: target, b: object, c: key, at: token)
    }
  }

  /// Reads an element of a table of variable arguments that is not made.
  @inline(never)
  private mutating func loadVarargElement(
    _ place: Place,
    into target: Register,
    at token: TokenID
  ) {
    switch place.kind {
    case .field: emit(.loadConstant, a: target, d: place.key, at: token)
    case .integer: emit(.loadInteger, a: target, d: place.key, at: token)
    default:
      emit(.varargElement, a: target, b: place.key, at: token)
      return
    }
    emit(.varargElement, a: target, b: target, at: token)
  }

  /// Compiles an expression and writes its value to a place.
  mutating func store(_ n: NodeID, to place: Place, at token: TokenID) {
    switch place.kind {
    case .local: evaluate(n, into: place.object, at: token)
    case .compileTime: _ = operand(n, at: token)
    default:
      let operand = operand(n, at: token)
      store(operand, to: place, at: token)
    }
  }

  /// Writes a value to a place.
  mutating func store(_ value: Operand, to place: Place, at token: TokenID) {
    let (object, key) = (place.object, place.key)
    switch place.kind {
    case .local: load(value, into: object, at: token)
    case .compileTime: break
    case .upvalue:
      let source = register(of: value, at: token)
      emit(.setUpvalue, a: source, b: object, at: token)
    case .upvalueField:
      let (source, isConstant) = constantOrRegister(value, at: token)
      emit(.setUpvalueField, a: object, b: source, c: isConstant ? 1 : 0, d: key, at: token)
    case .field:
      let (source, isConstant) = constantOrRegister(value, at: token)
      emit(.setField, a: object, b: source, c: isConstant ? 1 : 0, d: key, at: token)
    case .integer:
      let (source, isConstant) = constantOrRegister(value, at: token)
      emit(.setInteger, a: object, b: source, c: isConstant ? 1 : 0, d: key, at: token)
    case .element:
      let (source, isConstant) = constantOrRegister(value, at: token)
      emit(.setTable, a: object, b: key, c: source, d: isConstant ? 1 : 0, at: token)
    }
  }

  private mutating func constantOrRegister(
    _ value: Operand,
    at token: TokenID
  ) -> (index: Int, isConstant: Bool) {
    if let index = smallConstant(value) { return (index, true) }
    return (register(of: value, at: token), false)
  }
}
