// Full userdata: a host object reached by id through a side table, with user values.

/// A userdata: header(small: user value count, word: id in the machine's host-object table, 0 for none), metatable, then that many Values.
struct UserdataObject {
  var header: ObjectHeader
  var metatable: TableRef?

  static var userValuesOffset: Int { 16 }
}

typealias UserdataRef = UnsafeMutablePointer<UserdataObject>

extension UnsafeMutablePointer where Pointee == UserdataObject {
  @inline(__always) var userValueCount: Int { Int(pointee.header.small) }

  @inline(__always) var userValues: Slots {
    (UnsafeMutableRawPointer(self) + UserdataObject.userValuesOffset)
      .assumingMemoryBound(to: Value.self)
  }
}
