// The file `fuse/rt.lua`: the parts of the runtime that a program uses, and the items of the library
// that it reaches.
//
//   local __rt = {}
//   function __rt.str(value) … end
//   local __prelude, __collections = {}, {}
//   __rt.lib = { prelude = __prelude, collections = __collections }
//   do … end                                   what is reached of the prelude
//   return __rt

internal import NightjarDiagnostics
internal import NightjarFuseLibrary
internal import NightjarFuseSyntax
internal import NightjarFuseTypes

/// Makes the items of the library until nothing new is reached.
struct LibraryAssembly {
  let shared: SharedLowering

  func assemble() -> LuaModule? {
    var lowerings: [Int: ModuleLowering] = [:]
    var parts = reach(&lowerings)
    for index in lowerings.keys.sorted() {
      guard var lowering = lowerings.removeValue(forKey: index) else { continue }
      lowering.runs = lowering.libraryStatements()
      lowerings[index] = lowering
    }
    // What variables need may be new.
    parts = reach(&lowerings)
    if parts.isEmpty && lowerings.isEmpty { return nil }
    return write(parts, &lowerings)
  }

  /// Makes what is in the queue, and what that reaches.
  private func reach(_ lowerings: inout [Int: ModuleLowering]) -> [FuseRuntimePart] {
    var parts: [FuseRuntimePart] = []
    var count = -1
    repeat {
      while let entity = shared.queue.popLast() {
        let index = Int(shared.module(of: entity))
        if lowerings[index] == nil {
          var lowering = ModuleLowering(shared: shared, module: Int32(truncatingIfNeeded: index))
          lowering.prepare()
          lowerings[index] = lowering
        }
        lowerings[index]?.lowerLibrary(entity)
      }
      if shared.runtime.count == count { break }
      count = shared.runtime.count
      parts = FuseRuntime.parts(shared.runtime.sorted(), target: shared.target)
      for part in parts {
        for name in part.preludeTypes {
          guard let id = nominal(name) else { continue }
          shared.demand(.container(id), of: 0)
        }
      }
    } while !shared.queue.isEmpty || shared.runtime.count != count
    return parts
  }

  private func nominal(_ name: String) -> NominalID? {
    shared.program.nominals.indices.first {
      shared.program.nominals[$0].declaration.module == 0
        && shared.spelling(shared.program.nominals[$0].name) == name
    }.map { NominalID(Int32(truncatingIfNeeded: $0)) }
  }

  private func write(
    _ parts: [FuseRuntimePart],
    _ lowerings: inout [Int: ModuleLowering]
  ) -> LuaModule {
    var text = Array("local __rt = {}\n".utf8)
    for part in parts {
      text += Array(part.text.utf8)
      if text.last != 10 { text.append(10) }
    }
    let reached = lowerings.keys.sorted()
    let sections = reached.map {
      ModuleLowering.section(shared, Int32(truncatingIfNeeded: $0))
    }
    if !sections.isEmpty {
      let tables = sections.map { _ in "{}" }.joined(separator: ", ")
      text += Array("local \(sections.joined(separator: ", ")) = \(tables)\n".utf8)
      let fields = sections.map { "\($0.dropFirst(2)) = \($0)" }.joined(separator: ", ")
      text += Array("__rt.lib = { \(fields) }\n".utf8)
    }
    var lines: [(source: Int32, line: Int32)] = []
    for byte in text where byte == 10 { lines.append((-1, 0)) }
    var sources: [String] = []
    let hasIntegers = shared.target == .lua53 || shared.target == .lua54
    // Types first: items of one module refer to types of another.
    for index in reached {
      guard var lowering = lowerings[index] else { continue }
      let list = lowering.libraryList()
      var writer = LuaWriter(tree: lowering.lua, hasIntegers: hasIntegers)
      writer.section(list)
      let source = Int32(truncatingIfNeeded: sources.count)
      sources.append(shared.program.program.modules[index].path)
      text += writer.text.bytes
      lines += writer.text.lines.map { $0 == 0 ? (-1, 0) : (source, $0) }
    }
    text += Array("return __rt\n".utf8)
    lines.append((-1, 0))
    return LuaModule(path: "fuse/rt", text: text, map: LineMap(sources: sources, lines: lines))
  }
}
