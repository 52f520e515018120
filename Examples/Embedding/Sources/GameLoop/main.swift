// A game gives each creature's script a little of every frame. A script that thinks for long goes on in
// the next frame; none can hold up the picture, however it is written.
//
// The budget is counted in fuel, so that each run is the same; `run(_:for:)` takes a time such as
// .microseconds(100) instead.

import Nightjar

/// A creature with a mind of its own.
final class Creature {
  let name: String
  let machine: Machine
  let mind: Fiber
  /// What it did in this frame.
  var log: [String] = []
  var isAwake = true

  init(_ name: String, mind source: String) throws(ScriptError) {
    self.name = name
    machine = Machine(Configuration(limits: Limits(memory: 1 << 20)))
    mind = try machine.makeFiber(machine.load(source, name: name))
    machine.define("act") { [unowned self] (what: String) in log.append(what) }
  }

  /// Lets the mind work for its share of a frame.
  func update(frame: Int) {
    guard isAwake else { return }
    switch machine.run(mind, fuel: 3_000, resumingWith: [.integer(frame)]) {
    case .yielded: break
    case .outOfFuel: log.append("…thinking")
    case .finished:
      log.append("falls asleep")
      isAwake = false
    case .failed(let error):
      log.append("faints: \(error.message)")
      isAwake = false
    case .awaiting:
      // No function of this game waits for anything.
      mind.end()
      isAwake = false
    }
  }
}

let creatures = [
  // Does one thing a frame.
  try Creature(
    "rabbit",
    mind: """
      while true do
        act("hops")
        local frame = coroutine.yield()
        if frame % 3 == 0 then act("listens") end
      end
      """
  ),
  // Needs several frames for one decision, and does not have to know.
  try Creature(
    "owl",
    mind: """
      local found, n = 0, 1
      while found < 40 do
        n = n + 1
        local prime = true
        for divisor = 2, n // 2 do
          if n % divisor == 0 then prime = false break end
        end
        if prime then found = found + 1 end
      end
      act("says " .. n)
      """
  ),
  // Would stop any program that trusted it.
  try Creature("mole", mind: "act('digs') while true do end"),
  try Creature("fish", mind: "act('swims') coroutine.yield() local water = nil; act(water.depth)"),
]

for frame in 1...5 {
  print("frame \(frame)")
  for creature in creatures {
    creature.log = []
    creature.update(frame: frame)
    if !creature.log.isEmpty {
      print("  \(creature.name) \(creature.log.joined(separator: ", "))")
    }
  }
}
