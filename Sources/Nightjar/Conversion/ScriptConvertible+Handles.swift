// Handles convert to themselves.

extension Table: ScriptConvertible {
  /// "table", as scripts call it.
  public static var scriptTypeName: String { "table" }

  /// The handle as a value.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .table(self) }
}

extension Function: ScriptConvertible {
  /// "function", as scripts call it.
  public static var scriptTypeName: String { "function" }

  /// The handle as a value.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .function(self) }
}

extension Coroutine: ScriptConvertible {
  /// "thread", as scripts call it.
  public static var scriptTypeName: String { "thread" }

  /// The handle as a value.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .coroutine(self) }
}

extension Object: ScriptConvertible {
  /// "userdata", as scripts call it.
  public static var scriptTypeName: String { "userdata" }

  /// The handle as a value.
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .object(self) }
}
