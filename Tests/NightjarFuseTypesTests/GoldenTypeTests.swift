// The whole text of every diagnostic of types, against Tests/Fuse/Diagnostics/<code>.md.

import FuseTesting
import NightjarDiagnostics
import NightjarFuseSyntax
import NightjarFuseTypes
import Testing

@Suite struct GoldenTypeTests {
  @Test(arguments: DiagnosticCode.Fuse.types)
  func isWordedAsBlessed(_ code: DiagnosticCode) throws {
    var file = try GoldenText("Diagnostics", "\(code).md")
    #expect(!file.cases.isEmpty, "\(code)")
    var seen: Set<DiagnosticCode> = []
    for (text, output) in file.cases {
      let checked = CheckedProgram(checking: program(String(file[text].dropLast())))
      for index in checked.modules.indices {
        seen.formUnion(diagnostics(of: index, in: checked).map(\.code))
      }
      let words = rendered(checked)
      if GoldenText.isBlessing { file[output] = words }
      #expect(file[output] == words, "\(code)")
    }
    #expect(seen.contains(code), "no case of \(code) shows it")
    try file.bless()
  }

  /// All that is wrong with a module, in text order.
  private func diagnostics(of index: Int, in checked: CheckedProgram) -> [Diagnostic] {
    let module = checked.program.modules[index]
    return (module.diagnostics + checked.modules[index].diagnostics).enumerated()
      .sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
      .map(\.element)
  }

  private func rendered(_ checked: CheckedProgram) -> String {
    checked.modules.indices.compactMap { index in
      let all = diagnostics(of: index, in: checked)
      if all.isEmpty { return nil }
      let module = checked.program.modules[index]
      let source = SourceText(name: module.path, bytes: module.tree.source)
      return DiagnosticRenderer().render(all, in: source)
    }.joined(separator: "\n")
  }
}

/// What programs may do and what not, by their codes.
@Suite struct TypeRuleTests {
  /// The codes of errors of types in a program.
  private func errors(_ text: String) -> [String] {
    CheckedProgram(checking: program(text)).modules.flatMap(\.diagnostics)
      .filter { $0.severity == .error }.map(\.code.description)
  }

  @Test(arguments: [
    "let name: string? = None\nlet shown: string = name or \"guest\"\nprint(shown)",
    "fn f(s: string?) -> number => if s != None then #s else 0 end\nprint(f(None))",
    "fn f(v: number | string) -> number => match v when n as number then n end s then #s end end\nprint(f(1))",
    "let mut out = []\nout.push(1)\nlet n: number[] = out\nprint(#n)",
    "print([1, 2].map(fn(n) => n * 2).filter(fn(n) => n > 2).collect().len())",
    "fn f() -> Result<number> => Err(\"no\")\nfn g() -> Result<number> => Ok(f()? + 1)\nprint(g().is_ok())",
    "fn odd(n: number) -> boolean => if n == 0 then false else even(n - 1) end\nfn even(n: number) -> boolean => if n == 0 then true else odd(n - 1) end\nprint(even(4))",
    "fn f(x: number?) -> number\n  if x == None then return 0 end\n  x + 1\nend\nprint(f(1))",
    "let x: number? = 5\nlet y = x as number\nprint(y)",
  ])
  func accepts(_ text: String) { #expect(errors(text) == [], "\(text)") }

  /// One mistake, one diagnostic: what follows from it is not told.
  @Test(arguments: [
    ("let a = missing()\nlet b = a + 1\nprint(b.foo(), a.bar)", []),
    ("let a = 1 + true\nlet b: string = a\nprint(b.len())", ["F0302"]),
    ("let a: number = \"x\"\nprint(a + 1)", ["F0301"]),
    ("let a = 5\nlet b: string = (a)\nprint(b)", ["F0301"]),
    ("fn f(a: string) => #a\nlet b = 5\nprint(f(((b + 1))))", ["F0301"]),
    ("fn f(a: number) -> string => (a)\nprint(f(1))", ["F0301"]),
    ("fn f(n: number) -> string => n\nprint(f(1) + 1)", ["F0301"]),
  ])
  func tellsOnce(_ text: String, _ codes: [String]) { #expect(errors(text) == codes, "\(text)") }

  /// Deep and endless programs end in an error, not in a crash.
  @Test(arguments: [
    "type A = B\ntype B = A\nfn f(a: A) => print(identical(a, 1))\nf(1)",
    "type A = A[]\nfn f(a: A) => print(#a)\nf([])",
    "let t = \"a\"\nprint(t" + String(repeating: ".trim()", count: 400) + ")",
    "const A = B\nconst B = A\nprint(A)",
  ])
  func refuses(_ text: String) { #expect(!errors(text).isEmpty, "\(text)") }

  @Test func longSumsAreNoProblem() {
    let sum = Array(repeating: "1", count: 20_000).joined(separator: " + ")
    #expect(errors("print(\(sum))") == [])
  }

  @Test func hugeUnionsAreNoProblem() {
    let all = (1...2_000).map { "\"v\($0)\"" }.joined(separator: " | ")
    #expect(errors("fn f(v: \(all)) => print(v)\nf(\"v7\")") == [])
  }
}
