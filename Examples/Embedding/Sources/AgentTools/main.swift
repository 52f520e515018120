// A language model writes a script to answer a question. The script may call three functions and nothing
// else; what it does wrong comes back as data that the model can learn from.

import Nightjar

/// A tool's own refusal.
struct ToolError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// What a script did, for the model.
struct Report {
  var replies: [String] = []
  var calls = 0
  var failure: ScriptError?
}

let notes = [
  "soup": "Leek soup: 3 leeks, 1 potato, cream.", "cake": "Carrot cake: 4 carrots, 3 eggs.",
  "tea": "Green tea: 80 degrees, 2 minutes.",
]

/// Runs a script with the three tools.
func run(_ source: String) -> Report {
  var report = Report()
  let machine = Machine(Configuration(limits: Limits(fuel: 2_000_000, memory: 4 << 20)))

  func count() throws {
    report.calls += 1
    if report.calls > 20 { throw ToolError("no more than 20 tool calls in one answer") }
  }
  machine.define("search") { (word: String) -> [String] in
    try count()
    return notes.filter { $0.value.lowercased().contains(word.lowercased()) }.keys.sorted()
  }
  machine.define("read") { (name: String) -> String in
    try count()
    guard let note = notes[name] else { throw ToolError("there is no note '\(name)'") }
    return note
  }
  machine.define("reply") { (text: String) in
    try count()
    if text.utf8.count > 200 { throw ToolError("a reply has at most 200 bytes") }
    report.replies.append(text)
  }

  do throws(ScriptError) {
    try machine.eval(source, name: "answer")
  } catch {
    report.failure = error
  }
  return report
}

let answers = [
  (
    "a good answer",
    """
    for _, name in ipairs(search("leek")) do
      local amount, what = read(name):match("(%d+) (leeks)")
      reply(("%s needs %d %s"):format(name, amount, what))
    end
    """
  ),
  ("a file", #"reply(io.open("/etc/passwd"):read("a"))"#),
  ("a program", #"os.execute("rm -rf ~")"#),
  ("a module", #"local http = require("socket.http")"#),
  ("bytecode", #"load("\27Lua")()"#),
  ("other functions' state", "debug.setupvalue(search, 1, nil)"),
  ("an endless loop", "pcall(function() while true do end end) while true do end"),
  ("a lot of memory", "local t = {} for i = 1, 1e9 do t[i] = {i} end"),
  ("a mistake in the call", #"reply({text = "hello"})"#),
  ("a refusal by the tool", #"reply(read("pie"))"#),
  (
    "a refusal that is handled",
    #"local ok, why = pcall(read, "pie") reply("sorry: " .. tostring(why))"#
  ),
  ("too many calls", "while true do search('tea') end"),
  ("no Lua", "I would search for leeks."),
]

for (what, source) in answers {
  let report = run(source)
  print("\(what):")
  for reply in report.replies { print("  reply: \(reply)") }
  if let failure = report.failure {
    let line = failure.line.map { ", line \($0)" } ?? ""
    print("  \(failure.kind)\(line): \(failure.message)")
    if let error = failure.underlying as? ToolError { print("  from a tool: \(error)") }
  }
}
