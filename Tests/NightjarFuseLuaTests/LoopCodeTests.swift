// What loops of the emitted Lua know: arrays in fields that stay, elements that a loop wrote before,
// rows that are long enough, numbers that are whole in all calls. SOURCE: docs/internals/fuse-lowering.md.

import NightjarFuseLua
import NightjarFuseSyntax
import Testing

struct LoopCodeTests {
  @Test func arraysInFieldsAreFoundOnce() {
    let text = lua(
      """
      struct Shelf pub items: number[] pub marks: boolean[] end
      impl Shelf
        pub fn clear(mut self) self.items = [] end
        pub fn sum(self, n: number) -> number
          let mut sum = 0
          for i in 1..n do sum += self.items[i] * self.items[1] end
          sum
        end
        pub fn drained(mut self, n: number) -> number
          let mut sum = 0
          for i in 1..n do
            sum += self.items[i] * self.items[1]
            self.clear()
          end
          sum
        end
      end
      """,
      .lua54
    )
    #expect(text.contains("local items = self.items\n"))
    #expect(text.contains("sum = sum + items[i] * (items[1] or __rt.oob(items, 1))"))
    #expect(text.contains("sum = sum + (self.items[i] or __rt.oob(self.items, i)) *"))
  }

  @Test func elementsThatALoopWroteAreThere() {
    let program = """
      fn sieve(limit: number) -> boolean[]
        let mut marks: boolean[] = []
        for n in 1..limit do marks[n] = true end
        for n in 2..limit do
          if marks[n] then
            for k in (n * n..limit).step(n) do marks[k] = false end
          end
        end
        marks
      end
      sieve(9)
      """
    let text = lua(program, .lua54)
    #expect(text.contains("    if marks[n] then\n"))
    #expect(text.contains("if first <= limit then\n"))
    #expect(text.contains("for k = math_tointeger(first), limit, n do\n"))
    #expect(lua(program, .luajit).contains("for k = n * n, limit, n do\n"))
    #expect(!text.contains("oob"))
    let broken = lua(
      program.replacing(
        "marks[n] = true end",
        with: "marks[n] = true; if n > 3 then break end end"
      ),
      .lua54
    )
    #expect(broken.contains("oob"))
  }

  @Test func loopsOverColumnsAskForRowsOnce() {
    let text = lua(
      """
      fn sums(rows: number[][], n: number) -> number[]
        let mut made: number[] = []
        for j in 1..n do
          let mut sum = 0
          for i in 1..n do sum += rows[i][j] end
          made.push(sum)
        end
        made
      end
      """,
      .lua54
    )
    #expect(text.contains("if __rt.covers(rows, n, n) then\n"))
    #expect(text.contains("sum = sum + rows[i][j]\n"))
    #expect(text.contains("sum = sum + (rows[i][j] or __rt.oob(rows[i], j))\n"))
  }

  @Test func parametersAreIntegersIfAllCallsGiveThem() {
    let program = """
      fn digits(n: number) -> string
        if n < 10 then "${n}." else digits(n // 10) + "${n % 10}." end
      end
      print(digits(902))
      """
    #expect(lua(program, .lua54).contains("return digits(n // 10) .. n % 10 .. \".\"\n"))
    #expect(lua(program + "\nprint(digits(0.5))", .lua54).contains("__rt.str(n)"))
    #expect(lua(program + "\nlet f = digits", .lua54).contains("__rt.str(n)"))
    #expect(lua("export " + program, .lua54).contains("__rt.str(n)"))
  }

  @Test func remaindersKeepNumbersSmall() {
    let text = lua(
      """
      let mut seed = 7
      for _ in 1..3 do seed = (seed * 16807) % 2147483647 end
      print(seed)
      let mut wide = 7
      for _ in 1..3 do wide = (wide * 1680700000) % 2147483647000 end
      print(wide)
      """,
      .lua54
    )
    #expect(text.contains("seed = seed * 16807 % 2147483647\n"))
    #expect(text.contains("wide = wide * 1680700000.0 % 2147483647000.0\n"))
  }

  @Test func theLastElementIsTakenInPlace() {
    let text = lua(
      """
      fn last(mut items: number[]) -> number
        items.pop()
        items.pop().unwrap_or(0)
      end
      """
    )
    #expect(text.contains("  items[#items] = nil\n"))
    #expect(text.contains("local item = items[count]\n  items[count] = nil\n"))
  }

  @Test func conditionsBoundIndices() {
    let text = lua(
      """
      fn pick(items: number[], at: number) -> number
        let count = #items
        for left in 1..9 do
          if left < count and items[left] < items[left + 1] then return items[left + 1] end
          if left <= count and items[left] < items[left + 1] then return items[left] end
        end
        at
      end
      """,
      .lua54
    )
    #expect(text.contains("if left < count and items[left] < items[left + 1] then"))
    #expect(text.contains("items[left] < (items[left + 1] or __rt.oob(items, left + 1)) then"))
  }

  @Test func matchesKeepTheirValueUnderItsName() {
    let text = lua(
      """
      fn find(n: number) -> string? => if n > 1 then Some("x") else None end
      match find(2) when
        Some(text) then print(text) end
        None then print("none") end
      end
      """
    )
    #expect(text.contains("local text = find(2)\nif text ~= nil then\n  print(text)\n"))
  }
}
