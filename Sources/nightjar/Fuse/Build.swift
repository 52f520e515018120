// `nightjar build`: Fuse to files of Lua.

import NightjarBase
import NightjarDiagnostics
import NightjarFuseLua
import NightjarFuseProject
import NightjarFuseSyntax
import NightjarSystem

/// Compiles a program for a Lua of some kind.
struct Build {
  /// Options and the file.
  let words: [[UInt8]]

  func run() -> Int32 {
    var options = WordReader(words, of: "build")
    var target: FuseTarget?
    var folder: [UInt8]?
    var bundles = false
    var format = DiagnosticReport.Format.text
    while let option = options.nextOption() {
      switch option {
      case "--target", "-t":
        guard let value = options.value(of: option) else { return Command.misuse }
        guard let known = FuseTarget(named: value) else { return options.refuseTarget(value) }
        target = known
      case "-o", "--out":
        guard let value = options.value(of: option) else { return Command.misuse }
        folder = Array(value.utf8)
      case "--bundle": bundles = true
      case "--format":
        guard let value = options.value(of: option) else { return Command.misuse }
        guard let known = DiagnosticReport.Format(rawValue: value) else {
          return options.refuse("'\(value)' is no format; there are text, json and sarif")
        }
        format = known
      default: return options.refuseOption(option)
      }
    }
    guard options.operands.count == 1 else { return options.refuse("'build' needs one FILE") }
    guard let input = FuseInput(options.operands[0]) else { return 1 }
    var report = SourceReport()
    let files = compile(input, target: target, bundles: bundles, into: &report)
    report.write(format)
    guard let files else { return 1 }
    let place = folder ?? Array(input.project.root.utf8)
    for file in files where !write(file, of: input, to: place) { return 1 }
    return 0
  }

  private func compile(
    _ input: FuseInput,
    target: FuseTarget?,
    bundles: Bool,
    into report: inout SourceReport
  ) -> [LuaFile]? {
    guard let checked = input.check(target: target, into: &report), !report.hasErrors else {
      return nil
    }
    var manifest = input.project.manifest
    if bundles { manifest.bundles = true }
    let output = FuseLowering.emit(
      checked,
      target: target ?? manifest.target,
      options: manifest.luaOptions
    )
    input.add(output.diagnostics, of: checked, to: &report)
    return report.hasErrors ? nil : LuaFiles.make(output, manifest)
  }

  /// Writes a file and its map.
  private func write(_ file: LuaFile, of input: FuseInput, to folder: [UInt8]) -> Bool {
    let path = folder + Array("/\(file.path).lua".utf8)
    guard FolderListing.make(Invocation.directory(of: path)) else {
      Console.error("nightjar: cannot make the folder of \(Console.shown(path))")
      return false
    }
    let name = FolderPath.name(of: file.path) + ".lua"
    var map = file.map
    map.sources = map.sources.map {
      $0.hasPrefix("@fuse:") ? $0 : input.project.files.path(of: $0)
    }
    return Output.write(file.text, to: path)
      && (map.sources.isEmpty || Output.write(map.json(file: name), to: path + Array(".map".utf8)))
  }
}
