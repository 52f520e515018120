// Data on its way from one machine to another, or between a machine and the rest of the program: copied whole, or
// refused with the path to what cannot go.

import NightjarEngine

extension PlainValue {
  /// The value in a machine.
  ///
  /// - Throws: for what is no data, and when memory is out.
  func value(in machine: Machine) throws(ScriptError) -> Value {
    switch self {
    case .nil: return .nil
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .number(let value): return .number(value)
    case .string(let value): return .string(value)
    case .table(let entries):
      let table = try machine.makeTable(fieldCount: entries.count)
      for entry in entries {
        try table.setRaw(try entry.key.value(in: machine), to: try entry.value.value(in: machine))
      }
      return .table(table)
    case .opaque(let type): throw ScriptError(.conversion, "a \(type) cannot leave its machine")
    }
  }

  /// A whole copy of a value that is to leave its machine.
  ///
  /// - Parameters:
  ///   - value: The value: data of any depth that has no cycles, of no more bytes than the machine may hold.
  ///   - name: What messages call it.
  /// - Throws: `ScriptError` that names the path to what is no data, as in "`message.user.cache` is a function".
  public init(crossing value: Value, name: String = "value") throws(ScriptError) {
    guard case .table(let table) = value, table.reference.core.isAlive else {
      self.init(leaf: value)
      if case .opaque(let type) = self { throw Crossing.cannotCross(name, "a \(type)") }
      return
    }
    var crossing = Crossing(core: table.reference.core, name: name)
    self = try crossing.copyWhole(table.reference.slot)
  }
}

/// A copy on its way out of a machine.
private struct Crossing {
  let core: Core
  let name: String
  /// The tables that are being copied, outermost first, with the key of what is copied in each; nil while the key
  /// itself is.
  private var open: [(identity: UInt64, key: Slot?)] = []

  private static let depthMax = 100
  private static let keyLengthMax = 60

  init(core: Core, name: String) {
    self.core = core
    self.name = name
  }

  mutating func copyWhole(_ slot: Slot) throws(ScriptError) -> PlainValue {
    // One conversion: its parts add up.
    try note { () throws(ConversionError) in try core.noteCopy(0) }
    core.copies.depth += 1
    defer { core.copies.depth -= 1 }
    return try copy(slot)
  }

  private mutating func copy(_ slot: Slot) throws(ScriptError) -> PlainValue {
    guard case .table = core.engine.read(slot) else {
      try note { () throws(ConversionError) in try core.noteCopy(of: slot) }
      let copy = PlainValue(leaf: core.value(slot))
      if case .opaque(let type) = copy { throw cannotCross("a \(type)") }
      return copy
    }
    if open.count >= Self.depthMax { throw cannotCross("too deep") }
    let identity = slot.rawBits
    if open.contains(where: { $0.identity == identity }) { throw cannotCross("part of itself") }
    open.append((identity, nil))
    defer { open.removeLast() }
    var entries: [PlainValue.Entry] = []
    var position = 0
    while let entry = core.engine.nextEntry(of: slot, &position) {
      try note { () throws(ConversionError) in try core.noteCopy(Table.entryByteCount, of: 4) }
      open[open.count - 1].key = nil
      let key = try copy(entry.key)
      open[open.count - 1].key = entry.key
      entries.append(PlainValue.Entry(key: key, value: try copy(entry.value)))
    }
    return .table(entries)
  }

  private func note(_ body: () throws(ConversionError) -> Void) throws(ScriptError) {
    do throws(ConversionError) { try body() } catch { throw cannotCross("too large") }
  }

  // MARK: Errors

  /// The way to what is being copied, as in "message.user[3]".
  private var path: String {
    var path = name
    for (_, key) in open {
      guard let key else { return "a key of \(path)" }
      switch core.engine.read(key) {
      case .string(let bytes):
        let start = String(decoding: bytes.prefix(4 * Self.keyLengthMax), as: UTF8.self)
        path += ".\(start.prefix(Self.keyLengthMax))"
      case .integer(let index): path += "[\(index)]"
      case .number(let number): path += "[\(number)]"
      case .boolean(let flag): path += "[\(flag)]"
      default: path += "[…]"
      }
    }
    return path
  }

  private func cannotCross(_ what: String) -> ScriptError { Self.cannotCross(path, what) }

  static func cannotCross(_ path: String, _ what: String) -> ScriptError {
    ScriptError(.conversion, "`\(path)` is \(what), which cannot leave its machine")
  }
}
