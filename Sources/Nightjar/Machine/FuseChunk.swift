// Programs in Fuse: checked and compiled to a chunk like any other.

import NightjarBase
import NightjarBytecode
import NightjarDiagnostics
import NightjarFuseLua
import NightjarFuseProject
import NightjarFuseSyntax
import NightjarFuseTypes
import NightjarLuaCompiler

extension Chunk {
  /// Checks and compiles a program in Fuse.
  ///
  ///     let chunk = try Chunk(fuse: "import { double } from \"./tools\"\nprint(double(21))",
  ///       modules: ["tools.fuse": "export fn double(n: number) => 2 * n"])
  ///
  /// - Parameters:
  ///   - source: The text of the program.
  ///   - name: What messages call it; the file that its imports are relative to.
  ///   - modules: The texts of the modules that it may import, by their paths.
  ///   - declarations: What the host offers, as `Machine.definitions(.fuse)` writes it: the program is
  ///     checked against it.
  /// - Throws: `ScriptError` of kind `syntax` with everything that is wrong, as `nightjar check` shows it.
  public init(
    fuse source: String,
    name: String = "script.fuse",
    modules: [String: String] = [:],
    declarations: String = ""
  ) throws(ScriptError) {
    var files = modules
    files[name] = source
    let host = "host.d.fuse"
    if !declarations.isEmpty { files[host] = declarations }
    let roots = declarations.isEmpty ? [name] : [name, host]
    let program = FuseProgram(roots: roots, files: MemoryModuleFiles(files))
    let checked = CheckedProgram(checking: program)
    var report = FuseFailure(checked)
    if let error = report.error { throw error }
    let manifest = FuseManifest()
    let output = FuseLowering.emit(checked, target: .lua54, options: manifest.luaOptions)
    report.add(output.diagnostics)
    if let error = report.error { throw error }
    let file = LuaFiles.bundle(output, manifest)
    let compiled = LuaCompiler.compile(
      source: file.text,
      chunkName: Array("=fuse".utf8),
      options: LuaCompilerOptions(dialect: .lua54)
    )
    switch compiled {
    case .success(let image):
      self.init(image: image.withPlaces(file.origins { "=\($0)" }), name: name)
    case .failure(let failure):
      throw ScriptError(.syntax, String(decoding: failure.message, as: UTF8.self))
    }
  }
}

extension Machine {
  /// Checks and compiles a program in Fuse to a function of this machine.
  ///
  /// It is checked against what the machine offers: the functions, values and types given by `define` and
  /// `expose` are globals that the program knows by their types.
  ///
  /// - Parameters:
  ///   - source: The text of the program.
  ///   - name: What messages call it; the file that its imports are relative to.
  ///   - modules: The texts of the modules that it may import, by their paths.
  /// - Returns: The program, to be called.
  /// - Throws: `ScriptError` of kind `syntax` with everything that is wrong, or when memory is out.
  public func load(
    fuse source: String,
    name: String = "script.fuse",
    modules: [String: String] = [:]
  ) throws(ScriptError) -> Function {
    try load(
      Chunk(fuse: source, name: name, modules: modules, declarations: definitions(.fuse))
    )
  }
}

/// What is wrong with a program, as an error.
private struct FuseFailure {
  private let program: CheckedProgram
  private var texts: [String] = []
  private var first: (name: String, line: Int)?

  init(_ program: CheckedProgram) {
    self.program = program
    for index in program.program.modules.indices
    where !program.program.modules[index].path.hasPrefix("@fuse:") {
      add(program.diagnostics(ofModule: index).map { (index, $0) })
    }
  }

  mutating func add(_ found: [(module: Int, diagnostic: Diagnostic)]) {
    for (index, diagnostic) in found where diagnostic.severity == .error {
      let module = program.program.modules[index]
      let source = SourceText(name: module.path, bytes: module.tree.source)
      if first == nil { first = (module.path, source.line(at: diagnostic.span.start)) }
      texts.append(DiagnosticRenderer().render(diagnostic, in: source))
    }
  }

  /// The error; nil if nothing keeps the program from being compiled.
  var error: ScriptError? {
    guard let first else { return nil }
    var error = ScriptError(.syntax, texts.joined(separator: "\n"))
    error.chunkName = first.name
    error.line = first.line
    return error
  }
}
