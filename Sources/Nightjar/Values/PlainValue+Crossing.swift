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
  ///   - value: The value: data of any depth that has no cycles.
  ///   - name: What messages call it.
  /// - Throws: `ScriptError` that names the path to what is no data, as in "`message.user.cache` is a function".
  public init(crossing value: Value, name: String = "value") throws(ScriptError) {
    var open: [UInt64] = []
    try self.init(crossing: value, at: name, &open)
  }

  private static let crossingDepthMax = 100

  private init(
    crossing value: Value,
    at path: String,
    _ open: inout [UInt64]
  ) throws(ScriptError) {
    guard case .table(let table) = value else {
      self.init(value)
      if case .opaque(let type) = self { throw Self.cannotCross(path, "a \(type)") }
      return
    }
    guard open.count < Self.crossingDepthMax else { throw Self.cannotCross(path, "too deep") }
    let identity = table.reference.slot.rawBits
    if open.contains(identity) { throw Self.cannotCross(path, "part of itself") }
    open.append(identity)
    defer { open.removeLast() }
    var found: [(key: Value, value: Value)] = []
    table.forEachEntry { key, value in
      found.append((key, value))
      return true
    }
    var entries: [Entry] = []
    for (key, value) in found {
      let part = Self.path(path, key)
      let copy = try PlainValue(crossing: key, at: "a key of \(path)", &open)
      entries.append(
        Entry(key: copy, value: try PlainValue(crossing: value, at: part, &open))
      )
    }
    self = .table(entries)
  }

  private static func path(_ path: String, _ key: Value) -> String {
    switch key {
    case .string(let name): "\(path).\(name)"
    case .integer(let index): "\(path)[\(index)]"
    case .number(let number): "\(path)[\(number)]"
    case .boolean(let flag): "\(path)[\(flag)]"
    default: "\(path)[…]"
    }
  }

  private static func cannotCross(_ path: String, _ what: String) -> ScriptError {
    ScriptError(.conversion, "`\(path)` is \(what), which cannot leave its machine")
  }
}
