// `Codable` types as script data and back.

import Nightjar
import Testing

private struct Address: Codable, Equatable {
  var street: String
  var number: Int?
}

private struct Person: ScriptCodable, Equatable {
  enum Role: String, Codable { case admin, guest }

  var name: String
  var age: UInt8
  var height: Double
  var isActive: Bool
  var role: Role
  var tags: [String]
  var scores: [String: Float]
  var address: Address?
  var matrix: [[Int]]
  var payload: ByteString
}

private let ada = Person(
  name: "Ada",
  age: 36,
  height: 1.65,
  isActive: true,
  role: .admin,
  tags: ["a", "b"],
  scores: ["math": 1.5],
  address: Address(street: "Dorset", number: nil),
  matrix: [[1, 2], [], [3]],
  payload: ByteString([0, 255, 10])
)

private class Base: Codable {
  var a = 1
}

private final class Derived: Base {
  var b = 2
  private enum Keys: String, CodingKey { case b }

  init(b: Int) {
    super.init()
    self.b = b
  }
  required init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    b = try container.decode(Int.self, forKey: .b)
    try super.init(from: container.superDecoder())
  }
  override func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(b, forKey: .b)
    try super.encode(to: container.superEncoder())
  }
}

@Suite struct CodingTests {
  @Test func goesThereAndBack() throws {
    let machine = Machine()
    machine["person"] = try machine.encode(ada)
    #expect(try machine.decode(Person.self, from: machine["person"]) == ada)
  }

  @Test func looksAsScriptsExpect() throws {
    let machine = Machine()
    machine["p"] = try machine.encode(ada)
    let (name, tag, cell, number, bytes) = try machine.eval(
      "return p.name, p.tags[2], p.matrix[1][2], p.address.number, #p.payload",
      as: (String, String, Int, Int?, Int).self
    )
    #expect(name == "Ada" && tag == "b" && cell == 2 && number == nil && bytes == 3)
  }

  @Test func isAnArgumentAndAResult() throws {
    let machine = Machine()
    machine.define("older") { (person: Person) in
      var person = person
      person.age += 1
      return person
    }
    machine["p"] = try machine.encode(ada)
    let age: Int = try machine.eval(
      "p.name = 'Bob' local o = older(p) assert(o.name == 'Bob') return o.age"
    )
    #expect(age == 37)
  }

  @Test(arguments: [
    ("p.age = 'x'", "number expected, got string at age"),
    ("p.age = 300", "integer from 0 to 255 expected, got 300 at age"),
    ("p.tags[2] = {}", "string expected, got table at tags.2"),
    ("p.address.street = nil", "string expected, got no value at address.street"),
    ("p.role = nil", "Role expected, got no value at role"),
    ("p.matrix[1] = 5", "table expected, got number at matrix.1"),
  ])
  func namesTheFieldAtFault(change: String, message: String) throws {
    let machine = Machine()
    machine["p"] = try machine.encode(ada)
    try machine.eval(change)
    do throws(ScriptError) {
      _ = try machine.decode(Person.self, from: machine["p"])
      Issue.record("no error")
    } catch {
      #expect(error.kind == .conversion)
      #expect(error.message == message)
    }
  }

  @Test func encodesParts() throws {
    let machine = Machine()
    let value = try machine.encode(Derived(b: 5))
    machine["d"] = value
    let (a, b) = try machine.eval("return d.super.a, d.b", as: (Int, Int).self)
    #expect(a == 1 && b == 5)
    #expect(try machine.decode(Derived.self, from: value).b == 5)
  }

  @Test func refusesNumbersThatDoNotFit() throws {
    let machine = Machine()
    do throws(ScriptError) {
      _ = try machine.encode(["n": UInt64.max])
      Issue.record("no error")
    } catch {
      #expect(error.kind == .conversion)
    }
  }

  // MARK: Shapes of types

  private enum Shape: Codable, Equatable {
    case dot
    case circle(radius: Double)
    case polygon([Point], label: String?)
  }

  private struct Point: Codable, Equatable {
    var x: Int
    var y: Int?
  }

  private struct Picture: ScriptCodable, Equatable {
    var shapes: [Shape]
    var named: [String: Shape?]
    var corner: Point?
    var layers: [[Point]]
    var indices: [Int: String]
  }

  @Test func keepsEnumsWithPayloadsAndOptionals() throws {
    let picture = Picture(
      shapes: [.dot, .circle(radius: 1.5), .polygon([Point(x: 1, y: nil)], label: nil)],
      named: ["a": .dot],
      corner: nil,
      layers: [[], [Point(x: 1, y: 2), Point(x: 3, y: nil)]],
      indices: [1: "one", 7: "seven"]
    )
    let machine = Machine()
    machine["p"] = try machine.encode(picture)
    #expect(try machine.decode(Picture.self, from: machine["p"]) == picture)
    let (radius, x, dot, corner, seven) = try machine.eval(
      """
      return p.shapes[2].circle.radius, p.shapes[3].polygon._0[1].x, type(p.named.a.dot), p.corner,
        p.indices[7]
      """,
      as: (Double, Int, String, Value, String).self
    )
    #expect(radius == 1.5 && x == 1 && dot == "table" && corner.isNil && seven == "seven")
    // A script makes one of its own.
    machine.define("count") { (picture: Picture) in picture.shapes.count }
    let count: Int = try machine.eval(
      "return count {shapes = {{dot = {}}, {circle = {radius = 2}}}, named = {}, layers = {}, indices = {}}"
    )
    #expect(count == 2)
    let message: String = try machine.eval(
      "return (select(2, pcall(count, {shapes = {{square = {}}}, named = {}, layers = {}, indices = {}})))"
    )
    #expect(message.contains("bad argument #1 to 'count'") && message.contains("at shapes.1"))
  }

  // MARK: What scripts may try

  private struct Node: ScriptCodable {
    var children: [Node]
    var next: [String: Node]?
  }

  /// Recursive types meet tables without end.
  @Test(arguments: [
    "local t = {} t.children = {t} take(t)", "local t = {children = {}} t.next = {x = t} take(t)",
    "local t = {children = {}} for i = 1, 100000 do t = {children = {t}} end take(t)",
  ])
  func endsInTablesWithoutEnd(code: String) throws {
    let machine = Machine()
    machine.define("take") { (_: Node) in }
    let error = #expect(throws: ScriptError.self) { try machine.eval(code) }
    #expect(error?.message.contains("nested deeper than 100") == true, "\(error as Any)")
    try machine.eval("local t = {children = {}} for i = 1, 40 do t = {children = {t}} end take(t)")
  }

  /// A few elements make the end of a list lie beyond all memory.
  @Test func endsInListsFullOfHoles() throws {
    let machine = Machine()
    machine.define("ints") { (list: [Int]) in list.count }
    machine.define("gaps") { (list: [Int?]) in list.count }
    machine.define("values") { (list: [Value]) in list.count }
    machine.define("node") { (_: Node) in }
    let holes =
      """
      local t = {} for i = 55, 0, -1 do t[5 << i] = 1 end for i = 1, 4 do t[i] = 1 end
      assert(#t > 1 << 40)\n
      """
    for code in ["ints(t)", "gaps(t)", "values(t)", "node {children = t}"] {
      let error = #expect(throws: ScriptError.self) { try machine.eval(holes + code) }
      #expect(
        error?.message.contains("list expected, got table with holes") == true,
        "\(error as Any)"
      )
    }
    let count: Int = try machine.eval(
      "local t = {} for i = 1, 5000 do if i % 4 ~= 2 then t[i] = i end end t[5000] = 1 return gaps(t)"
    )
    #expect(count == 5_000)
  }
}
