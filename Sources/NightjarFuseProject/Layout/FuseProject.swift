// A project on disk: where its sources begin, what its manifest says, and its modules read and checked.

package import NightjarDiagnostics
package import NightjarFuseSyntax
package import NightjarFuseTypes

/// A project, or a single file that belongs to none.
package struct FuseProject {
  /// The name of a manifest.
  package static let manifestName = "fuse.toml"

  /// What the manifest says; the usual settings without one.
  package let manifest: FuseManifest
  /// The path and text of the manifest.
  package let manifestText: SourceText?
  /// What is wrong with the manifests.
  package private(set) var problems: [(source: SourceText, diagnostic: Diagnostic)] = []
  /// The folder of the manifest, or of the file.
  package let folder: String
  /// The folder of the sources.
  package let root: String
  /// The sources.
  package let files: ProjectFiles
  /// The folders of the sources of dependencies, by name.
  private let dependencies: [String: String]

  /// Finds the project a file belongs to: that of the nearest folder around it with a manifest.
  ///
  /// - Parameters:
  ///   - path: An absolute path without links.
  ///   - system: The files of the system, by absolute path.
  package init(of path: String, system: any ModuleFiles) {
    var folder = FolderPath.folder(of: path)
    var text: SourceText?
    var candidate = folder
    while true {
      let place = FolderPath.join(candidate, Self.manifestName)
      if let bytes = system.read(place) {
        text = SourceText(name: place, bytes: bytes)
        folder = candidate
        break
      }
      if candidate == "/" || candidate == "." { break }
      candidate = FolderPath.folder(of: candidate)
    }
    manifestText = text
    self.folder = folder
    guard let text else {
      manifest = FuseManifest()
      root = folder
      dependencies = [:]
      files = ProjectFiles(system: system, root: folder, dependencies: [:])
      return
    }
    var found: [Diagnostic] = []
    (manifest, found) = FuseManifest.read(text.bytes)
    problems = found.map { (text, $0) }
    let sources = FolderPath.join(folder, manifest.source)
    // A file beside the sources, such as a script, is a program of its own with the same settings.
    root =
      FolderPath.path(path, below: sources) == nil ? FolderPath.folder(of: path) : sources
    var folders: [String: String] = [:]
    for dependency in manifest.dependencies {
      let place = FolderPath.join(folder, dependency.path)
      let inner = system.read(FolderPath.join(place, Self.manifestName)).map {
        FuseManifest.read($0).0
      }
      folders[dependency.name] = FolderPath.join(place, inner?.source ?? ".")
    }
    dependencies = folders
    files = ProjectFiles(system: system, root: root, dependencies: folders)
  }

  /// Whether a manifest is wrong: then nothing should be compiled.
  package var hasErrors: Bool { problems.contains { $0.diagnostic.severity == .error } }

  /// The module of a file below the sources: its path from there.
  package func module(of path: String) -> String? { FolderPath.path(path, below: root) }

  /// The circumstances for the preprocessor.
  package func conditions(target: FuseTarget?, isTest: Bool = false) -> FuseConditions {
    FuseConditions(
      target: target ?? manifest.target,
      isDebug: manifest.isDebug,
      isTest: isTest,
      features: Set(manifest.features)
    )
  }

  /// Reads modules and all they import.
  package func read(_ modules: [String], _ conditions: FuseConditions) -> FuseProgram {
    FuseProgram(roots: modules, files: files, options: options(conditions))
  }

  /// Reads and checks modules and all they import, to check them again when files have changed.
  package func workspace(_ modules: [String], _ conditions: FuseConditions) -> FuseWorkspace {
    FuseWorkspace(roots: modules, files: files, options: options(conditions))
  }

  /// The sources, as some system shows them.
  package func files(in system: any ModuleFiles) -> ProjectFiles {
    ProjectFiles(system: system, root: root, dependencies: dependencies)
  }

  private func options(_ conditions: FuseConditions) -> FuseProgram.Options {
    var packages: [String: String] = [:]
    for dependency in manifest.dependencies {
      packages[dependency.name] = "\(ModuleSpecifier.dependencyFolder)/\(dependency.name)"
    }
    return FuseProgram.Options(conditions: conditions, packages: packages)
  }
}
