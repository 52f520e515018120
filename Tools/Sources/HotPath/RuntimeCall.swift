// What a function may refer to outside the engine, sorted by what it costs.

/// A reference to something that is no function of the engine.
package enum RuntimeCall: String, CaseIterable, Sendable {
  case referenceCounting = "reference counting"
  case allocation
  case accessCheck = "access checks"
  /// Casts, metadata, errors, functions of the standard library.
  case other = "other calls of the Swift runtime and library"

  /// What a symbol stands for; nil for the engine's own, for data, and for functions of the C library
  /// that do nothing but compute and copy.
  package init?(_ symbol: String) {
    let name = symbol.drop { $0 == "_" }
    let allocating = ["malloc", "calloc", "realloc", "free", "posix_memalign", "aligned_alloc"]
    if name.hasPrefix("swift_") {
      let words = name.lowercased()
      if words.contains("retain") || words.contains("release") || words.contains("weak") {
        self = .referenceCounting
      } else if words.contains("alloc") || words.contains("initstackobject") {
        self = .allocation
      } else if words.contains("access") {
        self = .accessCheck
      } else {
        self = .other
      }
    } else if allocating.contains(String(name)) {
      self = .allocation
    } else if name.hasPrefix("$s"), !name.contains("14NightjarEngine") {
      self = .other
    } else {
      return nil
    }
  }
}

extension MachineFunction {
  /// The symbols outside the engine that the function refers to, by kind.
  package var runtimeCalls: [RuntimeCall: [String]] {
    var calls: [RuntimeCall: [String]] = [:]
    for symbol in references {
      if let kind = RuntimeCall(symbol) { calls[kind, default: []].append(symbol) }
    }
    return calls
  }
}
