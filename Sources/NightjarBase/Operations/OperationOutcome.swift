// How an operation ended. An outcome may hold something open, which whoever receives it closes when nobody
// waits for it any more.

/// A process that was started, and the ends of its pipes.
package struct SpawnedProcess: Equatable, Sendable {
  package var process: ResourceID
  package var input: ResourceID?
  package var output: ResourceID?
  package var error: ResourceID?

  package init(
    process: ResourceID,
    input: ResourceID? = nil,
    output: ResourceID? = nil,
    error: ResourceID? = nil
  ) {
    self.process = process
    self.input = input
    self.output = output
    self.error = error
  }
}

/// How an operation ended.
package enum OperationOutcome: Sendable {
  case done
  /// What was read; none at the end.
  case bytes([UInt8])
  /// How many bytes were taken, at least one unless there were none.
  case written(Int)
  /// Something is open, at an address of this side and, for connections, of the other.
  case opened(ResourceID, local: Endpoint, peer: Endpoint?)
  case datagram([UInt8], from: Endpoint)
  case addresses([String])
  case spawned(SpawnedProcess)
  case ended(ProcessStatus)
  case response(HTTPResponse)
  case failed(SystemError)
  /// It was cancelled. Unless it is in doubt it did not happen: no byte was taken or given.
  case cancelled(isInDoubt: Bool)

  /// It was cancelled and did not happen.
  package static let cancelled = OperationOutcome.cancelled(isInDoubt: false)

  /// What the outcome opened.
  package var openedResources: [ResourceID] {
    switch self {
    case .opened(let id, _, _): [id]
    case .spawned(let all): [all.process, all.input, all.output, all.error].compactMap { $0 }
    default: []
    }
  }
}

/// An operation and how it ended.
package struct Completion: Sendable {
  package let id: OperationID
  package let outcome: OperationOutcome

  package init(_ id: OperationID, _ outcome: OperationOutcome) {
    self.id = id
    self.outcome = outcome
  }
}
