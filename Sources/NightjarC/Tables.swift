// Tables: elements as scripts see them, entries in their order, metatables.

public import CNightjarAPI
import Nightjar

/// See the header.
@c @implementation
public func nj_table_new(
  _ host: OpaquePointer?,
  _ arrayCount: Int,
  _ fieldCount: Int,
  _ table: UnsafeMutablePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  receive(table, error) {
    .table(try machine(host).makeTable(arrayCount: arrayCount, fieldCount: fieldCount))
  }
}

/// See the header.
@c @implementation
public func nj_globals(
  _ host: OpaquePointer?,
  _ globals: UnsafeMutablePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  receive(globals, error) { .table(try machine(host).globals) }
}

/// See the header.
@c @implementation
public func nj_get(
  _ target: UnsafePointer<nj_value>?,
  _ key: UnsafePointer<nj_value>?,
  _ result: UnsafeMutablePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  receive(result, error) { try table(target).get(value(key, "the key")) }
}

/// See the header.
@c @implementation
public func nj_set(
  _ target: UnsafePointer<nj_value>?,
  _ key: UnsafePointer<nj_value>?,
  _ element: UnsafePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  report(error) { try table(target).set(value(key, "the key"), to: value(element, "the value")) }
}

/// The key that a C string is.
private func key(_ name: UnsafePointer<CChar>?) throws(Misuse) -> Value {
  guard let name else { throw Misuse("the name is null") }
  var length = 0
  while name[length] != 0 { length += 1 }
  return .string(ByteString(UnsafeRawBufferPointer(start: name, count: length)))
}

/// See the header.
@c @implementation
public func nj_get_field(
  _ target: UnsafePointer<nj_value>?,
  _ name: UnsafePointer<CChar>?,
  _ result: UnsafeMutablePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  receive(result, error) { try table(target).get(key(name)) }
}

/// See the header.
@c @implementation
public func nj_set_field(
  _ target: UnsafePointer<nj_value>?,
  _ name: UnsafePointer<CChar>?,
  _ element: UnsafePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  report(error) { try table(target).set(key(name), to: value(element, "the value")) }
}

/// See the header.
@c @implementation
public func nj_get_index(
  _ target: UnsafePointer<nj_value>?,
  _ index: Int64,
  _ result: UnsafeMutablePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  receive(result, error) { try table(target).get(Int(index)) }
}

/// See the header.
@c @implementation
public func nj_set_index(
  _ target: UnsafePointer<nj_value>?,
  _ index: Int64,
  _ element: UnsafePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  report(error) { try table(target).set(Int(index), to: value(element, "the value")) }
}

/// See the header.
@c @implementation
public func nj_length(_ target: UnsafePointer<nj_value>?) -> Int {
  (try? table(target))?.count ?? 0
}

/// See the header.
@c @implementation
public func nj_next(
  _ target: UnsafePointer<nj_value>?,
  _ position: UnsafeMutablePointer<Int>?,
  _ key: UnsafeMutablePointer<nj_value>?,
  _ element: UnsafeMutablePointer<nj_value>?
) -> Bool {
  key?.pointee = .none
  element?.pointee = .none
  guard let position, let table = try? table(target),
    let entry = table.entry(after: &position.pointee)
  else { return false }
  key?.pointee = nj_value(entry.key)
  element?.pointee = nj_value(entry.value)
  return true
}

/// See the header.
@c @implementation
public func nj_get_metatable(
  _ target: UnsafePointer<nj_value>?,
  _ metatable: UnsafeMutablePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  receive(metatable, error) {
    switch try value(target, "the value") {
    case .table(let table): table.metatable.map { .table($0) } ?? .nil
    case .object(let object): object.metatable.map { .table($0) } ?? .nil
    default: throw Misuse("only tables and objects have metatables of their own")
    }
  }
}

/// See the header.
@c @implementation
public func nj_set_metatable(
  _ target: UnsafePointer<nj_value>?,
  _ metatable: UnsafePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  report(error) {
    var new: Table?
    if let metatable, metatable.pointee.kind != NJ_NIL { new = try table(metatable) }
    switch try value(target, "the value") {
    case .table(let table): table.metatable = new
    case .object(let object): object.metatable = new
    default: throw Misuse("only tables and objects have metatables of their own")
    }
  }
}
