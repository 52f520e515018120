// The standard library: Fuse modules whose texts lie beside this file and go into the program as they
// are.

/// The texts of the standard library.
package enum StandardLibrary {
  /// The names of the modules, as in `@fuse:math`.
  package static let names = [
    "prelude", "string", "ustring", "math", "bit32", "table", "collections", "io", "os",
    "coroutine", "debug", "json", "test", "task", "jit", "ffi",
  ]

  /// The modules that are part of every program, besides the prelude: the methods of texts, and the
  /// types of the library's functions in Lua.
  package static let everywhere = ["rt", "string", "ustring"]

  /// The modules that are declared and not there yet.
  package static let declaredOnly: Set<String> = ["task", "ffi"]

  /// The text of a module, or `nil` if there is no such module.
  package static func text(of name: String) -> [UInt8]? {
    switch name {
    case "prelude": PackageResources.prelude_fuse
    case "rt": PackageResources.rt_fuse
    case "string": PackageResources.string_fuse
    case "ustring": PackageResources.ustring_fuse
    case "math": PackageResources.math_fuse
    case "bit32": PackageResources.bit32_fuse
    case "table": PackageResources.table_fuse
    case "collections": PackageResources.collections_fuse
    case "io": PackageResources.io_fuse
    case "os": PackageResources.os_fuse
    case "coroutine": PackageResources.coroutine_fuse
    case "debug": PackageResources.debug_fuse
    case "json": PackageResources.json_fuse
    case "test": PackageResources.test_fuse
    case "task": PackageResources.task_fuse
    case "jit": PackageResources.jit_fuse
    case "ffi": PackageResources.ffi_fuse
    default: nil
    }
  }
}
