// The libraries of a machine that runs what its host does not trust: a list of what is there, made from
// the capabilities that were given, and not the whole with parts taken away. Tables of functions cannot
// be written, nor the metatables that all strings or files share, so that scripts of one machine cannot
// change one another's libraries.

internal import NightjarBase
package import NightjarEngine

/// What a sandbox has beyond what its capabilities say.
package struct SandboxOptions: Sendable {
  /// `string.dump` is there, and the host's compiler takes what it makes.
  package var hasBinaryChunks = false
  /// The whole `debug` library is there: it reaches into the state of other functions.
  package var hasWholeDebug = false
  /// `package.path`: where `require` looks for modules among the machine's files.
  package var modulePath = "./?.lua;./?/init.lua"

  package init() {}
}

extension Machine {
  /// Opens the libraries that the machine's capabilities have a use for, and protects them.
  package func openSandbox(_ options: SandboxOptions = SandboxOptions()) {
    hasWholeDebug = options.hasWholeDebug
    openIntrinsics()
    openSandboxLibraries(options)
    // A chunk of another dialect finds that dialect's libraries in the same state.
    openLibraries = { [unowned self] in openSandboxLibraries(options) }
  }

  /// What `openSandbox` does for the dialect being opened.
  private func openSandboxLibraries(_ options: SandboxOptions) {
    if !options.hasBinaryChunks { setField(field(loaded, "string"), "dump", .nil) }
    let given = capabilities
    if given.streams != nil { openPrint() }
    if given.files != nil {
      openChunkFiles()
      openHarmlessPackage(path: Array(options.modulePath.utf8))
    }
    openHarmlessOS()
    if given.files != nil || given.streams != nil {
      openIO(hasPrograms: given.processes?.runsPrograms == true)
      let io = field(loaded, "io")
      if given.files == nil {
        for name in ["open", "lines", "tmpfile"] { setField(io, name, .nil) }
      }
    }
    if given.network != nil {
      if field(registry, FileKeys.metatable).isNil { openFileMethods() }
      openNet()
    }
    // It would be a way from one script's globals to those of the machine.
    setField(loaded, "_G", .nil)
    protectLibraries()
  }

  /// `os` with what the capabilities have a use for.
  private func openHarmlessOS() {
    var functions = OSLibrary.timeFunctions
    if capabilities.files != nil { functions += OSLibrary.fileFunctions }
    if capabilities.environment != nil { functions += OSLibrary.environmentFunctions }
    if let processes = capabilities.processes {
      functions += OSLibrary.endFunctions
      if processes.runsPrograms { functions += OSLibrary.programFunctions }
    }
    _ = openLibrary("os", functions)
  }

  /// Makes the tables that scripts share read-only and their metatables unreachable.
  private func protectLibraries() {
    for (_, library) in entries(of: loaded) where library.isTable { setReadOnly(library, true) }
    let strings = metatable(of: string(Array("".utf8)))
    setField(strings, "__metatable", Value(false))
    setReadOnly(strings, true)
    let files = field(registry, FileKeys.metatable)
    if files.isTable {
      setReadOnly(field(files, "__index"), true)
      setField(files, "__metatable", Value(false))
      setReadOnly(files, true)
    }
  }

  /// The entries of a table as they are now.
  private func entries(of table: Value) -> [(key: Value, value: Value)] {
    var found: [(key: Value, value: Value)] = []
    var position = 0
    while let entry = nextEntry(of: table, &position) { found.append(entry) }
    return found
  }

  /// A table of globals of its own for one script: what the machine's globals hold now, with `load` and
  /// its kin bound to it, so that code the script loads sees the same table.
  ///
  /// - Throws: "not enough memory".
  package func makeEnvironment() throws(ScriptError) -> Value {
    let all = entries(of: globals)
    let environment = try makeTable(arrayCount: 0, fieldCount: all.count)
    let root = retain(environment)
    defer { release(root) }
    for (key, value) in all { try rawSet(environment, key, value) }
    setField(environment, "_G", environment)
    for loader in [loadDefinition] + Files.loaders {
      let name = "\(loader.name)"
      if !field(globals, name).isNil {
        setField(environment, name, makeNative(loader, upvalues: [environment]))
      }
    }
    return environment
  }
}
