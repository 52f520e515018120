// `nightjar check`: looks at programs without running them.

import NightjarBase
import NightjarBytecode
import NightjarDiagnostics
import NightjarEngine
import NightjarFuseProject
import NightjarFuseSyntax
import NightjarLuaCompiler
import NightjarLuaLibrary

/// Reports mistakes in files.
struct Check {
  /// Options and names of files.
  let words: [[UInt8]]
  /// The Lua of files that do not name theirs; the standard if nil.
  let dialect: LuaDialect?

  func run() -> Int32 {
    var options = WordReader(words, of: "check")
    var format = DiagnosticReport.Format.text
    var target: FuseTarget?
    var watches = false
    while let option = options.nextOption() {
      switch option {
      case "--format":
        guard let value = options.value(of: option) else { return Command.misuse }
        guard let known = DiagnosticReport.Format(rawValue: value) else {
          return options.refuse("'\(value)' is no format; there are text, json and sarif")
        }
        format = known
      case "--target":
        guard let value = options.value(of: option) else { return Command.misuse }
        guard let known = FuseTarget(named: value) else { return options.refuseTarget(value) }
        target = known
      case "--watch": watches = true
      default: return options.refuseOption(option)
      }
    }
    if options.operands.isEmpty { return options.refuse("'check' needs a FILE") }
    if watches {
      guard options.operands.count == 1, FuseInput.isFuse(options.operands[0]) else {
        return options.refuse("'--watch' needs one FILE that ends in .fuse")
      }
      guard let input = FuseInput(options.operands[0]) else { return 1 }
      return FuseWatch(input: input, target: target).run()
    }
    var report = SourceReport()
    var failed = false
    for file in options.operands where !check(file, target, &report) { failed = true }
    report.write(format)
    return failed || report.hasErrors ? 1 : 0
  }

  /// Looks at a file; false if it cannot be read or is a broken binary chunk.
  private func check(
    _ file: [UInt8],
    _ target: FuseTarget?,
    _ report: inout SourceReport
  ) -> Bool {
    if FuseInput.isFuse(file) {
      guard let input = FuseInput(file) else { return false }
      _ = input.check(target: target, into: &report)
      return true
    }
    guard let source = ProgramText.read(file) else { return false }
    let name = ProgramText.name(of: file)
    let chunk = SourceFile.chunk(in: source)
    if chunk.first == 0x1B {
      let decoded = LuaChunkCompiler(allowsBinary: true).decode(
        image: chunk,
        chunkName: [UInt8(ascii: "@")] + Array(name.utf8)
      )
      guard case .failure(let failure) = decoded else { return true }
      Console.error(Array("nightjar: ".utf8) + failure.message)
      return false
    }
    let dialect = DialectOption.dialect(of: source, asked: dialect)
    report.add(LuaCompiler.check(source: source, dialect: dialect), in: source, name: name)
    return true
  }
}
