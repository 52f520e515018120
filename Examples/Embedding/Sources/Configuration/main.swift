// Settings written as a program: names instead of repetition, and a Swift type that says what is allowed.

import Nightjar

struct Settings: Codable {
  struct Listener: Codable {
    var host: String
    var port: UInt16
    var certificate: String?
  }

  enum Level: String, Codable {
    case quiet, normal, verbose
  }

  var name: String
  var level = Level.normal
  var listeners: [Listener] = []
  var weights: [String: Double] = [:]
}

/// Reads settings from a program that returns them.
func settings(_ source: String) throws(ScriptError) -> Settings {
  let limits = Limits(fuel: 100_000, memory: 4 << 20)
  let machine = Machine(Configuration(limits: limits))
  machine["defaults"] = try machine.encode(Settings(name: "unnamed"))
  let value: Value = try machine.eval(source, name: "settings")
  return try machine.decode(from: value)
}

let read = try settings(
  """
  local function listener(port)
    return {host = "localhost", port = port, certificate = port == 443 and "site.pem" or nil}
  end

  local settings = defaults
  settings.name = "garden"
  settings.level = "verbose"
  for _, port in ipairs {80, 443} do table.insert(settings.listeners, listener(port)) end
  for n, fruit in ipairs {"apple", "pear", "plum"} do settings.weights[fruit] = 1 / 2 ^ n end
  return settings
  """
)
print(read.name, read.level)
for listener in read.listeners {
  print("  \(listener.host):\(listener.port) \(listener.certificate ?? "without certificate")")
}
for (fruit, weight) in read.weights.sorted(by: { $0.key < $1.key }) {
  print("  \(fruit) \(weight)")
}

// What is not allowed is named by its place.
let mistakes = [
  "return {name = 'x', level = 'normal', weights = {}, listeners = {{host = 'a', port = 70000}}}",
  "return {name = 'x', level = 'loud', weights = {}, listeners = {}}",
  "return {level = 'normal', weights = {}, listeners = {}}",
  "return {name = 'x', level = 'normal', weights = {apple = 'heavy'}, listeners = {}}",
  "return 'garden'",
  "while true do end",
]
for source in mistakes {
  do throws(ScriptError) {
    print(try settings(source))
  } catch {
    print("\(error.kind): \(error.message)")
  }
}
