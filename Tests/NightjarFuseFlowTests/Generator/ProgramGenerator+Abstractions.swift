// What programs are made of beyond plain functions: generic types with traits, closures that change what
// is around them, iterators. Their forms are few, their types, names and values are random.

extension ProgramGenerator {
  /// A generic struct `G` with the function `make`, the method `value` and the trait `Sized`.
  struct Generic {
    var name: String
    var number: Int
  }

  // MARK: Declarations

  /// A generic struct, a trait that it has if its parameter has, and generic functions over the trait.
  mutating func generic() {
    let name = fresh("Box")
    let id = names
    emit(
      """
      trait Sized\(id)
        fn size(self) -> number
        fn twice(self) -> number => self.size() * 2
        fn bigger<O: Sized\(id)>(self, other: O) -> boolean => self.size() > other.size()
      end
      impl Sized\(id) for number fn size(self) -> number => self end
      impl Sized\(id) for string
        fn size(self) -> number => #self
        fn twice(self) -> number => #self + \(number(0...9))
      end
      struct \(name)<T>
        pub held: T
        pub changes: number
      end
      impl<T> \(name)<T>
        pub fn make(held: T) -> \(name)<T> => \(name) { held, changes: 0 }
        pub fn value(self) -> T => self.held
        pub fn put(mut self, held: T)
          self.held = held
          self.changes += 1
        end
        pub fn map<U>(self, change: fn(T) -> U) -> \(name)<U> => \(name)::make(change(self.held))
        pub fn choose(self, other: \(name)<T>, first: boolean) -> T
          if first then self.held else other.held end
        end
      end
      impl<T: Sized\(id)> Sized\(id) for \(name)<T>
        fn size(self) -> number => self.held.size() + self.changes
      end
      fn total\(id)<T: Sized\(id)>(items: T[]) -> number
        let mut sum = 0
        for item in items do sum += item.twice() end
        sum
      end
      fn largest\(id)<T: Sized\(id)>(items: T[]) -> T?
        let mut found: T? = None
        for item in items do
          if found == None or item.bigger(found) then found = item end
        end
        found
      end
      fn any\(id)(items: (impl Sized\(id))[]) -> string
        let mut out = ""
        for item in items do out += "<${item.size()}/${item.twice()}>" end
        out
      end
      """
    )
    generics.append(Generic(name: name, number: id))
  }

  /// An iterator that counts down, and a function that makes counters.
  mutating func iterator() {
    let name = fresh("Countdown")
    emit(
      """
      struct \(name)
        pub left: number
        pub step: number
      end
      impl Iterator<number> for \(name)
        fn next(mut self) -> number?
          if self.left <= 0 then return None end
          self.left -= self.step
          self.left + \(number(0...3))
        end
      end
      fn counter_of_\(name)(start: number) -> fn(number) -> number
        let mut at = start
        fn(by: number) -> number
          at += by
          at
        end
      end
      """
    )
    iterators.append(name)
  }

  // MARK: Statements

  /// A value of a generic type, changed and asked.
  mutating func genericStatement() {
    guard let generic = pick(generics) else { return printStatement() }
    let id = generic.number
    switch number(0...4) {
    case 0:
      let type = type(1)
      let name = fresh("box")
      guard canFill(type) else { return printStatement() }
      emit(
        "let mut \(name): \(generic.name)<\(text(type))> = \(generic.name)::make(\(strict(type)))"
      )
      emit("\(name).put(\(strict(type)))")
      emit("print(\(name).changes)")
      let value = fresh("v")
      emit("let \(value): \(text(type)) = \(name).value()")
      variables.append(
        Variable(name: value, type: type, isMutable: false, depth: functionDepth)
      )
    case 1:
      let (from, to) = (simpleType(), simpleType())
      let (box, item) = (fresh("box"), fresh("c"))
      emit("let \(box) = \(generic.name)<\(text(from))>::make(\(strict(from)))")
      let outer = variables
      variables.append(Variable(name: item, type: from, isMutable: false, depth: functionDepth + 1))
      let body = strict(to)
      variables = outer
      emit("print(\(box).map(fn(\(item): \(text(from))) -> \(text(to)) => \(body)).value())")
    case 2:
      let type: GenType = chance(50) ? .number : .string
      let items = (0..<number(1...3)).map { _ in strict(type) }.joined(separator: ", ")
      emit("let \(fresh("_sum")): \(text(type))[] = [\(items)]")
      emit("print(total\(id)<\(text(type))>([\(items)]))")
      emit("print(largest\(id)<\(text(type))>([\(items)]))")
    case 3:
      let boxes = (0..<number(1...3)).map { _ in "\(generic.name)<number>::make(\(strict(.number)))"
      }
      emit("print(total\(id)([\(boxes.joined(separator: ", "))]))")
      emit("print(\(boxes[0]).bigger(\(strict(.string))))")
    default:
      let items = (0..<number(1...3)).map { _ in
        switch number(0...2) {
        case 0: strict(.number)
        case 1: strict(.string)
        default: "\(generic.name)<string>::make(\(strict(.string)))"
        }
      }
      emit("print(any\(id)([\(items.joined(separator: ", "))]))")
    }
  }

  /// Whether a type may stand for a parameter that takes no `nil`.
  private func canFill(_ type: GenType) -> Bool {
    switch type {
    case .optional, .unit: false
    default: true
    }
  }

  /// A closure that changes a variable around it, called here and in a loop.
  mutating func closureStatement() {
    let (state, change) = (fresh("state"), fresh("change"))
    let type: GenType = chance(60) ? .number : .string
    let item = fresh("c")
    emit("let mut \(state): \(text(type)) = \(strict(type))")
    emit("let \(change) = fn(\(item): \(text(type))) -> \(text(type))")
    inside { generator in
      generator.emit("\(state) \(type == .number ? "+=" : "=") \(generator.strict(type))")
      generator.emit("if \(state) == \(item) then return \(item) end")
      generator.emit(type == .number ? "\(state) + \(item)" : "\(state) + \"|\" + \(item)")
    }
    emit("end")
    emit("print(\(change)(\(strict(type))))")
    if loopDepth < 2, chance(50) {
      let calls = fresh("calls")
      emit("let mut \(calls): (fn() -> \(text(type)))[] = []")
      emit("for \(fresh("i")) in 1..3 do")
      inside { generator in
        let kept = generator.fresh("kept")
        generator.emit("let mut \(kept) = \(change)(\(generator.strict(type)))")
        generator.emit("\(calls).push(fn() -> \(generator.text(type))")
        generator.inside { generator in
          generator.emit(
            type == .number ? "\(kept) += \(generator.number(1...5))" : "\(kept) = \(kept) + \".\""
          )
          generator.emit(kept)
        }
        generator.emit("end)")
      }
      emit("end")
      emit("for call in \(calls) do print(call(), call()) end")
    }
    emit("print(\(state))")
  }

  /// A chain of adaptors over an iterator, and counters that go on where they stopped.
  mutating func iteratorStatement() {
    guard let name = pick(iterators) else { return printStatement() }
    let source = "\(name) { left: \(number(1...9)), step: \(number(1...3)) }"
    switch number(0...2) {
    case 0:
      if loopDepth > 1 { return printStatement() }
      let item = fresh("i")
      emit("for \(item) in \(source) do")
      loopDepth += 1
      inside { generator in
        generator.variables.append(
          Variable(name: item, type: .number, isMutable: false, depth: generator.functionDepth)
        )
        generator.printStatement()
        generator.emit("print(\(item))")
      }
      loopDepth -= 1
      emit("end")
    case 1:
      let result = fresh("sum")
      emit("let \(result) = \(source)\(adaptors()).fold(0, fn(sum: number, x: number) => sum + x)")
      emit("print(\(result))")
      variables.append(
        Variable(name: result, type: .number, isMutable: false, depth: functionDepth)
      )
    default:
      let next = fresh("next")
      emit("let \(next) = counter_of_\(name)(\(strict(.number)))")
      emit("print(\(next)(\(strict(.number))), \(next)(1))")
    }
  }

  private mutating func adaptors() -> String {
    (0..<number(0...3)).map { _ in
      let item = fresh("x")
      switch number(0...4) {
      case 0: return ".map(fn(\(item): number) => \(item) * \(number(1...4)))"
      case 1: return ".filter(fn(\(item): number) => \(item) % 2 == \(number(0...1)))"
      case 2: return ".take(\(number(1...4)))"
      case 3: return ".skip(\(number(0...2)))"
      default: return ".chain([\(strict(.number)), \(number(0...9))])"
      }
    }.joined()
  }
}
