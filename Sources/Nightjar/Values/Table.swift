// Tables as live handles.

import NightjarEngine

/// A table of a script.
///
/// Changes are seen on both sides.
public struct Table {
  let reference: Reference

  init(reference: Reference) { self.reference = reference }

  /// The table that a value is.
  ///
  /// - Throws: `ConversionError` when it is something else.
  public init(scriptValue: Value) throws(ConversionError) {
    guard case .table(let handle) = scriptValue else {
      throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
    self = handle
  }

  private var core: Core { reference.core }

  // MARK: Without metamethods

  /// How many elements stand at 1, 2, … without a gap, as `#` finds it without metamethods.
  ///
  /// - Complexity: O(1) as a rule, O(log n) where the table ends in nils.
  public var count: Int { core.isAlive ? core.engine.border(of: reference.slot) : 0 }

  /// The count for whoever visits all elements.
  ///
  /// A few elements at 1, 2, 4, 8, … let `#` find an end that is far beyond all memory and time: what has
  /// more holes than elements is no list.
  func listCount() throws(ConversionError) -> Int {
    let count = count
    if count > 1_024, !hasEntries(count / 2) {
      throw ConversionError(expected: "list", found: "table with holes")
    }
    try core.noteCopy(count &* MemoryLayout<Int>.stride, of: count)
    return count
  }

  /// Whether there are so many entries.
  private func hasEntries(_ least: Int) -> Bool {
    guard core.isAlive else { return false }
    var position = 0
    for _ in 0..<least where core.engine.nextEntry(of: reference.slot, &position) == nil {
      return false
    }
    return true
  }

  /// Notes what a copy of all entries takes, but for what stands in tables inside.
  ///
  /// - Throws: when that is more than the machine may hold.
  func noteCopyOfEntries() throws(ConversionError) {
    guard core.isAlive else { return }
    // One conversion: its parts add up.
    try core.noteCopy(0)
    core.copies.depth += 1
    defer { core.copies.depth -= 1 }
    var position = 0
    while let entry = core.engine.nextEntry(of: reference.slot, &position) {
      try core.noteCopy(Self.entryByteCount, of: 2)
      try core.noteCopy(of: entry.key)
      try core.noteCopy(of: entry.value)
    }
  }

  /// What an entry takes in Swift, about.
  static var entryByteCount: Int { 64 }

  /// The element at a key, without metamethods; nil when there is none.
  public func raw(_ key: Value) -> Value {
    guard core.isAlive, let key = try? core.slot(key) else { return .nil }
    return core.value(core.engine.rawGet(reference.slot, key))
  }

  /// Sets the element at a key, without metamethods; nil removes it.
  ///
  /// - Throws: when the key is nil or not a number, or memory is out.
  public func setRaw(_ key: Value, to value: Value) throws(ScriptError) {
    let key = try core.slot(key)
    let value = try core.slot(value)
    do throws(EngineError) {
      try core.engine.rawSet(reference.slot, key, value)
    } catch { throw core.failure() }
  }

  /// An element for a conversion, without metamethods.
  func stored(_ key: Value) -> _StoredValue {
    guard core.isAlive, let key = try? core.slot(key) else {
      return _StoredValue(.nil, core: core)
    }
    return _StoredValue(core.engine.rawGet(reference.slot, key), core: core)
  }

  /// A field for a conversion, without metamethods.
  func stored(field name: String) -> _StoredValue {
    guard core.isAlive, let key = try? name._store(in: core) else {
      return _StoredValue(.nil, core: core)
    }
    return _StoredValue(core.engine.rawGet(reference.slot, key.slot), core: core)
  }

  /// Sets an element to what a conversion made, without metamethods.
  func set(at key: Value, to stored: _StoredValue) throws(ScriptError) {
    let key = try core.slot(key)
    do throws(EngineError) {
      try core.engine.rawSet(reference.slot, key, core.admitted(stored.slot))
    } catch { throw core.failure() }
  }

  /// Keys and values in the order in which `pairs` visits them, as they are now.
  public var entries: [(key: Value, value: Value)] {
    var found: [(key: Value, value: Value)] = []
    forEachEntry { key, value in
      found.append((key, value))
      return true
    }
    return found
  }

  /// Visits the entries until `body` answers false; it must not change the table.
  func forEachEntry(_ body: (Value, Value) -> Bool) {
    guard core.isAlive else { return }
    let slot = reference.slot
    var position = 0
    while let entry = core.engine.nextEntry(of: slot, &position) {
      if !body(core.value(entry.key), core.value(entry.value)) { return }
    }
  }

  /// The entry at a position, which begins at 0 and is moved on; nil behind the last one.
  package func entry(after position: inout Int) -> (key: Value, value: Value)? {
    guard core.isAlive, let entry = core.engine.nextEntry(of: reference.slot, &position) else {
      return nil
    }
    return (core.value(entry.key), core.value(entry.value))
  }

  /// The table's metatable.
  public var metatable: Table? {
    get {
      guard core.isAlive,
        case .table(let table) = core.value(core.engine.metatable(of: reference.slot))
      else { return nil }
      return table
    }
    nonmutating set {
      guard core.isAlive, newValue.map({ $0.core === core }) ?? true else { return }
      core.engine.setMetatable(of: reference.slot, to: newValue?.reference.slot ?? .nil)
    }
  }

  // MARK: As scripts see it

  /// The element at a key, as `table[key]` gives it in a script.
  ///
  /// - Throws: what a metamethod throws, and conversion errors.
  public func get<Result: ScriptConvertible>(
    _ key: some ScriptConvertible,
    as type: Result.Type = Result.self
  ) throws(ScriptError) -> Result {
    let machine = try core.liveMachine
    let key = try core.slot(key.scriptValue(in: machine))
    var slot = core.engine.rawGet(reference.slot, key)
    if slot.isNil && core.engine.hasMetatable(reference.slot) {
      slot = try core.call(core.engine.indexFunction, [reference.slot, key])
    }
    return try core.convert(slot, to: type)
  }

  /// Sets the element at a key, as `table[key] = value` does in a script.
  public func set(
    _ key: some ScriptConvertible,
    to value: some ScriptConvertible
  ) throws(ScriptError) {
    let machine = try core.liveMachine
    let key = try core.slot(key.scriptValue(in: machine))
    let value = try core.slot(value.scriptValue(in: machine))
    if core.engine.hasMetatable(reference.slot) {
      _ = try core.call(core.engine.setIndexFunction, [reference.slot, key, value])
      return
    }
    do throws(EngineError) {
      try core.engine.rawSet(reference.slot, key, value)
    } catch { throw core.failure() }
  }

  /// The field of a name, without metamethods.
  ///
  /// Setting nil removes the field; what cannot be set is left as it was.
  public subscript(name: String) -> Value {
    get { raw(.string(ByteString(name))) }
    nonmutating set { try? setRaw(.string(ByteString(name)), to: newValue) }
  }

  /// The element at an index from 1, without metamethods.
  public subscript(index: Int) -> Value {
    get { raw(.integer(index)) }
    nonmutating set { try? setRaw(.integer(index), to: newValue) }
  }

  /// Adds an element behind the last one.
  public func append(_ value: some ScriptConvertible) throws(ScriptError) {
    try setRaw(.integer(count + 1), to: value.scriptValue(in: core.liveMachine))
  }
}
