// Environments that are not the program's: made up, or a part of another.

/// Variables that the host has made up.
package final class GivenEnvironment: EnvironmentAccess {
  private let variables: [[UInt8]: [UInt8]]

  package init(_ variables: [String: String]) {
    self.variables = Dictionary(
      variables.map { (Array($0.key.utf8), Array($0.value.utf8)) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  package func value(of name: [UInt8]) -> [UInt8]? { variables[name] }
}

/// Some variables of another environment; asking for others is refused.
package final class ListedEnvironment: EnvironmentAccess {
  private let base: any EnvironmentAccess
  // Looked through: there are few, and a set would bring hashing and its types into every process.
  private let names: [[UInt8]]

  package init(_ base: any EnvironmentAccess, names: [String]) {
    self.base = base
    self.names = names.map { Array($0.utf8) }
  }

  package func allows(_ name: [UInt8]) -> Bool { names.contains(name) }

  package func value(of name: [UInt8]) -> [UInt8]? {
    names.contains(name) ? base.value(of: name) : nil
  }
}
