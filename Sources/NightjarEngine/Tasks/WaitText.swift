// What a parked task waits for, in words.

internal import NightjarBase

extension UnsafeMutablePointer where Pointee == MachineState {
  /// What a parked task waits for, in words.
  func subject(of task: TaskRef) -> String {
    let object = task.pointee.node.object
    switch task.pointee.wait {
    case .none: return "nothing"
    case .sleep: return task.pointee.timer < 0 ? "sleep without end" : "sleep"
    case .join:
      let joined = object?.assumingMemoryBound(to: TaskObject.self)
      return "join of task \(joined.map { describe($0) } ?? "?")"
    case .send, .receive:
      guard let channel = object?.assumingMemoryBound(to: ChannelObject.self) else { return "?" }
      let what = task.pointee.wait == .send ? "send to" : "recv from"
      let (count, capacity) = (channel.pointee.count, channel.pointee.capacity)
      return "\(what) \(describe(channel)) (\(count)/\(capacity))"
    case .acquire, .event:
      guard let gate = object?.assumingMemoryBound(to: GateObject.self) else { return "?" }
      let owner = gate.pointee.owner.map { " held by task \(describe($0))" } ?? ""
      return "\(describe(gate))\(owner)"
    case .select:
      let count = object?.assumingMemoryBound(to: SelectionObject.self).pointee.count ?? 0
      return "one of \(count) operations"
    case .scopeExit:
      let scope = task.pointee.scope
      let count = scope?.pointee.liveCount ?? 0
      let children = count == 1 ? "the end of a child" : "the end of \(count) children"
      return "\(children) of \(scope.map { describe($0) } ?? "?")"
    case .host: return hostSubject(object)
    }
  }

  /// A channel's name in quotes, or its number.
  func describe(_ channel: ChannelRef) -> String {
    let name =
      channel.pointee.name.map { "\"\($0.description(upTo: VM.nameLengthMax))\"" }
      ?? "#\(channel.pointee.id)"
    return "channel \(name)"
  }

  /// What a gate is, and its name in quotes, or its number.
  func describe(_ gate: GateRef) -> String {
    let name =
      gate.pointee.name.map { "\"\($0.description(upTo: VM.nameLengthMax))\"" }
      ?? "#\(gate.pointee.id)"
    switch gate.pointee.kind {
    case .mutex: return "mutex \(name)"
    case .event: return "event \(name)"
    case .semaphore: return "semaphore \(name)"
    }
  }
}
