// What a task can ask of the world and wait for. A request is a value: the real world and the simulated
// one are asked the same way, and what was asked can be shown, counted and put into a journal.

/// The number of an operation under way; none is given twice by the same `Operations`.
package struct OperationID: Hashable, Comparable, Sendable {
  package let number: UInt64

  package init(_ number: UInt64) { self.number = number }

  package static func < (one: Self, other: Self) -> Bool { one.number < other.number }
}

/// The number of something open: a connection, a listener, a process, an end of a pipe.
package struct ResourceID: Hashable, Sendable {
  package let number: UInt64

  package init(_ number: UInt64) { self.number = number }

  /// Standard input, which is open from the start.
  package static let standardInput = ResourceID(0)
}

/// One end of a flow of bytes or datagrams.
package struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  /// A name or a number, an IPv6 number without brackets.
  package var host: String
  package var port: UInt16

  package init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  package var description: String {
    host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}

/// What a new process is.
package struct ProcessPlan: Equatable, Sendable {
  /// What becomes of one of the first three descriptors.
  package enum Stream: Equatable, Sendable {
    /// A pipe whose other end the starter has.
    case pipe
    /// That of the starter.
    case inherited
    /// Nothing to read, and what is written is dropped.
    case none
  }

  /// The program, looked for as the shell does, and its arguments.
  package var arguments: [[UInt8]]
  /// The folder that it starts in; nil for that of the starter.
  package var folder: [UInt8]?
  package var input = Stream.none
  package var output = Stream.pipe
  package var error = Stream.inherited

  package init(_ arguments: [[UInt8]]) { self.arguments = arguments }

  /// A command for the shell.
  package init(shell command: [UInt8]) {
    self.init([Array("/bin/sh".utf8), Array("-c".utf8), command])
  }
}

/// Something to wait for.
package enum OperationRequest: Sendable {
  /// The steady clock reaches a time; the outcome is `done`.
  case sleep(until: UInt64)
  /// Some bytes of a connection, pipe or standard input; `bytes`, none at the end.
  case read(ResourceID, byteCountMax: Int)
  /// Takes some of the bytes from an index on, at least one; `written`.
  case write(ResourceID, [UInt8], from: Int)
  /// Ends what is written; the other side reads the end. The outcome is `done`.
  case shutDown(ResourceID)
  /// A connection by TCP, under TLS if asked for; `opened`.
  case connect(Endpoint, isEncrypted: Bool)
  /// Connections that others make to a port, 0 for any; `opened`.
  case listen(Endpoint, backlog: Int)
  /// The next connection of a listener; `opened`.
  case accept(ResourceID)
  /// A socket for datagrams at a port, 0 for any; `opened`.
  case bind(Endpoint)
  /// The next datagram, cut to a length; `datagram`.
  case receive(ResourceID, byteCountMax: Int)
  /// Sends a datagram; `written`.
  case send(ResourceID, [UInt8], to: Endpoint)
  /// The numbers of a name; `addresses`.
  case resolve(String)
  /// A new process; `spawned`.
  case spawn(ProcessPlan)
  /// The end of a process; `ended`.
  case wait(ResourceID)
  /// A request to a web server and what it answers; `response`.
  case fetch(HTTPRequest, bodyByteCountMax: Int)

  /// The resource that the request works on.
  package var resource: ResourceID? {
    switch self {
    case .read(let id, _), .write(let id, _, _), .shutDown(let id), .accept(let id),
      .receive(let id, _), .send(let id, _, _), .wait(let id):
      id
    default: nil
    }
  }

  /// What is asked for, in a word as scripts and traces say it.
  package var name: String {
    switch self {
    case .sleep: "sleep"
    case .read: "read"
    case .write: "write"
    case .shutDown: "shutdown"
    case .connect: "connect"
    case .listen: "listen"
    case .accept: "accept"
    case .bind: "bind"
    case .receive: "receive"
    case .send: "send"
    case .resolve: "resolve"
    case .spawn: "spawn"
    case .wait: "wait"
    case .fetch: "fetch"
    }
  }
}
