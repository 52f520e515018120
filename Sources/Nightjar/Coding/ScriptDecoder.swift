// Decoding: containers read the script's tables without metamethods. Errors keep the path of keys to the
// value at fault, so that a script's author knows which field is meant.

import NightjarEngine

/// Decodes one value.
struct ScriptDecoder: Decoder {
  let stored: Stored
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// Decodes a whole value.
  static func decode<Result: Decodable>(
    _ type: Result.Type,
    from value: Value
  ) throws(ConversionError) -> Result {
    let core: Core? = if case .table(let table) = value { table.reference.core } else { nil }
    try core?.noteCopy(0)
    core?.copies.depth += 1
    defer { core?.copies.depth -= 1 }
    do {
      return try Stored(value).decode(type, at: [])
    } catch let error as DecodingFailure {
      throw error.conversion
    } catch let error as DecodingError {
      throw error.conversion
    } catch {
      throw ConversionError(expected: "\(type)", found: "\(error)")
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(
      KeyedReader<Key>(table: try stored.table(at: codingPath), codingPath: codingPath)
    )
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try stored.list(at: codingPath)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    SingleReader(stored: stored, codingPath: codingPath)
  }
}

/// A value to be decoded.
///
/// Nothing of the script runs while values are decoded, but a type's own `init(from:)` might call into it;
/// tables are therefore held by handles, and only what stands in them is read in place.
enum Stored {
  case value(Value)
  case slot(_StoredValue)

  init(_ value: Value) { self = .value(value) }

  var isNil: Bool {
    switch self {
    case .value(let value): value.isNil
    case .slot(let stored): stored.isNil
    }
  }

  private var value: Value {
    switch self {
    case .value(let value): value
    case .slot(let stored): stored.value
    }
  }

  /// How deep values may lie: a table can contain itself, and types can be recursive.
  private static let depthMax = 100

  func table(at path: [any CodingKey]) throws -> Table {
    guard case .table(let table) = value else { throw failure("table", at: path) }
    if path.count > Self.depthMax {
      let found = "tables nested deeper than \(Self.depthMax)"
      throw DecodingFailure(ConversionError(expected: "value", found: found), [])
    }
    do throws(ConversionError) {
      try table.reference.core.noteCopy(Table.entryByteCount, of: 8)
    } catch { throw DecodingFailure(error, path) }
    return table
  }

  /// A table whose elements are visited.
  func list(at path: [any CodingKey]) throws -> UnkeyedReader {
    let table = try table(at: path)
    do throws(ConversionError) {
      return UnkeyedReader(table: table, codingPath: path, length: try table.listCount())
    } catch { throw DecodingFailure(error, path) }
  }

  func failure(_ expected: String, at path: [any CodingKey]) -> DecodingFailure {
    DecodingFailure(ConversionError(expected: expected, found: value), path)
  }

  /// A value of a type that converts by itself.
  func convert<Result: ScriptConvertible>(
    _ type: Result.Type,
    at path: [any CodingKey]
  ) throws -> Result {
    do throws(ConversionError) {
      switch self {
      case .value(let value): return try Result(scriptValue: value)
      case .slot(let stored): return try Result(_stored: stored)
      }
    } catch { throw DecodingFailure(error, path) }
  }

  func decode<Result: Decodable>(_ type: Result.Type, at path: [any CodingKey]) throws -> Result {
    if case .slot(let stored) = self {
      do throws(ConversionError) { try stored.noteCopy() } catch {
        throw DecodingFailure(error, path)
      }
    }
    if type == ByteString.self, let bytes = try convert(ByteString.self, at: path) as? Result {
      return bytes
    }
    return try Result(from: ScriptDecoder(stored: .value(value), codingPath: path))
  }
}

/// A conversion error with the keys that lead to it.
struct DecodingFailure: Error {
  let error: ConversionError
  let path: [any CodingKey]

  init(_ error: ConversionError, _ path: [any CodingKey]) {
    self.error = error
    self.path = path
  }

  var conversion: ConversionError {
    var error = error
    error.path = path.map(\.scriptText) + error.path
    return error
  }
}

extension CodingKey {
  /// The key as a script writes it: lists begin at 1.
  var scriptText: String { intValue.map { "\($0 + 1)" } ?? stringValue }
}

extension DecodingError {
  /// The error in the terms of conversions.
  var conversion: ConversionError {
    func error(_ expected: String, _ found: String, _ context: Context) -> ConversionError {
      var error = ConversionError(expected: expected, found: found)
      error.path = context.codingPath.map(\.scriptText)
      return error
    }
    switch self {
    case .typeMismatch(let type, let context): return error("\(type)", "another type", context)
    case .valueNotFound(let type, let context): return error("\(type)", "no value", context)
    case .keyNotFound(let key, let context):
      return error("field '\(key.stringValue)'", "no value", context)
    case .dataCorrupted(let context):
      return error("valid value", context.debugDescription, context)
    @unknown default: return ConversionError(expected: "valid value", found: "\(self)")
    }
  }
}

/// Reads fields of a table.
private struct KeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let table: Table
  let codingPath: [any CodingKey]

  var allKeys: [Key] {
    guard (try? table.noteCopyOfEntries()) != nil else { return [] }
    return table.entries.compactMap { key, _ in
      switch key {
      case .string(let name): Key(stringValue: name.description)
      case .integer(let number): Key(intValue: number) ?? Key(stringValue: "\(number)")
      default: nil
      }
    }
  }

  private func stored(_ key: Key) -> Stored {
    if let number = key.intValue {
      let stored = table.stored(.integer(number))
      if !stored.isNil { return .slot(stored) }
    }
    return .slot(table.stored(field: key.stringValue))
  }

  /// The field, which must be there.
  private func present(_ key: Key, _ type: String) throws -> Stored {
    let found = stored(key)
    if found.isNil {
      throw DecodingFailure(
        ConversionError(expected: type, found: "no value"),
        codingPath + [key]
      )
    }
    return found
  }

  private func convert<Result: ScriptConvertible>(
    _ type: Result.Type,
    _ key: Key
  ) throws -> Result {
    let found = stored(key)
    if case .slot(let stored) = found, let result = try? Result(_stored: stored) { return result }
    return try present(key, Result.scriptTypeName).convert(type, at: codingPath + [key])
  }

  func contains(_ key: Key) -> Bool { !stored(key).isNil }
  func decodeNil(forKey key: Key) throws -> Bool { stored(key).isNil }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try convert(type, key) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try convert(type, key) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try convert(type, key) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try convert(type, key) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try convert(type, key) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try convert(type, key) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try convert(type, key) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try convert(type, key) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try convert(type, key) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try convert(type, key) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try convert(type, key) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try convert(type, key) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try convert(type, key) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try convert(type, key) }

  func decode<Result: Decodable>(_ type: Result.Type, forKey key: Key) throws -> Result {
    try present(key, "\(type)").decode(type, at: codingPath + [key])
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type,
    forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    let path = codingPath + [key]
    return KeyedDecodingContainer(
      KeyedReader<NestedKey>(table: try stored(key).table(at: path), codingPath: path)
    )
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try stored(key).list(at: codingPath + [key])
  }

  func superDecoder() throws -> any Decoder {
    ScriptDecoder(
      stored: .value(table["super"]),
      codingPath: codingPath + [PlaceKey(stringValue: "super")]
    )
  }

  func superDecoder(forKey key: Key) throws -> any Decoder {
    ScriptDecoder(stored: .value(table[key.stringValue]), codingPath: codingPath + [key])
  }
}

/// Reads the elements of a list.
struct UnkeyedReader: UnkeyedDecodingContainer {
  let table: Table
  let codingPath: [any CodingKey]
  let length: Int
  private(set) var currentIndex = 0

  init(table: Table, codingPath: [any CodingKey], length: Int) {
    self.table = table
    self.codingPath = codingPath
    self.length = length
  }

  var count: Int? { length }
  var isAtEnd: Bool { currentIndex >= length }

  private var path: [any CodingKey] { codingPath + [PlaceKey(intValue: currentIndex)] }

  private func present(_ type: String) throws -> Stored {
    if isAtEnd {
      throw DecodingFailure(ConversionError(expected: type, found: "no value"), path)
    }
    return .slot(table.stored(.integer(currentIndex + 1)))
  }

  mutating func decodeNil() throws -> Bool {
    guard try present("nil").isNil else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Result: Decodable>(_ type: Result.Type) throws -> Result {
    let result = try present("\(type)").decode(type, at: path)
    currentIndex += 1
    return result
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) throws -> KeyedDecodingContainer<NestedKey> {
    let reader = KeyedReader<NestedKey>(
      table: try present("table").table(at: path),
      codingPath: path
    )
    currentIndex += 1
    return KeyedDecodingContainer(reader)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let reader = try present("table").list(at: path)
    currentIndex += 1
    return reader
  }

  mutating func superDecoder() throws -> any Decoder {
    let decoder = ScriptDecoder(
      stored: .value(table[currentIndex + 1]),
      codingPath: path
    )
    currentIndex += 1
    return decoder
  }
}

/// Reads a value that stands by itself.
private struct SingleReader: SingleValueDecodingContainer {
  let stored: Stored
  let codingPath: [any CodingKey]

  func decodeNil() -> Bool { stored.isNil }
  func decode(_ type: Bool.Type) throws -> Bool { try stored.convert(type, at: codingPath) }
  func decode(_ type: String.Type) throws -> String { try stored.convert(type, at: codingPath) }
  func decode(_ type: Double.Type) throws -> Double { try stored.convert(type, at: codingPath) }
  func decode(_ type: Float.Type) throws -> Float { try stored.convert(type, at: codingPath) }
  func decode(_ type: Int.Type) throws -> Int { try stored.convert(type, at: codingPath) }
  func decode(_ type: Int8.Type) throws -> Int8 { try stored.convert(type, at: codingPath) }
  func decode(_ type: Int16.Type) throws -> Int16 { try stored.convert(type, at: codingPath) }
  func decode(_ type: Int32.Type) throws -> Int32 { try stored.convert(type, at: codingPath) }
  func decode(_ type: Int64.Type) throws -> Int64 { try stored.convert(type, at: codingPath) }
  func decode(_ type: UInt.Type) throws -> UInt { try stored.convert(type, at: codingPath) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try stored.convert(type, at: codingPath) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try stored.convert(type, at: codingPath) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try stored.convert(type, at: codingPath) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try stored.convert(type, at: codingPath) }

  func decode<Result: Decodable>(_ type: Result.Type) throws -> Result {
    try stored.decode(type, at: codingPath)
  }
}
