// Finds what the source called a value, from the code that was running: "global 'print'",
// "field 'x'", "method 'close'". Error messages and the debug library ask for it.
//
// A register that holds no active local variable is followed back to the one instruction that can
// have set it. That instruction is found in one pass from the start of the function: an instruction
// inside a region some earlier jump may skip cannot be known to have run, so it hides the answer.
// Loops need no care, as an instruction behind a back edge is also before it.
//
// SOURCE: the wording and its rules are those of the reference interpreter 5.4, whose test suite
// (errors.lua, db.lua) pins them.

/// What kind of thing a name names, and the name.
package struct VariableName: Equatable, Sendable {
  /// The kinds, with the words messages use.
  package enum Kind: String, Sendable {
    case global, local, upvalue, field, method, constant, metamethod
    case forIterator = "for iterator"
  }

  package let kind: Kind
  package let name: [UInt8]

  package init(kind: Kind, name: [UInt8]) {
    self.kind = kind
    self.name = name
  }

  init(_ kind: Kind, _ name: String) {
    self.init(kind: kind, name: Array(name.utf8))
  }
}

/// Names the values of one function.
package struct VariableNaming {
  private let code: FunctionPrototype
  /// Upvalue 0 is the environment, whatever it is called.
  private let environmentIsFirst: Bool

  package init(_ code: FunctionPrototype, environmentIsFirst: Bool = false) {
    self.code = code
    self.environmentIsFirst = environmentIsFirst
  }

  /// What the source called the value in a register when an instruction runs.
  ///
  /// - Complexity: O(*n*) in the instructions before it, for each move followed back.
  package func describe(register: Int, at index: Int) -> VariableName? {
    let found = origin(of: register, at: index)
    if let name = found.name { return name }
    guard let setter = found.setter else { return nil }
    return describeAccess(at: setter)
  }

  /// What the source called an upvalue.
  package func describe(upvalue: Int) -> VariableName? {
    VariableName(kind: .upvalue, name: code.upvalueName(upvalue) ?? unknown)
  }

  /// The value an instruction indexes, read or written: the one an indexing error speaks of.
  package func describeIndexed(at index: Int) -> VariableName? {
    let word = code.word(at: index)
    return switch word.opcode {
    case .getUpvalueField: describe(upvalue: Int(word.b))
    case .setUpvalueField: describe(upvalue: Int(word.a))
    case .getTable, .getInteger, .getField, .selfField: describe(register: Int(word.b), at: index)
    case .setTable, .setInteger, .setField: describe(register: Int(word.a), at: index)
    default: nil
    }
  }

  /// What the source called the function that an instruction calls, be it as a metamethod.
  package func describeCall(at index: Int) -> VariableName? {
    let word = code.word(at: index)
    switch word.opcode {
    case .call, .tailCall: return describe(register: Int(word.a), at: index)
    case .genericForCall: return VariableName(.forIterator, "for iterator")
    case .addI: return VariableName(.metamethod, word.c & 2 == 0 ? "add" : "sub")
    case let opcode?: return opcode.shape.event.map { VariableName(.metamethod, $0) }
    case nil: return nil
    }
  }

  // MARK: Following a register back

  /// The name of a register as a variable or constant, else the instruction that set it.
  private func origin(of register: Int, at index: Int) -> (name: VariableName?, setter: Int?) {
    var register = register
    var index = index
    // Each turn goes to an earlier instruction, so this ends.
    while true {
      if let name = code.localName(register: register, at: index) {
        return (VariableName(kind: .local, name: name), nil)
      }
      guard let setter = setter(of: register, before: index) else { return (nil, nil) }
      let word = code.word(at: setter)
      switch word.opcode {
      case .move where word.b < word.a:
        register = Int(word.b)
        index = setter
        continue
      case .getUpvalue: return (describe(upvalue: Int(word.b)), setter)
      case .loadConstant: return (constantName(Int(word.d)), setter)
      default: return (nil, setter)
      }
    }
  }

  /// The last instruction before `index` that set a register, if it must have run.
  private func setter(of register: Int, before index: Int) -> Int? {
    var setter: Int?
    // Code before this index may have been jumped over.
    var jumpEnd = 0
    for position in 0..<max(0, min(index, code.code.count)) {
      let word = code.word(at: position)
      if word.writes(register) { setter = position < jumpEnd ? nil : position }
      if let target = conditionalEnd(word, at: position), target <= index {
        jumpEnd = max(jumpEnd, target)
      }
    }
    return setter
  }

  /// Where a forward jump leads, except those of loops: whatever follows a loop's start is taken
  /// to have run.
  private func conditionalEnd(_ word: Word, at index: Int) -> Int? {
    switch word.opcode {
    case .forPrepare, .genericForPrepare, .loadFalseSkip: nil
    default: word.target(from: index).flatMap { $0 > index ? $0 : nil }
    }
  }

  /// The name of a value that was read from a table.
  private func describeAccess(at index: Int) -> VariableName? {
    let word = code.word(at: index)
    switch word.opcode {
    case .getUpvalueField:
      let isGlobal =
        environmentIsFirst ? word.b == 0 : code.upvalueName(Int(word.b)) == environment
      return VariableName(kind: isGlobal ? .global : .field, name: keyName(word))
    case .getField:
      return VariableName(kind: accessKind(table: Int(word.b), at: index), name: keyName(word))
    case .getTable:
      let key = origin(of: Int(word.c), at: index).name
      let name = key?.kind == .constant ? key?.name : nil
      return VariableName(
        kind: accessKind(table: Int(word.b), at: index),
        name: name ?? unknown
      )
    case .getInteger:
      return VariableName(.field, "integer index")
    case .selfField:
      return VariableName(kind: .method, name: keyName(word))
    default:
      return nil
    }
  }

  /// Whether an access to a table in a register reads a global: if the table is the variable
  /// `_ENV`.
  private func accessKind(table register: Int, at index: Int) -> VariableName.Kind {
    guard let table = origin(of: register, at: index).name, table.name == environment
    else { return .field }
    return table.kind == .local || table.kind == .upvalue ? .global : .field
  }

  private func constantName(_ index: Int) -> VariableName? {
    code.stringConstant(at: index).map { VariableName(kind: .constant, name: $0) }
  }

  private func keyName(_ word: Word) -> [UInt8] {
    code.stringConstant(at: Int(word.constant16)) ?? unknown
  }

  private var unknown: [UInt8] { Array("?".utf8) }
  private var environment: [UInt8] { Array("_ENV".utf8) }
}
