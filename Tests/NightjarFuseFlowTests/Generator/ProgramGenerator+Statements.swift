// Statements: variables, branches, loops, changes.

extension ProgramGenerator {
  mutating func statement() {
    fuel -= 1
    switch number(0...18) {
    case 0, 1, 2: letStatement()
    case 3: mutableVariable()
    case 4: assignment()
    case 5: ifStatement()
    case 6: forStatement()
    case 7: whileStatement()
    case 8: matchStatement()
    case 9: narrowing()
    case 10: printStatement()
    case 11: lateValue()
    case 12: change()
    case 13: destructuring()
    case 14: localFunction()
    case 15: genericStatement()
    case 16: closureStatement()
    case 17: iteratorStatement()
    default: printStatement()
    }
  }

  /// Statements of a block.
  private mutating func block() {
    let count = number(1...3)
    inside { generator in
      for _ in 0..<count where generator.fuel > 0 { generator.statement() }
      generator.printStatement()
    }
  }

  private mutating func declare(_ name: String, _ type: GenType, isMutable: Bool = false) {
    variables.append(Variable(name: name, type: type, isMutable: isMutable, depth: functionDepth))
  }

  /// Lets nobody use a variable in the block: its type is narrower there.
  private mutating func hide(_ name: String) {
    variables.removeAll { $0.name == name }
  }

  private mutating func letStatement() {
    let type = type()
    let name = fresh("v")
    emit("let \(name): \(text(type)) = \(strict(type))")
    declare(name, type)
  }

  private mutating func mutableVariable() {
    let type = pick([GenType.number, .string, .array(.number), .boolean]) ?? .number
    let name = fresh("m")
    let value = isReference(type) ? "[\(strict(.number)), \(strict(.number))]" : strict(type)
    emit("let mut \(name): \(text(type)) = \(value)")
    declare(name, type, isMutable: true)
  }

  private mutating func assignment() {
    if let fixed = pick(variables.filter { !$0.isMutable }), breaksHere(.immutable) {
      emit("\(fixed.name) = \(expression(fixed.type))")
      return
    }
    let mutable = variables.filter { $0.isMutable && !isReference($0.type) }
    guard let target = pick(mutable) else { return mutableVariable() }
    switch target.type {
    case .number: emit("\(target.name) \(pick(["=", "+=", "-="]) ?? "=") \(strict(.number))")
    default: emit("\(target.name) = \(strict(target.type))")
    }
  }

  /// Changes an array or a struct through a mutable name.
  private mutating func change() {
    if breaksHere(.immutablePart) {
      let fixed = variables.filter { $0.type == .array(.number) && !$0.isMutable }
      if let fixed = pick(fixed) { return emit("\(fixed.name).push(1)") }
      emit("let fixed: number[] = [1]")
      return emit("fixed[1] = 2")
    }
    if let target = pick(variables.filter { $0.isMutable && $0.type == .array(.number) }) {
      emit("\(target.name).push(\(strict(.number)))")
      return
    }
    guard !structures.isEmpty else { return printStatement() }
    let index = number(0...structures.count - 1)
    let name = fresh("s")
    emit("let mut \(name) = \(built(index))")
    if let field = structures[index].fields.first {
      emit("\(name).\(field.name) = \(strict(field.type))")
    }
    for method in structures[index].methods where method.changes {
      emit(
        "\(name).\(method.name)(\(method.parameters.map { strict($0) }.joined(separator: ", ")))"
      )
    }
    declare(name, .structure(index), isMutable: true)
  }

  private mutating func built(_ index: Int) -> String {
    let parts = structures[index].fields.map { "\($0.name): \(strict($0.type, 1))" }
    return "\(structures[index].name) { \(parts.joined(separator: ", ")) }"
  }

  mutating func printStatement() {
    let type = pick([GenType.number, .string, .boolean, .optional(.number)]) ?? .number
    emit("print(\(expression(type)))")
  }

  private mutating func ifStatement() {
    emit("if \(expression(.boolean)) then")
    block()
    if chance(50) {
      emit("elseif \(expression(.boolean)) then")
      block()
    }
    if chance(60) {
      emit("else")
      block()
    }
    emit("end")
  }

  private mutating func forStatement() {
    if loopDepth > 1 { return printStatement() }
    let name = fresh("i")
    loopDepth += 1
    if chance(60) {
      emit("for \(name) in 1..\(number(1...4)) do")
      loopBody(name, .number)
    } else {
      let element = simpleType()
      emit("for \(name) in \(expression(.array(element))) do")
      loopBody(name, element)
    }
    loopDepth -= 1
    emit("end")
  }

  private mutating func loopBody(_ name: String, _ type: GenType) {
    let count = variables.count
    declare(name, type)
    if chance(30) {
      inside {
        $0.emit(
          "if \($0.expression(.boolean)) then \($0.pick(["break", "continue"]) ?? "break") end"
        )
      }
    }
    block()
    variables.removeLast(variables.count - count)
  }

  private mutating func whileStatement() {
    if loopDepth > 1 { return printStatement() }
    let name = fresh("w")
    emit("let mut \(name) = \(number(0...3))")
    loopDepth += 1
    if chance(50) {
      emit("while \(name) > 0 do")
      inside { $0.emit("\(name) -= 1") }
      block()
      emit("end")
    } else {
      emit("repeat")
      inside { $0.emit("\(name) -= 1") }
      block()
      emit("until \(name) <= 0")
    }
    loopDepth -= 1
  }

  private mutating func matchStatement() {
    guard let scrutinee = pick(variables.filter { arms(of: $0.type) != nil }),
      var arms = arms(of: scrutinee.type)
    else { return letStatement() }
    if breaksHere(.missingArm) { arms.remove(at: number(0...arms.count - 1)) }
    emit("match \(scrutinee.name) when")
    inside { generator in
      for arm in arms {
        generator.emit("\(arm.pattern) then")
        generator.inside { generator in
          generator.hide(scrutinee.name)
          for (name, type) in arm.bound { generator.declare(name, type) }
          generator.emit("print(\"arm\")")
          if generator.fuel > 0 { generator.statement() }
        }
        generator.emit("end")
      }
    }
    emit("end")
  }

  /// A condition that says something of the type of a variable.
  private mutating func narrowing() {
    for variable in variables.shuffled(using: &random) where !variable.isMutable {
      guard case .optional(let inner) = variable.type else { continue }
      emit("if \(variable.name) != None then")
      inside { generator in
        let name = generator.fresh("v")
        generator.emit("let \(name): \(generator.text(inner)) = \(variable.name)")
        generator.hide(variable.name)
        generator.declare(name, inner)
        generator.printStatement()
      }
      emit("end")
      return
    }
    letStatement()
  }

  /// A variable that gets its value later, once on each way.
  mutating func lateValue() {
    let type = simpleType()
    let name = fresh("d")
    emit("let \(name): \(text(type))")
    emit("if \(expression(.boolean)) then")
    inside { $0.emit("\(name) = \($0.strict(type))") }
    if !breaksHere(.uninitialized) {
      emit("else")
      inside { $0.emit("\(name) = \($0.strict(type))") }
    }
    emit("end")
    emit("print(\(name))")
    declare(name, type)
  }

  private mutating func destructuring() {
    // A bare `Err` would leave open what `Ok` is.
    let types = [simpleType(), simpleType()]
    let names = [fresh("x"), fresh("y")]
    emit(
      "let (\(names.joined(separator: ", "))) = (\(types.map { expression($0) }.joined(separator: ", ")))"
    )
    // The type of what stands there may be narrower than the one it was made for.
    if types[0] == .number || types[0] == .string { declare(names[0], types[0]) }
    emit("print(\(isPrintable(types[0]) ? names[0] : "\"pair\""))")
    emit("let _\(names[1]) = \(names[1])")
  }

  private mutating func localFunction() {
    if functionDepth > 0 { return printStatement() }
    function(fresh("local"))
  }

  // MARK: Owners

  /// Owners that are lent and given away.
  mutating func owners() {
    let name = fresh("lock")
    emit("let \(name) = acquire(\(strict(.string)))")
    emit("print(peek(\(name)))")
    if chance(50) {
      emit("if \(expression(.boolean)) then print(finish(\(name))) else print(\(name).name) end")
    } else {
      emit("print(finish(\(name)))")
      if breaksHere(.movedOwner) { emit("print(peek(\(name)))") }
    }
  }
}
