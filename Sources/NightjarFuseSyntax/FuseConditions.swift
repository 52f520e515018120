// What the lines of the preprocessor may ask. The same text compiled for two targets is two texts:
// the branches not taken are left out before anything else is read.
//
// SOURCE: Fuse reference, sections 2.8 and 10.2.

/// A kind of Lua that a program is compiled for.
package enum FuseTarget: String, Sendable, CaseIterable {
  case lua51 = "lua5.1"
  case lua52 = "lua5.2"
  case lua53 = "lua5.3"
  case lua54 = "lua5.4"
  case luajit
  case luau

  /// The number that `version` stands for.
  package var version: Double {
    switch self {
    case .lua51, .luajit, .luau: 5.1
    case .lua52: 5.2
    case .lua53: 5.3
    case .lua54: 5.4
    }
  }

  /// Whether `has(…)` is true of a capability, or `nil` if there is none of that name.
  package func has(_ capability: String) -> Bool? {
    switch capability {
    case "goto": self != .lua51 && self != .luau
    case "integers", "native_bitops": self == .lua53 || self == .lua54
    case "bit32": self == .lua52 || self == .luajit || self == .luau
    case "floor_div", "utf8": self == .lua53 || self == .lua54 || self == .luau
    case "len_metamethod": self != .lua51 && self != .luajit
    case "pairs_metamethod": self == .lua52 || self == .lua53 || self == .lua54
    case "yieldable_pcall": self != .lua51
    case "to_be_closed": self == .lua54
    case "coroutine_close": self == .lua54 || self == .luau
    case "ephemerons", "load_env": self == .lua52 || self == .lua53 || self == .lua54
    case "setfenv": self == .lua51 || self == .luajit || self == .luau
    case "io", "os_exec": self != .luau
    case "debug": true
    case "ffi", "jit": self == .luajit
    default: nil
    }
  }

  /// The names `has(…)` knows.
  package static let capabilities = [
    "goto", "integers", "native_bitops", "bit32", "floor_div", "utf8", "len_metamethod",
    "pairs_metamethod", "yieldable_pcall", "to_be_closed", "coroutine_close", "ephemerons",
    "load_env", "setfenv", "io", "os_exec", "debug", "ffi", "jit",
  ]
}

/// The circumstances of a compilation.
package struct FuseConditions: Sendable, Equatable {
  /// What the program is compiled for.
  package var target: FuseTarget
  /// Whether `debug` is true.
  package var isDebug: Bool
  /// Whether `test` is true: the tests are compiled too.
  package var isTest: Bool
  /// The names for which `feature(…)` is true.
  package var features: Set<String>

  /// Names the circumstances.
  package init(
    target: FuseTarget = .lua54,
    isDebug: Bool = false,
    isTest: Bool = false,
    features: Set<String> = []
  ) {
    self.target = target
    self.isDebug = isDebug
    self.isTest = isTest
    self.features = features
  }
}
