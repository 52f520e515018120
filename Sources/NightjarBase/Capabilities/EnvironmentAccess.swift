// Environment variables as a capability: an embedder's secrets often live there.

/// The variables that `os.getenv` sees.
package protocol EnvironmentAccess: AnyObject {
  /// The value of a variable; `nil` when it is not set.
  func value(of name: [UInt8]) -> [UInt8]?
}
