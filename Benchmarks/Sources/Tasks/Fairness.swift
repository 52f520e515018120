// What isolates do to one another: how much of the processor a hundred get when one of them takes what it can, and how
// late the timers of one are beside another that never waits, or that a function of the host holds.

import Foundation
import Nightjar
import Synchronization

/// What a hostile isolate does; each is a function of Lua that ends when `over` is set.
let hostilities = [
  "function attack() local s = ('x'):rep(1e6) while not over do local t = s:rep(8) end end",
  "function attack() while not over do local t = {} for i = 1, 1e4 do t[i] = (i * 7919) % 1e4 end "
    + "table.sort(t) end end",
  "function attack() while not over do task.scope(function(s) for i = 1, 1000 do "
    + "s:spawn(task.yield) end end) end end",
  "function attack() while not over do ('a'):rep(3e4):find(('a-'):rep(8) .. 'b') end end",
  "function attack() while not over do local t = {} for i = 1, 1e5 do t[i] = {} end end end",
  "function attack() while not over do hold() end end",
]

/// The processor's time of the process, in seconds.
func processTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// How far 99 isolates come in a second of the processor, beside one that does something else.
func progress(beside attack: String?) async throws -> Double {
  let runtime = LiveRuntime(workers: 2)
  let text = "n = 0 function work() while not over do for i = 1, 1000 do end n = n + 1 end end "
  var isolates: [Isolate] = []
  for index in 0..<100 {
    let own = index == 0 ? attack ?? "" : ""
    let isolate = try await runtime.makeIsolate {
      let machine = Machine()
      // Holds the thread with work, as a decoder would.
      machine.register("hold", .sync(max: .milliseconds(10))) { () -> Int in
        let end = threadTime() + 4e6
        while threadTime() < end {}
        return 0
      }
      try machine.eval(text + own)
      return machine
    }
    isolates.append(isolate)
  }
  let calls = isolates.enumerated().map { index, isolate in
    Task { _ = try await isolate.call(index == 0 && attack != nil ? "attack" : "work") }
  }
  try await Task.sleep(for: .milliseconds(300))
  // Each answers when it has its turn.
  func rounds() async throws -> Double {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for isolate in isolates.dropFirst() {
        group.addTask {
          try await isolate.with { machine, _ in
            if case .integer(let n) = machine["n"] { n } else { 0 }
          }
        }
      }
      return Double(try await group.reduce(0, +))
    }
  }
  let (start, before) = (processTime(), try await rounds())
  try await Task.sleep(for: .milliseconds(1500))
  let (end, after) = (processTime(), try await rounds())
  for isolate in isolates { isolate.kill() }
  for call in calls { _ = try? await call.value }
  return (after - before) / (end - start)
}

/// The share of 99 isolates beside a hostile one, of what they have beside a peaceful one.
func fairness() async throws {
  var worst = Double.infinity
  for attack in hostilities {
    // Alternating, as others may use the machine meanwhile; the best of both kinds.
    var (peace, war) = (0.0, 0.0)
    for _ in 0..<2 {
      peace = max(peace, try await progress(beside: nil))
      war = max(war, try await progress(beside: attack))
    }
    worst = min(worst, war / peace * 100)
    FileHandle.standardError.write(Data("\(Int(war / peace * 100)) % beside \(attack)\n".utf8))
  }
  report("share beside a hostile isolate", worst, "%")
}

/// How late timers are beside another isolate, all on one thread.
func neighbours() async throws {
  let beside = [("alone", nil), ("burning", "burn"), ("held", "block")] as [(String, String?)]
  for (name, function) in beside {
    let runtime = LiveRuntime(workers: 1)
    let ticking = try await runtime.makeIsolate { Machine() }
    try await ticking.with { machine, _ in try machine.eval(tick) }
    let other = try await runtime.makeIsolate {
      let machine = Machine()
      machine.register("hold", .sync(max: .seconds(1))) { () -> Void in usleep(200_000) }
      return machine
    }
    try await other.with { machine, _ in
      try machine.eval(
        "function burn() while true do end end function block() while true do hold() end end"
      )
    }
    let call = function.map { function in Task { try await other.call(function) } }
    let late = try await ticking.call("tick", .integer(500))
    report("late beside an isolate that is \(name), p99", p99(numbers(late)), "ms")
    other.kill()
    _ = try? await call?.value
  }
}
