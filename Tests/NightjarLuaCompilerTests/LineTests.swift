// The lines of instructions, which error messages, tracebacks and line hooks show. The expected
// rows are the reference's, with repetitions left out.

import NightjarBytecode
import NightjarLuaCompiler
import Testing

@Suite struct LineTests {
  @Test(arguments: [
    ("a = \na\n+\n{}", [1, 3, 4]),
    ("a = \n3\n+\n(\n4\n/\nprint)", [1, 7, 6, 3, 7]),
    ("a\n=\n-\n\nprint\n;", [1, 5, 3, 5, 6]),
    ("a\n(     -- <<\n23)\n", [1, 3, 2, 3]),
    ("local a = {x = 13}\na\n.\nx\n(     -- <<\n23\n)\n", [1, 4, 7, 5, 7]),
    ("local a\n for i=1,'a' do \n print(i) \n end", [1, 2, 3, 2, 4]),
    ("\n local a \n for k,v in 3 \n do \n print(k) \n end", [1, 2, 3, 4, 5, 3, 6]),
    ("f(a,\n  b,\n  c\n)", [1, 2, 4, 1, 4]),
    ("x = 'a' ..\n y ..\n z", [1, 2, 3, 2, 3]),
    ("if a\nthen\n b()\nelse\n c()\nend", [1, 2, 3, 5, 6]),
    ("while a\ndo\n b()\nend\nreturn\nx", [1, 3, 6]),
    ("return a\n<\nb", [1, 2, 3]),
    ("local t = {\n 1,\n 2,\n x = y,\n}", [1, 2, 3, 4, 5]),
    ("function a.x.y ()\na=a+1\nend", [1, 3, 1, 3]),
    ("o\n:m\n(1)", [1, 2, 3]),
  ])
  func mainChunk(text: String, expected: [Int32]) throws {
    let main = try LuaCompiler.compile(
      source: Array(text.utf8),
      chunkName: Array("=lines".utf8)
    ).get()
    var lines: [Int32] = []
    for line in main.lines where lines.last != line { lines.append(line) }
    #expect(lines == expected, "\(text)")
  }
}
