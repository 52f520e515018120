// Tables against a plain model, a dictionary: random stores, removals and look-ups with keys of every
// kind, first exhaustively in the small, then at length from printed seeds.

import NightjarBase
import NightjarEngine
import Testing

/// A key as the model knows it.
private enum Key: Hashable {
  case integer(Int64)
  case number(Double)
  case string(String)
  case boolean(Bool)
  case object(Int)
}

/// A table and its model, to which the same is done.
private struct Pair {
  let trial = Trial()
  let table: Value
  /// Tables that are used as keys.
  let objects: [Value]
  var model: [Key: Int64] = [:]

  init() throws {
    table = try trial.machine.makeTable(arrayCount: 0, fieldCount: 0)
    // Nothing runs on the machine, so nothing is collected but when it is asked for; what is to live
    // then stands in a global variable.
    trial.machine.setGlobal("table under test", table)
    var objects: [Value] = []
    for index in 0..<8 {
      let object = try trial.machine.makeTable(arrayCount: 0, fieldCount: 0)
      trial.machine.setGlobal("object \(index)", object)
      objects.append(object)
    }
    self.objects = objects
  }

  func value(of key: Key) -> Value {
    switch key {
    case .integer(let integer): Value(integer)
    case .number(let number): Value(number)
    case .string(let text): trial.machine.string(Array(text.utf8))
    case .boolean(let truth): Value(truth)
    case .object(let index): objects[index]
    }
  }

  /// The model's key; a float with an integer's value is that integer.
  func key(of value: Value) -> Key? {
    switch trial.machine.read(value) {
    case .boolean(let truth): .boolean(truth)
    case .integer(let integer): .integer(integer)
    case .number(let number): .number(number)
    case .string(let bytes): .string(String(decoding: bytes, as: UTF8.self))
    case .table:
      objects.firstIndex { trial.machine.rawEquals($0, value) }.map { .object($0) }
    default: nil
    }
  }

  /// A store in both; nil removes.
  mutating func set(_ key: Key, _ value: Int64?) throws {
    try trial.machine.rawSet(table, self.value(of: key), value.map { Value($0) } ?? .nil)
    if case .number(let number) = key, let integer = Int64(exactly: number) {
      model[.integer(integer)] = value
    } else {
      model[key] = value
    }
  }

  func expected(_ key: Key) -> Int64? {
    if case .number(let number) = key, let integer = Int64(exactly: number) {
      return model[.integer(integer)]
    }
    return model[key]
  }

  /// What is wrong with one key; nil when all is well.
  func fault(at key: Key) -> String? {
    let found = trial.machine.rawGet(table, value(of: key))
    let wanted = expected(key)
    if found.isNil { return wanted == nil ? nil : "\(key) is missing" }
    return trial.machine.integer(of: found) == wanted ? nil : "\(key) has another value"
  }

  /// What is wrong with the whole; nil when all is well.
  func fault() -> String? {
    var position = 0
    var seen: Set<Key> = []
    while let entry = trial.machine.nextEntry(of: table, &position) {
      guard let key = key(of: entry.key) else { return "a key that nobody stored" }
      if !seen.insert(key).inserted { return "\(key) comes twice" }
      if trial.machine.integer(of: entry.value) != model[key] {
        return "\(key) comes with another value"
      }
    }
    if seen.count != model.count { return "\(seen.count) keys come, \(model.count) are there" }
    let border = Int64(trial.machine.border(of: table))
    if border < 0 || border > 0 && model[.integer(border)] == nil
      || model[.integer(border + 1)] != nil
    {
      return "\(border) is no border"
    }
    return trial.machine.checkHeap().first
  }
}

@Suite struct TableModelTests {
  /// All sequences of four stores and removals at four keys that lie around the array part.
  @Test func smallTablesExhaustively() throws {
    let keys: [Key] = [.integer(1), .integer(2), .integer(3), .string("n")]
    let steps = keys.flatMap { [($0, 7 as Int64?), ($0, nil)] }
    var indices = [Int](repeating: 0, count: 4)
    var faults: [String] = []
    while faults.count < 5 {
      var pair = try Pair()
      for index in indices { try pair.set(steps[index].0, steps[index].1) }
      let found = pair.fault() ?? keys.lazy.compactMap { pair.fault(at: $0) }.first
      if let found { faults.append("\(indices): \(found)") }
      guard let place = indices.lastIndex(where: { $0 + 1 < steps.count }) else { break }
      indices[place] += 1
      for later in indices.indices where later > place { indices[later] = 0 }
    }
    #expect(faults == [])
  }

  /// What the keys of a run are like.
  private enum Taste: CaseIterable {
    case dense, sparse, strings, mixed, queue, reverse

    func key(_ random: inout Xoshiro256, step: Int) -> Key {
      switch self {
      case .dense: .integer(Int64(random.next() % 300) - 2)
      case .sparse: .integer(Int64(bitPattern: random.next()) >> Int64(random.next() % 64))
      case .strings: .string("key \(random.next() % 500)")
      case .queue: .integer(Int64(step / 2) + Int64(random.next() % 20))
      case .reverse: .integer(Int64(2000 - step) + Int64(random.next() % 5))
      case .mixed:
        switch random.next() % 6 {
        case 0: .integer(Int64(random.next() % 100))
        case 1: .number(Double(random.next() % 100) / 4)
        case 2: .string(String(random.next() % 100))
        case 3: .string(String(repeating: "long", count: 10 + Int(random.next() % 20)))
        case 4: .boolean(random.next() % 2 == 0)
        default: .object(Int(random.next() % 8))
        }
      }
    }
  }

  @Test(arguments: Taste.allCases, [11, 22, 33, 44] as [UInt64])
  private func longRuns(taste: Taste, seed: UInt64) throws {
    var random = Xoshiro256(seed, 0)
    var pair = try Pair()
    for step in 0..<2000 {
      let key = taste.key(&random, step: step)
      // Phases of growth and of removal take turns.
      let removes = random.next() % 8 < (step / 250 % 2 == 0 ? 1 : 6)
      try pair.set(key, removes ? nil : Int64(step))
      let found = pair.fault(at: taste.key(&random, step: step)) ?? pair.fault(at: key)
      try #require(found == nil, "\(taste), seed \(seed), step \(step)")
      if step % 100 == 99 {
        if step % 300 == 299 { pair.trial.machine.collectGarbage() }
        try #require(pair.fault() == nil, "\(taste), seed \(seed), step \(step)")
      }
    }
  }
}
