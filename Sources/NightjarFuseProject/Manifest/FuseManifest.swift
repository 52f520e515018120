// What `fuse.toml` says: how a project is called, where its sources are and how it is compiled.
//
// SOURCE: Fuse reference, section 10.1.

package import NightjarDiagnostics
package import NightjarFuseSyntax

/// The settings of a project.
package struct FuseManifest: Sendable, Equatable {
  /// A dependency: a folder beside the project.
  package struct Dependency: Sendable, Equatable {
    /// The name after `package:`.
    package var name: String
    /// The folder of its manifest or sources, from the folder of the manifest.
    package var path: String

    /// Names a dependency.
    package init(name: String, path: String) {
      self.name = name
      self.path = path
    }
  }

  /// The name of the project.
  package var name = ""
  /// Its version, as people write it.
  package var version = ""
  /// The folder of the sources, from the folder of the manifest.
  package var source = "src"
  /// What it is compiled for, unless the command line says otherwise.
  package var target = FuseTarget.lua54
  /// The projects it uses.
  package var dependencies: [Dependency] = []
  /// Whether reads of arrays are checked.
  package var checksBounds = true
  /// Whether casts are checked.
  package var checksCasts = true
  /// Whether results of declared functions are checked.
  package var checksBoundary = false
  /// Whether what is used of the support library is written into each module.
  package var inlinesRuntime = false
  /// What stands before the names of modules in `require`.
  package var modulePrefix = ""
  /// Whether all modules become one file.
  package var bundles = false
  /// Whether `debug` is true for the preprocessor.
  package var isDebug = false
  /// The features that `feature(…)` knows.
  package var features: [String] = []
  /// Warnings that refuse the program, by code.
  package var deny: [String] = []
  /// The most instructions of one expansion of a macro.
  package var macroFuel: Int64 = 10_000_000

  /// The settings of a project without manifest.
  package init() {}

  /// The keys a manifest may have.
  package static let keys = [
    "name", "version", "source", "target", "dependencies", "bounds", "casts", "boundary", "runtime",
    "module_prefix", "bundle", "debug", "features", "deny", "macro_fuel",
  ]

  /// Reads the text of a manifest.
  ///
  /// - Returns: the settings, and what is wrong with the text; what is wrong has its usual value.
  package static func read(_ bytes: [UInt8]) -> (FuseManifest, [Diagnostic]) {
    do throws(TOMLReader.Mistake) {
      var decoder = ManifestDecoder()
      decoder.decode(try TOMLReader.read(bytes))
      return (decoder.manifest, decoder.problems)
    } catch {
      return (FuseManifest(), [.Project.notTOML(error.message, span: error.span)])
    }
  }
}

/// Makes settings of the table of a manifest.
private struct ManifestDecoder {
  var manifest = FuseManifest()
  var problems: [Diagnostic] = []

  mutating func decode(_ table: TOMLTable) {
    for entry in table.entries {
      switch entry.key {
      case "name": set(\.name, entry)
      case "version": set(\.version, entry)
      case "source": set(\.source, entry)
      case "module_prefix": set(\.modulePrefix, entry)
      case "bundle": set(\.bundles, entry)
      case "debug": set(\.isDebug, entry)
      case "features": set(\.features, entry)
      case "deny": set(\.deny, entry)
      case "target": target(entry)
      case "bounds": choose(\.checksBounds, entry, yes: "checked", no: "unchecked")
      case "casts": choose(\.checksCasts, entry, yes: "checked", no: "unchecked")
      case "boundary": choose(\.checksBoundary, entry, yes: "checked", no: "trusted")
      case "runtime": choose(\.inlinesRuntime, entry, yes: "inline", no: "require")
      case "macro_fuel": fuel(entry)
      case "dependencies": dependencies(entry)
      default:
        let nearest = Suggestion.nearest(to: entry.key, among: FuseManifest.keys)
        problems.append(.Project.unknownKey(entry.key, nearest: nearest, span: entry.keySpan))
      }
    }
  }

  private mutating func refuse(_ entry: TOMLTable.Entry, _ expected: String) {
    problems.append(
      .Project.unfitValue(
        of: entry.key,
        expected: expected,
        found: entry.value.description,
        span: entry.value.span
      )
    )
  }

  private mutating func set(
    _ path: WritableKeyPath<FuseManifest, String>,
    _ entry: TOMLTable.Entry
  ) {
    guard case .string(let text) = entry.value.contents else { return refuse(entry, "a string") }
    manifest[keyPath: path] = text
  }

  private mutating func set(
    _ path: WritableKeyPath<FuseManifest, Bool>,
    _ entry: TOMLTable.Entry
  ) {
    guard case .boolean(let flag) = entry.value.contents else {
      return refuse(entry, "`true` or `false`")
    }
    manifest[keyPath: path] = flag
  }

  private mutating func set(
    _ path: WritableKeyPath<FuseManifest, [String]>,
    _ entry: TOMLTable.Entry
  ) {
    guard case .array(let items) = entry.value.contents else {
      return refuse(entry, "an array of strings")
    }
    for item in items {
      guard case .string(let text) = item.contents else {
        return refuse(entry, "an array of strings")
      }
      manifest[keyPath: path].append(text)
    }
  }

  private mutating func choose(
    _ path: WritableKeyPath<FuseManifest, Bool>,
    _ entry: TOMLTable.Entry,
    yes: String,
    no: String
  ) {
    guard case .string(let text) = entry.value.contents, text == yes || text == no else {
      return refuse(entry, "\"\(yes)\" or \"\(no)\"")
    }
    manifest[keyPath: path] = text == yes
  }

  private mutating func target(_ entry: TOMLTable.Entry) {
    guard case .string(let text) = entry.value.contents, let target = FuseTarget(named: text) else {
      let names = FuseTarget.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      return refuse(entry, "one of \(names)")
    }
    manifest.target = target
  }

  private mutating func fuel(_ entry: TOMLTable.Entry) {
    guard case .integer(let count) = entry.value.contents, count > 0 else {
      return refuse(entry, "a whole number above 0")
    }
    manifest.macroFuel = count
  }

  private mutating func dependencies(_ entry: TOMLTable.Entry) {
    guard case .table(let table) = entry.value.contents else {
      return refuse(entry, "a table of names and folders")
    }
    for dependency in table.entries {
      switch dependency.value.contents {
      case .string(let path):
        manifest.dependencies.append(.init(name: dependency.key, path: path))
      case .table(let parts):
        guard case .string(let path)? = parts["path"]?.contents else {
          refuse(dependency, "a folder, or a table with its `path`")
          continue
        }
        manifest.dependencies.append(.init(name: dependency.key, path: path))
      default: refuse(dependency, "a folder, or a table with its `path`")
      }
    }
  }
}

extension TOMLValue {
  /// The value as a message shows it.
  fileprivate var description: String {
    switch contents {
    case .string(let text): "\"\(text)\""
    case .integer(let number): "\(number)"
    case .float(let number): "\(number)"
    case .boolean(let flag): "\(flag)"
    case .array, .table: kindName
    }
  }
}

extension FuseTarget {
  /// The target of a name, as in a manifest or after `--target`: `lua5.4` or `5.4`, `luajit` or
  /// `jit`, `luau`.
  package init?(named name: String) {
    let full = name == "jit" ? "luajit" : name.first == "5" ? "lua" + name : name
    self.init(rawValue: full)
  }
}
