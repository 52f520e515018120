// The standard library's types for scripts. Conversions lose nothing: a float converts to an integer
// type only if it stands for an integer in range, bytes to `String` only if they are UTF-8.

import NightjarEngine

extension Value: ScriptConvertible {
  /// How messages call any value.
  public static var scriptTypeName: String { "value" }

  /// The value itself.
  public init(scriptValue: Value) throws(ConversionError) { self = scriptValue }

  /// The value itself.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { self }
}

extension Bool: ScriptConvertible {
  /// "boolean".
  public static var scriptTypeName: String { "boolean" }

  /// The truth a boolean stands for; other values are refused, unlike in a script's conditions.
  public init(scriptValue: Value) throws(ConversionError) {
    guard case .boolean(let value) = scriptValue else {
      throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
    self = value
  }

  /// A boolean.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .boolean(self) }

  /// A boolean in place.
  @inlinable
  public init(_stored stored: _StoredValue) throws(ConversionError) {
    guard stored.isBoolean else { throw ConversionError(expected: "boolean", stored: stored) }
    self = stored.tag == 2
  }

  /// A boolean in place.
  @inlinable
  public func _store(in core: _MachineCore) throws(ScriptError) -> _StoredValue {
    _StoredValue(bits: 0, tag: self ? 2 : 1, core: core)
  }
}

extension FixedWidthInteger where Self: ScriptConvertible {
  /// "integer".
  public static var scriptTypeName: String { "integer" }

  /// The integer that a number stands for, if the type holds it.
  public init(scriptValue: Value) throws(ConversionError) {
    let exact: Self?
    switch scriptValue {
    case .integer(let value): exact = Self(exactly: value)
    case .number(let value): exact = Self(exactly: value)
    default: throw ConversionError(expected: "number", found: scriptValue)
    }
    guard let exact else { throw Self.refusal(of: "\(scriptValue)") }
    self = exact
  }

  /// An integer; refused if the script's 64 bits do not hold it.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value {
    guard let value = Int(exactly: self) else { throw Self.overflow("\(self)") }
    return .integer(value)
  }

  /// An integer in place.
  @inlinable
  public init(_stored stored: _StoredValue) throws(ConversionError) {
    if stored.isInteger, let exact = Self(exactly: stored.integer) {
      self = exact
    } else if stored.isFloat, let exact = Self(exactly: stored.float) {
      self = exact
    } else if stored.isInteger || stored.isFloat {
      throw Self.refusal(of: stored.isInteger ? "\(stored.integer)" : "\(stored.float)")
    } else {
      throw ConversionError(expected: "number", stored: stored)
    }
  }

  /// An integer in place.
  @inlinable
  public func _store(in core: _MachineCore) throws(ScriptError) -> _StoredValue {
    guard let value = Int64(exactly: self) else { throw Self.overflow("\(self)") }
    return _StoredValue(bits: UInt64(bitPattern: value), tag: 3, core: core)
  }

  @usableFromInline
  static func refusal(of number: String) -> ConversionError {
    let range = "\(Self.min) to \(Self.max)"
    return ConversionError(expected: "integer from \(range)", found: number)
  }

  @usableFromInline
  static func overflow(_ number: String) -> ScriptError {
    ScriptError(.conversion, "\(number) does not fit into a script's integer")
  }
}

extension Int: ScriptConvertible {}
extension Int8: ScriptConvertible {}
extension Int16: ScriptConvertible {}
extension Int32: ScriptConvertible {}
extension Int64: ScriptConvertible {}
extension UInt: ScriptConvertible {}
extension UInt8: ScriptConvertible {}
extension UInt16: ScriptConvertible {}
extension UInt32: ScriptConvertible {}
extension UInt64: ScriptConvertible {}

extension Double: ScriptConvertible {
  /// "number".
  public static var scriptTypeName: String { "number" }

  /// Any number.
  public init(scriptValue: Value) throws(ConversionError) {
    switch scriptValue {
    case .integer(let value): self = Double(value)
    case .number(let value): self = value
    default: throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
  }

  /// A float.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .number(self) }

  /// Any number in place.
  @inlinable
  public init(_stored stored: _StoredValue) throws(ConversionError) {
    if stored.isFloat {
      self = stored.float
    } else if stored.isInteger {
      self = Double(stored.integer)
    } else {
      throw ConversionError(expected: "number", stored: stored)
    }
  }

  /// A float in place.
  @inlinable
  public func _store(in core: _MachineCore) throws(ScriptError) -> _StoredValue {
    _StoredValue(bits: bitPattern, tag: 4, core: core)
  }
}

extension Float: ScriptConvertible {
  /// "number".
  public static var scriptTypeName: String { "number" }

  /// Any number, rounded to the type.
  public init(scriptValue: Value) throws(ConversionError) {
    self = Float(try Double(scriptValue: scriptValue))
  }

  /// A float.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value {
    .number(Double(self))
  }
}

extension String: ScriptConvertible {
  /// "string".
  public static var scriptTypeName: String { "string" }

  /// The text of a string in UTF-8, or of an integer.
  public init(scriptValue: Value) throws(ConversionError) {
    switch scriptValue {
    case .string(let value):
      guard let text = value.text else { throw Self.notText }
      self = text
    case .integer(let value): self = "\(value)"
    default: throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
  }

  /// Its UTF-8 bytes.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value {
    .string(ByteString(self))
  }

  /// The text of a string in place.
  public init(_stored stored: _StoredValue) throws(ConversionError) {
    try stored.noteCopy()
    let text = unsafe stored.engine.withBytes(of: stored.slot) { bytes in
      unsafe String(validating: bytes, as: UTF8.self)
    }
    switch text {
    case .some(.some(let text)): self = text
    case .some(.none): throw Self.notText
    case .none: self = try String(scriptValue: stored.value)
    }
  }

  /// A string made of the text's bytes.
  public func _store(in core: _MachineCore) throws(ScriptError) -> _StoredValue {
    var copy = self
    let made = copy.withUTF8 { bytes in
      Result { () throws(ScriptError) in try unsafe core.slot(bytes: bytes) }
    }
    return _StoredValue(try made.get(), core: core)
  }

  private static var notText: ConversionError {
    ConversionError(expected: "string in UTF-8", found: "other bytes")
  }
}

extension ByteString: ScriptConvertible {
  /// "string".
  public static var scriptTypeName: String { "string" }

  /// A string's bytes.
  public init(scriptValue: Value) throws(ConversionError) {
    guard case .string(let value) = scriptValue else {
      throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
    self = value
  }

  /// A string.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .string(self) }
}

extension Optional: ScriptConvertible where Wrapped: ScriptConvertible {
  /// "number or nil".
  public static var scriptTypeName: String { "\(Wrapped.scriptTypeName) or nil" }

  /// Nothing for nil.
  public init(scriptValue: Value) throws(ConversionError) {
    if scriptValue.isNil {
      self = nil
    } else {
      do throws(ConversionError) {
        self = try Wrapped(scriptValue: scriptValue)
      } catch { throw error.orNil }
    }
  }

  /// Nil for nothing.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value {
    guard let value = self else { return .nil }
    return try value.scriptValue(in: machine)
  }

  /// Nothing for nil, in place.
  @inlinable
  public init(_stored stored: _StoredValue) throws(ConversionError) {
    if stored.isNil {
      self = nil
    } else {
      do throws(ConversionError) {
        self = try Wrapped(_stored: stored)
      } catch { throw error.orNil }
    }
  }

  /// Nil for nothing, in place.
  @inlinable
  public func _store(in core: _MachineCore) throws(ScriptError) -> _StoredValue {
    guard let value = self else { return _StoredValue(bits: 0, tag: 0, core: core) }
    return try value._store(in: core)
  }
}

extension Array: ScriptConvertible where Element: ScriptConvertible {
  /// "table".
  public static var scriptTypeName: String { "table" }

  /// The elements at 1, 2, … up to the table's border.
  public init(scriptValue: Value) throws(ConversionError) {
    guard case .table(let table) = scriptValue else {
      throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
    self = []
    let count = try table.listCount()
    let core = table.reference.core
    core.copies.depth += 1
    defer { core.copies.depth -= 1 }
    reserveCapacity(count)
    for index in stride(from: 1, through: count, by: 1) {
      do throws(ConversionError) {
        append(try Element(_stored: table.stored(.integer(index))))
      } catch { throw error.within("\(index)") }
    }
  }

  /// A table of the elements at 1, 2, ….
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value {
    let table = try machine.makeTable(arrayCount: count)
    for (index, element) in enumerated() {
      try table.set(at: .integer(index + 1), to: element._store(in: machine.core))
    }
    return .table(table)
  }
}

extension Dictionary: ScriptConvertible where Key: ScriptConvertible, Value: ScriptConvertible {
  /// "table".
  public static var scriptTypeName: String { "table" }

  /// All entries of the table.
  public init(scriptValue: Nightjar.Value) throws(ConversionError) {
    guard case .table(let table) = scriptValue else {
      throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
    self = [:]
    try table.noteCopyOfEntries()
    let core = table.reference.core
    core.copies.depth += 1
    defer { core.copies.depth -= 1 }
    for (key, value) in table.entries {
      do throws(ConversionError) {
        self[try Key(scriptValue: key)] = try Value(scriptValue: value)
      } catch { throw error.within("\(key)") }
    }
  }

  /// A table whose fields stand in the order of the keys' texts: Swift's own order changes with every
  /// process, and a script's run must not.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Nightjar.Value {
    let table = try machine.makeTable(fieldCount: count)
    for (key, value) in sorted(by: { "\($0.key)" < "\($1.key)" }) {
      try table.set(at: key.scriptValue(in: machine), to: value._store(in: machine.core))
    }
    return .table(table)
  }
}

extension ScriptConvertible where Self: RawRepresentable, RawValue: ScriptConvertible {
  /// As the raw value.
  public static var scriptTypeName: String { RawValue.scriptTypeName }

  /// The case whose raw value it is; others are refused.
  public init(scriptValue: Value) throws(ConversionError) {
    let raw = try RawValue(scriptValue: scriptValue)
    guard let found = Self(rawValue: raw) else {
      throw ConversionError(expected: "\(Self.self)", found: "'\(scriptValue)'")
    }
    self = found
  }

  /// The raw value.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value {
    try rawValue.scriptValue(in: machine)
  }
}

extension ConversionError {
  /// The same error where nil would have been right too.
  @usableFromInline var orNil: ConversionError {
    guard path.isEmpty else { return self }
    return ConversionError(expected: "\(expected) or nil", found: found)
  }

  /// An error about a stored value of the wrong type.
  @usableFromInline
  init(expected: String, stored: _StoredValue) {
    self.init(expected: expected, found: stored.value)
  }
}
