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
    var tree = lowering.lua
    let tableSlots = tableSlots(&tree, list, lowering, shared)
    let hasIntegers = shared.target == .lua53 || shared.target == .lua54
    var writer = LuaWriter(tree: tree, hasIntegers: hasIntegers, tableSlots: tableSlots)
    if lowering.usesRuntime {
      writer.header("local __rt = require(\"\(shared.options.modulePrefix)fuse.rt\")")
    }
    if !tableSlots.isEmpty, !lowering.hasLiveExports { writer.header("local __module = {}") }
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

  /// The names that have to be fields of one table, if the module has too many; what does not fit all
  /// the same is reported.
  private static func tableSlots(
    _ tree: inout LuaTree,
    _ list: Int32,
    _ lowering: ModuleLowering,
    _ shared: SharedLowering
  ) -> Set<Int32> {
    // No function can have more upvalues than there are names around it.
    let outermost = tree.outermostSlots(list)
    if outermost.count < 50, tree.slots.count < 190 { return [] }
    let upvalueLimit = shared.target == .lua51 || shared.target == .luajit ? 60 : 250
    var limits = LuaLimits(tree: tree, upvalueLimit: upvalueLimit, tableSlots: [])
    limits.block(list)
    if limits.excesses.isEmpty { return [] }
    var names: Set<[UInt8]> = []
    for slot in outermost {
      let base = Array(tree.text(at: tree.slots[Int(slot)]))
      var name = base
      var count = 1
      while !names.insert(name).inserted {
        count += 1
        name = base + Array("_\(count)".utf8)
      }
      if count > 1 { tree.slots[Int(slot)] = tree.text(name) }
    }
    let slots = Set(outermost)
    limits = LuaLimits(tree: tree, upvalueLimit: upvalueLimit, tableSlots: slots)
    limits.block(list)
    for excess in limits.excesses {
      let token = lowering.tree.tokens.first { $0.line >= UInt32(max(1, excess.line)) }
      let span = token.map { Span(start: $0.start, end: $0.end) } ?? Span(start: 0, end: 0)
      shared.diagnostics[Int(lowering.module)].append(.Fuse.targetLimit(excess.limit, span: span))
    }
    return slots
  }
}
