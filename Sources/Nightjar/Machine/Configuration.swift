// What a machine is made from.

/// How to make a machine.
///
/// The default is the sandbox: computation and nothing else.
public struct Configuration: Sendable {
  /// What scripts may use.
  public var limits: Limits
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
  public init(limits: Limits = Limits(), seed: UInt64 = 0) {
    self.limits = limits
    self.seed = seed
  }
}
