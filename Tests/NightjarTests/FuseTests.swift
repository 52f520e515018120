// Programs in Fuse inside a host, checked against what the host offers.

import Nightjar
import Testing

@Suite struct FuseTests {
  private func shop() throws -> Machine {
    let machine = try Machine()
    machine.define("price", "What a thing costs.", parameters: ["name"]) { (name: String) in
      name.utf8.count * 10
    }
    return machine
  }

  @Test func aProgramUsesTheHostAndItsModules() throws {
    let machine = try shop()
    let program = try machine.load(
      fuse: """
        import { total } from "./basket"
        export fn bill(names: string[]) -> string => "total ${total(names)}"
        """,
      name: "bill.fuse",
      modules: [
        "basket.fuse": """
        export fn total(names: string[]) -> number
          let mut sum = 0
          for name in names do
            sum += (try global.price(name)).unwrap_or(0)
          end
          sum
        end
        """
      ]
    )
    let exports = try program.call(as: Table.self)
    let bill = try exports.get("bill", as: Function.self)
    #expect(try bill.call(["tea", "milk"], as: String.self) == "total 70")
  }

  @Test func mistakesAboutTheHostAreToldBefore() throws {
    let machine = try shop()
    let error = #expect(throws: ScriptError.self) {
      _ = try machine.load(fuse: "let p = try global.price(5)\nprint(p.is_ok())", name: "a.fuse")
    }
    #expect(error?.kind == .syntax && error?.chunkName == "a.fuse" && error?.line == 1)
    #expect(error?.message.contains("error[F0301]: expected `string`, found `number`") == true)
  }

  @Test func errorsNameLinesOfFuse() throws {
    let machine = try Machine()
    let program = try machine.load(
      fuse: "fn f(n: number) -> number\n  if n > 0 then panic(\"no\") end\n  n\nend\nprint(f(1))",
      name: "a.fuse"
    )
    let error = #expect(throws: ScriptError.self) { try program.call() }
    #expect(error?.message == "no")
    #expect(error?.traceback.contains("a.fuse:2:") == true)
  }

  @Test func chunksAreShared() throws {
    let chunk = try Chunk(fuse: "export const N: number = 7\nexport fn n() => N")
    for _ in 0..<2 {
      let machine = try Machine()
      let exports = try machine.load(chunk).call(as: Table.self)
      #expect(try exports.get("n", as: Function.self).call(as: Int.self) == 7)
    }
  }
}
