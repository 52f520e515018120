// Data without a machine: what can leave one, for errors, logs and other machines.

/// A copy of a script's data that belongs to no machine.
public indirect enum PlainValue: Sendable, Equatable {
  /// The absence of a value.
  case `nil`
  /// True or false.
  case boolean(Bool)
  /// A number of the integer subtype.
  case integer(Int)
  /// A number of the float subtype.
  case number(Double)
  /// A string of bytes.
  case string(ByteString)
  /// The entries of a table in their order.
  case table([Entry])
  /// Something that is no data, or lies too deep, by the name of its type.
  case opaque(String)

  /// One entry of a table.
  public struct Entry: Sendable, Equatable {
    /// The key.
    public let key: PlainValue
    /// The value.
    public let value: PlainValue

    /// An entry.
    public init(key: PlainValue, value: PlainValue) {
      self.key = key
      self.value = value
    }
  }

  /// A copy of a value.
  ///
  /// - Parameters:
  ///   - value: What to copy; tables are read without metamethods.
  ///   - depth: How many tables inside one another are copied; deeper ones are opaque.
  ///   - count: How many entries in all are copied; the rest is left out.
  public init(_ value: Value, depth: Int = 8, count: Int = 1_000) {
    var left = count
    self.init(value, depth: depth, left: &left)
  }

  private init(_ value: Value, depth: Int, left: inout Int) {
    switch value {
    case .nil: self = .nil
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .string(value)
    case .table(let table) where depth > 0:
      var entries: [Entry] = []
      table.forEachEntry { key, value in
        guard left > 0 else { return false }
        left -= 1
        entries.append(
          Entry(
            key: PlainValue(key, depth: 0, left: &left),
            value: PlainValue(value, depth: depth - 1, left: &left)
          )
        )
        return true
      }
      self = .table(entries)
    case .table, .function, .coroutine, .object: self = .opaque(value.typeName)
    }
  }

  /// The value of a field, if this is a table that has it.
  public subscript(name: String) -> PlainValue? {
    guard case .table(let entries) = self else { return nil }
    return entries.first { $0.key == .string(ByteString(name)) }?.value
  }
}
