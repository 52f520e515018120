// A program whose parts are exchanged while it runs. A module names the state that its next version is to
// have; the program goes on with the same table, the same players and new rules.

import Nightjar

/// Where plugins come from: here a dictionary that stands for a folder on disk.
final class Workshop: ModuleResolver {
  var texts: [String: String] = [:]

  func resolve(_ name: String, for machine: Machine) -> Module {
    guard let text = texts[name] else { return .notFound(searched: ["plugin '\(name)'"]) }
    return .source(text, name: "\(name).lua")
  }
}

let workshop = Workshop()
let machine = Machine()
machine.define("say") { (text: String) in print("  \(text)") }
try machine.addModules(workshop)

workshop.texts["score"] = """
  local name, place, keep = ...
  local players = keep("players", {})

  local score = {}
  function score.hit(who) players[who] = (players[who] or 0) + 1 end
  function score.show()
    for who, points in pairs(players) do say(who .. ": " .. points) end
  end
  return score
  """

print("the first version")
let game = try machine.load(
  """
  local score = require "score"
  return function(...)
    for _, who in ipairs {...} do score.hit(who) end
    score.show()
  end
  """,
  name: "game"
).call(as: Function.self)
try game.call("Ada", "Alan", "Ada")

print("a version with other rules: the players are still there, and the game has not been told")
workshop.texts["score"] = """
  local name, place, keep = ...
  local players = keep("players", {})

  local score = {}
  function score.hit(who) players[who] = (players[who] or 0) + 10 end
  function score.show()
    local names = {}
    for who in pairs(players) do names[#names + 1] = who end
    table.sort(names, function(a, b) return players[a] > players[b] end)
    for place, who in ipairs(names) do say(place .. ". " .. who .. ", " .. players[who]) end
  end
  return score
  """
try machine.reload("score")
try game.call("Alan")

print("a version that does not compile: the last one stays")
workshop.texts["score"] = "local function hit(who) players[who] = end"
do throws(ScriptError) {
  try machine.reload("score")
} catch {
  print("  \(error.message)")
}
try game.call("Ada")
