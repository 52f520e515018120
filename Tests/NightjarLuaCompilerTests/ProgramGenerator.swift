// Random programs that are good Lua: names are declared, labels are visible, loops have breaks.

/// Makes up programs from a seed.
struct ProgramGenerator {
  private var state: UInt64
  private var depth = 0
  private var loopDepth = 0
  private var isVararg = true
  private var labelCount = 0
  private let names = ["a", "b", "c", "d", "e", "_ENV"]

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func program() -> String { block(statements: 12) }

  private mutating func roll(_ n: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(truncatingIfNeeded: (state >> 11) % UInt64(n))
  }

  private mutating func pick(_ items: [String]) -> String { items[roll(items.count)] }

  private mutating func block(statements most: Int) -> String {
    depth += 1
    defer { depth -= 1 }
    var parts: [String] = []
    for _ in 0...roll(most) { parts.append(statement()) }
    if roll(6) == 0 { parts.append("return \(list(3))") }
    return parts.joined(separator: "\n")
  }

  private mutating func statement() -> String {
    switch roll(depth > 5 ? 8 : 20) {
    case 0: return "local \(pick(["a", "b", "c"])), \(pick(names)) = \(list(3))"
    case 1: return "local \(pick(["x", "y"])) <const> = \(expression())"
    case 2: return "local q <close> = \(expression())"
    case 3: return "\(variable()) = \(expression())"
    case 4: return "\(variable()), \(variable()), \(variable()) = \(list(4))"
    case 5: return "\(call());"
    case 6: return loopDepth > 0 ? "if \(expression()) then break end" : "f()"
    case 7: return "do local z = \(expression()) end"
    case 8, 9:
      return "if \(expression()) then \(block(statements: 3)) "
        + (roll(2) == 0 ? "elseif \(expression()) then \(block(statements: 2)) " : "")
        + (roll(2) == 0 ? "else \(block(statements: 2)) end" : "end")
    case 10: return "while \(expression()) do \(body()) end"
    case 11: return "repeat \(body(canReturn: false)) until \(expression())"
    case 12: return "for i = \(expression()), \(expression()) do \(body()) end"
    case 13: return "for \(pick(names)), v in \(list(3)) do \(body()) end"
    case 14: return "local function g\(functionBody())"
    case 15: return "function t.a.b\(functionBody())"
    case 16: return "function t:m\(functionBody())"
    case 17:
      labelCount += 1
      let name = "l\(labelCount)"
      return "::\(name):: do \(block(statements: 2)) end "
        + "if \(expression()) then goto \(name) end"
    case 18:
      labelCount += 1
      let name = "l\(labelCount)"
      return "do if \(expression()) then goto \(name) end "
        + "do local u = \(expression()); f(function() return u end) "
        + "if u then goto \(name) end end ::\(name):: end"
    default: return "do \(block(statements: 3)) end"
    }
  }

  private mutating func body(canReturn: Bool = true) -> String {
    loopDepth += 1
    defer { loopDepth -= 1 }
    let text = block(statements: 3)
    return canReturn ? text : "do \(text) end local w = \(expression())"
  }

  private mutating func functionBody() -> String {
    let outer = (loopDepth, isVararg)
    loopDepth = 0
    isVararg = roll(2) == 0
    defer { (loopDepth, isVararg) = outer }
    return "(p, a\(isVararg ? ", ..." : "")) \(block(statements: 3)) end"
  }

  private mutating func variable() -> String {
    switch roll(6) {
    case 0: "t.field"
    case 1: "t[\(simple())]"
    case 2: "f().x"
    default: pick(names)
    }
  }

  private mutating func list(_ most: Int) -> String {
    var parts = [expression()]
    for _ in 0..<roll(most) { parts.append(expression()) }
    return parts.joined(separator: ", ")
  }

  private mutating func call() -> String {
    switch roll(4) {
    case 0: "f()"
    case 1: "t:m(\(list(2)))"
    case 2: "t.x.y(\(list(3)))"
    default: "g{\(list(3)), k = \(simple()), [\(simple())] = \(simple())}"
    }
  }

  private mutating func simple() -> String {
    switch roll(11) {
    case 0: "nil"
    case 1: "true"
    case 2: "false"
    case 3: "\(roll(10))"
    case 4: "1.5"
    case 5: "'s'"
    case 6: isVararg ? "..." : "40000"
    case 7: "t.x"
    default: pick(names)
    }
  }

  private mutating func expression() -> String {
    depth += 1
    defer { depth -= 1 }
    if depth > 8 { return simple() }
    let operators = [
      "+", "-", "*", "/", "//", "%", "^", "..", "&", "|", "~", "<<", ">>", "==", "~=", "<", "<=",
      ">", ">=", "and", "or", "and", "or",
    ]
    switch roll(14) {
    case 0, 1, 2, 3: return "\(expression()) \(pick(operators)) \(expression())"
    case 4: return "(\(expression()))"
    case 5: return "not \(expression())"
    case 6: return "-\(simple())"
    case 7: return call()
    case 8: return "function\(functionBody())"
    case 9: return "{\(list(3))}"
    case 10: return "#\(simple())"
    default: return simple()
    }
  }
}
