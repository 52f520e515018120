// The way in: a checked program to files of Lua.

package import NightjarDiagnostics
internal import NightjarFuseLibrary
package import NightjarFuseSyntax
package import NightjarFuseTypes

/// A file of Lua.
package struct LuaModule: Sendable {
  /// The path of its module, such as `a/b`: the file is `a/b.lua`.
  package var path: String
  /// The text.
  package var text: [UInt8]
  /// Where its lines come from.
  package var map: LineMap
  /// The names of its tests, in order.
  package var tests: [String] = []
}

/// For each line of a Lua file the line it comes from.
package struct LineMap: Sendable {
  /// The files that lines come from, by their paths from the root of the sources.
  package var sources: [String]
  /// For each line, from the first: the file, an index of `sources`, and the line there; or -1 and 0.
  package var lines: [(source: Int32, line: Int32)]
}

/// What a program becomes.
package struct LuaOutput: Sendable {
  /// The modules of the program: the roots first.
  package var modules: [LuaModule] = []
  /// The file `fuse/rt.lua`, if the program needs it.
  package var runtime: LuaModule?
  /// What the target lacks.
  package var diagnostics: [(module: Int, diagnostic: Diagnostic)] = []
}

/// Turns checked programs into Lua.
package enum FuseLowering {
  /// The Lua of a program without errors.
  ///
  /// The same program gives the same bytes. Nothing in it makes this trap.
  ///
  /// - Complexity: O(*n*) in the texts.
  package static func emit(
    _ program: CheckedProgram,
    target: FuseTarget,
    options: FuseLuaOptions = FuseLuaOptions()
  ) -> LuaOutput {
    let shared = SharedLowering(program: program, target: target, options: options)
    var output = LuaOutput()
    var lowerings: [Int: ModuleLowering] = [:]
    var lists: [Int: Int32] = [:]
    let own = program.program.modules.indices.filter {
      !shared.isLibrary[$0] && !program.program.modules[$0].path.hasSuffix(".d.fuse")
    }
    for index in own {
      var lowering = ModuleLowering(shared: shared, module: Int32(truncatingIfNeeded: index))
      lists[index] = lowering.lowerModule()
      lowerings[index] = lowering
    }
    let library = LibraryAssembly(shared: shared)
    for index in own {
      lowerings[index]?.finish()
    }
    let runtime = library.assemble()
    for index in own {
      guard let lowering = lowerings[index], let list = lists[index] else { continue }
      output.modules.append(module(lowering, list, shared))
    }
    output.runtime = runtime
    for index in shared.diagnostics.indices {
      output.diagnostics += shared.diagnostics[index].map { (index, $0) }
    }
    return output
  }

  private static func module(
    _ lowering: ModuleLowering,
    _ list: Int32,
    _ shared: SharedLowering
  ) -> LuaModule {
    let hasIntegers = shared.target == .lua53 || shared.target == .lua54
    var writer = LuaWriter(tree: lowering.lua, hasIntegers: hasIntegers)
    writer.header("local __rt = require(\"\(shared.options.modulePrefix)fuse.rt\")")
    writer.block(list)
    let path = shared.program.program.modules[Int(lowering.module)].path
    let stem = path.hasSuffix(".fuse") ? String(path.dropLast(5)) : path
    return LuaModule(
      path: stem,
      text: writer.text.bytes,
      map: LineMap(
        sources: [path],
        lines: writer.text.lines.map { $0 == 0 ? (-1, 0) : (0, $0) }
      ),
      tests: lowering.tests.map { shared.spelling(shared.function($0).name) }
    )
  }
}
