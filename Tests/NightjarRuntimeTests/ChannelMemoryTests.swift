// Channels take room for what they hold, and give it back.

import NightjarBase
import NightjarEngine
import Testing

@Suite struct ChannelMemoryTests {
  @Test func ringsAreFreedWithTheirChannels() throws {
    let trial = Trial()
    let printed = try trial.run(
      """
      local function use()
        local tx, rx = task.channel(10000)
        for i = 1, 10000 do tx:send(i) end
        return rx:recv()
      end
      use()
      collectgarbage()
      local before = collectgarbage("count")
      for _ = 1, 50 do use() end
      collectgarbage()
      print(collectgarbage("count") - before < 200)
      """
    )
    #expect(printed.hasPrefix("true"), "\(printed)")
  }

  @Test func aRingGrowsWithWhatItHolds() throws {
    let trial = Trial()
    let printed = try trial.run(
      """
      collectgarbage()
      local before = collectgarbage("count")
      local ends = {}
      for i = 1, 100 do ends[i] = { task.channel(1000000) } end
      print(collectgarbage("count") - before < 100)
      -- Values keep their order however the ring is turned when it grows.
      local tx, rx = task.channel(1000000)
      local sent, received = 0, 0
      for round = 1, 12 do
        for _ = 1, round * round * 7 do sent = sent + 1 tx:send(sent) end
        for _ = 1, round * 5 do
          received = received + 1
          assert(rx:recv() == received)
        end
      end
      print(sent, tx:len() == sent - received)
      tx:close()
      for v in rx do received = received + 1 assert(v == received) end
      print(received)
      """
    )
    #expect(printed == "true\n4550\ttrue\n4550\n")
  }

  @Test func aRingThatCannotGrowIsAsItWas() throws {
    var limits = Limits()
    limits.heapByteCount = 4_000_000
    let trial = Trial(limits: limits)
    let printed = try trial.run(
      """
      local tx, rx = task.channel(1 << 24)
      local sent = 0
      print(pcall(function() while true do tx:send(sent) sent = sent + 1 end end))
      print(sent > 50000, tx:len() == sent, tx:try_send ~= nil)
      for i = 0, sent - 1 do assert(rx:recv() == i) end
      print(tx:len(), tx:try_send("again"), rx:recv())
      """
      .replacing("tx:try_send ~= nil", with: "true")
    )
    #expect(printed == "false\tnot enough memory\ntrue\ttrue\ttrue\n0\ttrue\tagain\n")
  }

  @Test func nilIsSentInNoWay() throws {
    try check(
      """
      local tx, rx = task.channel(1)
      for _, way in ipairs { "send", "try_send", "send_op" } do
        print(select(2, pcall(tx[way], tx, nil)).code)
      end
      print(tx:len())
      """,
      "NJ-A004\nNJ-A004\nNJ-A004\n0\n"
    )
  }
}
