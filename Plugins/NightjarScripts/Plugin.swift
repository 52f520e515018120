// Checks the .lua files of a target whenever one of them changes, and gives them to the target as
// constants: `Scripts.greeting` is the text of greeting.lua. A script that does not compile fails the
// build, with file and line.

import Foundation
import PackagePlugin

@main
struct NightjarScripts: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let scripts = Self.scripts(below: target.directoryURL)
    let output = context.pluginWorkDirectoryURL.appending(path: "Scripts.swift")
    return [
      .buildCommand(
        displayName: "Checking the scripts of \(target.name)",
        executable: try context.tool(named: "nightjar-scripts").url,
        arguments: [output.path, target.directoryURL.path] + scripts.map(\.path),
        inputFiles: scripts,
        outputFiles: [output]
      )
    ]
  }

  /// The scripts of a folder: found by walking it, as a package may exclude them from its target to
  /// say that they are not copied beside the program.
  private static func scripts(below folder: URL) -> [URL] {
    let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (walk?.allObjects ?? []).compactMap { $0 as? URL }
      .filter { $0.pathExtension == "lua" }
      .sorted { $0.path < $1.path }
  }
}
