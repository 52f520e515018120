// Any `Codable` type as a script's data and back: structs and dictionaries are tables with fields, arrays
// are lists, optionals may be nil. The encoder writes straight into tables, the decoder reads from them.

/// A `Codable` type that converts to and from a script's tables wherever conversions happen.
///
///     struct Job: ScriptCodable { var name: String; var retries: Int }
///     machine.define("submit") { (job: Job) in queue.append(job) }
public protocol ScriptCodable: ScriptConvertible, Codable {}

extension ScriptCodable {
  /// The Swift type's name.
  public static var scriptTypeName: String { "\(Self.self)" }

  /// The value that a script's tables describe.
  public init(scriptValue: Value) throws(ConversionError) {
    self = try ScriptDecoder.decode(Self.self, from: scriptValue)
  }

  /// Tables that describe the value.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value {
    try machine.encode(self)
  }
}

extension Machine {
  /// Makes script data of any value that can be encoded.
  ///
  /// - Throws: `ScriptError` of kind `conversion` when the value's own code throws, or numbers do not fit.
  public func encode(_ value: some Encodable) throws(ScriptError) -> Value {
    do {
      let encoder = ScriptEncoder(core: core, codingPath: [])
      try encoder.encodeWhole(value)
      return core.value(encoder.slot)
    } catch let error as ScriptError {
      throw error
    } catch let error as EncodingError {
      throw ScriptError(.conversion, error.summary)
    } catch {
      var wrapped = ScriptError(.conversion, "\(error)")
      wrapped.underlying = error
      throw wrapped
    }
  }

  /// Makes a Swift value of script data.
  ///
  ///     let settings = try machine.decode(Settings.self, from: machine["settings"])
  ///
  /// - Throws: `ScriptError` of kind `conversion` that names the field at fault.
  public func decode<Result: Decodable>(
    _ type: Result.Type = Result.self,
    from value: Value
  ) throws(ScriptError) -> Result {
    do throws(ConversionError) {
      return try ScriptDecoder.decode(type, from: value)
    } catch { throw ScriptError(.conversion, error.description) }
  }
}

extension EncodingError {
  /// What went wrong, in a sentence.
  var summary: String {
    switch self {
    case .invalidValue(_, let context): context.debugDescription
    @unknown default: "\(self)"
    }
  }
}

/// The key of an array element or of a parent.
struct PlaceKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init(intValue: Int) {
    stringValue = "\(intValue)"
    self.intValue = intValue
  }
}
