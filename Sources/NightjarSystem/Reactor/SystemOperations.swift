// The real world as something that answers later: what machines hold of the reactor.

package import NightjarBase
internal import Synchronization

/// The operating system as a source of operations: one thread waits for all machines that use it.
///
/// The thread starts with the first operations and ends with the last of source and operations.
package final class SystemSource: OperationSource {
  private let reactor = Mutex<Reactor?>(nil)

  package init() {}

  deinit { reactor.withLock { $0?.post(.stop) } }

  package func makeOperations(
    resourceCountMax: Int,
    sink: any OperationSink
  ) -> any Operations {
    let result = reactor.withLock { reactor -> Result<Reactor, SystemError> in
      if let reactor { return .success(reactor) }
      let made = Result { () throws(SystemError) in try Reactor() }
      reactor = try? made.get()
      return made
    }
    switch result {
    case .success(let reactor):
      return SystemOperations(
        OperationTable(reactor, resourceCountMax: resourceCountMax, sink: sink),
        of: self,
        reactor
      )
    case .failure(let error): return NoOperations(error)
    }
  }
}

/// The operations of one machine.
private final class SystemOperations: Operations {
  /// Keeps the thread running.
  private let source: SystemSource
  private let reactor: Reactor
  private let table: OperationTable
  private let lastNumber = Atomic<UInt64>(0)

  init(_ table: OperationTable, of source: SystemSource, _ reactor: Reactor) {
    self.table = table
    self.source = source
    self.reactor = reactor
  }

  deinit { end() }

  var monotonicNanoseconds: UInt64 { reactor.now }
  var openCount: Int { table.openCount.load(ordering: .relaxed) }

  func start(_ request: OperationRequest) throws(SystemError) -> OperationID {
    let id = OperationID(lastNumber.add(1, ordering: .relaxed).newValue)
    reactor.post(.start(table, id, request))
    return id
  }

  func cancel(_ id: OperationID) { reactor.post(.cancel(table, id)) }
  func close(_ resource: ResourceID) { reactor.post(.close(table, resource)) }

  func signal(_ number: Int32, to process: ResourceID) {
    reactor.post(.signal(table, number, process))
  }

  func end() { reactor.post(.end(table)) }
}

/// Operations where the system has refused to make what they need.
private final class NoOperations: Operations {
  private let error: SystemError

  init(_ error: SystemError) { self.error = error }

  var monotonicNanoseconds: UInt64 { 0 }
  var openCount: Int { 0 }

  func start(_ request: OperationRequest) throws(SystemError) -> OperationID { throw error }
  func cancel(_ id: OperationID) {}
  func close(_ resource: ResourceID) {}
  func signal(_ number: Int32, to process: ResourceID) {}
  func end() {}
}
