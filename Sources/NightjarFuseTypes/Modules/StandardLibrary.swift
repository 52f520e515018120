// The standard library as the compiler knows it: for each module of `@fuse:` its declarations.

/// The declarations of the standard library.
package enum StandardLibrary {
  /// The names of the modules, as in `@fuse:math`.
  package static let names = [
    "prelude", "string", "ustring", "math", "bit32", "table", "collections", "io", "os",
    "coroutine", "debug", "json", "test", "task", "jit", "ffi",
  ]

  /// The text that declares a module, or `nil` if there is no such module.
  package static func text(of name: String) -> String? {
    switch name {
    case "prelude": prelude
    case "string": string
    case "ustring": ustring
    case "math": math
    case "bit32": bit32
    case "table": table
    case "collections": collections
    case "io": io
    case "os": os
    case "coroutine": coroutine
    case "debug": debug
    case "json": json
    case "test": test
    case "task": task
    case "jit": jit
    case "ffi": ffi
    default: nil
    }
  }
}
