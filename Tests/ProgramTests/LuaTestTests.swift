// `nightjar test` for files in Lua: what fails a test, what it is told by, and that the failure comes again.

import Foundation
import Testing

@Suite struct LuaTestTests {
  /// Runs tests in a folder of their own.
  private func test(_ files: [String: String], _ words: [String]) throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    for (name, text) in files {
      let url = folder.url.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: url)
    }
    return try Command.invoke(["test"] + words, directory: folder.url)
  }

  @Test func waitingTakesNoTime() throws {
    let text = """
      function test_sleeps() task.sleep(50) end
      return { test_of_a_table = function() assert(task.now() == 0) end, helper = print }
      """
    let outcome = try test(["a_test.lua": text], ["a_test.lua"])
    #expect(
      outcome
        == Command.Outcome(
          status: 0,
          output: """
            ok   a_test.lua test_sleeps
            ok   a_test.lua test_of_a_table
            2 passed, 0 failed

            """,
          errors: ""
        )
    )
  }

  /// A race shows in some orders; what it prints runs that order again.
  @Test func aFailureComesAgain() throws {
    let files = [
      "a_test.lua": """
      function test_race()
        local n = 0
        task.scope({ name = "both" }, function(s)
          for i = 1, 2 do
            s:spawn { name = "add", fn = function()
              local seen = n
              if math.random(3) == 1 then task.yield() end
              n = seen + 1
            end }
          end
          s:spawn { name = "look", fn = function() task.sleep(1) assert(n == 2, "lost update") end }
        end)
      end
      """
    ]
    let outcome = try test(files, ["--seeds", "200", "a_test.lua"])
    #expect(outcome.status == 1)
    let again = try #require(
      outcome.output.firstMatch(
        of: /\n  again: nightjar (test --seed \d+ --filter test_race a_test.lua)\n/
      )
    ).output.1
    #expect(outcome.output.contains(": lost update"))
    #expect(outcome.output.contains("the tasks when it failed:\n"))
    #expect(outcome.output.contains("in the end of a child of scope \"both\""), "\(outcome.output)")
    let words = again.split(separator: " ").dropFirst().map(String.init)
    #expect(try test(files, words) == outcome)
  }

  @Test func whatHangsIsTold() throws {
    let text = """
      function test_hangs()
        task.scope({ name = "server" }, function(s)
          local ledger = task.mutex("ledger")
          s:spawn { name = "holder", fn = function() ledger:with(task.sleep, 1000) end }
          s:spawn { name = "waiter", fn = function() task.sleep(1) ledger:with(print) end }
        end)
      end
      """
    let outcome = try test(["a_test.lua": text], ["a_test.lua"])
    #expect(
      outcome.output == """
        FAIL a_test.lua test_hangs
          seed 0: it hangs; after 60 seconds it stood so:
            #2 test_hangs  parked 60s in the end of 2 children of scope "server"  at a_test.lua:2
              scope "server"
                #3 holder  parked 60s in sleep  at a_test.lua:4  holding mutex "ledger" for 60s (1 waits)
                #4 waiter  parked 59s in mutex "ledger" held by task #3 holder  at a_test.lua:5
            who waits for whom:
            #4 waiter waits for #3 holder: mutex "ledger" held by task #3 holder
          again: nightjar test --seed 0 --filter test_hangs a_test.lua
        0 passed, 1 failed

        """,
      "\(outcome.output)"
    )
    #expect(outcome.status == 1)
  }

  @Test func whatComputesWithoutEndIsTold() throws {
    let text = "function test_endless() while true do end end"
    let outcome = try test(["a_test.lua": text], ["--timeout", "1", "a_test.lua"])
    #expect(outcome.status == 1)
    #expect(
      outcome.output.contains(
        "it computes without end and never waits; it stood so:\n    #2 test_endless"
      ),
      "\(outcome.output)"
    )
  }

  /// Whoever catches the error that a wait can never end has not mended that.
  @Test func whatNothingCanWakeFails() throws {
    let text = """
      function test_wish()
        local tx, rx = task.channel(1, "wish")
        pcall(function() for i = 1, 3 do tx:send(i) end end)
      end
      """
    let outcome = try test(["a_test.lua": text], ["a_test.lua"])
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("nothing can ever wake task #2 test_wish"), "\(outcome.output)")
  }

  @Test func whatIsLeftOpenFails() throws {
    let text = "function test_listens() kept = assert(net.listen('127.0.0.1', 0)) end"
    let outcome = try test(["a_test.lua": text], ["a_test.lua"])
    #expect(outcome.status == 1)
    #expect(
      outcome.output.contains("1 connections, listeners or processes were left open"),
      "\(outcome.output)"
    )
  }

  @Test func foldersAreLookedThrough() throws {
    let files = [
      "one_test.lua": "function test_one() end", "inner/two_test.lua": "function test_two() end",
      "other.lua": "error('no test')", ".hidden/three_test.lua": "error('hidden')",
    ]
    for words in [[], ["."]] {
      let outcome = try test(files, words)
      #expect(
        outcome.output
          == "ok   inner/two_test.lua test_two\nok   one_test.lua test_one\n2 passed, 0 failed\n",
        "\(outcome)"
      )
    }
    let inner = try test(files, ["inner", "--seeds", "3"])
    #expect(inner.output == "ok   inner/two_test.lua test_two\n1 passed, 0 failed\n", "\(inner)")
  }

  /// The suite of a runtime in Examples/Embedding passes in many orders, and on the real clock.
  @Test(arguments: [["--seeds", "30"], ["--live"]])
  func theSuiteOfRuntimesPasses(options: [String]) throws {
    let file = "Examples/Embedding/Sources/FrameRuntime/suite_test.lua"
    let outcome = try Command.invoke(["test"] + options + [file])
    #expect(outcome.output.hasSuffix("22 passed, 0 failed\n"), "\(outcome)")
  }
}
