// Programs in, Lua out.

import NightjarDiagnostics
import NightjarFuseLua
import NightjarFuseSyntax
import NightjarFuseTypes
import Testing

/// Compiles modules; the first is `main.fuse`.
func compile(
  _ files: [String: String],
  _ target: FuseTarget = .lua51,
  options: FuseLuaOptions = FuseLuaOptions(),
  sourceLocation: SourceLocation = #_sourceLocation
) -> LuaOutput {
  let program = FuseProgram(
    roots: ["main.fuse"],
    files: MemoryModuleFiles(files),
    options: FuseProgram.Options(conditions: FuseConditions(target: target))
  )
  let checked = CheckedProgram(checking: program)
  let found = zip(checked.program.modules, checked.modules)
    .flatMap { $0.diagnostics + $1.diagnostics }.filter { $0.severity == .error }
  #expect(found.map(\.message) == [], sourceLocation: sourceLocation)
  return FuseLowering.emit(checked, target: target, options: options)
}

/// The Lua of a program of one module.
func lua(
  _ text: String,
  _ target: FuseTarget = .lua51,
  sourceLocation: SourceLocation = #_sourceLocation
) -> String {
  let output = compile(["main.fuse": text], target, sourceLocation: sourceLocation)
  return String(decoding: output.modules.first?.text ?? [], as: UTF8.self)
}

/// Holds the Lua of a program against what it should be.
func check(
  _ text: String,
  _ expected: String,
  _ target: FuseTarget = .lua51,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    lua(text, target, sourceLocation: sourceLocation) == expected,
    sourceLocation: sourceLocation
  )
}
