// The reader under the other tidy tests: what it blanks and what it leaves.

import Testing

@Suite struct SwiftTextTests {
  private func check(_ source: String, _ expected: String) {
    #expect(SwiftText(source).code.joined(separator: "\n") == expected)
  }

  @Test func blanksComments() {
    check("a // b\nc", "a     \nc")
    check("a /* b /* c */ d */ e", "a                   e")
  }

  @Test func blanksStringContents() {
    check("let s = \"a // b\" + c", "let s = \"      \" + c")
    check("let s = \"a\\\"b\"; d", "let s = \"    \"; d")
    check("let s = #\"a\"b\"#; d", "let s = #\"   \"#; d")
    check("let s = \"\"\"\n  a \"b\"\n  \"\"\"; d", "let s = \"\"\"\n       \n  \"\"\"; d")
  }

  @Test func findsTheFirstComment() {
    #expect(SwiftText("// One.\n// Two.\n\nimport X").firstComment == "// One.\n// Two.")
    #expect(SwiftText("import X\n// One.").firstComment == "")
  }
}
