// The numbers of Fuse are floats, and on 5.3 and 5.4 Lua has integers besides, which are faster as
// indices and need no conversion in texts. A variable becomes an integer if all that is ever put into
// it is a small whole number by its form: a literal, a length, the counter of a loop, sums of such. It
// is made a float where it goes where nobody knows of this: to a function, a field, an element.
//
// INVARIANT: an integer of Lua goes only where all code knows of it; and no sum of integers is past
// 2^53, so that nobody can tell it from the float.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

/// What is known of a number that is whole by its form: it is between two bounds.
struct IntegerForm: Equatable {
  var low: Int
  var high: Int

  /// What all floats up to it can tell from their neighbours.
  static let greatest = 1 << 53
  /// A counter that begins small and goes by small steps does not come further.
  static let counter = 1 << 44
  /// What is a small step for a counter.
  static let step = 1 << 20
  /// Up to here all targets write whole numbers with all their digits.
  static let shown = 1 << 46
  /// The length of an array or a text.
  static let length = IntegerForm(low: 0, high: 1 << 40)

  init(low: Int, high: Int) {
    self.low = low
    self.high = high
  }

  /// That of a literal.
  init?(_ value: Double) {
    guard value == value.rounded(.towardZero), abs(value) < 0x1p40, value.sign == .plus || value < 0
    else { return nil }
    low = Int(value)
    high = low
  }

  /// Whether all such numbers are told from their neighbours.
  var isExact: Bool { low >= -Self.greatest && high <= Self.greatest }

  /// Whether all targets write all such numbers alike.
  var isShown: Bool { low > -Self.shown && high < Self.shown }

  /// That of the result of an operator, if it is one.
  static func result(_ op: LuaOperator, _ left: IntegerForm, _ right: IntegerForm) -> IntegerForm? {
    let made: IntegerForm
    switch op {
    case .add: made = IntegerForm(low: left.low + right.low, high: left.high + right.high)
    case .subtract: made = IntegerForm(low: left.low - right.high, high: left.high - right.low)
    case .multiply:
      // Only a float has a zero with a sign.
      let high = left.high.multipliedReportingOverflow(by: right.high)
      guard left.low >= 0, right.low >= 0, !high.overflow else { return nil }
      made = IntegerForm(low: left.low * right.low, high: high.partialValue)
    case .modulo where right.low > 0: made = IntegerForm(low: 0, high: right.high - 1)
    case .floorDivide where right.low > 0:
      made = IntegerForm(
        low: left.low >= 0 ? 0 : left.low,
        high: left.high >= 0 ? left.high / right.low : 0
      )
    default: return nil
    }
    return made.isExact ? made : nil
  }
}

extension ModuleLowering {
  /// Whether the target has integers beside floats.
  var hasIntegers: Bool { target == .lua53 || target == .lua54 }

  // MARK: Values of Lua

  /// What is known of a value if it can be an integer, perhaps with its literals spelled as integers.
  func integerForm(_ value: LuaRef) -> IntegerForm? {
    let node = lua[value]
    switch node.kind {
    case .number: return IntegerForm(lua.numbers[Int(node.a)])
    case .name: return integers[node.a]
    case .unary: return node.c == LuaOperator.length.rawValue ? .length : nil
    case .parenthesized: return integerForm(LuaRef(node.a))
    case .call: return words.contains(value) ? .word : nil
    case .binary:
      guard !floats.contains(value), let op = LuaOperator(rawValue: node.c) else { return nil }
      if let form = bitForm(op, LuaRef(node.a), LuaRef(node.b)) { return form }
      guard let left = integerForm(LuaRef(node.a)), let right = integerForm(LuaRef(node.b))
      else { return nil }
      return .result(op, left, right)
    default: return nil
    }
  }

  /// Whether a value is an integer as it is spelled.
  func isInteger(_ value: LuaRef) -> Bool {
    let node = lua[value]
    switch node.kind {
    case .number: return node.isInteger
    case .name: return integers[node.a] != nil
    case .unary: return node.c == LuaOperator.length.rawValue
    case .parenthesized: return isInteger(LuaRef(node.a))
    case .binary:
      switch LuaOperator(rawValue: node.c) {
      case .add?, .subtract?, .multiply?, .modulo?, .floorDivide?:
        return isInteger(LuaRef(node.a)) && isInteger(LuaRef(node.b))
      case .bitAnd?, .bitOr?, .bitXor?, .shiftRight?: return true
      default: return false
      }
    default: return false
    }
  }

  /// Spells the literals of a value as integers, if that makes it one.
  @discardableResult
  mutating func integerized(_ value: LuaRef) -> Bool {
    guard integerForm(value) != nil else { return false }
    spellIntegers(value)
    return true
  }

  private mutating func spellIntegers(_ value: LuaRef) {
    let node = lua[value]
    switch node.kind {
    case .number: lua.nodes[Int(value.rawValue)].isInteger = true
    case .parenthesized: spellIntegers(LuaRef(node.a))
    case .binary:
      if let op = LuaOperator(rawValue: node.c), bitForm(op, LuaRef(node.a), LuaRef(node.b)) != nil
      {
        return
      }
      spellIntegers(LuaRef(node.a))
      spellIntegers(LuaRef(node.b))
    default: break
    }
  }

  /// A value as a float.
  mutating func floated(_ value: LuaRef) -> LuaRef {
    let node = lua[value]
    switch node.kind {
    case .number: return value
    case .call where bytes.contains(value):
      if !hasIntegers { return value }
      let arguments = lua.items(node.b).map { LuaRef($0) }
      return runtimeCall("byte", arguments)
    case .name, .unary, .binary, .parenthesized: break
    default: return value
    }
    guard integerForm(value) != nil else { return value }
    guard isInteger(value), hasIntegers else {
      floats.insert(value)
      return value
    }
    let made = lua.binary(.add, value, lua.number(0))
    floats.insert(made)
    return made
  }

  /// Notes that a local holds an integer if its value is one.
  mutating func noteInteger(_ slot: Int32, _ value: LuaRef) {
    switch lua[value].kind {
    case .name, .unary, .binary, .parenthesized:
      guard let form = integerForm(value) else { return }
      spellIntegers(value)
      integers[slot] = form
    default: break
    }
  }

  // MARK: Variables of Fuse

  /// What is known of a variable that is an integer on targets that have them.
  mutating func integerForm(of declaration: Int32) -> IntegerForm? {
    if let known = integerDeclarations[declaration] { return known }
    integerDeclarations[declaration] = .some(nil)
    let form = foundForm(of: declaration)
    integerDeclarations[declaration] = .some(form)
    return form
  }

  private mutating func foundForm(of declaration: Int32) -> IntegerForm? {
    let known = names.declarations[Int(declaration)]
    guard isNumber(checked.declarationTypes[Int(declaration)]),
      !known.flags.contains(.isExported), !known.flags.contains(.isUninitialized)
    else { return nil }
    if known.kind == .parameter { return parameterForm(declaration) }
    guard let node = numberUses.definitions[declaration], !isModuleField(declaration),
      wantsInteger(declaration)
    else { return nil }
    if tree[node].kind == .forLoop { return counterForm(node) }
    let value = tree.letParts(node).value
    guard value.isPresent, !needsStatements(value), let form = integerForm(at: value) else {
      return nil
    }
    guard known.flags.contains(.isAssigned) else { return form }
    guard numberUses.indexes[Int(declaration)] > 0 else { return nil }
    return changingForm(declaration, form)
  }

  /// Whether no use of a variable tells an integer from a float.
  func isSeenByNobody(_ declaration: Int32) -> Bool {
    let place = Int(declaration)
    let flags = names.declarations[place].flags
    return flags.isDisjoint(with: [.isAssigned, .isExported])
      && numberUses.escapes[place] == 0 && numberUses.opens[place] == 0
      && (numberUses.passed[declaration] ?? []).isEmpty
  }

  /// Whether the uses of a variable gain more by an integer than they lose.
  mutating func wantsInteger(_ declaration: Int32) -> Bool {
    if let known = integerWants[declaration] { return known }
    // While it is looked at, giving it to itself changes nothing.
    integerWants[declaration] = true
    var escapes = Int(numberUses.escapes[Int(declaration)])
    for (function, place) in numberUses.passed[declaration] ?? []
    where !takesInteger(function, place) && !asksForInteger(function, place) {
      escapes += 1
    }
    let wants = escapes == 0 || numberUses.indexes[Int(declaration)] >= escapes
    integerWants[declaration] = wants
    return wants
  }

  /// Whether a parameter may be an integer or a float, and nobody sees which.
  mutating func takesInteger(_ id: FunctionID, _ place: Int) -> Bool {
    let function = shared.function(id)
    guard function.module == module, place < function.parameters.count else { return false }
    switch function.owner {
    case .block: break
    case .implementation(let owner):
      if shared.implementation(owner).trait != nil { return false }
    default: return false
    }
    let parameter = function.parameters[place]
    guard !parameter.isRest, !parameter.isSelf, isNumber(parameter.type),
      let declaration = names.declaration(of: parameter.node)
    else { return false }
    if let known = integerParameters[declaration] { return known }
    // While it is looked at, giving it to itself changes nothing.
    integerParameters[declaration] = true
    let flags = names.declarations[Int(declaration)].flags
    let uses = numberUses
    var takes =
      !flags.contains(.isAssigned) && uses.escapes[Int(declaration)] == 0
      && uses.opens[Int(declaration)] == 0
    for (function, place) in uses.passed[declaration] ?? []
    where takes && !takesInteger(function, place) {
      takes = false
    }
    integerParameters[declaration] = takes
    return takes
  }

  /// The arguments of a call that may be integers of Lua.
  mutating func integerArguments(_ call: Call) -> Set<NodeID> {
    guard case .function(let id) = call.target else { return [] }
    var found: Set<NodeID> = []
    let isTemplate = shared.isLibrary[Int(shared.function(id).module)]
    if isTemplate, shared.template(of: id) == nil {
      guard mapMethodName(call) != nil, case .expression(let key)? = call.arguments.first else {
        return []
      }
      return [key]
    }
    let first = shared.function(id).isMethod ? 1 : 0
    for (index, argument) in call.arguments.enumerated() {
      guard case .expression(let node) = argument else { continue }
      if isTemplate || takesInteger(id, index + first) { found.insert(node) }
    }
    return found.union(wholeArguments(call))
  }

  /// The form of a value that is assigned to a variable.
  mutating func assignedForm(
    _ declaration: Int32,
    _ node: NodeID,
    _ conditions: [NodeID],
    _ taken: IntegerForm
  ) -> IntegerForm? {
    guard node.isPresent else { return nil }
    let value = plainExpression(tree.rhs(node))
    guard let op = tree.binaryOperator(node) else {
      guard !needsStatements(value), let form = integerForm(at: value) else { return nil }
      return narrowed(form, value, conditions)
    }
    guard isPlainOperator(node), op == .add || op == .subtract, tree[value].kind == .number,
      let step = integerForm(at: value)
    else { return nil }
    return .result(op == .add ? .add : .subtract, taken, step)
  }

  /// What is known of a value where conditions such as `value < length` hold.
  private mutating func narrowed(
    _ form: IntegerForm,
    _ value: NodeID,
    _ conditions: [NodeID]
  ) -> IntegerForm {
    var form = form
    var rest = conditions
    while let condition = rest.popLast().map({ plainExpression($0) }) {
      guard tree[condition].kind == .binary, let op = tree.binaryOperator(condition) else {
        continue
      }
      let left = tree.lhs(condition)
      let right = tree.rhs(condition)
      switch op {
      case .and: rest += [left, right]
      case .less, .lessEqual:
        guard isPlainOperator(condition), isSameSum(left, value),
          let bound = integerForm(at: right)
        else { continue }
        form.high = max(form.low, min(form.high, bound.high))
      default: break
      }
    }
    return form
  }

  /// Whether two expressions are the same sum of variables that are never assigned, and numbers.
  private func isSameSum(_ left: NodeID, _ right: NodeID) -> Bool {
    let left = plainExpression(left)
    let right = plainExpression(right)
    guard tree[left].kind == tree[right].kind else { return false }
    switch tree[left].kind {
    case .number: return tree.number(tree[left].mainToken) == tree.number(tree[right].mainToken)
    case .name:
      guard case .own(let declaration) = names.reference(of: left),
        names.reference(of: right) == .own(declaration)
      else { return false }
      return !names.declarations[Int(declaration)].flags.contains(.isAssigned)
    case .binary:
      return tree.binaryOperator(left) == tree.binaryOperator(right)
        && isPlainOperator(left) && isSameSum(tree.lhs(left), tree.lhs(right))
        && isSameSum(tree.rhs(left), tree.rhs(right))
    default: return false
    }
  }

  /// The form of the variable of a loop over a range.
  private mutating func counterForm(_ node: NodeID) -> IntegerForm? {
    let sequence = plainExpression(tree.forParts(node).sequence)
    if case .range? = checked.iterations[node] {
      guard tree[sequence].kind == .binary, tree.binaryOperator(sequence) == .range,
        let first = integerForm(at: tree.lhs(sequence))
      else { return nil }
      return counted(from: first)
    }
    guard let steps = steppedRange(sequence),
      let first = integerForm(at: steps.first), let last = integerForm(at: steps.last)
    else { return nil }
    if steps.isReversed { return IntegerForm(low: first.low, high: max(first.high, last.high)) }
    guard let by = steps.by, let step = integerForm(at: by), step.low > 0 else { return nil }
    return IntegerForm(low: first.low, high: max(first.high, last.high))
  }

  /// What counts up from a number.
  func counted(from first: IntegerForm) -> IntegerForm? {
    let form = IntegerForm(low: first.low, high: max(first.high, 0) + IntegerForm.counter)
    return form.isExact ? form : nil
  }

  /// What is known of an expression whose value will be an integer.
  mutating func integerForm(at node: NodeID) -> IntegerForm? {
    let node = plainExpression(node)
    if checked.coercions[node] != nil { return nil }
    switch tree[node].kind {
    case .number: return IntegerForm(tree.number(tree[node].mainToken))
    case .name:
      if case .constant(.number(let value))? = checked.uses[node] { return IntegerForm(value) }
      guard checked.uses[node] == nil, case .own(let declaration) = names.reference(of: node),
        substitutes[declaration] == nil
      else { return nil }
      return integerForm(of: declaration)
    case .unary:
      guard tree.unaryOperator(node) == .length, isPlainLength(node) else { return nil }
      return .length
    case .call: return isLengthCall(node) ? .length : nil
    case .binary:
      if isPlainOperator(node), let op = tree.binaryOperator(node), isNativeBits(op, tree.rhs(node))
      {
        guard op == .bitAnd else { return .word }
        return .masked(integerForm(at: tree.lhs(node)), integerForm(at: tree.rhs(node)))
      }
      guard isPlainOperator(node), let op = Self.arithmetic(tree.binaryOperator(node)) else {
        return nil
      }
      if op == .floorDivide, target.has("floor_div") != true { return nil }
      guard let left = integerForm(at: tree.lhs(node)), let right = integerForm(at: tree.rhs(node))
      else { return nil }
      return .result(op, left, right)
    default: return nil
    }
  }

  private static func arithmetic(_ op: FuseBinaryOperator?) -> LuaOperator? {
    switch op {
    case .add?: .add
    case .subtract?: .subtract
    case .multiply?: .multiply
    case .modulo?: .modulo
    case .floorDivide?: .floorDivide
    default: nil
    }
  }

  /// Whether `#e` is Lua's own.
  private func isPlainLength(_ node: NodeID) -> Bool {
    switch checked.operations[node] {
    case .trait?, .inherent?: return false
    default: break
    }
    switch typeKind(type(tree.lhs(node))) {
    case .array, .string: return true
    default: return false
    }
  }

  /// Whether a call is `array.len()`, which becomes `#array`.
  private func isLengthCall(_ node: NodeID) -> Bool {
    guard let call = checked.calls[node], call.arguments.isEmpty, let receiver = call.receiver,
      case .function(let id) = call.target, shared.nameIs(id, "len"),
      case .implementation(let owner) = shared.function(id).owner,
      shared.implementation(owner).module == 0,
      shared.shortName(shared.implementation(owner).type) == "Array"
    else { return false }
    if case .array = typeKind(type(receiver)) { return true }
    return false
  }
}
