// Where modules come from: the host says, for each name that a script requires.

/// What a resolver has found for the name of a module.
public enum Module {
  /// A text to run; the name is what messages call it, usually a file's.
  case source(String, name: String)
  /// Compiled code to run, which any number of machines may share.
  case chunk(Chunk)
  /// A value that is the module: usually a table of host functions.
  case value(Value)
  /// Nothing, having looked in some places: "file 'rules/price.lua'".
  case notFound(searched: [String] = [])
}

/// Finds the modules that scripts `require`.
///
/// A machine asks its resolvers one after another until one finds something:
///
///     machine.addModules(Scripts.modules)
///     machine.addModules { name, machine in
///       name == "clock" ? .value(try clockTable(in: machine)) : .notFound()
///     }
public protocol ModuleResolver {
  /// Looks for a module.
  ///
  /// - Parameters:
  ///   - name: What the script asked for, such as `rules.price`.
  ///   - machine: The machine that will run it.
  /// - Returns: What was found, or where it was looked for.
  /// - Throws: What `require` is to fail with, rather than to look further.
  func resolve(_ name: String, for machine: Machine) throws -> Module
}

/// Texts by the names of modules, such as the plugin's `Scripts.modules`.
extension Dictionary: ModuleResolver where Key == String, Value == String {
  /// The text under the name.
  public func resolve(_ name: String, for machine: Machine) -> Module {
    self[name].map { .source($0, name: name) } ?? .notFound(searched: ["script '\(name)'"])
  }
}

/// A closure as a resolver.
struct ClosureResolver: ModuleResolver {
  let body: (String, Machine) throws -> Module

  func resolve(_ name: String, for machine: Machine) throws -> Module { try body(name, machine) }
}
