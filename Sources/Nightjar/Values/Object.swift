// Objects of the host in the hands of scripts.

import NightjarEngine

/// A userdata: an object of the host that a script holds, or a file of the library.
public struct Object {
  let reference: Reference

  init(reference: Reference) { self.reference = reference }

  /// The object that a value is.
  ///
  /// - Throws: `ConversionError` when it is something else.
  public init(scriptValue: Value) throws(ConversionError) {
    guard case .object(let handle) = scriptValue else {
      throw ConversionError(expected: Self.scriptTypeName, found: scriptValue)
    }
    self = handle
  }

  /// The host's object behind it; nil when it is of another type.
  public func host<Host: AnyObject>(as type: Host.Type = Host.self) -> Host? {
    guard reference.core.isAlive,
      case .object(let object) = reference.core.engine.read(reference.slot)
    else { return nil }
    return object as? Host
  }
}
