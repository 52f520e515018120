// What the border between Swift and scripts costs, in nanoseconds: the targets stand beside the numbers.
// Each figure is the best of several runs, as other work on the machine only ever adds.

import Nightjar

/// One figure with its target.
struct Figure {
  let name: String
  let target: String
  let measure: () throws -> Double
}

/// The nanoseconds that one of `count` repetitions takes, best of `rounds`.
func best(of rounds: Int = 7, count: Int, _ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  var shortest = Duration.seconds(1_000)
  for _ in 0..<rounds { shortest = min(shortest, try clock.measure(body)) }
  return (shortest / count) / .nanoseconds(1)
}

let repetitions = 300_000

/// What is converted.
struct Sample: Codable {
  var name = "Ada"
  var surname = "Lovelace"
  var city = "London"
  var age = 36
  var height = 1.65
  var weight = 55.5
  var visits = 12
  var isActive = true
  var isNew = false
  var score = 99
}

let sample = Sample()

/// A loop that calls a function, less the same loop without the call.
func callCost(_ machine: Machine, _ call: String) throws -> Double {
  let empty = try machine.load("for i = 1, \(repetitions) do local x = i end")
  let full = try machine.load("local f = f for i = 1, \(repetitions) do local x = \(call) end")
  let base = try best(count: repetitions) { try empty.call() }
  return try best(count: repetitions) { try full.call() } - base
}

let figures: [Figure] = [
  Figure(name: "host function (Int, Int) -> Int", target: "100 ns") {
    let machine = Machine()
    machine.define("f") { (a: Int, b: Int) in a + b }
    return try callCost(machine, "f(i, i)")
  },
  Figure(name: "host function (String) -> String", target: "") {
    let machine = Machine()
    machine.define("f") { (text: String) in text }
    return try callCost(machine, "f('some text')")
  },
  Figure(name: "script function called from Swift", target: "150 ns") {
    let machine = Machine()
    let function: Function = try machine.eval("return function(a, b) return a + b end")
    return try best(count: repetitions) {
      var sum = 0
      for step in 1...repetitions { sum = try function.call(sum, step) }
    }
  },
  Figure(name: "Codable struct of ten fields to a script", target: "3 µs") {
    let machine = Machine()
    return try best(count: 20_000) {
      for _ in 1...20_000 { _ = try machine.encode(sample) }
    }
  },
  Figure(name: "Codable struct of ten fields from a script", target: "3 µs") {
    let machine = Machine()
    let value = try machine.encode(sample)
    return try best(count: 20_000) {
      for _ in 1...20_000 { _ = try machine.decode(Sample.self, from: value) }
    }
  },
  Figure(name: "machine, full libraries", target: "30 µs") {
    best(count: 500) { for _ in 1...500 { _ = Machine() } }
  },
]

/// Figures whose names contain this are measured; all without it.
let wanted = CommandLine.arguments.dropFirst().first ?? ""

for figure in figures where wanted.isEmpty || figure.name.contains(wanted) {
  let nanoseconds = try figure.measure()
  print("\(figure.name): \((nanoseconds * 10).rounded() / 10) ns", terminator: "")
  print(figure.target.isEmpty ? "" : " (target \(figure.target))")
}
print("idle machine: \(Machine().memoryUsed) bytes (target 40 KB)")
