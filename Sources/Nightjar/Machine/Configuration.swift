// What a machine is made from.

import NightjarBase

/// A version of Lua.
///
/// It is a property of each chunk: chunks of several dialects share a machine and its values, each with
/// the libraries of its own.
public enum Dialect: String, Sendable, CaseIterable {
  /// Lua 5.1.
  case lua51 = "5.1"
  /// Lua 5.2.
  case lua52 = "5.2"
  /// Lua 5.3.
  case lua53 = "5.3"
  /// Lua 5.4.
  case lua54 = "5.4"
  /// Lua 5.5.
  case lua55 = "5.5"
  /// Lua 5.1 with what LuaJIT adds.
  case luajit

  var base: LuaDialect {
    switch self {
    case .lua51: .lua51
    case .lua52: .lua52
    case .lua53: .lua53
    case .lua54: .lua54
    case .lua55: .lua55
    case .luajit: .luajit
    }
  }
}

/// How to make a machine.
///
/// The default is the sandbox: computation and nothing else.
public struct Configuration: Sendable {
  /// What scripts may use.
  public var limits: Limits
  /// The Lua of texts given to `eval` and `load`.
  public var dialect: Dialect
  /// Chooses hash functions and random numbers: the same seed, the same run.
  public var seed: UInt64
  /// Whether `load` takes binary chunks.
  ///
  /// They are verified, but nobody needs them from a stranger.
  public var allowsBinaryChunks = false
  /// Whether scripts get the whole `debug` library, which reaches into other functions' state.
  public var allowsUnsafeDebug = false
  /// Where `require` looks for modules among the machine's files, as `package.path` has it.
  public var modulePath = "./?.lua;./?/init.lua"

  /// A sandbox with the given limits.
  public init(limits: Limits = Limits(), seed: UInt64 = 0, dialect: Dialect = .lua54) {
    self.limits = limits
    self.dialect = dialect
    self.seed = seed
  }
}
