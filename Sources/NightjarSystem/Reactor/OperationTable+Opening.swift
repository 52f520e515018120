// Opening what is open at once: listeners, sockets for datagrams, processes with their pipes.

internal import CNightjar
internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension OperationTable {
  /// Listens at the first address that can be had.
  func listen(_ addresses: [SocketAddress], _ backlog: Int) throws(SystemError) -> OperationOutcome
  {
    try bound(addresses, isDatagram: false) { socket throws(SystemError) in
      if systemListen(socket, Int32(clamping: backlog)) != 0 { throw .last }
      return ListenerChannel(socket, self)
    }
  }

  /// Takes datagrams at the first address that can be had.
  func bindDatagrams(_ addresses: [SocketAddress]) throws(SystemError) -> OperationOutcome {
    try bound(addresses, isDatagram: true) { socket in DatagramChannel(socket, self) }
  }

  private func bound(
    _ addresses: [SocketAddress],
    isDatagram: Bool,
    _ make: (Int32) throws(SystemError) -> Channel
  ) throws(SystemError) -> OperationOutcome {
    try checkRoom()
    var failure = SystemError.unknownName
    for address in addresses {
      do throws(SystemError) {
        let socket = try address.makeSocket(isDatagram: isDatagram)
        let channel: Channel
        do throws(SystemError) {
          // A server that starts again is not kept from its port by connections of the last one.
          if !isDatagram { socket.set(SO_REUSEADDR, at: SOL_SOCKET) }
          if unsafe address.withAddress({ unsafe bind(socket, $0, $1) }) != 0 {
            throw SystemError.last
          }
          channel = try make(socket)
        } catch {
          closeDescriptor(socket)
          throw error
        }
        let local = SocketAddress.own(of: socket)
        return .opened(try open(channel), local: local, peer: nil)
      } catch { failure = error }
    }
    throw failure
  }

  /// Starts a process.
  func spawn(_ plan: ProcessPlan) throws(SystemError) -> OperationOutcome {
    let streams = [plan.input, plan.output, plan.error]
    try checkRoom(1 + streams.count { $0 == .pipe })
    // The ends of the process, and ours.
    var descriptors: [Int32] = [-1, -1, -1]
    var own: [Int32] = [-1, -1, -1]
    defer {
      for descriptor in descriptors + own where descriptor >= 0 { closeDescriptor(descriptor) }
    }
    for (index, stream) in streams.enumerated() {
      switch stream {
      case .inherited: break
      case .none:
        descriptors[index] = openNothing()
        if descriptors[index] < 0 { throw .last }
      case .pipe:
        var ends: [Int32] = [-1, -1]
        if unsafe nightjar_pipe(&ends) != 0 { throw .last }
        let isInput = index == 0
        descriptors[index] = ends[isInput ? 0 : 1]
        own[index] = ends[isInput ? 1 : 0]
        own[index].becomeNonBlocking()
      }
    }
    let process = try ProcessChannel(plan, descriptors, self)
    var spawned = SpawnedProcess(process: try openProcess(process))
    func pipe(_ index: Int) throws(SystemError) -> ResourceID? {
      guard own[index] >= 0 else { return nil }
      let channel = StreamChannel(own[index], self, isSocket: false)
      own[index] = -1
      return try open(channel)
    }
    do throws(SystemError) {
      spawned.input = try pipe(0)
      spawned.output = try pipe(1)
      spawned.error = try pipe(2)
    } catch {
      for resource in OperationOutcome.spawned(spawned).openedResources { close(resource) }
      throw error
    }
    return .spawned(spawned)
  }

  /// Processes whose end is no descriptor are not watched.
  private func openProcess(_ process: ProcessChannel) throws(SystemError) -> ResourceID {
    if process.descriptor >= 0 { return try open(process) }
    reactor.keep(process)
    return try register(process)
  }
}

private func systemListen(_ socket: Int32, _ backlog: Int32) -> Int32 {
  #if canImport(Glibc)
  Glibc.listen(socket, backlog)
  #else
  Darwin.listen(socket, backlog)
  #endif
}

/// A descriptor that gives and keeps nothing.
private func openNothing() -> Int32 {
  unsafe open("/dev/null", O_RDWR | O_CLOEXEC)
}
