// The sources of a project as the compiler sees them: one tree, in which each dependency is a folder.

package import NightjarFuseTypes

/// The source files of a project and its dependencies.
package struct ProjectFiles: ModuleFiles {
  private let system: any ModuleFiles
  private let root: String
  /// The folders of the dependencies, by name.
  private let dependencies: [String: String]

  init(system: any ModuleFiles, root: String, dependencies: [String: String]) {
    self.system = system
    self.root = root
    self.dependencies = dependencies
  }

  /// The names in a folder of the sources.
  package func names(in folder: String) -> [String] {
    if folder == ModuleSpecifier.dependencyFolder, !dependencies.isEmpty {
      return dependencies.keys.sorted()
    }
    let names = system.names(in: path(of: folder))
    return folder.isEmpty && !dependencies.isEmpty
      ? names + [ModuleSpecifier.dependencyFolder] : names
  }

  /// The bytes of a source file.
  package func read(_ path: String) -> [UInt8]? { system.read(self.path(of: path)) }

  /// Where a module's file, or a folder of the sources, lies in the system.
  package func path(of module: String) -> String {
    let parts = module.split(separator: "/", maxSplits: 2).map(String.init)
    if parts.count > 1, parts[0] == ModuleSpecifier.dependencyFolder,
      let folder = dependencies[parts[1]]
    {
      return FolderPath.join(folder, parts.count > 2 ? parts[2] : ".")
    }
    return FolderPath.join(root, module.isEmpty ? "." : module)
  }
}
