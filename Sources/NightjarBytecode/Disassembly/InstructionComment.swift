// What one instruction does, with the names and constants of its function in place of numbers:
// the last column of a listing.

/// Writes the comment of an instruction.
struct InstructionComment {
  let function: FunctionPrototype
  let word: Word
  let index: Int

  var text: String {
    guard let opcode = word.opcode else { return "" }
    return moveText(opcode) ?? tableText(opcode) ?? branchText(opcode) ?? loopText(opcode)
      ?? callText(opcode) ?? operatorText(opcode) ?? ""
  }

  private func moveText(_ opcode: Opcode) -> String? {
    switch opcode {
    case .move: "\(a) := \(b)"
    case .loadInteger: "\(a) := \(word.d)"
    case .loadFloat: "\(a) := \(word.d).0"
    case .loadConstant: "\(a) := \(constant(Int(word.d)))"
    case .loadNil: "\(list(from: Int(word.a), count: Int(word.b) + 1)) := nil"
    case .loadTrue: "\(a) := true"
    case .loadFalse: "\(a) := false"
    case .loadFalseSkip: "\(a) := false \(arrow)"
    case .getUpvalue: "\(a) := \(upvalue(word.b))"
    case .setUpvalue: "\(upvalue(word.b)) := \(a)"
    case .closure, .closureShared: "\(a) := function P\(word.d)"
    default: nil
    }
  }

  private func tableText(_ opcode: Opcode) -> String? {
    switch opcode {
    case .newTable: "\(a) := {}"
    case .getUpvalueField: "\(a) := \(upvalue(word.b))\(key)"
    case .setUpvalueField: "\(upvalue(word.a))\(key) := \(either(word.b, flag: word.c == 1))"
    case .getTable: "\(a) := \(b)[\(c)]"
    case .getInteger: "\(a) := \(b)[\(word.d)]"
    case .getField: "\(a) := \(b)\(key)"
    case .setTable: "\(a)[\(b)] := \(either(word.c, flag: word.d == 1))"
    case .setInteger: "\(a)[\(word.d)] := \(either(word.b, flag: word.c == 1))"
    case .setField: "\(a)\(key) := \(either(word.b, flag: word.c == 1))"
    case .selfField: "R\(Int(word.a) + 1) := \(b); \(a) := \(b)\(key)"
    case .setList:
      "\(a)[\(Int(word.d) + 1)…] := "
        + list(from: Int(word.a) + 1, count: word.b == 0 ? nil : Int(word.b))
    default: nil
    }
  }

  private func branchText(_ opcode: Opcode) -> String? {
    switch opcode {
    case .jump, .jumpBack: arrow
    case .jumpIfTrue: "if \(a) \(arrow)"
    case .jumpIfFalse: "if not \(a) \(arrow)"
    case .copyJumpIfTrue: "if \(b) then \(a) := \(b) \(arrow)"
    case .copyJumpIfFalse: "if not \(b) then \(a) := \(b) \(arrow)"
    case .jumpIfEqual, .jumpIfNotEqual, .jumpIfLess, .jumpIfNotLess, .jumpIfLessEqual,
      .jumpIfNotLessEqual:
      comparison(opcode, right: b)
    case .jumpIfEqualK, .jumpIfNotEqualK: comparison(opcode, right: constant(Int(word.bc)))
    case .jumpIfLessI, .jumpIfNotLessI, .jumpIfLessEqualI, .jumpIfNotLessEqualI, .jumpIfGreaterI,
      .jumpIfNotGreaterI, .jumpIfGreaterEqualI, .jumpIfNotGreaterEqualI:
      comparison(opcode, right: String(word.signedBC))
    default: nil
    }
  }

  private func comparison(_ opcode: Opcode, right: String) -> String {
    let name = opcode.shape.name
    let sign =
      if name.contains("LessEqual") { "<=" } else if name.contains("Less") {
        "<"
      } else if name.contains("GreaterEqual") { ">=" } else if name.contains("Greater") { ">" } else
      {
        "=="
      }
    let condition = "\(a) \(sign) \(right)"
    return name.contains("IfNot") ? "if not (\(condition)) \(arrow)" : "if \(condition) \(arrow)"
  }

  private func loopText(_ opcode: Opcode) -> String? {
    let a = Int(word.a)
    return switch opcode {
    case .forPrepare: "for R\(a + 3) := R\(a), R\(a + 1), R\(a + 2); if none \(arrow)"
    case .forLoop: "step R\(a + 3) \(arrow)"
    case .genericForPrepare: "close R\(a + 3) later \(arrow)"
    case .genericForCall:
      "\(list(from: a + 4, count: Int(word.c))) := R\(a)(R\(a + 1), R\(a + 2))"
    case .genericForLoop: "if R\(a + 4) ~= nil \(arrow)"
    default: nil
    }
  }

  private func callText(_ opcode: Opcode) -> String? {
    let first = Int(word.a)
    let arguments = list(from: first + 1, count: word.b == 0 ? nil : Int(word.b) - 1)
    switch opcode {
    case .call:
      let results = list(from: first, count: word.c == 0 ? nil : Int(word.c) - 1)
      return (results.isEmpty ? "" : "\(results) := ") + "\(a)(\(arguments))"
    case .tailCall: return "return \(a)(\(arguments))\(closing)"
    case .returnMany:
      return "return \(list(from: first, count: word.b == 0 ? nil : Int(word.b) - 1))\(closing)"
    case .returnNone: return "return"
    case .returnOne: return "return \(a)"
    case .vararg: return "\(list(from: first, count: word.c == 0 ? nil : Int(word.c) - 1)) := ..."
    case .varargPrepare: return "\(word.a) fixed parameters"
    case .close: return "close from \(a)"
    case .toBeClosed: return "close \(a) later"
    default: return nil
    }
  }

  private func operatorText(_ opcode: Opcode) -> String? {
    switch opcode {
    case .unm: return "\(a) := -\(b)"
    case .bnot: return "\(a) := ~\(b)"
    case .not: return "\(a) := not \(b)"
    case .len: return "\(a) := #\(b)"
    case .concat: return "\(a) := \(a) .. … .. R\(Int(word.a) + Int(word.b) - 1)"
    case .addI:
      if word.c & 2 != 0 { return "\(a) := \(b) - \(-Int(word.d))" }
      return word.c & 1 != 0 ? "\(a) := \(word.d) + \(b)" : "\(a) := \(b) + \(word.d)"
    default:
      guard let event = opcode.shape.event, let sign = Self.signs[event] else { return nil }
      guard opcode.shape.name.hasSuffix("K") else { return "\(a) := \(b) \(sign) \(c)" }
      let right = constant(Int(word.d))
      return word.c & 1 != 0 ? "\(a) := \(right) \(sign) \(b)" : "\(a) := \(b) \(sign) \(right)"
    }
  }

  private static let signs = [
    "add": "+", "sub": "-", "mul": "*", "div": "/", "mod": "%", "pow": "^", "idiv": "//",
    "band": "&", "bor": "|", "bxor": "~", "shl": "<<", "shr": ">>",
  ]

  private var a: String { "R\(word.a)" }
  private var b: String { "R\(word.b)" }
  private var c: String { "R\(word.c)" }
  private var arrow: String { "→ \(word.target(from: index) ?? -1)" }
  private var closing: String { word.c == 1 ? " after closing" : "" }

  /// The field access of a `constant16` key.
  private var key: String {
    guard case .string(let bytes)? = constantValue(Int(word.constant16)) else {
      return "[\(constant(Int(word.constant16)))]"
    }
    let text = nameText(bytes)
    return text.hasPrefix("\"") ? "[\(text)]" : ".\(text)"
  }

  private func either(_ operand: UInt8, flag: Bool) -> String {
    flag ? constant(Int(operand)) : "R\(operand)"
  }

  private func constant(_ index: Int) -> String {
    constantValue(index)?.listingText ?? "K\(index)"
  }

  private func constantValue(_ index: Int) -> Constant? {
    function.constants.indices.contains(index) ? function.constants[index] : nil
  }

  private func upvalue(_ index: UInt8) -> String {
    guard Int(index) < function.upvalues.count, let name = function.upvalues[Int(index)].name
    else { return "U\(index)" }
    return nameText(name)
  }

  /// Registers in a row, or "…" for those up to the top.
  private func list(from first: Int, count: Int?) -> String {
    guard let count else { return "R\(first)…" }
    if count <= 0 { return "" }
    if count <= 4 { return (0..<count).map { "R\(first + $0)" }.joined(separator: ", ") }
    return "R\(first), …, R\(first + count - 1)"
  }
}
