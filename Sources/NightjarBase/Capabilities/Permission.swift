// What a script may be refused, and how a refusal is worded: by the thing that was asked for and by what
// would grant it.

/// A kind of access that a machine has or lacks.
package enum Permission: Equatable, Sendable {
  case read
  case write
  case environment
  case network
  case listen
  case run
  case streams
  case timeOfDay

  /// What a message says was attempted: "reading 'notes.txt'".
  package func attempt(_ subject: String?) -> String {
    let object = subject.map { " '\($0)'" } ?? ""
    return switch self {
    case .read: "reading\(subject == nil ? " files" : object)"
    case .write: "writing\(subject == nil ? " files" : object)"
    case .environment: "reading the environment variable\(object)"
    case .network: "connecting to\(subject == nil ? " the network" : object)"
    case .listen: "listening at\(subject == nil ? " the network" : object)"
    case .run: "running programs"
    case .streams: "using standard streams"
    case .timeOfDay: "telling the time of day"
    }
  }

  /// The capability's name in messages.
  package var capability: String {
    switch self {
    case .read, .write: "files"
    case .environment: "environment"
    case .network, .listen: "network"
    case .run: "processes"
    case .streams: "streams"
    case .timeOfDay: "clock"
    }
  }
}

/// How a host words what would grant something; nil says that it is not to be had.
package typealias GrantHint = @Sendable (_ permission: Permission, _ subject: String?) -> String?

extension SystemError {
  /// A refusal by the host and not by the system: libraries raise it instead of returning it, so that
  /// no script takes it for an ordinary failure.
  ///
  /// The subject is the file, variable or address asked for; of a very long one the beginning is told.
  package static func refused(
    _ permission: Permission,
    _ subject: String? = nil,
    hint: GrantHint? = nil
  ) -> SystemError {
    let subject = subject.map { $0.utf8.count > 300 ? "\($0.prefix(100))…" : $0 }
    let grant = hint?(permission, subject).map { "; grant it with \($0)" } ?? ""
    return SystemError(
      code: permissionDeniedCode,
      message: "\(permission.attempt(subject)) is not allowed (capability "
        + "'\(permission.capability)'\(grant))",
      isRefusal: true
    )
  }

  /// A limit of the host is reached.
  package static func overLimit(_ what: String) -> SystemError {
    SystemError(code: tooLarge.code, message: "\(what) limit reached", isRefusal: true)
  }

  private static let permissionDeniedCode: Int32 = 13
}
