// A program that is kept in memory while its texts change: what a language server, or a command that
// watches files, asks again and again. Each answer is the same as if all had been read and checked
// anew.

/// A program of Fuse, read and checked, to be read and checked again.
package struct FuseWorkspace {
  private var reading: ProgramReading
  private var checking: ProgramChecking

  /// Reads and checks the modules at some paths, and all they import.
  package init(
    roots: [String],
    files: any ModuleFiles,
    options: FuseProgram.Options = FuseProgram.Options()
  ) {
    reading = ProgramReading(roots: roots, files: files, options: options)
    checking = ProgramChecking(FuseProgram(reading))
  }

  /// The program as it was when it was read last.
  package var checked: CheckedProgram { checking.checked }

  /// Reads and checks again what some changes of files concern.
  ///
  /// - Parameters:
  ///   - files: The files as they are now.
  ///   - paths: The files whose texts may have changed, and those that are new or gone.
  /// - Returns: The paths of the modules whose bodies were looked at; no others of the program's own
  ///   modules can have other types or diagnostics than before, but for what is said of declarations.
  /// - Complexity: O(*n*) in the declarations of the program and in the texts of these modules.
  @discardableResult
  package mutating func update(_ files: any ModuleFiles, changed paths: Set<String>) -> [String] {
    let change = reading.update(files, changed: paths)
    if change.edited.isEmpty { return [] }
    let program = FuseProgram(reading)
    if change.isAll || checking.isWorn {
      checking = ProgramChecking(program)
      return program.modules.map(\.path).filter { !$0.hasPrefix("@fuse:") }
    }
    let reading = reading
    let looked = checking.update(program, change) { reading.importers(of: $0) }
    return looked.sorted().map { program.modules[$0].path }
  }
}
