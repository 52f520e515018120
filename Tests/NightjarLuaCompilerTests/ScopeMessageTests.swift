// Mistakes with names and scopes, with the words of the reference interpreter.

import NightjarBase
import NightjarDiagnostics
import NightjarLuaCompiler
import Testing

@Suite struct ScopeMessageTests {
  @Test func messagesAreTheReferences() throws {
    let file = try GoldenFile("scopes/messages.md")
    #expect(file.entries.count > 80)
    for entry in file.entries {
      #expect(message(entry.text) == entry.result, "\(entry.text)")
    }
  }

  @Test(arguments: [
    (
      198, "for i = 1, 2 do end",
      "too many local variables (limit is 200) in main function near '='"
    ),
    (
      197, "for i = 1, 2 do end",
      "too many local variables (limit is 200) in main function near '='"
    ),
    (196, "for i = 1, 2 do end", nil),
    (
      196, "for k, v in x do end",
      "too many local variables (limit is 200) in main function near ','"
    ),
    (200, "", nil),
    (200, "local x", "too many local variables (limit is 200) in main function near <eof>"),
    (
      200, "local x <const> = 1",
      "too many local variables (limit is 200) in main function near '<'"
    ),
    (200, "do local x end", "too many local variables (limit is 200) in main function near 'end'"),
    (199, "do local x end local y", nil),
    (200, "function f(a) local b end", nil),
  ])
  func localLimit(count: Int, rest: String, expected: String?) {
    let text = (0..<count).map { "local a\($0) " }.joined() + rest
    #expect(message(text) == expected.map { "c:1: " + $0 } ?? "OK")
  }

  @Test func limitsNameTheFunction() {
    let names = { (prefix: String, count: Int) in
      (0..<count).map { prefix + String($0) }.joined(separator: ",")
    }
    #expect(
      message("\nfunction f(" + names("a", 201) + ") end")
        == "c:2: too many local variables (limit is 200) in function at line 2 near ')'"
    )
    let upvalues = """
      local \(names("a", 200))
      function f() local \(names("b", 100)); return function() return {\(names("a", 200))},
        {\(names("b", 100))} end end
      """
    #expect(
      message(upvalues)
        == "c:3: too many upvalues (limit is 255) in function at line 2 near ','"
    )
  }

  @Test func registerLimit() {
    let many = Array(repeating: "x", count: 260).joined(separator: ",")
    #expect(
      message("a = f(" + many + ")")
        == "c:1: function or expression needs too many registers near 'x'"
    )
    #expect(message("return " + Array(repeating: "x", count: 253).joined(separator: ",")) == "OK")
  }

  @Test func checkFindsAllMistakes() {
    let found = LuaCompiler.check(source: Array("break goto x\nlocal y <const> = 1 y = 2".utf8))
    #expect(found.map(\.code.description) == ["NJ-L0305", "NJ-L0304", "NJ-L0301"])
    #expect(LuaCompiler.check(source: Array("return 1".utf8)).isEmpty)
  }

  @Test(arguments: [
    ("=name", "name"),
    ("@file.lua", "file.lua"),
    ("@" + String(repeating: "a", count: 59), String(repeating: "a", count: 59)),
    ("@" + String(repeating: "a", count: 60), "..." + String(repeating: "a", count: 56)),
    ("=" + String(repeating: "a", count: 60), String(repeating: "a", count: 59)),
    ("return 1", "[string \"return 1\"]"),
    ("a\nb", "[string \"a...\"]"),
    ("\nb", "[string \"...\"]"),
    ("", "[string \"\"]"),
    (String(repeating: "a", count: 44), "[string \"" + String(repeating: "a", count: 44) + "\"]"),
    (
      String(repeating: "a", count: 46),
      "[string \"" + String(repeating: "a", count: 45) + "...\"]"
    ),
  ])
  func chunkNames(name: String, expected: String) {
    #expect(String(decoding: ChunkName.display(Array(name.utf8)), as: UTF8.self) == expected)
  }

  private func message(_ text: String) -> String {
    switch LuaCompiler.compile(source: Array(text.utf8), chunkName: Array("=c".utf8)) {
    case .success: "OK"
    case .failure(let error): String(decoding: error.message, as: UTF8.self)
    }
  }
}
