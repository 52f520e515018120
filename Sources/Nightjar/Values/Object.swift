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

  /// The object's metatable.
  package var metatable: Table? {
    get {
      let core = reference.core
      guard core.isAlive,
        case .table(let table) = core.value(core.engine.metatable(of: reference.slot))
      else { return nil }
      return table
    }
    nonmutating set {
      let core = reference.core
      guard core.isAlive, newValue.map({ $0.reference.core === core }) ?? true else { return }
      core.engine.setMetatable(of: reference.slot, to: newValue?.reference.slot ?? .nil)
    }
  }
}

extension Machine {
  /// A new userdata that stands for an object of the host, without a metatable.
  package func makeObject(_ object: AnyObject) -> Value {
    core.value(engine.makeUserdata(object, metatable: .nil))
  }
}
