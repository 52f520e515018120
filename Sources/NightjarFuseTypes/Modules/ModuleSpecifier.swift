// What stands in the quotes of an import, and where that leads. SOURCE: Fuse reference, section 6.3.

/// The path of an import.
package enum ModuleSpecifier: Hashable, Sendable {
  /// `./a`, `../a` and `a/b`: a file, by its path from the root of the sources, without extension.
  case file(String)
  /// `@fuse:name`: the standard library.
  case standard(String)
  /// `@lua:a.b`: a module of the target.
  case lua(String)
  /// `package:name/sub`: a dependency.
  case package(String)
  /// Another scheme.
  case unknown(scheme: String)
  /// A path that leads out of the sources.
  case outside

  /// Reads a path as the module at `importer`, a path from the root of the sources, means it.
  package init(_ text: String, importer: String) {
    if let rest = Self.rest(of: text, after: "@fuse:") {
      self = .standard(rest)
    } else if let rest = Self.rest(of: text, after: "@lua:") {
      self = .lua(String(rest.map { $0 == "/" ? "." : $0 }))
    } else if let rest = Self.rest(of: text, after: "package:") {
      self = .package(rest)
    } else if let colon = text.firstIndex(of: ":") {
      self = .unknown(scheme: String(text[..<colon]))
    } else if text.first == "@" {
      self = .unknown(scheme: text)
    } else {
      let isRelative = text.hasPrefix("./") || text.hasPrefix("../")
      var parts = isRelative ? Self.split(importer).dropLast() : Self.root(of: importer)
      for part in Self.split(text) where part != "." {
        if part != ".." {
          parts.append(part)
        } else if parts.popLast() == nil {
          self = .outside
          return
        }
      }
      self = .file(parts.joined(separator: "/"))
    }
  }

  private static func rest(of text: String, after prefix: String) -> String? {
    text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
  }

  /// Where the sources begin that a module belongs to: those of a dependency are a folder of all
  /// sources, `packages/name`.
  private static func root(of importer: String) -> [String] {
    let parts = split(importer)
    return parts.count > 2 && parts[0] == dependencyFolder ? Array(parts[..<2]) : []
  }

  /// The folder in which the sources of dependencies are seen.
  package static let dependencyFolder = "packages"

  private static func split(_ path: String) -> [String] {
    path.split(separator: "/").map(String.init)
  }

  /// The path with `-` and `_` made equal: two files that differ only there are ambiguous.
  package static func normalized(_ path: String) -> String {
    if !path.utf8.contains(UInt8(ascii: "-")) { return path }
    return String(path.map { $0 == "-" ? "_" : $0 })
  }
}
