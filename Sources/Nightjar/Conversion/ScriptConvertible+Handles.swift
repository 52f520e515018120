// Handles convert to themselves.

extension Table: ScriptConvertible {
  public static var scriptTypeName: String { "table" }
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .table(self) }
}

extension Function: ScriptConvertible {
  public static var scriptTypeName: String { "function" }
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .function(self) }
}

extension Coroutine: ScriptConvertible {
  public static var scriptTypeName: String { "thread" }
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .coroutine(self) }
}

extension Object: ScriptConvertible {
  public static var scriptTypeName: String { "userdata" }
  public func scriptValue(in machine: Machine) throws(ScriptError) -> Value { .object(self) }
}
