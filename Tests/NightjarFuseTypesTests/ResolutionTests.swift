// What names refer to, by example, and the statements of the specification's conformance list
// (section 12) that concern names, by number.

import FuseTesting
import NightjarDiagnostics
import NightjarFuseLibrary
import NightjarFuseSyntax
import NightjarFuseTypes
import Testing

@Suite struct ResolutionTests {
  /// Where the declarations stand that uses of a name refer to: lines of `main.fuse`.
  private func lines(_ name: String, _ text: String) throws -> [Int] {
    let module = try #require(program(text).modules.first { $0.path == "main.fuse" })
    #expect(!module.tree.hasErrors)
    var found: [Int] = []
    for index in module.tree.nodes.indices {
      let id = NodeID(Int32(index))
      guard module.tree[id].kind == .name,
        module.tree.name(of: module.tree[id].mainToken) == name,
        case .own(let declaration) = module.names.reference(of: id)
      else { continue }
      found.append(module.tree.line(of: module.names.declarations[Int(declaration)].node))
    }
    return found.sorted()
  }

  @Test func theLatestDeclarationIsMeant() throws {
    #expect(try lines("x", "let x = 1\nlet x = x + 1\nprint(x)") == [1, 2])
    #expect(try lines("x", "let x = 1\ndo\nlet x = 2\nprint(x)\nend\nprint(x)") == [1, 3])
    #expect(try lines("x", "fn f(x: number) => x\nlet x = f(1)\nprint(x)") == [1, 2])
  }

  @Test func itemsAreVisibleBeforeTheirDeclaration() throws {
    #expect(try lines("g", "fn f() => g()\nfn g() => 1\nprint(f())") == [2])
    #expect(try lines("P", "fn f(p: P) => p\nstruct P end\nprint(f)") == [2])
  }

  @Test func patternsBindAfterThemselves() throws {
    #expect(try lines("a", "let a = 1\nlet (a, b) = (a, 2)\nprint(a, b)") == [1, 2])
    let text =
      "fn f(u: U) => match u when A(x) or B(x) then x end end\nunion U A(number) B(number) end"
    #expect(try lines("x", text + "\nprint(f)") == [1])
  }

  @Test func functionsKnowWhatTheyCapture() throws {
    let text = "let a = 1\nfn f(b: number)\nlet c = fn() => a + b\nc\nend\nprint(f)"
    let module = try #require(program(text).modules.first { $0.path == "main.fuse" })
    func names(_ index: Int) -> [String] {
      module.names.functions[index].captures.map { declaration in
        let symbol = module.names.declarations[Int(declaration)].symbol
        return String(decoding: module.tree.name(ofSymbol: symbol), as: UTF8.self)
      }
    }
    #expect(module.names.functions.count == 3)
    #expect(names(1) == ["a"] && names(2).sorted() == ["a", "b"])
  }

  @Test func namesComeThroughOtherModules() {
    let text = """
      import { area, Figure } from "./all"
      import shapes from "./shapes"
      let f: Figure? = None
      print(area(), shapes::area(), f)
      -- file: all.fuse
      export * from "./shapes"
      export { Shape as Figure } from "./shapes"
      -- file: shapes.fuse
      export struct Shape end
      export fn area() => 1
      """
    #expect(codes(text) == [])
  }

  @Test func dependenciesAndFoldersAreFound() {
    let text = """
      import http from "package:web-kit/http"
      import kit from "package:web-kit"
      print(http::get, kit::name)
      -- file: deps/web/http.fuse
      import { name } from "./init"
      export fn get() => name
      -- file: deps/web/init.fuse
      export const name = "kit"
      """
    #expect(codes(text, .init(packages: ["web-kit": "deps/web"])) == [])
  }

  @Test func codeOfTheTargetIsReachedWithADot() {
    let declared = """
      import codec from "@lua:my.codec"
      print(codec.encode(1))
      declare module "@lua:my/codec"
        fn encode(value: unknown) -> string
      end
      """
    #expect(codes(declared) == [])
    #expect(codes("import socket from \"@lua:socket.core\"\nprint(socket.tcp())") == [])
  }

  @Test(arguments: StandardLibrary.names)
  func theStandardLibraryIsWellNamed(name: String) throws {
    let program = program("import \"@fuse:\(name)\"")
    for module in program.modules {
      #expect(module.diagnostics.isEmpty, "\(module.path): \(rendered(program))")
    }
  }

  /// The samples of the specification that need no other files.
  @Test(arguments: Programs.samples.filter { !$0.hasPrefix("06-01") && !$0.hasPrefix("08-") })
  func samplesAreResolved(name: String) throws {
    if name.hasPrefix("09-06") { return }
    var text = String(decoding: try Programs.bytes("Samples", name), as: UTF8.self)
    if name.hasPrefix("09-05") { text = "import task from \"@fuse:task\"\n" + text }
    let program = program(text)
    #expect(!program.hasErrors, "\(rendered(program))")
  }

  @Test func aLongChainIsNoProblem() {
    let sum = String(repeating: " + 1", count: 100_000)
    let calls = String(repeating: ".f()", count: 100_000)
    #expect(codes("let a = 1\nprint(a\(sum), a\(calls))") == [])
  }
}

@Suite struct NameConformanceTests {
  private func check(_ text: String, _ expected: [String]) {
    let program = program(text)
    let errors = program.modules.flatMap(\.diagnostics).filter { $0.severity == .error }
    #expect(errors.map(\.code.description) == expected, "\(text)\n\(rendered(program))")
  }

  @Test func s37_s61_assignments() {
    check("let x = 1\nx = 2\nprint(x)", ["F0501"])
    check("for i in 1..3 do i = 2 end", ["F0501"])
    check("for mut i in 1..3 do i = 2 end", [])
  }

  @Test func s39_shadowing() { check("let x = 1\nlet x = x + 1\nprint(x)", []) }

  @Test func s42_s43_globals() {
    check("global g = 1\nprint(global.g)", [])
    check("global g = 1\nprint(g)", ["F0202"])
    check("print(nothing)", ["F0201"])
  }

  @Test func s54_patterns() {
    let union = "union U A(number) B(number) end\n"
    check(union + "fn f(u: U) => match u when A(x) or B(y) then 1 end end\nprint(f)", ["F0405"])
    check("let (x, x) = (1, 2)\nprint(x)", ["F0407"])
  }

  @Test func s65_break() {
    check("break", ["F0409"])
    check("while true do let f = fn() break end print(f) end", ["F0409"])
  }

  @Test func s72_mutualRecursion() {
    check("fn a() => b()\nfn b() => a()\nprint(a)", [])
    check("fn b() => a()\nfn a() => b()\nprint(a)", [])
  }

  @Test func s73_staticFunctions() {
    check("let x = 1\nstatic fn f() => x\nprint(f)", ["F0217"])
  }

  @Test func s109_defaults() {
    check("type T<A = number, B> = (A, B)\nprint(1 as T<number>)", ["F0718"])
  }

  @Test func s117_returnInTry() {
    check("fn f() let r = try do return 1 end print(r) end\nprint(f)", ["F0604"])
  }

  @Test func s132_modules() {
    check("import \"./nothing\"", ["F0204"])
    check("import { nothing } from \"@fuse:math\"\nprint(nothing)", ["F0206"])
    let cycle = "import \"./a\"\n-- file: a.fuse\nimport \"./b\"\n-- file: b.fuse\nimport \"./a\""
    check(cycle, ["F0207"])
  }

  @Test func s133_dashes() {
    let file = "\n-- file: my_mod.fuse\nexport const one = 1"
    check("import m from \"my-mod\"\nprint(m::one)" + file, [])
    let both = file + "\n-- file: my-mod.fuse\nexport const one = 1"
    check("import m from \"my-mod\"\nprint(m::one)" + both, ["F0205"])
  }

  @Test func s135_namespaces() {
    check("import math from \"@fuse:math\"\nprint(math)", ["F0212"])
    check("import math from \"@fuse:math\"\nprint(math.floor(1))", ["F0213"])
  }

  @Test func s142_s145_places() {
    check("async fn f() => 1\nfn g() => await f()\nprint(g)", ["F0901"])
    check("fn f() yield 1 end\nprint(f)", ["F0903"])
  }
}
