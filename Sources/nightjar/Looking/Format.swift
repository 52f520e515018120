// `nightjar fmt`: writes Fuse programs in their one style.

import NightjarBase
import NightjarDiagnostics
import NightjarFuseFormat
import NightjarFuseSyntax

/// Formats files.
struct Format {
  /// Options and names of files.
  let words: [[UInt8]]

  func run() -> Int32 {
    var isCheck = false
    var files: [[UInt8]] = []
    var endsOptions = false
    for word in words {
      if endsOptions || word.first != UInt8(ascii: "-") || ProgramText.isInput(word) {
        files.append(word)
      } else if word == Array("--".utf8) {
        endsOptions = true
      } else if word == Array("--check".utf8) {
        isCheck = true
      } else {
        return refuse("'\(Console.shown(word))' is no option of 'fmt'")
      }
    }
    if files.isEmpty { return refuse("'fmt' needs a FILE") }
    var isGood = true
    for file in files where !format(file, isCheck: isCheck) { isGood = false }
    return isGood ? 0 : 1
  }

  /// Formats one file; false if that was impossible or, in a check, would have changed it.
  private func format(_ file: [UInt8], isCheck: Bool) -> Bool {
    guard let source = ProgramText.read(file) else { return false }
    let name = ProgramText.name(of: file)
    let tree = FuseSyntax.parse(source)
    guard let text = FuseFormatter.format(tree) else {
      Mistakes(tree.diagnostics.filter { $0.severity == .error }, in: source, name: name).report()
      return false
    }
    if isCheck {
      if text != source { Console.error("\(name) is not formatted") }
      return text == source
    }
    if ProgramText.isInput(file) {
      try? Console.capabilities.streams?.output.write(text)
      return Console.flush()
    }
    return text == source || Output.write(text, to: file)
  }

  private func refuse(_ problem: String) -> Int32 {
    Console.error("nightjar: \(problem); see 'nightjar fmt --help'")
    return Command.misuse
  }
}
