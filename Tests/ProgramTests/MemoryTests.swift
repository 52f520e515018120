// A machine without a memory limit in a process that has one: what the system refuses is an error of the
// script's like any other.

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
}
