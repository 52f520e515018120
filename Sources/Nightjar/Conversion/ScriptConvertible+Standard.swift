// The standard library's types for scripts. Conversions lose nothing: a float converts to an integer
// type only if it stands for an integer in range, bytes to `String` only if they are UTF-8.

extension Value: ScriptConvertible {
  public static var scriptTypeName: String { "value" }
  public init(scriptValue: Value) throws(ConversionError) { self = scriptValue }
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { self }
}

extension Bool: ScriptConvertible {
  public static var scriptTypeName: String { "boolean" }

  public init(scriptValue: Value) throws(ConversionError) {
    guard case .boolean(let value) = scriptValue else {
      throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
    self = value
  }

  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .boolean(self) }
}

extension FixedWidthInteger where Self: ScriptConvertible {
  public static var scriptTypeName: String { "integer" }

  public init(scriptValue: Value) throws(ConversionError) {
    let exact: Self?
    switch scriptValue {
    case .integer(let value): exact = Self(exactly: value)
    case .number(let value): exact = Self(exactly: value)
    default: throw ConversionError(expected: "number", found: scriptValue)
    }
    guard let exact else {
      throw ConversionError(expected: "integer of \(Self.self)", found: "\(scriptValue)")
    }
    self = exact
  }

  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value {
    guard let value = Int(exactly: self) else {
      throw ScriptError(.conversion, "\(self) does not fit into a script's integer")
    }
    return .integer(value)
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
  public static var scriptTypeName: String { "number" }

  public init(scriptValue: Value) throws(ConversionError) {
    switch scriptValue {
    case .integer(let value): self = Double(value)
    case .number(let value): self = value
    default: throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
  }

  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .number(self) }
}

extension Float: ScriptConvertible {
  public static var scriptTypeName: String { "number" }

  public init(scriptValue: Value) throws(ConversionError) {
    self = Float(try Double(scriptValue: scriptValue))
  }

  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value {
    .number(Double(self))
  }
}

extension String: ScriptConvertible {
  public static var scriptTypeName: String { "string" }

  public init(scriptValue: Value) throws(ConversionError) {
    switch scriptValue {
    case .string(let value):
      guard let text = value.text else {
        throw ConversionError(expected: "string in UTF-8", found: "other bytes")
      }
      self = text
    case .integer(let value): self = "\(value)"
    default: throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
  }

  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value {
    .string(ByteString(self))
  }
}

extension ByteString: ScriptConvertible {
  public static var scriptTypeName: String { "string" }

  public init(scriptValue: Value) throws(ConversionError) {
    guard case .string(let value) = scriptValue else {
      throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
    self = value
  }

  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .string(self) }
}

extension Optional: ScriptConvertible where Wrapped: ScriptConvertible {
  public static var scriptTypeName: String { "\(Wrapped.scriptTypeName) or nil" }

  public init(scriptValue: Value) throws(ConversionError) {
    self = scriptValue.isNil ? nil : try Wrapped(scriptValue: scriptValue)
  }

  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value {
    guard let value = self else { return .nil }
    return try value.scriptValue(in: machine)
  }
}

extension Array: ScriptConvertible where Element: ScriptConvertible {
  public static var scriptTypeName: String { "table" }

  /// The elements at 1, 2, … up to the table's border.
  public init(scriptValue: Value) throws(ConversionError) {
    guard case .table(let table) = scriptValue else {
      throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
    self = []
    let count = table.count
    reserveCapacity(count)
    var index = 1
    while index <= count {
      do throws(ConversionError) {
        append(try Element(scriptValue: table.raw(.integer(index))))
      } catch { throw error.within("\(index)") }
      index += 1
    }
  }

  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value {
    let table = try machine.makeTable(arrayCount: count)
    for (index, element) in enumerated() {
      try table.setRaw(.integer(index + 1), to: element.scriptValue(in: machine))
    }
    return .table(table)
  }
}

extension Dictionary: ScriptConvertible where Key: ScriptConvertible, Value: ScriptConvertible {
  public static var scriptTypeName: String { "table" }

  public init(scriptValue: Nightjar.Value) throws(ConversionError) {
    guard case .table(let table) = scriptValue else {
      throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
    self = [:]
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
      try table.setRaw(key.scriptValue(in: machine), to: value.scriptValue(in: machine))
    }
    return .table(table)
  }
}
