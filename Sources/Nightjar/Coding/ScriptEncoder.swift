// Encoding: every container is a table of the machine, kept alive by a handle while it is filled.

import NightjarEngine

/// Encodes one value, by containers or by itself.
final class ScriptEncoder: Encoder {
  let core: Core
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }
  /// The value, once there is one.
  private var made = Slot.nil
  /// The container, once asked for.
  private var table: Reference?

  init(core: Core, codingPath: [any CodingKey]) {
    self.core = core
    self.codingPath = codingPath
  }

  /// What was encoded.
  var slot: Slot { table?.slot ?? made }

  func set(_ slot: Slot) { made = slot }

  /// Encodes a value that stands by itself.
  func encodeWhole(_ value: some Encodable) throws {
    if let slot = try core.directSlot(value) {
      made = slot
    } else {
      try value.encode(to: self)
    }
  }

  private func container() -> Reference {
    if let table { return table }
    // Out of memory shows at the first element that is stored.
    let slot = (try? core.engine.makeTable(arrayCount: 0, fieldCount: 4)) ?? .nil
    let reference = Reference(slot, in: core)
    table = reference
    return reference
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(
      KeyedWriter<Key>(core: core, table: container(), codingPath: codingPath)
    )
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    UnkeyedWriter(core: core, table: container(), codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { SingleWriter(encoder: self) }
}

extension Core {
  /// The slot of a type that the encoder knows without asking it to encode itself.
  fileprivate func directSlot<Encoded: Encodable>(_ value: Encoded) throws(ScriptError) -> Slot? {
    if Encoded.self == Int.self, let value = value as? Int { return Slot(value) }
    if Encoded.self == String.self, let value = value as? String { return try slot(text: value) }
    if Encoded.self == Double.self, let value = value as? Double { return Slot(value) }
    if Encoded.self == Bool.self, let value = value as? Bool { return Slot(value) }
    if Encoded.self == ByteString.self, let value = value as? ByteString {
      return try slot(bytes: value.bytes)
    }
    return nil
  }

  fileprivate func slot(text: String) throws(ScriptError) -> Slot {
    try text._store(in: self).slot
  }

  fileprivate func slot(integer value: some FixedWidthInteger) throws(ScriptError) -> Slot {
    guard let value = Int64(exactly: value) else {
      throw ScriptError(.conversion, "\(value) does not fit into a script's integer")
    }
    return Slot(value)
  }

  /// The slot of any value, by an encoder of its own when it is no plain one.
  fileprivate func slot(
    encoding value: some Encodable,
    at path: [any CodingKey]
  ) throws -> Slot {
    if let slot = try directSlot(value) { return slot }
    let encoder = ScriptEncoder(core: self, codingPath: path)
    try value.encode(to: encoder)
    return encoder.slot
  }

  fileprivate func store(_ value: Slot, at key: Slot, in table: Reference) throws(ScriptError) {
    do throws(EngineError) {
      try engine.rawSet(table.slot, admitted(key), admitted(value))
    } catch { throw failure() }
  }

  fileprivate func newContainer() throws(ScriptError) -> Reference {
    do throws(EngineError) {
      return Reference(try engine.makeTable(arrayCount: 0, fieldCount: 0), in: self)
    } catch { throw failure() }
  }
}

/// Writes fields of a table.
private struct KeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let core: Core
  let table: Reference
  let codingPath: [any CodingKey]

  /// Stores the value that `make` gives; the key is made last, as `make` may collect garbage.
  private func put(_ slot: Slot, _ key: Key) throws {
    let name = try key.intValue.map { Slot($0) } ?? core.slot(text: key.stringValue)
    try core.store(slot, at: name, in: table)
  }

  mutating func encodeNil(forKey key: Key) throws { try put(.nil, key) }
  mutating func encode(_ value: Bool, forKey key: Key) throws { try put(Slot(value), key) }
  mutating func encode(_ value: String, forKey key: Key) throws {
    try put(core.slot(text: value), key)
  }
  mutating func encode(_ value: Double, forKey key: Key) throws { try put(Slot(value), key) }
  mutating func encode(_ value: Float, forKey key: Key) throws {
    try put(Slot(Double(value)), key)
  }
  mutating func encode(_ value: Int, forKey key: Key) throws { try put(Slot(value), key) }
  mutating func encode(_ value: Int8, forKey key: Key) throws { try integer(value, key) }
  mutating func encode(_ value: Int16, forKey key: Key) throws { try integer(value, key) }
  mutating func encode(_ value: Int32, forKey key: Key) throws { try integer(value, key) }
  mutating func encode(_ value: Int64, forKey key: Key) throws { try integer(value, key) }
  mutating func encode(_ value: UInt, forKey key: Key) throws { try integer(value, key) }
  mutating func encode(_ value: UInt8, forKey key: Key) throws { try integer(value, key) }
  mutating func encode(_ value: UInt16, forKey key: Key) throws { try integer(value, key) }
  mutating func encode(_ value: UInt32, forKey key: Key) throws { try integer(value, key) }
  mutating func encode(_ value: UInt64, forKey key: Key) throws { try integer(value, key) }

  private func integer(_ value: some FixedWidthInteger, _ key: Key) throws {
    try put(core.slot(integer: value), key)
  }

  mutating func encode(_ value: some Encodable, forKey key: Key) throws {
    try put(core.slot(encoding: value, at: codingPath + [key]), key)
  }

  private func nested(_ key: Key) -> Reference {
    guard let reference = try? core.newContainer() else { return Reference(.nil, in: core) }
    try? put(reference.slot, key)
    return reference
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type,
    forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    KeyedEncodingContainer(
      KeyedWriter<NestedKey>(core: core, table: nested(key), codingPath: codingPath + [key])
    )
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    UnkeyedWriter(core: core, table: nested(key), codingPath: codingPath + [key])
  }

  mutating func superEncoder() -> any Encoder {
    ParentEncoder(core: core, codingPath: codingPath, table: table, key: .name("super"))
  }

  mutating func superEncoder(forKey key: Key) -> any Encoder {
    ParentEncoder(core: core, codingPath: codingPath, table: table, key: .name(key.stringValue))
  }
}

/// Appends elements to a table.
private struct UnkeyedWriter: UnkeyedEncodingContainer {
  let core: Core
  let table: Reference
  let codingPath: [any CodingKey]
  private(set) var count = 0

  init(core: Core, table: Reference, codingPath: [any CodingKey]) {
    self.core = core
    self.table = table
    self.codingPath = codingPath
  }

  private mutating func append(_ slot: Slot) throws {
    count += 1
    try core.store(slot, at: Slot(count), in: table)
  }

  mutating func encodeNil() throws { try append(.nil) }

  mutating func encode(_ value: some Encodable) throws {
    try append(core.slot(encoding: value, at: codingPath + [PlaceKey(intValue: count)]))
  }

  private mutating func nested() -> Reference {
    guard let reference = try? core.newContainer() else { return Reference(.nil, in: core) }
    try? append(reference.slot)
    return reference
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type
  ) -> KeyedEncodingContainer<NestedKey> {
    KeyedEncodingContainer(
      KeyedWriter<NestedKey>(core: core, table: nested(), codingPath: codingPath)
    )
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    UnkeyedWriter(core: core, table: nested(), codingPath: codingPath)
  }

  mutating func superEncoder() -> any Encoder {
    count += 1
    return ParentEncoder(core: core, codingPath: codingPath, table: table, key: .index(count))
  }
}

/// Stands for a value that is one.
private struct SingleWriter: SingleValueEncodingContainer {
  let encoder: ScriptEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }

  mutating func encodeNil() throws { encoder.set(.nil) }

  mutating func encode(_ value: some Encodable) throws {
    let core = encoder.core
    switch value {
    case let value as any FixedWidthInteger: encoder.set(try core.slot(integer: value))
    case let value as Float: encoder.set(Slot(Double(value)))
    default: try encoder.encodeWhole(value)
    }
  }
}

/// Encodes the superclass's part into a field.
private final class ParentEncoder: Encoder {
  enum Key {
    case name(String)
    case index(Int)
  }

  let core: Core
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }
  private let inner: ScriptEncoder
  private let table: Reference
  private let key: Key

  init(core: Core, codingPath: [any CodingKey], table: Reference, key: Key) {
    self.core = core
    self.codingPath = codingPath
    self.table = table
    self.key = key
    inner = ScriptEncoder(core: core, codingPath: codingPath)
  }

  // The part is complete when nobody can write into it any more.
  deinit {
    let slot = inner.slot
    switch key {
    case .name(let name):
      guard let name = try? core.slot(text: name) else { return }
      try? core.store(slot, at: name, in: table)
    case .index(let index): try? core.store(slot, at: Slot(index), in: table)
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    inner.container(keyedBy: type)
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { inner.unkeyedContainer() }
  func singleValueContainer() -> any SingleValueEncodingContainer { inner.singleValueContainer() }
}
