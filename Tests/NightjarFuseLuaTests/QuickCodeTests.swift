// What the emitted Lua leaves out: checks of elements that are known to be there, floats where integers
// do, calls of small functions. SOURCE: docs/internals/fuse-lowering.md.

import NightjarFuseLua
import NightjarFuseSyntax
import Testing

struct QuickCodeTests {
  @Test func loopsLookAtTheLengthOnce() {
    check(
      """
      fn dot(a: number[], b: number[], n: number) -> number
        let mut sum = 0
        for i in 1..n do sum += a[i] * b[i] end
        sum
      end
      print(dot([1], [2], 1) == 2)
      """,
      """
      local __rt = require("fuse.rt")
      local function dot(a, b, n)
        local sum = 0.0
        local last = n
        if a[last] == nil and #a < last then
          last = #a
        end
        if b[last] == nil and #b < last then
          last = #b
        end
        for i = 1, last do
          sum = sum + a[i] * b[i]
        end
        if last + 1 <= n then
          __rt.short(last + 1, a, b)
        end
        return sum
      end
      print(tostring(dot({1.0}, {2.0}, 1) == 2))

      """,
      .lua54
    )
  }

  @Test func elementsUpToTheLengthNeedNoCheck() {
    check(
      """
      fn ends(items: string[]) -> string
        let mut text = ""
        for i in 2..#items do text += "${i}:${items[i - 1]}${items[i]} " end
        text
      end
      fn put(mut items: boolean[], at: number)
        items[at] = not items[at]
        items[at + 1] = true
      end
      let mut marks = [true]
      put(marks, 1)
      print(ends([]))
      """,
      """
      local __rt = require("fuse.rt")
      local function ends(items)
        local text = ""
        for i = 2, #items do
          text = text .. i .. ":" .. items[i - 1] .. items[i] .. " "
        end
        return text
      end
      local function put(items, at)
        items[at] = not (items[at] or items[at] == nil and __rt.oob(items, at))
        items[at + 1] = true
      end
      local marks = {true}
      put(marks, 1)
      print(ends({}))

      """,
      .lua54
    )
  }

  @Test func whatTakesElementsAwayIsNotForgotten() {
    let text = lua(
      """
      fn sum(mut items: number[]) -> number
        let mut sum = 0
        for i in 1..#items do
          sum += items[i]
          let _last = items.pop()
        end
        sum
      end
      let mut items = [1]
      print(sum(items) == 1)
      """
    )
    #expect(text.contains("sum = sum + (items[i] or __rt.oob(items, i))"))
  }

  @Test func integersStayInside() {
    let text = lua(
      """
      fn id(n: number) -> number => n
      let items = [1]
      for i in 1..#items do print(id(i), i * i, "${i}", items[i] == i) end
      print(id(#items) == 1)
      """,
      .lua54
    )
    #expect(text.contains("for i = 1, #items do"))
    #expect(text.contains("__rt.str(id(i + 0.0)), __rt.str((i + 0.0) * i)"))
    #expect(text.contains("print(tostring(id(#items + 0.0) == 1))"))
  }

  @Test func stepsAreLoopsOfLua() {
    let text = lua(
      """
      fn show(n: number)
        for i in (1..9).step(2) do print(i) end
        for i in (1..9).rev() do print(i) end
        for i in (1..9).step(n) do print(i) end
      end
      show(2)
      """
    )
    #expect(text.contains("for i = 1, 9, 2 do"))
    #expect(text.contains("for i_2 = 9, 1, -1 do") || text.contains("for i = 9, 1, -1 do"))
    #expect(text.contains("__rt.panic(\"a step must be greater than 0\")"))
  }

  @Test func bodiesStandWhereTheyAreCalled() {
    check(
      """
      fn say(n: number) -> number => n
      #[inline]
      fn apply(n: number, f: fn(number) -> number) -> number => f(n) + f(2)
      let n = 3
      print(apply(say(n), fn(x) => x * n) == 1)
      """,
      """
      local function say(n)
        return n
      end
      local function apply(n, f)
        return f(n) + f(2)
      end
      local n = 3
      local n_2 = say(n)
      print(tostring(n_2 * n + 2 * n == 1))

      """
    )
  }

  @Test func bodiesThatWouldSeeOtherNamesAreCalled() {
    let text = lua(
      """
      let base = 10
      #[inline]
      fn add(n: number) -> number => n + base
      fn all(base: number) -> number => add(base)
      print(all(1) == 11)
      """
    )
    #expect(text.contains("return add(base)"))
  }

  @Test func ownersThatNobodyTakesAreClosed() {
    let text = lua(
      """
      struct Lock pub name: string end
      impl Close for Lock fn close(own self) => print(self.name) end
      fn acquire(name: string) -> own Lock => Lock { name }
      fn peek(lock: Lock) -> string => lock.name
      print(peek(acquire("b")))
      """
    )
    #expect(
      text.hasSuffix(
        """
        local owner = acquire("b")
        __rt.open(owner, Lock_Close.close)
        print(peek(owner))
        __rt.close(owner)

        """
      )
    )
  }

  @Test func resultsOfLuaAreChecked() {
    var options = FuseLuaOptions()
    options.checksBoundary = true
    let program = """
      declare module "@lua:codec"
        fn size(text: string) -> number
        fn find(text: string) -> (number, string?)
        fn any(text: string) -> unknown
      end
      import codec from "@lua:codec"
      let (at, what) = codec.find("a")
      print(codec.size("a") + at == 1, what == None, codec.any("b"))
      """
    let output = compile(["main.fuse": program], options: options)
    let text = String(decoding: output.modules.first?.text ?? [], as: UTF8.self)
    #expect(text.contains("local kinds = {\"number\", \"string?\"}\n"))
    #expect(text.contains("local at, what = __rt.results(kinds, codec.find(\"a\"))"))
    #expect(text.contains("__rt.results(kinds_2, codec.size(\"a\")) + at"))
    #expect(text.contains("__rt.show(codec.any(\"b\"))"))
    #expect(!lua(program).contains("results"))
  }

  @Test func bitsAreOperatorsWhereLuaHasThem() {
    let program = """
      export fn mix(a: number) -> number => (a & 255) ~ (a >> 3)
      print(mix(1) == 1)
      """
    #expect(
      lua(program, .lua54).contains("return ((__rt.word(a) & 255) ~ __rt.word(a) >> 3) + 0.0")
        || lua(program, .lua54).contains("return (__rt.word(a) & 255 ~ __rt.word(a) >> 3) + 0.0")
    )
    #expect(lua(program, .lua51).contains("return __rt.bxor(__rt.band(a, 255), __rt.shr(a, 3))"))
  }
}
