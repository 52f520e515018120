// A shop lets its customers write rules. Each rule is compiled once, and run for each order in a machine
// of its own, with limits: one customer's rule cannot slow down, fill up or look into another's.

import Nightjar

struct Order: Sendable {
  var number: Int
  var country: String
  var total: Int
  var isExpress: Bool
}

/// What a rule made of an order.
enum Outcome: Sendable {
  case price(Int)
  case refused(String)
}

/// A rule that compiles.
struct Rule: Sendable {
  let chunk: Chunk

  init(_ source: String, name: String) throws(ScriptError) {
    chunk = try Chunk(source: source, name: name)
  }

  /// Runs the rule in a machine of its own.
  func price(for order: Order) -> Outcome {
    let limits = Limits(fuel: 500_000, memory: 2 << 20)
    let machine = Machine(Configuration(limits: limits))
    machine.define("zone") { (country: String) in country == "DE" ? 1 : country == "FR" ? 2 : 4 }
    do throws(ScriptError) {
      let table = try machine.makeTable()
      table["country"] = .string(ByteString(order.country))
      table["total"] = .integer(order.total)
      table["express"] = .boolean(order.isExpress)
      return .price(try machine.load(chunk).call(table))
    } catch {
      return .refused("\(error.kind): \(error.message)")
    }
  }
}

let orders = [
  Order(number: 1, country: "DE", total: 1_999, isExpress: false),
  Order(number: 2, country: "FR", total: 4_200, isExpress: true),
  Order(number: 3, country: "NZ", total: 9_900, isExpress: true),
]

// The shop's own rule was checked when this program was built; those of its customers are checked when
// they are saved.
let customers = [
  "flat": "return 499",
  "greedy": "local t = {} while true do t[#t + 1] = ('x'):rep(10000) end",
  "endless": "while true do end",
  "forgetful": "return (...).totl * 2",
  "talkative": "return 'cheap'",
]
do throws(ScriptError) {
  _ = try Rule("if order.total > 100 return 5", name: "typo")
} catch {
  print("not saved: \(error.message)")
}

var rules = [("shipping", try Rule(Scripts.rulesShipping, name: "shipping"))]
for (name, source) in customers.sorted(by: { $0.key < $1.key }) {
  rules.append((name, try Rule(source, name: name)))
}

// Requests run at once, each on whatever thread is free.
for (name, rule) in rules {
  let outcomes = await withTaskGroup(of: (Int, Outcome).self) { group in
    for order in orders { group.addTask { (order.number, rule.price(for: order)) } }
    var outcomes: [(Int, Outcome)] = []
    for await outcome in group { outcomes.append(outcome) }
    return outcomes.sorted { $0.0 < $1.0 }
  }
  for (number, outcome) in outcomes {
    switch outcome {
    case .price(let cents): print("\(name) #\(number): \(cents) cents")
    case .refused(let reason): print("\(name) #\(number): \(reason)")
    }
  }
}
