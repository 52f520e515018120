// Where the texts of a program's modules come from: folders of the system, an editor's buffers, or a
// table in a test.

/// The source files of a program.
package protocol ModuleFiles {
  /// The names of the files and folders in a folder; empty if there is no such folder.
  ///
  /// Paths are relative to the root of the sources, with `/` between parts; the root is "".
  func names(in folder: String) -> [String]

  /// The bytes of a file, or `nil` if it cannot be read.
  func read(_ path: String) -> [UInt8]?
}

/// Files in memory.
package struct MemoryModuleFiles: ModuleFiles, Sendable {
  private let files: [String: [UInt8]]

  /// Makes files of texts by their paths.
  package init(_ files: [String: String]) {
    self.files = files.mapValues { Array($0.utf8) }
  }

  /// The names of the files and folders in a folder.
  package func names(in folder: String) -> [String] {
    let prefix = folder.isEmpty ? "" : folder + "/"
    var found: Set<String> = []
    for path in files.keys where path.hasPrefix(prefix) {
      found.insert(String(path.dropFirst(prefix.count).prefix { $0 != "/" }))
    }
    return found.sorted()
  }

  /// The bytes of a file.
  package func read(_ path: String) -> [UInt8]? { files[path] }
}

/// What looking for a module finds.
enum FoundModule: Equatable {
  case file(String)
  case missing
  /// Files that differ only in `-` and `_`.
  case ambiguous([String])
}

/// Looks for the files of modules; each folder is listed once.
struct ModuleFinder {
  let files: any ModuleFiles
  /// By folder and name, with `-` and `_` taken as one, the names there.
  private var folders: [String: [String: [String]]] = [:]
  private var found: [String: FoundModule] = [:]

  init(_ files: any ModuleFiles) { self.files = files }

  /// The file of a module: `p.fuse`, `p.d.fuse` or `p/init.fuse`, with `-` and `_` taken as one.
  mutating func find(_ path: String) -> FoundModule {
    if let known = found[path] { return known }
    let module = lookUp(path)
    found[path] = module
    return module
  }

  private mutating func lookUp(_ path: String) -> FoundModule {
    var folders = [""]
    let parts = path.split(separator: "/").map(String.init)
    guard let last = parts.last else { return .missing }
    for part in parts.dropLast() {
      folders = folders.flatMap { matches(in: $0, part) }
    }
    for suffix in [".fuse", ".d.fuse"] {
      let found = folders.flatMap { matches(in: $0, last + suffix) }
      if found.count > 1 { return .ambiguous(found) }
      if let file = found.first { return .file(file) }
    }
    let inner = folders.flatMap { matches(in: $0, last) }.flatMap { matches(in: $0, "init.fuse") }
    if inner.count > 1 { return .ambiguous(inner) }
    return inner.first.map { .file($0) } ?? .missing
  }

  /// The paths in a folder of what has a name, but for `-` and `_`.
  private mutating func matches(in folder: String, _ name: String) -> [String] {
    let names = names(in: folder)[ModuleSpecifier.normalized(name)] ?? []
    return names.map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
  }

  private mutating func names(in folder: String) -> [String: [String]] {
    if let known = folders[folder] { return known }
    let listing = Dictionary(grouping: files.names(in: folder).sorted()) {
      ModuleSpecifier.normalized($0)
    }
    folders[folder] = listing
    return listing
  }
}
