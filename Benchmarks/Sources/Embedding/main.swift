// What the border between Swift and scripts costs, in nanoseconds: the targets stand beside the numbers.
// Each figure is the best of several runs, as other work on the machine only ever adds.
//
//   nightjar-embedding-benchmark [PART OF A NAME]     the figures, with those that miss a target
//   nightjar-embedding-benchmark isolates COUNT       for Benchmarks/isolates

import Nightjar

/// One figure with its target.
struct Figure {
  let name: String
  /// The most nanoseconds it may take.
  let target: Double?
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
  Figure(name: "host function (Int, Int) -> Int", target: 100) {
    let machine = Machine()
    machine.define("f") { (a: Int, b: Int) in a + b }
    return try callCost(machine, "f(i, i)")
  },
  Figure(name: "host function (String) -> String", target: nil) {
    let machine = Machine()
    machine.define("f") { (text: String) in text }
    return try callCost(machine, "f('some text')")
  },
  Figure(name: "script function called from Swift", target: 150) {
    let machine = Machine()
    let function: Function = try machine.eval("return function(a, b) return a + b end")
    return try best(count: repetitions) {
      var sum = 0
      for step in 1...repetitions { sum = try function.call(sum, step) }
    }
  },
  Figure(name: "Codable struct of ten fields to a script", target: 3_000) {
    let machine = Machine()
    return try best(count: 20_000) {
      for _ in 1...20_000 { _ = try machine.encode(sample) }
    }
  },
  Figure(name: "Codable struct of ten fields from a script", target: 3_000) {
    let machine = Machine()
    let value = try machine.encode(sample)
    return try best(count: 20_000) {
      for _ in 1...20_000 { _ = try machine.decode(Sample.self, from: value) }
    }
  },
  Figure(name: "machine, full libraries", target: 30_000) {
    best(count: 500) { for _ in 1...500 { _ = Machine() } }
  },
]

let words = Array(CommandLine.arguments.dropFirst())
if words.first == "isolates" {
  try runIsolates(count: words.count > 1 ? Int(words[1]) ?? 0 : 0)
} else {
  try runFigures(words.first ?? "")
}

/// Measures the figures whose names contain a text.
@MainActor func runFigures(_ wanted: String) throws {
  for figure in figures where wanted.isEmpty || figure.name.contains(wanted) {
    let nanoseconds = try figure.measure()
    let shown = (nanoseconds * 10).rounded() / 10
    let target = figure.target.map { " (target \(Int($0)) ns)" } ?? ""
    let isMissed = nanoseconds > figure.target ?? .infinity
    print("\(figure.name): \(shown) ns\(target)\(isMissed ? "  MISSED" : "")")
  }
}
