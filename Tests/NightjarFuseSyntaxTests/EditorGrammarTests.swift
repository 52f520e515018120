// The grammar for editors (TextMate's form, which most understand) knows the words of the language,
// and each of its expressions is one.

import Foundation
import NightjarFuseSyntax
import Testing

@Suite struct EditorGrammarTests {
  private func grammar() throws -> [String: Any] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let url = root.appending(path: "Tools/Editors/fuse.tmLanguage.json")
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
    return try #require(object as? [String: Any])
  }

  /// All values of some keys, at any depth.
  private func values(of keys: Set<String>, in object: Any) -> [String] {
    if let list = object as? [Any] { return list.flatMap { values(of: keys, in: $0) } }
    guard let table = object as? [String: Any] else { return [] }
    return table.flatMap { key, value in
      keys.contains(key) ? [value as? String].compactMap(\.self) : values(of: keys, in: value)
    }
  }

  @Test func everyExpressionIsOne() throws {
    let expressions = values(of: ["match", "begin"], in: try grammar())
    #expect(expressions.count > 20)
    for expression in expressions {
      #expect(throws: Never.self) { try NSRegularExpression(pattern: expression) }
    }
  }

  @Test func everyWordIsColoured() throws {
    let repository = try #require(try grammar()["repository"] as? [String: Any])
    let words = values(of: ["match"], in: try #require(repository["word"]))
    for word in FuseTokenKind.keywords + FuseTokenKind.reservedWords {
      let range = NSRange(location: 0, length: word.utf16.count)
      let isKnown = try words.contains { expression in
        let found = try NSRegularExpression(pattern: expression).firstMatch(in: word, range: range)
        return found?.range == range
      }
      #expect(isKnown, "\(word)")
    }
  }

  @Test func everyReferenceLeadsSomewhere() throws {
    let grammar = try grammar()
    let repository = try #require(grammar["repository"] as? [String: Any])
    for name in values(of: ["include"], in: grammar) {
      #expect(repository[String(name.dropFirst())] != nil, "\(name)")
    }
  }
}
