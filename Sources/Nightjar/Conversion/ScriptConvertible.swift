// Which Swift types scripts can be given and give back. Numbers, strings, optionals, arrays and
// dictionaries are here already; any `Codable` type goes through `Machine.encode` and `decode`.

/// A type whose values go to scripts and come back.
public protocol ScriptConvertible: SendableMetatype {
  /// What messages call the type, as in "number expected, got string".
  static var scriptTypeName: String { get }

  /// What declarations for tools call the type; by default what messages do.
  static var declaredType: DeclaredType { get }

  /// The value that a script's value stands for.
  ///
  /// - Throws: `ConversionError` when it stands for none.
  init(scriptValue: Value) throws(ConversionError)

  /// The value for a script of the machine.
  func scriptValue(in machine: Machine) throws(ScriptError) -> Value

  /// The same without a `Value` in between; types of this module have their own.
  init(_stored stored: _StoredValue) throws(ConversionError)

  /// The same without a `Value` in between; types of this module have their own.
  func _store(in core: _MachineCore) throws(ScriptError) -> _StoredValue
}

/// A value of a script that is not what the Swift type needs.
public struct ConversionError: Error, Equatable, CustomStringConvertible {
  /// What was needed, as messages name it.
  public let expected: String
  /// What there was: the name of a type, or more about the value.
  public let found: String
  /// Where inside a table the value stood, outermost first; empty for the value itself.
  public internal(set) var path: [String] = []

  /// An error about one value.
  public init(expected: String, found: String) {
    self.expected = expected
    self.found = found
  }

  /// An error about a value that is of the wrong type.
  public init(expected: String, found value: Value) {
    self.init(expected: expected, found: value.isNil ? "no value" : value.typeName)
  }

  /// The message: "number expected, got string at ports.2".
  public var description: String {
    let place = path.isEmpty ? "" : " at \(path.joined(separator: "."))"
    return "\(expected) expected, got \(found)\(place)"
  }

  /// The same error, one level further out.
  func within(_ step: String) -> ConversionError {
    var error = self
    error.path.insert(step, at: 0)
    return error
  }
}
