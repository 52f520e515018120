// Channels give back what they held.

import NightjarEngine
import Testing

@Suite struct ChannelMemoryTests {
  @Test func ringsAreFreedWithTheirChannels() throws {
    let trial = Trial()
    let printed = try trial.run(
      """
      local function use()
        local tx, rx = task.channel(10000)
        for i = 1, 10 do tx:send(i) end
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
}
