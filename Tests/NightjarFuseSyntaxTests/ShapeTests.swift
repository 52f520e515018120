// What the grammar makes of a text, by shape: precedence, line starts, types, patterns.

import NightjarFuseSyntax
import Testing

@Suite struct ShapeTests {
  private func check(_ text: String, _ expected: String) {
    #expect(shape(text) == expected, "\(text)")
  }

  @Test func precedence() {
    check("x = a or b and c == d", "(= x (or a (and b (== c d))))")
    check("x = a | b ~ c & d << e + f * g", "(= x (| a (~ b (& c (<< d (+ e (* f g)))))))")
    check("x = a - b - c", "(= x (- (- a b) c))")
    check("x = 2 ^ 3 ^ 2", "(= x (^ 2 (^ 3 2)))")
    check("x = -2 ^ -2", "(= x (negate (^ 2 (negate 2))))")
    check("x = not a == b", "(= x (== (not a) b))")
    check("x = a..b + 1", "(= x (.. a (+ b 1)))")
    check("x = n in 1..9 and m not in r", "(= x (and (in n (.. 1 9)) (not in m r)))")
    check("x = -a as number * b", "(= x (* (as (negate a) number) b))")
    check("x = try f() ^ 2", "(= x (^ (try (call f)) 2))")
    check("x = try await f()?", "(= x (propagate (try (await (call f)))))")
    check("x = try a?.b?", "(= x (propagate (try (.b (propagate a)))))")
    check("x = a as? T?", "(= x (as? a (optionalType T)))")
    check("x = ~a ~ !b", "(= x (~ (complement a) (complement b)))")
  }

  @Test func assignments() {
    check("a.b[1] += 2", "(+= (index (.b a) 1) 2)")
    check("(a, b) = (b, a)", "(= (targetTuple a b) (tuple b a))")
    check("(a, let mut b: T, _) = t", "(= (targetTuple a (targetLet b T) _) t)")
    check("_ = f()", "(= _ (call f))")
    check("((a, b), c) = t", "(= (targetTuple (targetTuple a b) c) t)")
    check("global.x = 1", "(= (.x global) 1)")
    check("(a)(b)", "(call (parenthesized a) b)")
  }

  @Test func blocks() {
    check("do 1; 2 end", "(doBlock {1 2})")
    check("x = do 1; 2 end", "(= x (doBlock {1 ; 2}))")
    check("x = do 1; 2; end", "(= x (doBlock {1 2}))")
    check(
      "if a then b elseif c then d else e end",
      "(ifExpression (clause a {b}) (clause c {d}) {e})"
    )
    check("repeat let k = f() until k", "(repeatLoop {(let k (call f))} k)")
    check("let a = 1 let b = 2", "(let a 1) (let b 2)")
    check("fn f() -> () 5 end", "(fn f (tupleType) {5})")
    check("continue; continue = 1", "(continue) (= continue 1)")
    check("while a do break end", "(whileLoop a {(break)})")
  }

  @Test func lines() {
    check("let x = a\n(b)", "F0115 (let x a) (parenthesized b)")
    check("let x = a\n.b", "(let x (.b a))")
    check("let x = a\nor b", "(let x (or a b))")
    check("let x = (a\n- b)", "(let x (parenthesized (- a b)))")
    check("f(a\n[1])", "(call f (index a 1))")
    check("f(fn()\na\n(b)\nend)", "(call f (fn {a ; (parenthesized b)}))")
    check("let x = A\n{ 1 }", "F0115 (let x A) (table 1)")
  }

  @Test func types() {
    check(
      "let a: A<B<C<D>>> = x",
      "(let a (path (segment A (path (segment B (path (segment C D)))))) x)"
    )
    check(
      "type F = fn(A, b: B, ...C) -> D | E",
      "(typeDeclaration F (functionType (parameterType A) (parameterType B) (parameterType C) (unionType D E)))"
    )
    check(
      "type G = (A) | (A,) | (x: A) | ()",
      "(typeDeclaration G (unionType (parenthesizedType A) (tupleType A) (tupleType (namedType x A)) (tupleType)))"
    )
    check(
      "type T<V, K = string> = { [K]: V, a?: V[]? }",
      "(typeDeclaration T (typeParameter V) (typeParameter K string) (tableType (tableTypeIndex K V) (tableTypeField a (optionalType (arrayType V)))))"
    )
    check("fn f<T: ?A & ?B & C>() => 1", "(fn f (typeParameter T (intersectionType A B C)) 1)")
    check("type L = -1 | \"a\" | true", "(typeDeclaration L (unionType -1 \"a\" true))")
    check("let a: own impl T & U = x", "(let a (intersectionType (ownType (implType T)) U) x)")
  }

  @Test func typeArguments() {
    check("largest<number>([1, 2])", "(call (path (segment largest number)) (array 1 2))")
    check("a < b\n(c)", "F0115 (< a b) (parenthesized c)")
    check("f(a < b, c > (d))", "(call f (call (path (segment a b c)) d))")
    check(
      "x = Array<Array<number>>::new()",
      "(= x (call (path (segment Array (path (segment Array number))) (segment new))))"
    )
    check("x = a.b<T>(c)", "(= x (call (genericMember a T) c))")
    check("x = a < b and c > d", "(= x (and (< a b) (> c d)))")
  }

  @Test func patterns() {
    check(
      "match x when A(b, c: _) then end end",
      "(match x (arm (variantPattern A b (namedItem c _)) {}))"
    )
    check(
      "match x when 1 or -2 or in 3..4 then end else end end",
      "(match x (arm (orPattern (orPattern 1 -2) (rangePattern 3 4)) {}) (elseArm {}))"
    )
    check(
      "match x when n as number and [a, ...mut r] if n > 1 then end end",
      "(match x (arm (andPattern (castPattern n number) (arrayPattern a (restPattern))) (> n 1) {}))"
    )
    check(
      "let { id, label: tag, [1]: one } = t",
      "(let (tablePattern id (namedItem label tag) (keyedItem 1 one)) t)"
    )
    check("let (a, (mut b, _)) = t", "(let (tuplePattern a (tuplePattern mut b _)) t)")
    check("for S { f } in e do end", "(forLoop (tablePattern S f) e {})")
  }

  @Test func strings() {
    check(
      "x = \"a${b}c${d:?}e\"",
      "(= x (interpolation \"a${ (interpolated b) }c${ (interpolated d) }e\"))"
    )
    check(
      "x = \"${\"${1}\"}\"",
      "(= x (interpolation \"${ (interpolated (interpolation \"${ (interpolated 1) }\")) }\"))"
    )
    check(
      "x = \"${{a: 1}.a}\"",
      "(= x (interpolation \"${ (interpolated (.a (table (namedItem a 1)))) }\"))"
    )
  }

  @Test func contextualWords() {
    check(
      "let gen = 1\nlet scope = gen\nlet quote = scope\nmacro = declare",
      "(let gen 1) (let scope gen) (let quote scope) (= macro declare)"
    )
    check("scope s do s end", "(scopeBlock {s})")
    check("gen fn f() end", "(fn f {})")
    check("let f = async gen fn() end", "(let f (fn {}))")
    check("x = node.end.1.2", "(= x (.2 (.1 (.end node))))")
  }
}
