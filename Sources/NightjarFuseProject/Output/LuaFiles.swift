// The files that a program becomes: one a module with the support library beside them, or with it inside,
// or one file for everything.

package import NightjarBytecode
package import NightjarFuseLua

/// A file of Lua to be written.
package struct LuaFile: Sendable {
  /// The path, without extension: `a/b`.
  package var path: String
  /// The text.
  package var text: [UInt8]
  /// Where its lines come from.
  package var map: LineMap
}

extension LuaFile {
  /// Where the lines of the file come from, for a compiled function.
  ///
  /// - Parameter name: Makes the chunk name of a source.
  /// - Returns: What `FunctionPrototype.withPlaces` takes.
  package func origins(_ name: (String) -> String) -> LineOrigins {
    LineOrigins(
      sources: map.sources.map { Array(name($0).utf8) },
      lines: [(source: -1, line: 0)] + map.lines
    )
  }
}

/// Puts files together.
package enum LuaFiles {
  /// The files of a program.
  ///
  /// - Parameters:
  ///   - output: What the compiler made; the main module is the first.
  ///   - manifest: Whether the support library, or everything, goes into one file.
  /// - Returns: The main module's file first.
  package static func make(_ output: LuaOutput, _ manifest: FuseManifest) -> [LuaFile] {
    var modules = output.modules.map { LuaFile(path: $0.path, text: $0.text, map: $0.map) }
    let runtime = output.runtime.map { LuaFile(path: $0.path, text: $0.text, map: $0.map) }
    if manifest.bundles { return [bundle(output, manifest)] }
    guard let runtime else { return modules }
    if manifest.inlinesRuntime {
      for index in modules.indices { inline(runtime, into: &modules[index], manifest) }
      return modules
    }
    return modules + [runtime]
  }

  /// The name by which `require` finds a file.
  private static func moduleName(_ path: String, _ manifest: FuseManifest) -> String {
    manifest.modulePrefix + String(path.map { $0 == "/" ? "." : $0 })
  }

  /// The whole program in one file.
  package static func bundle(_ output: LuaOutput, _ manifest: FuseManifest) -> LuaFile {
    let all = output.modules + [output.runtime].compactMap { $0 }
    return bundle(all.map { LuaFile(path: $0.path, text: $0.text, map: $0.map) }, manifest)
  }

  // MARK: One file

  /// One file with all modules, the first of which is run.
  ///
  /// Modules are found by name as before; what is not among them is left to the `require` of the host.
  private static func bundle(_ files: [LuaFile], _ manifest: FuseManifest) -> LuaFile {
    var out = Joined()
    guard let main = files.first else {
      return LuaFile(path: "main", text: [], map: LineMap(sources: [], lines: []))
    }
    if files.count > 1 {
      out.add(
        """
        local __modules, __loaded, __host = {}, {}, require
        local function require(name)
          local load = __modules[name]
          if not load then return __host(name) end
          if __loaded[name] == nil then
            local value = load(name)
            __loaded[name] = value == nil and true or value
          end
          return __loaded[name]
        end

        """
      )
    }
    for file in files.dropFirst() {
      out.add("__modules[\"\(moduleName(file.path, manifest))\"] = function(...)\n")
      out.add(file)
      out.add("end\n")
    }
    out.add(main)
    return LuaFile(path: main.path, text: out.text, map: out.map)
  }

  // MARK: The support library inside

  /// Puts the support library where a file would load it; the first module to run shares it.
  private static func inline(_ runtime: LuaFile, into file: inout LuaFile, _ manifest: FuseManifest)
  {
    let name = moduleName(runtime.path, manifest)
    let loading = Array("local __rt = require(\"\(name)\")\n".utf8)
    guard let place = file.text.firstRange(of: loading)?.lowerBound else { return }
    let lineCount = file.text[..<place].count { $0 == 10 }
    var out = Joined()
    out.add(
      LuaFile(
        path: file.path,
        text: Array(file.text[..<place]),
        map: LineMap(sources: file.map.sources, lines: Array(file.map.lines.prefix(lineCount)))
      )
    )
    out.add("local __rt = package.loaded[\"\(name)\"] or (function()\n")
    out.add(runtime)
    out.add("end)()\n")
    out.add("package.loaded[\"\(name)\"] = __rt\n")
    out.add(
      LuaFile(
        path: file.path,
        text: Array(file.text[(place + loading.count)...]),
        map: LineMap(
          sources: file.map.sources,
          lines: Array(file.map.lines.dropFirst(lineCount + 1))
        )
      )
    )
    file.text = out.text
    file.map = out.map
  }
}

/// Text that grows, and where its lines come from.
private struct Joined {
  var text: [UInt8] = []
  var map = LineMap(sources: [], lines: [])

  /// Adds text that comes from nowhere; whole lines.
  mutating func add(_ lines: String) {
    for byte in lines.utf8 {
      text.append(byte)
      if byte == 10 { map.lines.append((-1, 0)) }
    }
  }

  /// Adds a file; its text ends in a line end.
  mutating func add(_ file: LuaFile) {
    let places = file.map.sources.map { source -> Int32 in
      if let known = map.sources.firstIndex(of: source) { return Int32(truncatingIfNeeded: known) }
      map.sources.append(source)
      return Int32(truncatingIfNeeded: map.sources.count - 1)
    }
    text += file.text
    let lineCount = file.text.count { $0 == 10 }
    for index in 0..<lineCount {
      let entry = index < file.map.lines.count ? file.map.lines[index] : (source: -1, line: 0)
      map.lines.append(entry.source < 0 ? (-1, 0) : (places[Int(entry.source)], entry.line))
    }
    if let last = file.text.last, last != 10 {
      text.append(10)
      map.lines.append((-1, 0))
    }
  }
}

extension FuseManifest {
  /// How the compiler is to lower the program.
  package var luaOptions: FuseLuaOptions {
    var options = FuseLuaOptions()
    options.modulePrefix = modulePrefix
    options.checksBounds = checksBounds
    options.checksCasts = checksCasts
    options.checksBoundary = checksBoundary
    return options
  }
}
