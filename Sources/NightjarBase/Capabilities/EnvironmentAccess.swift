// Environment variables as a capability: an embedder's secrets often live there.

/// The variables that `os.getenv` sees.
package protocol EnvironmentAccess: AnyObject {
  /// Whether a script may ask for the variable at all.
  func allows(_ name: [UInt8]) -> Bool

  /// The value of a variable; `nil` when it is not set.
  func value(of name: [UInt8]) -> [UInt8]?
}

extension EnvironmentAccess {
  package func allows(_ name: [UInt8]) -> Bool { true }
}
