// Values of described types in the hands of scripts. A class keeps its identity: the same object is the
// same userdata for as long as a script holds it. A struct travels in a box of its own.

import NightjarEngine

/// A Swift type that scripts see through a description: a `ScriptObject` or a `ScriptStruct`.
public protocol ScriptHost: ScriptConvertible {
  /// What scripts see.
  static var scriptType: ScriptType { get }

  /// The value that a host object stands for.
  static func _content(of object: AnyObject) -> Self?
}

/// A class whose objects scripts can hold.
///
/// Give it a description, and its objects convert like any other value: as arguments and results of host
/// functions, in `machine["name"] = …`. The script's hold ends with the collector; the object lives
/// as long as either side needs it.
public protocol ScriptObject: AnyObject, ScriptHost {}

/// A struct or enum whose values scripts can hold.
///
/// A script holds a copy; two of them are equal for it if the description has the operator.
public protocol ScriptStruct: ScriptHost {}

/// A struct behind a reference.
private final class Box<Content> {
  let content: Content

  init(_ content: Content) { self.content = content }
}

extension ScriptHost {
  /// The type's name.
  public static var scriptTypeName: String { scriptType.name }

  /// The value behind a userdata.
  public init(scriptValue: Value) throws(ConversionError) {
    guard case .object(let handle) = scriptValue, let object = handle.host(as: AnyObject.self),
      let found = Self._content(of: object)
    else { throw ConversionError(expected: Self.scriptTypeName, found: scriptValue) }
    self = found
  }

  /// A userdata that stands for the value.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value {
    machine.core.value(try _store(in: machine.core).slot)
  }

  /// The value behind a userdata, in place.
  public init(_stored stored: _StoredValue) throws(ConversionError) {
    guard let object = stored.engine.hostObject(stored.slot),
      let found = Self._content(of: object)
    else { throw ConversionError(expected: Self.scriptTypeName, found: stored.value) }
    self = found
  }
}

extension ScriptObject {
  /// The object itself.
  public static func _content(of object: AnyObject) -> Self? { object as? Self }

  /// The userdata of the object, in place.
  public func _store(in core: _MachineCore) throws(ScriptError) -> _StoredValue {
    let metatable = try core.metatable(of: Self.scriptType)
    return _StoredValue(core.engine.userdata(of: self, metatable: metatable), core: core)
  }
}

extension ScriptStruct {
  /// The value in a box.
  public static func _content(of object: AnyObject) -> Self? { (object as? Box<Self>)?.content }

  /// A userdata with a copy, in place.
  public func _store(in core: _MachineCore) throws(ScriptError) -> _StoredValue {
    let metatable = try core.metatable(of: Self.scriptType)
    return _StoredValue(core.engine.makeUserdata(Box(self), metatable: metatable), core: core)
  }
}

extension Machine {
  /// Makes a described type's static members a global table of its name.
  ///
  ///     machine.expose(Account.scriptType)   // scripts: local a = Account.open()
  ///
  /// - Throws: when memory is out.
  public func expose(_ type: ScriptType) throws(ScriptError) {
    _ = try core.metatable(of: type)
    let table = try makeTable(fieldCount: type.members.count)
    for member in type.members where member.kind == .staticMethod || member.kind == .constant {
      table[member.name] = try member.make(self)
    }
    self[type.name] = .table(table)
    core.exposed.append(type)
  }
}

extension Core {
  /// The metatable of a described type in this machine.
  func metatable(of type: ScriptType) throws(ScriptError) -> Slot {
    let key = ObjectIdentifier(type.identity)
    if let known = metatables[key] { return engine.value(of: known) }
    let machine = try liveMachine
    var tables: [ScriptType.Kind: Table] = [:]
    for kind in [ScriptType.Kind.method, .getter, .setter, .metamethod] {
      tables[kind] = try machine.makeTable()
    }
    let known = try machine.makeTable()
    for member in type.members where member.kind != .staticMethod && member.kind != .constant {
      tables[member.kind]?[member.name] = try member.make(machine)
      if member.kind != .metamethod { known[member.name] = true }
    }
    guard let metatable = tables[.metamethod] else { return .nil }
    func slot(_ kind: ScriptType.Kind) -> Slot { tables[kind]?.reference.slot ?? .nil }
    func fallback(_ name: String) throws(ScriptError) -> Slot { try self.slot(metatable[name]) }
    let name = try self.slot(bytes: Array(type.name.utf8))
    let index = engine.makeHostIndex(
      methods: slot(.method),
      getters: slot(.getter),
      fallback: try fallback("__index")
    )
    let newIndex = engine.makeHostNewIndex(
      setters: slot(.setter),
      known: known.reference.slot,
      typeName: name,
      fallback: try fallback("__newindex")
    )
    engine.setField(metatable.reference.slot, "__index", index)
    engine.setField(metatable.reference.slot, "__newindex", newIndex)
    engine.setField(metatable.reference.slot, "__name", name)
    engine.setField(metatable.reference.slot, "__metatable", Slot(false))
    metatables[key] = engine.retain(metatable.reference.slot)
    // The metatable must not die with the descriptions' identity.
    described.append(type)
    return metatable.reference.slot
  }
}
