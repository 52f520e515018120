// Operations as far as a host grants them. What is refused is refused before it is started, in the words
// of every other refusal; names are compared as the script wrote them and looked up once behind the check.

/// What of the world's operations a machine may start.
package struct OperationPermissions: Sendable {
  /// The addresses to connect and send to, and to listen at; nil for every one.
  package var network: NetworkAllowList?
  package var readsInput: Bool
  package var runsPrograms: Bool
  package var hint: GrantHint?

  package init(
    network: NetworkAllowList? = NetworkAllowList([]),
    readsInput: Bool = false,
    runsPrograms: Bool = false,
    hint: GrantHint? = nil
  ) {
    self.network = network
    self.readsInput = readsInput
    self.runsPrograms = runsPrograms
    self.hint = hint
  }

  /// Everything.
  package static let all = OperationPermissions(
    network: nil,
    readsInput: true,
    runsPrograms: true
  )

  /// Why a request is refused, if it is.
  package func refusal(of request: OperationRequest) -> SystemError? {
    switch request {
    case .sleep, .write, .shutDown, .accept, .receive, .wait: nil
    case .read(let resource, _):
      resource == .standardInput && !readsInput ? .refused(.streams, hint: hint) : nil
    case .connect(let endpoint, _), .send(_, _, let endpoint): refusal(.network, endpoint)
    case .listen(let endpoint, _), .bind(let endpoint): refusal(.listen, endpoint)
    case .fetch(let request, _):
      refusal(.network, Endpoint(host: request.address.host, port: request.address.port))
    case .resolve(let name):
      // Whoever may connect to a host at any of its ports may know its numbers.
      network?.knows(host: name) == false ? .refused(.network, name, hint: hint) : nil
    case .spawn: runsPrograms ? nil : .refused(.run, hint: hint)
    }
  }

  private func refusal(_ permission: Permission, _ endpoint: Endpoint) -> SystemError? {
    let isText = !endpoint.host.utf8.contains(0)
    guard let network else { return isText ? nil : .unknownName }
    if isText && network.allows(host: endpoint.host, port: endpoint.port) { return nil }
    return .refused(permission, "\(endpoint.host):\(endpoint.port)", hint: hint)
  }
}

/// Other operations, as far as permissions go.
package final class PermittedOperations: Operations {
  private let base: any Operations
  private let permissions: OperationPermissions

  package init(_ base: any Operations, _ permissions: OperationPermissions) {
    self.base = base
    self.permissions = permissions
  }

  package var monotonicNanoseconds: UInt64 { base.monotonicNanoseconds }
  package var openCount: Int { base.openCount }

  package func start(_ request: OperationRequest) throws(SystemError) -> OperationID {
    if let refusal = permissions.refusal(of: request) { throw refusal }
    return try base.start(request)
  }

  package func cancel(_ id: OperationID) { base.cancel(id) }
  package func close(_ resource: ResourceID) { base.close(resource) }

  package func signal(_ number: Int32, to process: ResourceID) {
    base.signal(number, to: process)
  }

  package func end() { base.end() }
}

/// Another source, as far as permissions go; requests to web servers are carried out on top, so that each
/// connection that they make is checked.
package final class PermittedSource: OperationSource {
  private let base: any OperationSource
  private let permissions: OperationPermissions

  package init(_ base: any OperationSource, _ permissions: OperationPermissions) {
    self.base = base
    self.permissions = permissions
  }

  package func makeOperations(
    resourceCountMax: Int,
    sink: any OperationSink
  ) -> any Operations {
    FetchingOperations(sink: sink) { sink in
      PermittedOperations(
        base.makeOperations(resourceCountMax: resourceCountMax, sink: sink),
        permissions
      )
    }
  }
}
