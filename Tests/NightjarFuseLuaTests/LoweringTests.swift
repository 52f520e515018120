// The Lua that single constructs become. SOURCE: the parts **L** of the Fuse reference, section 5.

import NightjarFuseSyntax
import Testing

struct LoweringTests {
  @Test func patternsOfLiteralsMakeNoTable() {
    check(
      """
      let (host, port) = ("localhost", 8080)
      let mut low = 3
      let mut high = 9
      (low, high) = (high, low)
      print(host, port > low and low > high)
      """,
      """
      local host, port = "localhost", 8080
      local low = 3
      local high = 9
      low, high = high, low
      print(host, tostring(port > low and low > high))

      """
    )
  }

  @Test func constantsAreFoldedAndEnumsAreTheirValues() {
    check(
      """
      const N = 2 * 3
      enum Priority Low = 10 Normal High end
      let level = Priority::High
      print(level as number + N)
      """,
      """
      local __rt = require("fuse.rt")
      local level = 12
      print(__rt.str(level + 6))

      """
    )
  }

  @Test func integersAreSpelledAsFloatsWhereItCouldShow() {
    check(
      """
      let half = 3 / 2
      let items = [half]
      for i in 1..1 do print(items[i] > 1, 7 // items[1]) end
      """,
      """
      local __rt = require("fuse.rt")
      local half = 3.0 / 2.0
      local items = {half}
      for i = 1, 1 do
        print(tostring((items[i] or __rt.oob(items, i)) > 1), __rt.str(7.0 // ((items[1] or __rt.oob(items, 1)) * 1.0)))
      end

      """,
      .lua54
    )
  }

  @Test func matchTestsATagOnce() {
    check(
      """
      union Shape Dot Circle(number) Rect(w: number, h: number) end
      fn area(shape: Shape) -> number => match shape when
        Dot then 0 end
        Circle(r) if r < 0 then 1 end
        Circle(r) then 3 * r * r end
        Rect(w, h) then w * h end
      end
      """,
      """
      local Shape = { __name = "Shape" }
      Shape.Dot = { tag = "Dot" }
      local function area(shape)
        local tag = shape.tag
        if tag == "Dot" then
          return 0
        end
        if tag == "Circle" then
          if shape[1] < 0 then
            local r = shape[1]
            return 1
          end
          local r = shape[1]
          return 3 * r * r
        end
        local w, h = shape[1], shape[2]
        return w * h
      end

      """
    )
  }

  @Test func tuplesOfNamedFunctionsAreSeveralResults() {
    check(
      """
      fn divide(a: number, b: number) -> (number, number) => (a // b, a % b)
      let (quotient, remainder) = divide(17, 5)
      print(quotient == remainder)
      """,
      """
      local function divide(a, b)
        return math.floor(a / b), a % b
      end
      local quotient, remainder = divide(17, 5)
      print(tostring(quotient == remainder))

      """
    )
  }

  @Test func structsAreTablesWithMethods() {
    check(
      """
      struct Account
        pub owner: string
        balance: number = 0
      end
      impl Account
        pub fn open(owner: string) -> Self => Self { owner }
        pub fn deposit(mut self, amount: number)
          self.balance += amount
        end
      end
      let mut savings = Account::open("Mara")
      savings.deposit(250)
      """,
      """
      local Account = { __name = "Account" }
      Account.__index = Account
      function Account.open(owner)
        return setmetatable({ owner = owner, balance = 0 }, Account)
      end
      function Account.deposit(self, amount)
        self.balance = self.balance + amount
      end
      local savings = Account.open("Mara")
      savings:deposit(250)

      """
    )
  }

  @Test func continueIsWhatTheTargetHas() {
    let program = """
      for i in 1..3 do
        if i == 2 then continue end
        print(i == 1)
      end
      """
    check(
      program,
      """
      for i = 1, 3 do
        do
          if i == 2 then
            goto continue
          end
          print(tostring(i == 1))
        end
        ::continue::
      end

      """,
      .lua52
    )
    check(
      program,
      """
      for i = 1, 3 do
        repeat
          if i == 2 then
            break
          end
          print(tostring(i == 1))
        until true
      end

      """,
      .lua51
    )
  }

  @Test func namesOfLuaAreRenamed() {
    let text = lua(
      """
      let print_ = 1
      let type_ = "x"
      let r#end = print_
      let math = r#end
      print(type_, math == print_)
      """
    )
    #expect(text.contains("local end_ = print_\n"))
    #expect(text.contains("local math_ = end_\n"))
  }

  @Test func functionsCalledBeforeTheyStandAreDefinedBefore() {
    check(
      """
      greet()
      fn greet() => print(name())
      fn name() -> string => "ann"
      """,
      """
      local name
      local function greet()
        print(name())
      end
      function name()
        return "ann"
      end
      greet()

      """
    )
  }
}
