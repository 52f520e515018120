// Declarations: types, their methods, functions; and the few that every program has.

extension ProgramGenerator {
  private static let frame = """
    struct Lock pub name: string end
    impl Close for Lock fn close(own self) => print("closed ${self.name}") end
    fn acquire(name: string) -> own Lock => Lock { name }
    fn peek(lock: Lock) -> number => #lock.name
    fn finish(lock: own Lock) -> string => lock.name
    fn take_number(value: number) -> number => value
    fn take_string(value: string) -> string => value
    fn take_optional(value: number?) -> number? => value
    fn take_numbers(value: number[]) -> number[] => value
    trait Shown fn shown(self) -> string end
    impl Shown for number fn shown(self) -> string => "n${self}" end
    impl Shown for string fn shown(self) -> string => "s${self}" end
    fn show_all<T: Shown>(items: T[]) -> string
      let mut out = ""
      for item in items do out += item.shown() end
      out
    end
    fn pair_of<A: ?NonNil, B: ?NonNil>(first: A, second: B) -> (A, B) => (first, second)
    print(show_all([1, 2]), show_all(["a"]), pair_of(1, "z").2)
    """

  mutating func declarations() {
    lines += Self.frame.split(separator: "\n").map(String.init)
    for _ in 0..<number(1...2) { enumeration() }
    for _ in 0..<number(1...3) { chance(50) ? structure() : union() }
    if chance(60) { generic() }
    if chance(50) { iterator() }
    for _ in 0..<number(2...5) { function(fresh("fun")) }
  }

  private mutating func enumeration() {
    let name = fresh("Enum")
    let variants = (0..<number(2...4)).map { _ in fresh("Case") }
    emit("enum \(name) \(variants.joined(separator: " ")) end")
    enumerations.append((name, variants))
  }

  private mutating func union() {
    let name = fresh("Union")
    let variants = (0..<number(2...4)).map { _ in
      (name: fresh("Variant"), payload: (0..<number(0...2)).map { _ in type(1) })
    }
    let words = variants.map { variant in
      let types = variant.payload.map(text).joined(separator: ", ")
      return types.isEmpty ? variant.name : "\(variant.name)(\(types))"
    }
    emit("union \(name) \(words.joined(separator: ", ")) end")
    unions.append(Union(name: name, variants: variants))
  }

  private mutating func structure() {
    let name = fresh("Struct")
    let fields = (0..<number(1...3)).map { place in
      (name: "field\(place)", type: place == 0 ? simpleType() : type(1))
    }
    emit("struct \(name)")
    inside { generator in
      for field in fields { generator.emit("pub \(field.name): \(generator.text(field.type))") }
    }
    emit("end")
    structures.append(Structure(name: name, fields: fields))
    let index = structures.count - 1
    emit("impl \(name)")
    inside { generator in
      let result = generator.simpleType()
      generator.method("read", [.number], result, index, changes: false)
      generator.emit("pub fn change(mut self, value: \(generator.text(fields[0].type)))")
      generator.inside { $0.emit("self.field0 = value") }
      generator.emit("end")
      generator.structures[index].methods = [
        ("read", [.number], result, false), ("change", [fields[0].type], .unit, true),
      ]
    }
    emit("end")
    emit("impl Shown for \(name) fn shown(self) -> string => \"\(name)\" end")
  }

  private mutating func method(
    _ name: String,
    _ parameters: [GenType],
    _ result: GenType,
    _ index: Int,
    changes: Bool
  ) {
    emit("pub fn \(name)(self, value: number) -> \(text(result))")
    let outer = variables
    variables = [
      Variable(name: "self", type: .structure(index), isMutable: false, depth: 1),
      Variable(name: "value", type: .number, isMutable: false, depth: 1),
    ]
    functionDepth += 1
    inside { $0.emit($0.strict(result)) }
    functionDepth -= 1
    variables = outer
    emit("end")
  }

  /// A function that calls only functions before it.
  mutating func function(_ name: String) {
    let parameters = (0..<number(0...3)).map { _ in type(1) }
    let result = type(1)
    let outer = (variables, loopDepth)
    let names = parameters.map { _ in fresh("a") }
    let list = zip(names, parameters).map { "\($0): \(text($1))" }.joined(separator: ", ")
    emit("fn \(name)(\(list)) -> \(text(result))")
    functionDepth += 1
    variables = zip(names, parameters).map {
      Variable(name: $0, type: $1, isMutable: false, depth: functionDepth)
    }
    // Functions call one another: loops in them would multiply.
    loopDepth = 1
    inside { generator in
      for _ in 0..<generator.number(0...2) { generator.statement() }
      if generator.chance(30) {
        generator.emit(
          "if \(generator.expression(.boolean)) then return \(generator.strict(result)) end"
        )
      }
      generator.emit("return \(generator.strict(result))")
    }
    functionDepth -= 1
    (variables, loopDepth) = outer
    emit("end")
    functions.append(Function(name: name, parameters: parameters, result: result))
  }
}
