// A first look: run code, give it functions, call what it defines, read what went wrong.

import Nightjar

// A machine computes and does nothing else: no files, no network, no time of day.
let machine = Machine()

// Results convert to the types that are asked for.
let sum: Int = try machine.eval("return 1 + 2")
let (name, sizes) = try machine.eval("return 'box', {3, 4, 5}", as: (String, [Int]).self)
print("sum \(sum), \(name) \(sizes)")

// Swift closures are functions of the script; their parameters convert as well.
machine.define("volume") { (sizes: [Int]) in sizes.reduce(1, *) }
let volume: Int = try machine.eval("return volume({3, 4, 5})")
print("volume \(volume)")

// Globals have paths. Tables are live: what one side changes, the other sees.
machine["config", "title"] = "Garden"
try machine.eval("config.title = config.title .. ' of ' .. 2 + 1 .. ' trees'")
print(machine["config", "title"])

// A function of the script is called like one of Swift's.
let greet: Function = try machine.eval(
  """
  return function(who, times)
    return ('Hello, ' .. who .. '!'):rep(times, ' ')
  end
  """
)
let greeting: String = try greet.call("Ada", 2)
print(greeting)

// Errors say what happened, where, and how the script got there.
do {
  try machine.eval(
    """
    local function area(shape) return shape.width * shape.height end
    area({width = 3})
    """,
    name: "shapes"
  )
} catch {
  print("\(error.kind) in \(error.chunkName ?? "?"), line \(error.line ?? 0): \(error.message)")
}
