// Objects of the host that scripts hold as userdata: a side table, so that no Swift reference ever
// stands in VM memory.

/// The host objects of a machine, by id; id 0 is none.
struct HostObjects {
  private var objects: [AnyObject?] = [nil]
  private var free: [UInt32] = []

  mutating func add(_ object: AnyObject) -> UInt32 {
    if let id = free.popLast() {
      objects[Int(id)] = object
      return id
    }
    objects.append(object)
    return UInt32(objects.count - 1)
  }

  subscript(id: UInt32) -> AnyObject? { objects[Int(id)] }

  mutating func remove(_ id: UInt32) {
    guard id != 0 else { return }
    objects[Int(id)] = nil
    free.append(id)
  }
}

/// Where `warn` and errors in finalizers go.
struct WarningState {
  /// Receives the finished text of a warning; nil drops it.
  var sink: ((_ message: [UInt8]) -> Void)?
  /// Turned by the control messages "@on" and "@off".
  var isOn = false
  /// The pieces so far of a message that goes on, even if they are empty.
  var pending: [UInt8]?
}
