// The network as a capability: connections to addresses that the host has listed.

/// Connections to other machines.
package protocol NetworkAccess: AnyObject {
  /// Connects to a port of a host by TCP; bytes go both ways and there are no positions.
  ///
  /// An encrypted connection is made by TLS, to a host that proves by a certificate that it has the name.
  /// The timeout is that of the connection, and of every read and write afterwards.
  func connect(
    host: [UInt8],
    port: UInt16,
    isEncrypted: Bool,
    timeoutNanoseconds: UInt64
  ) throws(SystemError) -> any ByteStream
}

/// The addresses that may be connected to.
package struct NetworkAllowList: Equatable, Sendable {
  /// One address.
  package struct Entry: Equatable, Sendable {
    /// The name or number as scripts must write it, in lower case; nil allows every host.
    package var host: String?
    /// nil allows every port.
    package var port: UInt16?

    package init(host: String?, port: UInt16?) {
      self.host = host
      self.port = port
    }

    /// `HOST`, `HOST:PORT` or `[HOST]:PORT`; nil for anything else.
    package init?(_ text: String) {
      var rest = text[...]
      var name: Substring
      if rest.first == "[" {
        guard let end = rest.firstIndex(of: "]") else { return nil }
        name = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
      } else {
        name = rest.prefix { $0 != ":" }
        rest = rest.dropFirst(name.count)
      }
      if name.isEmpty { return nil }
      host = name == "*" ? nil : name.lowercased()
      if rest.isEmpty { return }
      guard rest.first == ":", let number = UInt16(rest.dropFirst()) else { return nil }
      port = number
    }
  }

  package var entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  /// Whether an address as a script wrote it is on the list.
  package func allows(host: String, port: UInt16) -> Bool {
    entries.contains { entry in
      (entry.host ?? host.lowercased()) == host.lowercased() && (entry.port ?? port) == port
    }
  }
}

extension NetworkAllowList {
  /// Whether a host is on the list with any port.
  package func knows(host: String) -> Bool {
    entries.contains { ($0.host ?? host.lowercased()) == host.lowercased() }
  }
}

/// Another network, as far as a list allows.
package final class ListedNetwork: NetworkAccess {
  private let base: any NetworkAccess
  private let list: NetworkAllowList
  private let hint: GrantHint?

  package init(_ base: any NetworkAccess, _ list: NetworkAllowList, hint: GrantHint? = nil) {
    self.base = base
    self.list = list
    self.hint = hint
  }

  package func connect(
    host: [UInt8],
    port: UInt16,
    isEncrypted: Bool,
    timeoutNanoseconds: UInt64
  ) throws(SystemError) -> any ByteStream {
    let name = String(decoding: host, as: UTF8.self)
    guard !host.contains(0), list.allows(host: name, port: port) else {
      throw .refused(.network, "\(name):\(port)", hint: hint)
    }
    return try base.connect(
      host: host,
      port: port,
      isEncrypted: isEncrypted,
      timeoutNanoseconds: timeoutNanoseconds
    )
  }
}
