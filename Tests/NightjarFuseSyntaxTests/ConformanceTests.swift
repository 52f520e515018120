// The statements of the specification's conformance list (section 12) that concern the text alone,
// by number. Those that also speak of values or output are completed where programs run.

import NightjarDiagnostics
import NightjarFuseSyntax
import Testing

@Suite struct ConformanceTests {
  /// The value of the one number or string in `let x = …`.
  private func literal(_ text: String) -> String {
    let tree = parse("let x = \(text)")
    let value = tree.letParts(tree.node(tree.statements(tree.root), 0)).value
    let token = tree[value].mainToken
    switch tree[value].kind {
    case .number: return "\(tree.number(token))"
    case .string: return String(decoding: tree.stringValue(token), as: UTF8.self)
    default: return "no literal"
    }
  }

  @Test func s2_invalidUTF8() {
    let tree = FuseSyntax.parse(Array("let a = 1 -- ".utf8) + [0xFF])
    #expect(tree.diagnostics.map(\.code.description) == ["F0001"])
  }

  @Test func s3_hashBang() {
    #expect(shape("#!/usr/bin/env fuse\nlet a = 1") == "(let a 1)")
  }

  @Test func s4_parenthesisStartsAStatement() {
    #expect(shape("fn f()\nlet x = 2\n(x)\nend") == "(fn f {(let x 2) ; (parenthesized x)})")
  }

  @Test func s5_minusStartsAStatement() {
    #expect(shape("let x = 5\n- 2") == "F0115 (let x 5) (negate 2)")
  }

  @Test func s6_brackets() {
    #expect(shape("let x = (5\n- 2)") == "(let x (parenthesized (- 5 2)))")
  }

  @Test func s7_dotContinuesALine() {
    #expect(shape("let x = a\n.len()") == "(let x (call (.len a)))")
    #expect(codes("f() g()") == ["F0116"])
  }

  @Test func s8_comments() {
    #expect(codes("--[[ text ]]") == ["F0008"])
    #expect(codes("--[=[ text\n]=]") == ["F0008"])
    #expect(codes("---- text") == [])
    #expect(codes("--- text\nlet a = 1") == [])
  }

  @Test func s9_reservedWords() {
    #expect(codes("let local = 1") == ["F0009"])
    #expect(codes("let goto = 1") == ["F0009"])
    #expect(codes("let r#end = 1") == [])
  }

  @Test func s10_numbers() {
    #expect(literal("1_000") == "1000.0")
    #expect(literal("0xFF") == "255.0")
    #expect(literal("0b101") == "5.0")
  }

  @Test func s11_points() {
    #expect(shape("x = 1..3") == "(= x (.. 1 3))")
    #expect(codes("x = 1.") == ["F0006"])
    #expect(codes("x = 3x") == ["F0006"])
  }

  @Test func s12_hexadecimalFloat() {
    #expect(literal("0x1p4") == "16.0")
  }

  @Test func s13_escapes() {
    #expect(literal("\"a\\x41\\u{e9}\\z   b\"") == "aAéb")
  }

  @Test func s14_badEscapes() {
    #expect(codes("let x = \"\\q\"") == ["F0004"])
    #expect(codes("let x = \"\\300\"") == ["F0005"])
  }

  @Test func s15_rawStrings() {
    #expect(literal("r##\"a\"#b\\n\"##") == "a\"#b\\n")
  }

  @Test func s16_interpolations() {
    #expect(codes("let n = 2\nprint(\"n=${n + 1} ${\"in${n}\"}\")") == [])
  }

  @Test func s19_operatorsOfOthers() {
    for (text, code, edit) in [
      ("x = a ~= b", "F0105", "x = a != b"), ("x = a ** b", "F0106", "x = a ^ b"),
      ("x = 5 ! 3", "F0110", "x = 5 ~ 3"),
    ] {
      let tree = parse(text)
      #expect(tree.diagnostics.map(\.code.description) == [code])
      #expect(tree.diagnostics.first.flatMap { $0.fix?.applied(to: text) } == edit)
    }
  }

  @Test func s20_powers() {
    #expect(shape("print(-2 ^ 2, 2 ^ 3 ^ 2)") == "(call print (negate (^ 2 2)) (^ 2 (^ 3 2)))")
  }

  @Test func s27_bitOperators() {
    #expect(shape("x = 1 & 3 == 1") == "(= x (== (& 1 3) 1))")
  }

  @Test func s28_chainsAndAssignments() {
    #expect(codes("x = 1 < 2 < 3") == ["F0112"])
    #expect(codes("let a = (b = 1)") == ["F0113"])
  }

  @Test func s35_valueOfABlock() {
    #expect(shape("print(do 1; 2 end)") == "(call print (doBlock {1 ; 2}))")
    #expect(shape("print(do 1; 2; end)") == "(call print (doBlock {1 2}))")
  }

  @Test func s45_targets() {
    #expect(codes("a, b = b, a") == ["F0111"])
    #expect(codes("f() = 1") == ["F0119"])
    #expect(codes("print \"x\"") == ["F0108"])
  }

  @Test func s46_targetsWithLet() {
    #expect(codes("let (a, let b) = t") == ["F0101"])
    #expect(codes("(a, let b) = t") == [])
  }

  @Test func s47_habitsOfLua() {
    #expect(codes("local x = 1") == ["F0104"])
    #expect(codes("obj:method()") == ["F0107"])
    #expect(codes("goto done") == ["F0114"])
  }

  @Test func s63_conditionOfRepeat() {
    #expect(shape("repeat let k = f() until k") == "(repeatLoop {(let k (call f))} k)")
  }

  @Test func s82_entriesOfTables() {
    #expect(codes("x = { k = 1 }") == ["F0109"])
  }

  @Test func s106_typeArguments() {
    #expect(
      shape("largest<number>([1, 2])") == "(call (path (segment largest number)) (array 1 2))"
    )
    #expect(shape("let x = a < b\n(c)").contains("(let x (< a b))"))
  }

  @Test func s107_closingBrackets() {
    #expect(codes("let a: Array<Array<number>> = []") == [])
  }

  @Test func s115_effects() {
    #expect(shape("x = await f()?") == "(= x (propagate (await (call f))))")
    #expect(shape("x = try f()?") == "(= x (propagate (try (call f))))")
  }

  @Test func s137_preprocessor() {
    let text = """
      #if target == "lua5.1"
      let a = 1
      #elseif target == "lua5.2"
      let a = 2
      #else
      let a = 3
      #end
      """
    let targets: [(FuseTarget, String)] = [(.lua51, "1"), (.lua52, "2"), (.luau, "3")]
    for (target, value) in targets {
      let tree = parse(text, FuseConditions(target: target))
      #expect(tree.diagnostics.isEmpty)
      let statements = tree.statements(tree.root)
      #expect(statements.count == 1)
      #expect(TreeWriter(tree: tree).write(tree.node(statements, 0)) == "(let a \(value))")
    }
    #expect(codes("#end") == ["F0815"])
  }

  @Test func s148_externInABranchNotTaken() {
    #expect(codes("#if has(\"ffi\")\nextern \"C\" fn f() end\n#end") == [])
  }
}
