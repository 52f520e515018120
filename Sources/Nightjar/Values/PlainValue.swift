// Data without a machine: what can leave one, for errors, logs and other machines.

import NightjarEngine

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
  /// Something that is no data, lies too deep or is too long, by the name of its type.
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
  ///   - count: How many entries in all are copied; the rest is left out. Strings in tables that are longer than 256
  ///     bytes for each of them together are opaque.
  public init(_ value: Value, depth: Int = 8, count: Int = 1_000) {
    guard depth > 0, case .table(let table) = value, table.reference.core.isAlive else {
      self.init(leaf: value)
      return
    }
    var room = Room(entryCount: count, byteCount: count.multipliedClamping(by: 256))
    self.init(table.reference.slot, table.reference.core, depth: depth, &room)
  }

  /// What may still be copied.
  private struct Room {
    var entryCount: Int
    var byteCount: Int
  }

  /// A value that is no table, or one too many.
  init(leaf value: Value) {
    switch value {
    case .nil: self = .nil
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .string(value)
    case .table, .function, .coroutine, .object: self = .opaque(value.typeName)
    }
  }

  /// A copy of what stands in the heap, where nothing runs meanwhile.
  private init(_ slot: Slot, _ core: Core, depth: Int, _ room: inout Room) {
    if let byteCount = core.engine.byteCount(ofString: slot) {
      guard byteCount <= room.byteCount else {
        self = .opaque("string")
        return
      }
      room.byteCount -= byteCount
    }
    guard depth > 0, case .table = core.engine.read(slot) else {
      self.init(leaf: core.value(slot))
      return
    }
    var entries: [Entry] = []
    var position = 0
    while room.entryCount > 0, let entry = core.engine.nextEntry(of: slot, &position) {
      room.entryCount -= 1
      entries.append(
        Entry(
          key: PlainValue(entry.key, core, depth: 0, &room),
          value: PlainValue(entry.value, core, depth: depth - 1, &room)
        )
      )
    }
    self = .table(entries)
  }

  /// The value of a field, if this is a table that has it.
  public subscript(name: String) -> PlainValue? {
    guard case .table(let entries) = self else { return nil }
    return entries.first { $0.key == .string(ByteString(name)) }?.value
  }
}

extension Int {
  fileprivate func multipliedClamping(by factor: Int) -> Int {
    let (product, overflows) = multipliedReportingOverflow(by: factor)
    return overflows ? .max : product
  }
}
