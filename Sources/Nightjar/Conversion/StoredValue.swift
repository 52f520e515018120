// A value as the machine keeps it: what the standard library's types convert from and to without a
// `Value` in between. It may refer to an object of the heap, so it lives only while nothing of the script
// runs; that is why only conversions see one, and the names begin with an underscore.
//
// ORDER: the tags are those of `NightjarEngine.Tag`; a test holds the two together.

import NightjarEngine

/// A value in the keeping of a machine; an implementation detail of conversions.
@frozen
public struct _StoredValue {
  @usableFromInline let bits: UInt64
  @usableFromInline let tag: UInt8
  // SAFETY: made and used within one step of a machine, which its core outlives.
  @usableFromInline unowned(unsafe) let core: _MachineCore

  @inlinable
  init(bits: UInt64, tag: UInt8, core: _MachineCore) {
    self.bits = bits
    self.tag = tag
    unsafe self.core = core
  }

  @inlinable var isNil: Bool { tag == 0 }
  @inlinable var isBoolean: Bool { tag == 1 || tag == 2 }
  @inlinable var isInteger: Bool { tag == 3 }
  @inlinable var isFloat: Bool { tag == 4 }
  @inlinable var integer: Int64 { Int64(bitPattern: bits) }
  @inlinable var float: Double { Double(bitPattern: bits) }

  /// A copy that lasts.
  public var value: Value { unsafe core.value(slot) }

  /// The engine that keeps it.
  var engine: Engine { unsafe core.engine }

  /// The value as the engine has it.
  var slot: Slot { Slot(rawBits: bits, rawTag: tag) }

  init(_ slot: Slot, core: _MachineCore) {
    self.init(bits: slot.rawBits, tag: slot.rawTag, core: core)
  }
}

extension ScriptConvertible {
  /// Converts by way of a `Value`.
  public init(_stored stored: _StoredValue) throws(ConversionError) {
    try stored.noteCopy()
    self = try Self(scriptValue: stored.value)
  }

  /// Converts by way of a `Value`.
  public func _store(in core: _MachineCore) throws(ScriptError) -> _StoredValue {
    _StoredValue(try core.slot(scriptValue(in: core.liveMachine)), core: core)
  }
}
