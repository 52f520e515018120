// Modules that the host has compiled itself.

package import NightjarBytecode
package import NightjarEngine

extension Machine {
  /// Lets `require` find a function as a module, before anything else of that name.
  ///
  /// - Returns: why it could not be linked, or nil.
  package func preload(_ name: String, _ image: FunctionPrototype) -> CompileFailure? {
    switch function(of: image) {
    case .failure(let failure): return failure
    case .success(let function):
      setField(field(registry, registryKey("_PRELOAD")), name, function)
      return nil
    }
  }
}
