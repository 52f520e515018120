// Channels. A value goes from the sender's slot straight to a waiting receiver's, or through the ring.
// Operations that would be complete at once still look for a cancellation first, then commit.

internal import NightjarBase

extension TaskNatives {
  /// `task.channel(capacity [, name])`: the sending and the receiving end.
  static func channel(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    guard call.count >= 1, !call[1].isNil else {
      throw vm.refuse(
        "task.channel needs a capacity: how many values may wait in it",
        "write task.channel(8), or task.channel(0) where sender and receiver are to meet"
      )
    }
    let capacity = try call.checkInteger(1)
    guard capacity >= 0, capacity <= 1 << 24 else {
      throw vm.refuse(
        "a channel holds 0 to \(1 << 24) values, not \(capacity)",
        "write task.channel(8), or task.channel(0) where sender and receiver are to meet"
      )
    }
    let name: StringRef? = call.argument(2).isString ? call[2].string : nil
    guard let kernel = vm.pointee.tasks, let storage = vm.pointee.heap.allocateExternal(0) else {
      throw vm.raiseMemory()
    }
    let channel = vm.makeKernelObject(
      KernelKind.channel,
      byteCount: MemoryLayout<ChannelObject>.stride
    ).assumingMemoryBound(to: ChannelObject.self)
    channel.initialize(
      to: ChannelObject(
        header: channel.pointee.header,
        metatable: nil,
        ring: storage.assumingMemoryBound(to: Value.self),
        ringCount: 0,
        capacity: Int32(capacity),
        id: kernel.pointee.nextObjectId,
        name: name
      )
    )
    kernel.pointee.nextObjectId &+= 1
    return call.returns(
      makeEnd(vm, KernelKind.sender, channel),
      makeEnd(vm, KernelKind.receiver, channel)
    )
  }

  private static func makeEnd(_ vm: VM, _ kind: UInt8, _ channel: ChannelRef) -> Value {
    let end = vm.makeKernelObject(kind, byteCount: MemoryLayout<ChannelEndObject>.stride)
      .assumingMemoryBound(to: ChannelEndObject.self)
    end.pointee.channel = channel
    return Value(object: end, tag: .userdata)
  }

  @inline(__always)
  private static func channel(_ call: NativeCall, _ kind: UInt8) throws(ScriptError) -> ChannelRef {
    if call.count >= 1, let end = call.slots[1].kernelObject(kind) {
      return end.assumingMemoryBound(to: ChannelEndObject.self).pointee.channel
    }
    throw call.typeError(1, expected: kind == KernelKind.sender ? "sender" : "receiver")
  }

  /// The channel of either end.
  private static func eitherEnd(_ call: NativeCall) throws(ScriptError) -> ChannelRef {
    let kind =
      call.argument(1).kernelObject(KernelKind.sender) != nil
      ? KernelKind.sender : KernelKind.receiver
    return try channel(call, kind)
  }

  static func closedError(_ vm: VM, _ channel: ChannelRef) -> ScriptError {
    let who = channel.pointee.closer > 0 ? " by task #\(channel.pointee.closer)" : ""
    let text = "\(vm.describe(channel)) was closed\(who): nothing can be sent"
    return vm.raise(value: vm.taskError(.channelClosed, text))
  }

  /// What is to be sent.
  @inline(__always)
  private static func sentValue(_ call: NativeCall) throws(ScriptError) -> Value {
    let value = call.argument(2)
    if value.isNil {
      throw call.vm.refuse(
        "nil cannot be sent: receivers take it for the end of the channel",
        "close the channel with tx:close() when all is sent; as a value send false or a table"
      )
    }
    return value
  }

  // Slots: 1 the sender, 2 the value; 3 status.
  static func send(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    if call.phase == 1 {
      if call.slots[3].integer == WakeStatus.closed {
        throw closedError(vm, try channel(call, KernelKind.sender))
      }
      return .results(0)
    }
    if call.phase == 2 { return .results(0) }
    let channel = try channel(call, KernelKind.sender)
    let value = try sentValue(call)
    let task = try vm.checkpoint(call)
    if channel.pointee.isClosed { throw closedError(vm, channel) }
    if try trySend(vm, channel, value) {
      _ = immediate(call, task, .nil)
      let kernel = vm.pointee.tasks.unsafelyUnwrapped
      return task.pointee.state == .ready && kernel.pointee.immediateCount == 0
        ? .wait(at: call.count + 1, then: 2) : .results(0)
    }
    try checkParking(call, task)
    call.slots[2] = value
    vm.barrier(value)
    channel.pointee.contended &+= 1
    vm.park(task, .send, UnsafeMutableRawPointer(channel))
    channel.pointee.senders.append(task.link)
    return parked(call, at: 3, then: 1)
  }

  /// Sends a value if that is possible at once.
  ///
  /// - Throws: "not enough memory", and nothing was sent.
  @inline(__always)
  static func trySend(
    _ vm: VM,
    _ channel: ChannelRef,
    _ value: Value
  ) throws(ScriptError) -> Bool {
    if channel.pointee.receivers.head != 0 {
      vm.commit(channel.pointee.receivers.head, &channel.pointee.receivers, value)
    } else if channel.pointee.count < channel.pointee.capacity {
      try vm.reserveRing(of: channel)
      channel.push(value)
      vm.barrier(value)
    } else {
      return false
    }
    vm.pointee.tasks.unsafelyUnwrapped.pointee.counters.sends &+= 1
    return true
  }

  static func trySend(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let channel = try channel(call, KernelKind.sender)
    if channel.pointee.isClosed { throw closedError(call.vm, channel) }
    return call.returns(Value(try trySend(call.vm, channel, try sentValue(call))))
  }

  // Slots: 1 the receiver; 2 status, 3 value.
  static func receive(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    if call.phase == 1 {
      call.slots[0] = call.slots[3]
      return .results(1)
    }
    if call.phase == 2 { return woken(call) }
    let channel = try channel(call, KernelKind.receiver)
    let task = try vm.checkpoint(call)
    var value = Value.nil
    if tryReceive(vm, channel, &value) { return immediate(call, task, value) }
    if channel.pointee.isClosed { return immediate(call, task, .nil) }
    try checkParking(call, task)
    channel.pointee.contended &+= 1
    vm.park(task, .receive, UnsafeMutableRawPointer(channel))
    channel.pointee.receivers.append(task.link)
    return parked(call, at: 2, then: 1)
  }

  /// Receives a value if there is one.
  @inline(__always)
  static func tryReceive(_ vm: VM, _ channel: ChannelRef, _ value: inout Value) -> Bool {
    if channel.pointee.count > 0 {
      value = channel.take()
      if channel.pointee.senders.head != 0 {
        channel.push(takeSent(vm, channel))
      }
      return true
    }
    if channel.pointee.senders.head != 0 {
      value = takeSent(vm, channel)
      return true
    }
    return false
  }

  /// The value of the sender that waited longest, which is woken.
  private static func takeSent(_ vm: VM, _ channel: ChannelRef) -> Value {
    let link = channel.pointee.senders.head
    let value: Value
    if WaitQueue.isArm(link) {
      value = WaitQueue.arm(link).pointee.value
    } else if let leaf = WaitQueue.task(link).pointee.leaf {
      // It stands in the slot before those it will be woken in.
      value = leaf.pointee.frame.pointee.base[2]
    } else {
      value = .nil
    }
    vm.barrier(value)
    vm.commit(link, &channel.pointee.senders, .nil)
    vm.pointee.tasks.unsafelyUnwrapped.pointee.counters.sends &+= 1
    return value
  }

  static func tryReceive(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let channel = try channel(call, KernelKind.receiver)
    var value = Value.nil
    let isThere = tryReceive(call.vm, channel, &value)
    return call.returns(Value(isThere), value)
  }

  /// Ends a channel: receivers get what is left and then nil, senders an error.
  static func close(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let channel = try eitherEnd(call)
    if channel.pointee.isClosed { return .results(0) }
    channel.pointee.isClosed = true
    channel.pointee.closer = vm.pointee.tasks?.pointee.current?.pointee.id ?? 0
    while channel.pointee.receivers.head != 0 {
      let link = channel.pointee.receivers.head
      vm.commit(link, &channel.pointee.receivers, .nil)
    }
    while channel.pointee.senders.head != 0 {
      let task = WaitQueue.task(channel.pointee.senders.head)
      let who = channel.pointee.closer > 0 ? " by task #\(channel.pointee.closer)" : ""
      let text = "\(vm.describe(channel)) was closed\(who) while the task waited to send"
      let error = vm.taskError(.channelClosed, text, of: task)
      vm.withdraw(task)
      vm.wake(task, WakeStatus.raise, error)
    }
    return .results(0)
  }

  static func length(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    call.returns(Value(Int(try eitherEnd(call).pointee.count)))
  }

  static func sendOperation(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let channel = try channel(call, KernelKind.sender)
    let value = try sentValue(call)
    return call.returns(
      makeOperation(call.vm, .send, UnsafeMutableRawPointer(channel), value: value)
    )
  }

  static func receiveOperation(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let channel = try channel(call, KernelKind.receiver)
    return call.returns(makeOperation(call.vm, .receive, UnsafeMutableRawPointer(channel)))
  }

  static func makeOperation(
    _ vm: VM,
    _ kind: OperationKind,
    _ object: UnsafeMutableRawPointer?,
    duration: UInt64 = 0,
    value: Value = .nil
  ) -> Value {
    let operation = vm.makeKernelObject(
      KernelKind.operation,
      byteCount: MemoryLayout<OperationObject>.stride
    ).assumingMemoryBound(to: OperationObject.self)
    operation.initialize(
      to: OperationObject(
        header: operation.pointee.header,
        metatable: operation.pointee.metatable,
        object: object,
        kind: kind,
        duration: duration,
        value: value
      )
    )
    return Value(object: operation, tag: .userdata)
  }
}
