// `nightjar definitions`: the libraries as editors and compilers are told of them.

import NightjarBase
import NightjarLuaLibrary

/// Prints declarations of libraries.
struct Definitions {
  /// Options and names of libraries.
  let words: [[UInt8]]
  let dialect: LuaDialect

  func run() -> Int32 {
    var format = DeclarationFormat.luals
    var names: [String] = []
    var position = 0
    while position < words.count {
      let word = String(decoding: words[position], as: UTF8.self)
      let (name, own) = Self.split(word)
      if name == "--format" {
        if own == nil { position += 1 }
        let value = own ?? (position < words.count ? Console.shown(words[position]) : "")
        guard let known = DeclarationFormat(rawValue: value) else {
          return refuse("'\(value)' is no format; there are luals and fuse")
        }
        format = known
      } else if word.hasPrefix("-") {
        return refuse("'\(Console.shown(words[position]))' is no option of 'definitions'")
      } else {
        names.append(word)
      }
      position += 1
    }
    let (declarations, unknown) = LibraryDeclarations.of(names.isEmpty ? nil : names, in: dialect)
    if let name = unknown.first {
      return refuse("\(dialect.name) has no library '\(Console.shown(Array(name.utf8)))'")
    }
    let text = declarations.text(in: format)
    return Console.print(text.last == "\n" ? String(text.dropLast()) : text) ? 0 : 1
  }

  private static func split(_ word: String) -> (name: String, value: String?) {
    guard let sign = word.firstIndex(of: "=") else { return (word, nil) }
    return (String(word[..<sign]), String(word[word.index(after: sign)...]))
  }

  private func refuse(_ problem: String) -> Int32 {
    Console.error("nightjar: \(problem); see 'nightjar definitions --help'")
    return Command.misuse
  }
}
