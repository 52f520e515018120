// Tables that nobody may write: library tables in a sandbox, where several scripts share them. A
// read-only table has no array part, so the loop's paths for array elements need not ask.

extension UnsafeMutablePointer where Pointee == MachineState {
  /// The error of a write to a read-only table.
  @inline(never) func raiseReadOnly() -> ScriptError {
    raise("attempt to change a read-only table")
  }
}

extension Machine {
  /// Makes a table read-only, or writable again.
  ///
  /// - Returns: False for what is no table and for tables with elements in their array part, which
  ///   cannot be made read-only.
  @discardableResult
  package func setReadOnly(_ table: Value, _ isReadOnly: Bool) -> Bool {
    guard table.isTable else { return false }
    let object = table.table
    guard isReadOnly else {
      object.pointee.header.flags.remove(.readOnly)
      return true
    }
    guard object.pointee.arrayCapacity == 0 else { return false }
    object.pointee.header.flags.formUnion(.readOnly)
    return true
  }
}

extension NativeCall {
  /// Copies the entries of a table to another one, which may be one that nothing else writes.
  package func fill(_ table: Value, from source: Value) throws(ScriptError) {
    guard table.isTable, source.isTable else { return }
    let flags = table.table.pointee.header.flags
    table.table.pointee.header.flags.remove(.readOnly)
    defer { if flags.contains(.readOnly) { table.table.pointee.header.flags.formUnion(.readOnly) } }
    var position = 0
    while let entry = nextEntry(of: source, &position) { try rawSet(table, entry.key, entry.value) }
  }
}
