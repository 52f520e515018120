// What is known of the elements that arrays have, at a place of a program: where it is known that one is
// there, reading it needs no check. All of it is about variables that keep their value.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

/// The elements that are known to be there.
struct KnownBounds {
  /// An element that was read or written.
  struct Element {
    var array: LuaRef
    var key: LuaRef
    /// No other has it.
    var number = 0
  }

  /// A number that is, without its fraction, at most the length of an array and `offset`.
  struct Limit {
    var slot: Int32
    var array: LuaRef
    var offset: Int
    /// No other has it, and those that are noted later have greater ones.
    var number = 0
  }

  /// A loop from 1 that writes the element at its counter each time, so that none is left out.
  struct Run {
    var slot: Int32
    var array: LuaRef
  }

  var elements: [Element] = []
  var limits: [Limit] = []
  var runs: [Run] = []
  /// How often everything was forgotten.
  private(set) var epoch = 0
  /// The number that was given last.
  private(set) var count = 0

  /// Forgets everything: some array may have fewer elements, or another may stand in its place.
  mutating func forget() {
    elements = []
    limits = []
    runs = []
    epoch += 1
  }

  /// One element was taken from some array.
  mutating func shrink() {
    elements = []
    runs = []
    for place in limits.indices { limits[place].offset += 1 }
    epoch += 1
  }

  mutating func addLimit(_ slot: Int32, _ array: LuaRef, _ offset: Int) {
    count += 1
    limits.append(Limit(slot: slot, array: array, offset: offset, number: count))
  }

  /// Forgets limits that were noted since a number was given.
  mutating func forgetLimits(since number: Int) { limits.removeAll { $0.number > number } }

  /// Goes back to what was known where a block began, as nobody knows whether it ran; what was
  /// forgotten since stays so.
  mutating func leave(_ start: [Element]) {
    if start.isEmpty || elements.isEmpty {
      elements = []
      return
    }
    let alive = elements
    elements = start.filter { known in alive.contains { $0.number == known.number } }
  }

  mutating func add(_ array: LuaRef, _ key: LuaRef) {
    count += 1
    elements.append(Element(array: array, key: key, number: count))
  }

  var isEmpty: Bool { elements.isEmpty && limits.isEmpty && runs.isEmpty }
}

extension ModuleLowering {
  /// An element of an array, which must be there.
  mutating func arrayRead(_ object: LuaRef, _ key: LuaRef, mayBeFalsy: Bool) -> LuaRef {
    let key = keyed(key)
    if !shared.options.checksBounds { return lua.index(object, key) }
    // What is read again where the element is missing.
    var array = uncheckedReads[object] ?? object
    var place = key
    var read = LuaRef.none
    if isReadable(array), isReadable(key) {
      read = lua.index(object, key)
    } else {
      array = stable(object, "array")
      place = isReadable(key) ? key : keep(key, "index")
      read = lua.index(array, place)
    }
    let again = lua.index(array, place)
    if isThere(array, place) {
      if array != object { uncheckedReads[read] = again }
      return read
    }
    let failed = runtimeCall("oob", [array, place])
    quietCalls.insert(failed)
    noteElement(array, place)
    let missing =
      mayBeFalsy ? lua.binary(.and, lua.binary(.equal, again, lua.add(.nil)), failed) : failed
    let checked = lua.binary(.or, read, missing)
    uncheckedReads[checked] = again
    if mayBeFalsy { missingElements[checked] = (read, missing, failed) }
    return checked
  }

  /// Writes an element of an array, or appends one.
  mutating func arrayWrite(_ value: LuaRef, to object: LuaRef, _ key: LuaRef, isPlain: Bool) {
    if !shared.options.checksBounds {
      lua.appendAssign(lua.index(object, key), value)
      return
    }
    let array = uncheckedReads[object] == nil && isReadable(object) ? object : nil
    let isLate = mayCall(value)
    if let array, isReadable(key), canWrite(array, key),
      !isLate || isLasting(array) && isLasting(key)
    {
      lua.appendAssign(lua.index(array, key), value)
      wrote(array, key, isPlain: isPlain)
      return
    }
    let kept = isLate || lua[object].kind != .name ? stable(object, "array") : object
    let place = isLate || lua[key].kind != .name ? stable(key, "index") : key
    let value = isLate ? keep(value, "value") : value
    if !canWrite(kept, place) { checkWrite(kept, place) }
    lua.appendAssign(lua.index(kept, place), value)
    wrote(array ?? kept, isReadable(key) ? key : place, isPlain: isPlain)
  }

  /// If neither the element is there nor the one before it, the runtime looks whether it is the first.
  private mutating func checkWrite(_ array: LuaRef, _ key: LuaRef) {
    var test = lua.binary(.equal, lua.index(array, key), lua.add(.nil))
    if let before = stepped(key, by: -1) {
      let isGap = lua.binary(.equal, lua.index(array, before), lua.add(.nil))
      test = lua.binary(.and, test, isGap)
    }
    lua.openBlock()
    lua.appendCall(runtimeCall("append", [array, key]))
    let body = lua.closeBlock()
    lua.appendIf(test, body)
  }

  /// A key and a number; none for the key before the first.
  private mutating func stepped(_ key: LuaRef, by step: Int) -> LuaRef? {
    let (base, offset) = parts(of: key)
    let sum = offset + step
    guard base.isPresent else { return sum < 1 ? nil : lua.integer(sum) }
    if sum == 0 { return base }
    return lua.binary(sum < 0 ? .subtract : .add, base, lua.integer(abs(sum)))
  }

  private mutating func wrote(_ array: LuaRef, _ key: LuaRef, isPlain: Bool) {
    if !isPlain {
      let known = lua.bounds.elements
      lua.bounds.elements = known.filter { lua[$0.array].kind == .name }
    }
    noteElement(array, key)
  }

  /// Whether an expression is an `and`.
  func isAndChain(_ node: NodeID) -> Bool {
    let node = plainExpression(node)
    return tree[node].kind == .binary && tree.binaryOperator(node) == .and
  }

  /// What is known where the `and` that was made last is true.
  func impliedByLast(_ epoch: Int) -> [KnownBounds.Element] {
    impliedBounds.epoch == epoch ? impliedBounds.elements : []
  }

  /// What is known where a condition that was just made is true.
  func impliedElements(_ condition: NodeID, _ epoch: Int) -> [KnownBounds.Element] {
    isAndChain(condition) ? impliedByLast(epoch) : []
  }

  // MARK: Facts

  /// Notes that an element is there.
  mutating func noteElement(_ array: LuaRef, _ key: LuaRef) {
    guard isLasting(array), isLasting(key), !isThere(array, key) else { return }
    lua.bounds.add(array, key)
  }

  /// Whether an expression has the same value until something is forgotten.
  private func isLasting(_ value: LuaRef) -> Bool {
    let node = lua[value]
    switch node.kind {
    case .number: return true
    case .name: return !capturedSlots.contains(node.a)
    case .field: return isLasting(LuaRef(node.a))
    case .index: return isLasting(LuaRef(node.a)) && isLasting(LuaRef(node.b))
    case .binary:
      return node.c != LuaOperator.or.rawValue && isLasting(LuaRef(node.a))
        && isLasting(LuaRef(node.b))
    default: return false
    }
  }

  /// Whether an element is known to be there.
  func isThere(_ array: LuaRef, _ key: LuaRef) -> Bool {
    if lua.bounds.elements.contains(where: { sameRead($0.array, array) && sameKey($0.key, key) }) {
      return true
    }
    let (base, offset) = parts(of: key)
    guard base.isPresent, let low = lows[lua[base].a] ?? integers[lua[base].a]?.low,
      low + offset >= 1
    else { return false }
    return lua.bounds.limits.contains {
      $0.slot == lua[base].a && $0.offset + offset <= 0 && sameRead($0.array, array)
    }
  }

  /// Whether an element may be written: it is there, or it comes right behind the last.
  private mutating func canWrite(_ array: LuaRef, _ key: LuaRef) -> Bool {
    if isThere(array, key) { return true }
    let node = lua[key]
    if node.kind == .name,
      lua.bounds.runs.contains(where: { $0.slot == node.a && sameRead($0.array, array) })
    {
      return true
    }
    if node.kind == .binary, node.c == LuaOperator.add.rawValue {
      let left = lua[LuaRef(node.a)]
      let isLength = left.kind == .unary && left.c == LuaOperator.length.rawValue
      if isLength, sameRead(LuaRef(left.a), array), parts(of: LuaRef(node.b)).offset == 1 {
        return true
      }
    }
    guard let before = stepped(key, by: -1) else { return false }
    return isThere(array, before)
  }

  /// A key as a variable and a number.
  func parts(of key: LuaRef) -> (base: LuaRef, offset: Int) {
    let node = lua[key]
    switch node.kind {
    case .number: return (.none, IntegerForm(lua.numbers[Int(node.a)])?.low ?? 0)
    case .binary:
      guard node.c == LuaOperator.add.rawValue || node.c == LuaOperator.subtract.rawValue,
        lua[LuaRef(node.b)].kind == .number, lua[LuaRef(node.a)].kind == .name,
        let step = IntegerForm(lua.numbers[Int(lua[LuaRef(node.b)].a)])?.low
      else { return (.none, 0) }
      return (LuaRef(node.a), node.c == LuaOperator.add.rawValue ? step : -step)
    case .name: return (key, 0)
    default: return (.none, 0)
    }
  }

  private func sameKey(_ a: LuaRef, _ b: LuaRef) -> Bool {
    let first = lua[a]
    let second = lua[b]
    if first.kind == .binary, second.kind == .binary {
      return first.c == second.c && sameKey(LuaRef(first.a), LuaRef(second.a))
        && sameKey(LuaRef(first.b), LuaRef(second.b))
    }
    return sameRead(a, b)
  }

  /// Notes that a variable is the length of an array, or is less than it.
  mutating func noteLimit(_ slot: Int32, _ value: LuaRef) {
    guard !changingSlots.contains(slot) else { return }
    let node = lua[value]
    switch node.kind {
    case .unary where node.c == LuaOperator.length.rawValue:
      addLimit(slot, LuaRef(node.a), 0)
    case .binary:
      let left = lua[LuaRef(node.a)]
      guard node.c == LuaOperator.add.rawValue || node.c == LuaOperator.subtract.rawValue,
        lua[LuaRef(node.b)].kind == .number,
        let step = IntegerForm(lua.numbers[Int(lua[LuaRef(node.b)].a)])?.low
      else { return }
      let offset = node.c == LuaOperator.add.rawValue ? step : -step
      if left.kind == .unary, left.c == LuaOperator.length.rawValue {
        addLimit(slot, LuaRef(left.a), offset)
      } else if left.kind == .name {
        copyLimits(of: left.a, to: slot, offset)
      }
    case .name: copyLimits(of: node.a, to: slot, 0)
    default: break
    }
  }

  private mutating func copyLimits(of other: Int32, to slot: Int32, _ offset: Int) {
    for limit in lua.bounds.limits where limit.slot == other {
      addLimit(slot, limit.array, limit.offset + offset)
    }
  }

  mutating func addLimit(_ slot: Int32, _ array: LuaRef, _ offset: Int) {
    guard isLasting(array) else { return }
    lua.bounds.addLimit(slot, array, offset)
  }

  /// Notes what follows for indices where a condition such as `left < count` is true.
  mutating func noteLimits(where condition: LuaRef) {
    let node = lua[condition]
    switch node.kind {
    case .parenthesized: noteLimits(where: LuaRef(node.a))
    case .binary:
      let left = LuaRef(node.a)
      let right = LuaRef(node.b)
      switch LuaOperator(rawValue: node.c) {
      case .and?:
        noteLimits(where: left)
        noteLimits(where: right)
      case .less?: noteLimit(of: left, below: right, isLess: true)
      case .lessEqual?: noteLimit(of: left, below: right, isLess: false)
      case .greater?: noteLimit(of: right, below: left, isLess: true)
      case .greaterEqual?: noteLimit(of: right, below: left, isLess: false)
      default: break
      }
    default: break
    }
  }

  private mutating func noteLimit(of left: LuaRef, below right: LuaRef, isLess: Bool) {
    let (base, step) = parts(of: left)
    guard base.isPresent, integerForm(base) != nil, !changingSlots.contains(lua[base].a) else {
      return
    }
    // A whole number below a whole number is less by one at least.
    let less = step + (isLess && integerForm(right) != nil ? 1 : 0)
    for (array, offset) in upperLimits(of: right) {
      addLimit(lua[base].a, array, offset - less)
    }
  }

  /// The arrays whose lengths, with an offset, a value does not exceed.
  func upperLimits(of value: LuaRef) -> [(array: LuaRef, offset: Int)] {
    let node = lua[value]
    if node.kind == .unary, node.c == LuaOperator.length.rawValue {
      return isLasting(LuaRef(node.a)) ? [(LuaRef(node.a), 0)] : []
    }
    let (base, step) = parts(of: value)
    guard base.isPresent else { return [] }
    return lua.bounds.limits.filter { $0.slot == lua[base].a }.map { ($0.array, $0.offset + step) }
  }
}
