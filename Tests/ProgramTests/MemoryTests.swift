// What the command holds of the system's memory: a start is about as small as that of the reference, and
// what the system refuses to a machine without a limit is an error of the script's like any other.

import Foundation
import Testing

@Suite struct MemoryTests {
  @Test(arguments: [100_000, 150_000, 250_000])
  func refusalsOfTheSystemAreErrors(kilobytes: Int) throws {
    let outcome = try Command.invoke(
      [
        "-c", "ulimit -v \(kilobytes); exec \"$0\" run -A \"$1\"", Command.executable.path,
        "Tests/ProgramTests/Programs/no-memory-left.lua",
      ],
      executable: URL(filePath: "/bin/sh")
    )
    #expect(
      outcome.output == String(repeating: "false\tnot enough memory\n", count: 5) + "488895\n"
    )
    #expect(outcome.errors.hasPrefix("nightjar: not enough memory\nstack traceback:\n"))
    #expect(outcome.status == 1)
  }

  #if os(Linux)
  /// The most that a small program has held, in kilobytes.
  private func peak(_ words: [String], executable: URL) throws -> Int? {
    let program = """
      for line in io.lines("/proc/self/status") do
        local kilobytes = line:match("^VmHWM:%s*(%d+)")
        if kilobytes then print(kilobytes) end
      end
      """
    let outcome = try Command.invoke(words, executable: executable, input: program)
    return Int(outcome.output.prefix { $0 != "\n" })
  }

  /// Where this fails, run `Tools/order-functions` (docs/decisions/0009).
  ///
  /// There is room, as nearly all are pages of the file, and how many of them are resident depends on how
  /// the system has read it, by a quarter, and on what an incremental build has kept; `Benchmarks/run` has exact figures.
  @Test(.enabled(if: LuaInterpreterTests.reference != nil, "lua5.4 is not installed"))
  func aStartIsSmall() throws {
    let reference = URL(filePath: LuaInterpreterTests.reference ?? "")
    let most = try #require(try peak(["-"], executable: reference))
    let held = try #require(try peak(["run", "-A", "-"], executable: Command.executable))
    #expect(held < 2 * most, "\(held) KB, and lua5.4 \(most) KB")
  }
  #endif
}
