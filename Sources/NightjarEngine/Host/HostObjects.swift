// Objects of the host that scripts hold as userdata: a side table, so that no Swift reference ever
// stands in VM memory.

/// The host objects of a machine, by id; id 0 is none.
struct HostObjects {
  private var objects: [AnyObject?] = [nil]
  private var free: [UInt32] = []
  /// The bytes that objects count for beside their userdata, as far as the last that counts for any.
  ///
  /// Not a dictionary: for its keys the runtime would look through all conformances of the program, and
  /// three quarters of a megabyte of them would be resident once a file has been opened.
  private var byteCounts: [Int] = []

  mutating func add(_ object: AnyObject, byteCount: Int = 0) -> UInt32 {
    let id = free.popLast() ?? UInt32(objects.count)
    if Int(id) < objects.count { objects[Int(id)] = object } else { objects.append(object) }
    if byteCount > 0 {
      while byteCounts.count <= Int(id) { byteCounts.append(0) }
      byteCounts[Int(id)] = byteCount
    }
    return id
  }

  subscript(id: UInt32) -> AnyObject? { objects[Int(id)] }

  /// Lets go of an object.
  ///
  /// - Returns: The bytes that it counted for.
  mutating func remove(_ id: UInt32) -> Int {
    guard id != 0 else { return 0 }
    objects[Int(id)] = nil
    free.append(id)
    guard Int(id) < byteCounts.count else { return 0 }
    defer { byteCounts[Int(id)] = 0 }
    return byteCounts[Int(id)]
  }
}

/// Where `warn` and errors in finalizers go.
struct WarningState {
  /// Receives the finished text of a warning; nil drops it.
  var sink: ((_ message: [UInt8]) -> Void)?
  /// Turned by the control messages "@on" and "@off".
  var isOn = false
}
