// `require` and `package` (manual §6.3). Loading C libraries is refused.
//
// `require` is a state machine: slot 1 name, 2 searchers, 3 index, 4 gathered messages, 5 what was found,
// 6 its second value, then the call.

package import NightjarBase
internal import NightjarBytecode
package import NightjarEngine

/// The phases of `require`; each is entered when what its name says has been done.
private enum RequirePhase {
  static let known = 1
  static let searched = 2
  static let loaded = 3
  static let stored = 4
  static let confirmed = 5
  static let marked = 6
}

/// Functions of `package`, and `require`.
enum PackageLibrary {
  /// `package.path` of a dialect as the reference has it.
  static func defaultPath(of dialect: LuaDialect) -> [UInt8] {
    let shared =
      """
      /usr/local/share/lua/*/?.lua;/usr/local/share/lua/*/?/init.lua;\
      /usr/local/lib/lua/*/?.lua;/usr/local/lib/lua/*/?/init.lua;\
      /usr/share/lua/*/?.lua;/usr/share/lua/*/?/init.lua
      """
    if dialect.rules.hasFunctionEnvironments { return path(dialect, "./?.lua;", shared) }
    let searchesFolders = dialect.follows(.pathSearchesFolders)
    return path(dialect, shared, searchesFolders ? ";./?.lua;./?/init.lua" : ";./?.lua")
  }

  /// `package.cpath` of a dialect as the reference has it.
  static func defaultLibraryPath(of dialect: LuaDialect) -> [UInt8] {
    let shared =
      """
      /usr/local/lib/lua/*/?.so;/usr/lib/x86_64-linux-gnu/lua/*/?.so;/usr/lib/lua/*/?.so;\
      /usr/local/lib/lua/*/loadall.so
      """
    if dialect.rules.hasFunctionEnvironments { return path(dialect, "./?.so;", shared) }
    return path(dialect, shared, ";./?.so")
  }

  /// A path with the dialect's name for each `*`; LuaJIT looks where 5.1 does.
  ///
  /// Bytes and not texts put together: each start would have the standard library's strings resident,
  /// half a megabyte of pages.
  private static func path(_ dialect: LuaDialect, _ first: String, _ second: String) -> [UInt8] {
    let name = dialect.rules.hasFunctionEnvironments ? LuaDialect.lua51.name : dialect.name
    var path: [UInt8] = []
    for byte in Array(first.utf8) + Array(second.utf8) {
      if byte == UInt8(ascii: "*") { path += name.utf8 } else { path.append(byte) }
    }
    return path
  }

  static let functions: [NativeDefinition] = [
    .leaf("loadlib") { NativeCall.enter($0, $1, $2, $3, loadlib) },
    .leaf("searchpath") { NativeCall.enter($0, $1, $2, $3, searchpath) },
  ]

  /// Those that only tell something.
  static let harmlessFunctions: [NativeDefinition] = [functions[1]]

  static let requiring: NativeDefinition = .stateMachine("require") {
    NativeCall.enter($0, $1, $2, $3, require)
  }

  static let searchers: [NativeDefinition] = [
    .stateMachine("preload searcher") { NativeCall.enter($0, $1, $2, $3, searchPreload) },
    .leaf("Lua searcher") { NativeCall.enter($0, $1, $2, $3, searchLua) },
    .leaf("C searcher") { NativeCall.enter($0, $1, $2, $3, searchC) },
    .leaf("root searcher") { NativeCall.enter($0, $1, $2, $3, searchRoot) },
  ]

  private static func package(_ call: NativeCall) -> Value {
    call.field(call.registry, call.registryKey("_PACKAGE"))
  }

  // MARK: require

  static func require(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    switch call.phase {
    case 0:
      _ = try call.checkBytes(1)
      if let wait = call.index(call.loaded, call[1], into: 5, then: RequirePhase.known) {
        return wait
      }
      return try begin(call)
    case RequirePhase.known: return try begin(call)
    case RequirePhase.searched: return try searched(call)
    case RequirePhase.loaded:
      // What the loader returned stands in slot 7.
      if call[7].isNil { return try confirm(call) }
      if let wait = try call.setIndex(
        call.loaded,
        call[1],
        call[7],
        into: 7,
        then: RequirePhase.stored
      ) {
        return wait
      }
      return try confirm(call)
    case RequirePhase.stored: return try confirm(call)
    case RequirePhase.confirmed: return try finish(call)
    default: return loaded(call, Value(true))
    }
  }

  /// Slot 5 holds what `package.loaded` has.
  private static func begin(_ call: NativeCall) throws(ScriptError) -> NativeOutcome {
    if isSentinel(call, call[5]) {
      let name = String(decoding: call.bytes(of: call[1]), as: UTF8.self)
      throw call.raise("loop or previous error loading module '\(name)'")
    }
    if !call[5].isFalsy { return call.returns(call[5]) }
    let list = call.rules.tablesHaveLength ? "searchers" : "loaders"
    let searchers = call.field(package(call), list)
    guard searchers.isTable else { throw call.raise("'package.\(list)' must be a table") }
    call[2] = searchers
    call[3] = Value(0)
    call[4] = call.string("")
    return try search(call)
  }

  /// Whether a value marks a module of 5.1 that is being loaded.
  private static func isSentinel(_ call: NativeCall, _ value: Value) -> Bool {
    !call.rules.tablesHaveLength
      && call.isSame(value, call.field(call.registry, "_SENTINEL"))
  }

  /// Calls the next searcher.
  private static func search(_ call: NativeCall) throws(ScriptError) -> NativeOutcome {
    let index = (call.integer(call[3]) ?? 0) + 1
    call[3] = Value(index)
    let searcher = call.rawGet(call[2], Value(index))
    if searcher.isNil {
      let name = String(decoding: call.bytes(of: call[1]), as: UTF8.self)
      let tried = String(decoding: call.bytes(of: call[4]), as: UTF8.self)
      throw call.raise("module '\(name)' not found:\(tried)")
    }
    call[5] = searcher
    call[6] = call[1]
    return .call(at: 5, 1, then: RequirePhase.searched)
  }

  /// What a searcher returned stands from slot 5 on.
  private static func searched(_ call: NativeCall) throws(ScriptError) -> NativeOutcome {
    if call[5].isFunction {
      if call.count < 2 { call[6] = .nil }
      call[7] = call[5]
      call[8] = call[1]
      call[9] = call[6]
      // 5.1 marks what is being loaded, and tells the loader the name alone.
      if call.rules.tablesHaveLength { return .call(at: 7, 2, then: RequirePhase.loaded) }
      try call.rawSet(call.loaded, call[1], call.field(call.registry, "_SENTINEL"))
      return .call(at: 7, 1, then: RequirePhase.loaded)
    }
    if call[5].isString || call[5].isNumber {
      if let wait = call.toString(call[5], into: 5, then: RequirePhase.searched) { return wait }
      let separator = call.follows(.searchersBreakLines) ? [] : Array("\n\t".utf8)
      let message = call.bytes(of: call[4]) + separator + call.bytes(of: call[5])
      call[4] = try call.string(message)
    }
    return try search(call)
  }

  /// Looks at what `package.loaded` has now.
  private static func confirm(_ call: NativeCall) throws(ScriptError) -> NativeOutcome {
    if let wait = call.index(call.loaded, call[1], into: 7, then: RequirePhase.confirmed) {
      return wait
    }
    return try finish(call)
  }

  private static func finish(_ call: NativeCall) throws(ScriptError) -> NativeOutcome {
    if !call[7].isNil && !isSentinel(call, call[7]) { return loaded(call, call[7]) }
    if let wait = try call.setIndex(
      call.loaded,
      call[1],
      Value(true),
      into: 7,
      then: RequirePhase.marked
    ) {
      return wait
    }
    return loaded(call, Value(true))
  }

  /// What a module is and, since 5.4, what its searcher said beside.
  private static func loaded(_ call: NativeCall, _ module: Value) -> NativeOutcome {
    call.rules.hasAttributes ? call.returns(module, call[6]) : call.returns(module)
  }

  // MARK: Searchers

  static func searchPreload(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase == 0 {
      _ = try call.checkBytes(1)
      let preload = call.field(call.registry, call.registryKey("_PRELOAD"))
      if let wait = call.index(preload, call[1], into: 2, then: 1) { return wait }
    }
    if call[2].isNil {
      let name = String(decoding: call.bytes(of: call[1]), as: UTF8.self)
      let start = call.follows(.searchersBreakLines) ? "\n\t" : ""
      return call.returns(call.string("\(start)no field package.preload['\(name)']"))
    }
    if !call.rules.hasAttributes { return call.returns(call[2]) }
    return call.returns(call[2], call.string(":preload:"))
  }

  static func searchLua(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let name = try call.checkBytes(1)
    let pathValue = call.field(package(call), "path")
    guard pathValue.isString else { throw call.raise("'package.path' must be a string") }
    switch try find(call, name, path: call.bytes(of: pathValue), separator: ".", replacement: "/") {
    case .failure(let tried): return call.returns(try call.string(tried.message))
    case .success(let file):
      switch try Files.load(call, file, mode: nil, environment: nil, asModule: true) {
      case .failure(let failure):
        let text =
          "error loading module '\(String(decoding: name, as: UTF8.self))' from file "
          + "'\(String(decoding: file, as: UTF8.self))':\n\t"
        throw call.raise(try call.string(Array(text.utf8) + failure.message))
      case .success(let function):
        call[2] = function
        return call.returns(function, try call.string(file))
      }
    }
  }

  static func searchC(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    try searchLibrary(&call, name: try call.checkBytes(1))
  }

  static func searchRoot(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let name = try call.checkBytes(1)
    guard let dot = name.firstIndex(of: UInt8(ascii: ".")) else { return call.returns() }
    return try searchLibrary(&call, name: Array(name[..<dot]))
  }

  private static func searchLibrary(
    _ call: inout NativeCall,
    name: [UInt8]
  ) throws(ScriptError) -> NativeOutcome {
    let pathValue = call.field(package(call), "cpath")
    guard pathValue.isString else { throw call.raise("'package.cpath' must be a string") }
    switch try find(call, name, path: call.bytes(of: pathValue), separator: ".", replacement: "/") {
    case .failure(let tried): return call.returns(try call.string(tried.message))
    case .success(let file):
      let text =
        "error loading module '\(String(decoding: name, as: UTF8.self))' from file "
        + "'\(String(decoding: file, as: UTF8.self))':\n\t\(refusal)"
      throw call.raise(text)
    }
  }

  private static let refusal = "C libraries are not loaded; a sandboxed machine has none"

  static func loadlib(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    _ = try call.checkBytes(1)
    _ = try call.checkBytes(2)
    return call.returns(.nil, call.string(refusal), call.string("absent"))
  }

  // MARK: Paths

  static func searchpath(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    // Checked in the order in which the reference evaluates them.
    let replacement = try call.optionalBytes(4) ?? [UInt8(ascii: "/")]
    let separator = try call.optionalBytes(3) ?? [UInt8(ascii: ".")]
    let path = try call.checkBytes(2)
    let name = try call.checkBytes(1)
    let found = try find(
      call,
      name,
      path: path,
      separator: String(decoding: separator, as: UTF8.self),
      replacement: String(decoding: replacement, as: UTF8.self)
    )
    switch found {
    case .success(let file): return call.returns(try call.string(file))
    case .failure(let tried): return call.returns(.nil, try call.string(tried.message))
    }
  }

  /// A name with every occurrence of a separator replaced; an empty separator changes nothing.
  private static func replacing(
    _ name: [UInt8],
    _ separator: [UInt8],
    _ replacement: [UInt8]
  ) -> [UInt8] {
    if separator.isEmpty { return name }
    var result: [UInt8] = []
    var rest = name[...]
    while !rest.isEmpty {
      if rest.starts(with: separator) {
        result += replacement
        rest = rest.dropFirst(separator.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }

  /// The first readable file of the templates in a path, or the list of those tried.
  ///
  /// Each template costs what opening a file does, and the list is bounded by the machine's memory: a long
  /// name and a path of many templates would multiply.
  private static func find(
    _ call: NativeCall,
    _ name: [UInt8],
    path: [UInt8],
    separator: String,
    replacement: String
  ) throws(ScriptError) -> Result<[UInt8], CompileFailure> {
    let shown = replacing(name, Array(separator.utf8), Array(replacement.utf8))
    let capabilities = call.capabilities
    let breaksFirst = call.follows(.searchersBreakLines)
    var tried: [UInt8] = []
    let room = call.byteRoom
    for template in path.split(
      separator: UInt8(ascii: ";"),
      omittingEmptySubsequences: breaksFirst
    ) {
      let marks = template.count { $0 == UInt8(ascii: "?") }
      let (added, isHuge) = marks.multipliedReportingOverflow(by: shown.count)
      call.charge(IOCost.opening + template.count >> 3)
      guard !isHuge, added < room - tried.count - template.count else { throw call.raiseMemory() }
      call.charge(added >> 3)
      let file = template.flatMap { $0 == UInt8(ascii: "?") ? shown : [$0] }
      var refusal: String?
      do throws(SystemError) {
        if let stream = try (capabilities.modules ?? capabilities.files)?.open(file, mode: .read) {
          _ = try? stream.close()
          return .success(file)
        }
      } catch { refusal = error.isRefusal ? error.message : nil }
      if !tried.isEmpty || breaksFirst { tried += Array("\n\t".utf8) }
      tried += refusal.map { Array($0.utf8) } ?? Array("no file '".utf8) + file + Array("'".utf8)
    }
    return .failure(CompileFailure(message: tried))
  }
}

extension Machine {
  /// `package.path` when the environment says nothing.
  package static func defaultModulePath(of dialect: LuaDialect = .standard) -> [UInt8] {
    PackageLibrary.defaultPath(of: dialect)
  }
  /// `package.cpath` when the environment says nothing.
  package static func defaultLibraryPath(of dialect: LuaDialect = .standard) -> [UInt8] {
    PackageLibrary.defaultLibraryPath(of: dialect)
  }

  /// Opens `package` and `require`.
  ///
  /// - Parameters:
  ///   - path: `package.path`; nil for the reference's.
  ///   - libraryPath: `package.cpath`; nil for the reference's. Where it is empty, nothing looks for
  ///     libraries in C.
  package func openPackage(path: [UInt8]? = nil, libraryPath: [UInt8]? = nil) {
    let path = string(path ?? Self.defaultModulePath(of: openingDialect))
    let library = openLibrary(
      "package",
      PackageLibrary.functions + OlderModules.packageDefinitions,
      fieldCount: 6
    )
    setField(library, "loaded", loaded)
    setField(library, "preload", openRequire(library))
    let searchers = makeSearchers(libraryPath?.isEmpty == true ? 2 : 4)
    if LibraryTable.offers("searchers" as StaticString, of: "package", in: openingDialect) {
      setField(library, "searchers", searchers)
    }
    if LibraryTable.offers("loaders" as StaticString, of: "package", in: openingDialect) {
      setField(library, "loaders", searchers)
    }
    let ownLibraryPath = libraryPath ?? Self.defaultLibraryPath(of: openingDialect)
    tellPaths(library, path, string(ownLibraryPath))
  }

  /// Opens `require`, with a `package` that tells how it looks for modules and gives no way to them.
  func openHarmlessPackage(path: [UInt8]) {
    let (path, libraryPath) = (string(path), string([]))
    let library = openLibrary(
      "package",
      PackageLibrary.harmlessFunctions + OlderModules.packageDefinitions,
      fieldCount: 3
    )
    tellPaths(library, path, libraryPath)
    // `require` has its own way to the searchers; scripts have none to what others have loaded.
    let own = newTable(fieldCount: 3)
    setField(own, "path", path)
    setField(own, "cpath", libraryPath)
    setField(own, "searchers", makeSearchers(2))
    _ = openRequire(own)
  }

  /// Opens `require` over a table with its paths and searchers; gives the table of preloaded modules.
  private func openRequire(_ own: Value) -> Value {
    setField(registry, registryKey("_PACKAGE"), own)
    setField(registry, registryKey("_LOADED"), loaded)
    let preload = newTable()
    setField(registry, registryKey("_PRELOAD"), preload)
    setField(registry, "_SENTINEL", newProxy())
    addGlobals(OlderModules.definitions)
    addGlobals([PackageLibrary.requiring])
    return preload
  }

  private func makeSearchers(_ count: Int) -> Value {
    table(
      PackageLibrary.searchers.prefix(count).enumerated().map {
        ($0.offset + 1, makeNative($0.element))
      }
    )
  }

  private func tellPaths(_ library: Value, _ path: Value, _ libraryPath: Value) {
    setField(library, "path", path)
    setField(library, "cpath", libraryPath)
    setField(library, "config", string(Array("/\n;\n?\n!\n-\n".utf8)))
  }
}
