// Expressions for a type.

extension ProgramGenerator {
  /// An expression of a type, where nothing else is taken.
  mutating func strict(_ type: GenType, _ depth: Int = 2) -> String {
    let outer = isStrict
    defer { isStrict = outer }
    isStrict = true
    return same(type, depth)
  }

  /// An expression of a type, as strict as what it is a part of.
  mutating func same(_ type: GenType, _ depth: Int) -> String {
    if isStrict, type != .unit, breaksHere(.wrongType) { return wrong(type) }
    return form(type, depth)
  }

  /// An expression of a type, where others might be taken too.
  mutating func expression(_ type: GenType, _ depth: Int = 2) -> String {
    let outer = isStrict
    defer { isStrict = outer }
    isStrict = false
    return form(type, depth)
  }

  /// An expression that is not of a type.
  private func wrong(_ type: GenType) -> String {
    // What is wrong is as wrong in parentheses.
    breakPlace % 3 == 0 ? "(\(plainlyWrong(type)))" : plainlyWrong(type)
  }

  private func plainlyWrong(_ type: GenType) -> String {
    switch type {
    case .number: "\"wrong\""
    case .string: "true"
    case .boolean: "\"wrong\""
    case .optional(.number), .optional(.either): "[true]"
    case .optional(.boolean), .optional(.string): "[7]"
    case .either: "[1]"
    case .array: "7"
    default: "\"wrong\""
    }
  }

  private mutating func form(_ type: GenType, _ depth: Int) -> String {
    if depth <= 0 || chance(25) { return leaf(type) }
    if chance(25), let text = variable(type) { return text }
    if chance(12) { return conditional(type, depth) }
    if chance(12), let text = call(type, depth) { return text }
    if chance(8), let text = method(type, depth) { return text }
    if chance(6), let text = matched(type, depth) { return text }
    switch type {
    case .number: return numeric(depth)
    case .string: return textual(depth)
    case .boolean: return logical(depth)
    case .either:
      // A number may stand where a text does: nothing inside is strict.
      return expression(chance(50) ? .number : .string, depth - 1)
    default: return built(type, depth)
    }
  }

  /// A variable, field or item of a type.
  private mutating func variable(_ type: GenType) -> String? {
    var found: [String] = []
    for variable in variables {
      if variable.type == type { found.append(variable.name) }
      switch variable.type {
      case .tuple(let items):
        for (place, item) in items.enumerated() where item == type {
          found.append("\(variable.name).\(place + 1)")
        }
      case .record(let fields):
        for (place, field) in fields.enumerated() where field == type {
          if breaksHere(.unknownMember) { return "\(variable.name).nothing" }
          found.append("\(variable.name).f\(place)")
        }
      case .structure(let index):
        for field in structures[index].fields where field.type == type {
          if breaksHere(.unknownMember) { return "\(variable.name).nothing" }
          found.append("\(variable.name).\(field.name)")
        }
      case .array(let element) where .optional(element) == type:
        found.append("\(variable.name).get(\(number(1...3)))")
      default: break
      }
    }
    return pick(found)
  }

  private mutating func conditional(_ type: GenType, _ depth: Int) -> String {
    let condition = expression(.boolean, depth - 1)
    let first = same(type, depth - 1)
    if type != .unit, breaksHere(.missingElse) { return "if \(condition) then \(first) end" }
    return "if \(condition) then \(first) else \(same(type, depth - 1)) end"
  }

  private mutating func call(_ type: GenType, _ depth: Int) -> String? {
    let fitting = functions.filter { $0.result == type }
    if let function = pick(fitting) { return call(function, depth) }
    let values = variables.filter { variable in
      if case .function(_, type) = variable.type { true } else { false }
    }
    guard let value = pick(values), case .function(let parameters, _) = value.type else {
      return nil
    }
    return "\(value.name)(\(parameters.map { strict($0, depth - 1) }.joined(separator: ", ")))"
  }

  mutating func call(_ function: Function, _ depth: Int) -> String {
    var arguments = function.parameters.map { strict($0, depth - 1) }
    if breaksHere(.argumentCount) {
      if arguments.isEmpty { arguments.append("1") } else { arguments.removeLast() }
    }
    return "\(function.name)(\(arguments.joined(separator: ", ")))"
  }

  private mutating func method(_ type: GenType, _ depth: Int) -> String? {
    for variable in variables.shuffled(using: &random) {
      guard case .structure(let index) = variable.type else { continue }
      for method in structures[index].methods where method.result == type && !method.changes {
        let arguments = method.parameters.map { strict($0, depth - 1) }
        return "\(variable.name).\(method.name)(\(arguments.joined(separator: ", ")))"
      }
    }
    return nil
  }

  // MARK: Matches

  /// A `match` with a value.
  private mutating func matched(_ type: GenType, _ depth: Int) -> String? {
    if type == .unit { return nil }
    guard let scrutinee = pick(variables.filter { arms(of: $0.type) != nil }),
      var arms = arms(of: scrutinee.type)
    else { return nil }
    if breaksHere(.missingArm) { arms.remove(at: number(0...arms.count - 1)) }
    let outer = variables
    var text = "match \(scrutinee.name) when"
    // In an arm the variable has the type of its pattern.
    variables.removeAll { $0.name == scrutinee.name }
    let count = variables.count
    for arm in arms {
      variables += arm.bound.map {
        Variable(name: $0.0, type: $0.1, isMutable: false, depth: functionDepth)
      }
      text += " \(arm.pattern) then \(same(type, depth - 1)) end"
      variables.removeLast(variables.count - count)
    }
    variables = outer
    return text + " end"
  }

  /// Patterns that cover a type, each needed.
  mutating func arms(of type: GenType) -> [(pattern: String, bound: [(String, GenType)])]? {
    switch type {
    case .boolean: return [("true", []), ("false", [])]
    case .optional(let inner):
      let name = fresh("o")
      return [("Some(\(name))", [(name, inner)]), ("None", [])]
    case .result(let inner):
      let (ok, err) = (fresh("k"), fresh("e"))
      return [("Ok(\(ok))", [(ok, inner)]), ("Err(\(err))", [(err, .string)])]
    case .union(let index):
      return unions[index].variants.map { variant in
        let bound = variant.payload.map { (fresh("p"), $0) }
        let list = bound.map(\.0).joined(separator: ", ")
        return (bound.isEmpty ? variant.name : "\(variant.name)(\(list))", bound)
      }
    case .enumeration(let index): return enumerations[index].variants.map { ($0, []) }
    case .either:
      let (n, s) = (fresh("n"), fresh("s"))
      return [("\(n) as number", [(n, .number)]), ("\(s) as string", [(s, .string)])]
    case .tuple(let items) where items.first == .boolean:
      let (a, b) = (fresh("a"), fresh("b"))
      return [("(true, \(a))", [(a, items[1])]), ("(false, \(b))", [(b, items[1])])]
    case .array(let element):
      let (first, rest) = (fresh("h"), fresh("t"))
      return [("[]", []), ("[\(first), ...\(rest)]", [(first, element), (rest, .array(element))])]
    default: return nil
    }
  }

  // MARK: Kinds

  private mutating func numeric(_ depth: Int) -> String {
    switch number(0...6) {
    case 0, 1:
      let sign = pick(["+", "-", "*", "//", "%"]) ?? "+"
      let left = sign == "+" ? expression(.number, depth - 1) : strict(.number, depth - 1)
      return "(\(left) \(sign) \(expression(.number, depth - 1)))"
    case 2: return "#\(parenthesized(.string, depth - 1))"
    case 3: return "-\(parenthesized(.number, depth - 1))"
    case 4:
      return
        "\(parenthesized(.optional(.number), depth - 1)).unwrap_or(\(strict(.number, depth - 1)))"
    case 5:
      return "(\(expression(.optional(.number), depth - 1)) or \(expression(.number, depth - 1)))"
    default: return "#\(parenthesized(.array(.number), depth - 1))"
    }
  }

  private mutating func parenthesized(_ type: GenType, _ depth: Int) -> String {
    if let name = variable(type) { return "(\(name))" }
    return "take_\(holder(type))(\(expression(type, depth)))"
  }

  /// The function that gives a value of a type the form of a call.
  private func holder(_ type: GenType) -> String {
    switch type {
    case .string: "string"
    case .optional: "optional"
    case .array: "numbers"
    default: "number"
    }
  }

  private mutating func textual(_ depth: Int) -> String {
    switch number(0...4) {
    case 0: return "(\(expression(.string, depth - 1)) + \(expression(.string, depth - 1)))"
    case 1: return "\"<${\(expression(.number, depth - 1))}>\""
    case 2: return "\"\\${${\(expression(.boolean, depth - 1))}}\""
    case 3: return "\(parenthesized(.string, depth - 1)).uppercase()"
    default: return "(\(expression(.string, depth - 1)) + \(expression(.number, depth - 1)))"
    }
  }

  private mutating func logical(_ depth: Int) -> String {
    switch number(0...6) {
    case 0, 1:
      let sign = pick(["<", "<=", ">", ">=", "==", "!="]) ?? "<"
      let left = expression(.number, depth - 1)
      // Values that may be of another type too can be compared by `==`.
      let isEquality = sign == "==" || sign == "!="
      let right = isEquality ? expression(.number, depth - 1) : strict(.number, depth - 1)
      return "(\(left) \(sign) \(right))"
    case 2: return "(\(expression(.string, depth - 1)) == \(expression(.string, depth - 1)))"
    case 3: return "not \(parenthesized(.boolean))"
    case 4:
      let sign = pick(["and", "or"]) ?? "and"
      return "(\(expression(.boolean, depth - 1)) \(sign) \(expression(.boolean, depth - 1)))"
    case 5: return "(\(expression(.number, depth - 1)) in 1..\(number(2...9)))"
    default: return "(take_optional(\(expression(.optional(.number), depth - 1))) == None)"
    }
  }

  private mutating func parenthesized(_ type: GenType) -> String { "(\(expression(type, 0)))" }

  // MARK: Values

  /// A value made of parts.
  private mutating func built(_ type: GenType, _ depth: Int) -> String {
    switch type {
    case .optional(let inner): return chance(70) ? "Some(\(same(inner, depth - 1)))" : "None"
    case .array(let element):
      let count = number(1...3)
      return "[\((0..<count).map { _ in same(element, depth - 1) }.joined(separator: ", "))]"
    case .tuple(let items):
      return "(\(items.map { same($0, depth - 1) }.joined(separator: ", ")))"
    case .function(let parameters, let result): return closure(parameters, result, depth)
    case .structure(let index): return structLiteral(index, depth)
    case .union(let index):
      guard let variant = pick(unions[index].variants) else { return leaf(type) }
      let name = "\(unions[index].name)::\(variant.name)"
      if variant.payload.isEmpty { return name }
      return "\(name)(\(variant.payload.map { strict($0, depth - 1) }.joined(separator: ", ")))"
    case .result(let inner):
      return chance(60)
        ? "Ok(\(same(inner, depth - 1)))" : "Err(\(expression(.string, depth - 1)))"
    case .record(let fields):
      let parts = fields.enumerated().map { "f\($0.offset): \(same($0.element, depth - 1))" }
      return "{ \(parts.joined(separator: ", ")) }"
    default: return leaf(type)
    }
  }

  private mutating func structLiteral(_ index: Int, _ depth: Int) -> String {
    var parts = structures[index].fields.map { "\($0.name): \(strict($0.type, depth - 1))" }
    if breaksHere(.missingField) { parts.removeLast() }
    return "\(structures[index].name) { \(parts.joined(separator: ", ")) }"
  }

  private mutating func closure(_ parameters: [GenType], _ result: GenType, _ depth: Int) -> String
  {
    let count = variables.count
    let names = parameters.map { _ in fresh("c") }
    functionDepth += 1
    for (name, type) in zip(names, parameters) {
      variables.append(Variable(name: name, type: type, isMutable: false, depth: functionDepth))
    }
    let list = zip(names, parameters).map { "\($0): \(text($1))" }.joined(separator: ", ")
    let body = strict(result, depth - 1)
    functionDepth -= 1
    variables.removeLast(variables.count - count)
    return "(fn(\(list)) -> \(text(result)) => \(body))"
  }

  /// The simplest value of a type.
  mutating func leaf(_ type: GenType) -> String {
    if chance(50), let text = variable(type) { return text }
    switch type {
    case .number: return "\(number(0...12))"
    case .string: return "\"\(pick(["", "a", "bc", "x y", "42"]) ?? "a")\""
    case .boolean: return chance(50) ? "true" : "false"
    case .unit: return "()"
    case .optional: return "None"
    case .either: return chance(50) ? "\(number(0...9))" : "\"e\""
    case .array(let element): return "[\(leaf(element))]"
    case .enumeration(let index):
      return "\(enumerations[index].name)::\(pick(enumerations[index].variants) ?? "")"
    default: return built(type, 1)
    }
  }
}
