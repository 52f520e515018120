// Values: plain ones are copied into the struct, strings and objects have an owner beside it.

public import CNightjarAPI
import Nightjar

extension nj_value {
  /// Nil.
  static var none: nj_value { nj_value(kind: NJ_NIL, as: .init(integer: 0), owner: nil) }

  /// A value for the host, who releases it.
  init(_ value: Value) {
    self = .none
    switch value {
    case .nil: break
    case .boolean(let value):
      kind = NJ_BOOLEAN
      `as`.boolean = value
    case .integer(let value):
      kind = NJ_INTEGER
      `as`.integer = Int64(value)
    case .number(let value):
      kind = NJ_NUMBER
      `as`.number = value
    case .string: own(NJ_STRING, ValueOwner(value))
    case .table: own(NJ_TABLE, ValueOwner(value))
    case .function: own(NJ_FUNCTION, ValueOwner(value))
    case .coroutine: own(NJ_COROUTINE, ValueOwner(value))
    case .object: own(NJ_OBJECT, ValueOwner(value))
    }
  }

  private mutating func own(_ kind: nj_kind, _ owner: ValueOwner) {
    self.kind = kind
    if let bytes = owner.bytes {
      `as`.string.bytes = UnsafePointer(bytes.start)
      `as`.string.length = bytes.count
    }
    self.owner = UnsafeMutableRawPointer(retained(owner))
  }

  /// The value for a script.
  ///
  /// - Throws: When it is not one: of an unknown kind, or an object without owner.
  func value() throws(Misuse) -> Value {
    switch kind {
    case NJ_NIL: return .nil
    case NJ_BOOLEAN: return .boolean(`as`.boolean)
    case NJ_INTEGER: return .integer(Int(`as`.integer))
    case NJ_NUMBER: return .number(`as`.number)
    case NJ_STRING:
      let bytes = UnsafeRawBufferPointer(start: `as`.string.bytes, count: `as`.string.length)
      guard bytes.baseAddress != nil || bytes.isEmpty else {
        throw Misuse("a string without bytes")
      }
      return .string(ByteString(bytes))
    default:
      guard let owner = object(owner.map { OpaquePointer($0) }, ValueOwner.self),
        nj_value.kind(of: owner.value) == kind
      else { throw Misuse("a value that the library has not made") }
      return owner.value
    }
  }

  /// The kind of a value that has an owner.
  private static func kind(of value: Value) -> nj_kind {
    switch value {
    case .table: NJ_TABLE
    case .function: NJ_FUNCTION
    case .coroutine: NJ_COROUTINE
    case .object: NJ_OBJECT
    default: NJ_NIL
    }
  }
}

/// The host passed what a function cannot take.
struct Misuse: Error {
  let message: String
  init(_ message: String) { self.message = message }
}

/// The value that a pointer leads to.
func value(_ pointer: UnsafePointer<nj_value>?, _ what: String) throws(Misuse) -> Value {
  guard let pointer else { throw Misuse("\(what) is null") }
  return try pointer.pointee.value()
}

/// The table that a pointer leads to.
func table(_ pointer: UnsafePointer<nj_value>?) throws(Misuse) -> Table {
  guard case .table(let table) = try value(pointer, "the table") else {
    throw Misuse("the value is no table")
  }
  return table
}

/// The values of an array.
func values(_ start: UnsafePointer<nj_value>?, _ count: Int) throws(Misuse) -> [Value] {
  guard count >= 0, count == 0 || start != nil else { throw Misuse("the arguments are null") }
  var values: [Value] = []
  for element in UnsafeBufferPointer(start: start, count: count) {
    values.append(try element.value())
  }
  return values
}

/// See the header.
@c @implementation
public func nj_release(_ value: UnsafeMutablePointer<nj_value>?) {
  guard let value else { return }
  release(value.pointee.owner.map { OpaquePointer($0) })
  value.pointee = .none
}

/// See the header.
@c @implementation
public func nj_retain(_ value: UnsafePointer<nj_value>?, _ copy: UnsafeMutablePointer<nj_value>?) {
  guard let copy else { return }
  // A string of the host's has no owner yet, so this is not just one more count.
  copy.pointee = (try? value?.pointee.value()).map { nj_value($0) } ?? .none
}

/// See the header.
@c @implementation
public func nj_equal(_ left: UnsafePointer<nj_value>?, _ right: UnsafePointer<nj_value>?) -> Bool {
  guard let left = try? left?.pointee.value(), let right = try? right?.pointee.value() else {
    return false
  }
  return left == right
}

/// See the header.
@c @implementation
public func nj_kind_name(_ kind: nj_kind) -> UnsafePointer<CChar>? {
  let name: StaticString =
    switch kind {
    case NJ_NIL: "nil"
    case NJ_BOOLEAN: "boolean"
    case NJ_INTEGER, NJ_NUMBER: "number"
    case NJ_STRING: "string"
    case NJ_TABLE: "table"
    case NJ_FUNCTION: "function"
    case NJ_COROUTINE: "thread"
    case NJ_OBJECT: "userdata"
    default: "unknown"
    }
  return constant(name)
}

/// A text that lasts for ever.
func constant(_ text: StaticString) -> UnsafePointer<CChar> {
  UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
}
