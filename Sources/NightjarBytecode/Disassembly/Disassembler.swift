// Lists a compiled function as text: what `nightjar disassemble` prints and golden files hold.
// Everything comes from the prototype, so equal prototypes give equal listings.
//
//   function <file.lua:3-7> 5 instructions, 2 registers, 1 parameter
//     index  line  opcode           operands      what it does
//         0     4  getUpvalueField  R0 U0 K0      R0 := _ENV.print

/// Lists compiled functions.
package struct Disassembler {
  private let function: FunctionPrototype
  /// The place among its siblings of the function and of all around it; empty for the main one.
  private let path: [Int]

  /// The listing of a function and of all functions inside it, a line an element.
  ///
  /// The function need not be verified: operands that lead nowhere are shown as they are.
  package static func lines(of function: FunctionPrototype) -> [String] {
    Disassembler(function: function, path: []).allLines()
  }

  private func allLines() -> [String] {
    var lines = [header()]
    lines += function.code.indices.map(instructionLine)
    lines += section("constants", function.constants.indices.map { "K\($0)  \(constantText($0))" })
    lines += section("upvalues", function.upvalues.indices.map(upvalueLine))
    lines += section("locals", function.locals.map(localLine))
    for (index, nested) in function.functions.enumerated() {
      lines.append("")
      lines += Disassembler(function: nested, path: path + [index]).allLines()
    }
    return lines
  }

  private func header() -> String {
    var parts = [
      count(function.code.count, "instruction"),
      count(Int(function.registerCount), "register"),
      count(Int(function.parameterCount), "parameter") + (function.isVararg ? " and more" : ""),
    ]
    if !function.functions.isEmpty { parts.append(count(function.functions.count, "function")) }
    let name = path.isEmpty ? "main" : "function P" + path.map(String.init).joined(separator: ".P")
    return "\(name) <\(place())> " + parts.joined(separator: ", ")
  }

  private func place() -> String {
    guard let source = function.source else {
      return "?:\(function.lineDefined)-\(function.lastLineDefined)"
    }
    let isNamed = source.first == 0x40 || source.first == 0x3D
    let name = isNamed ? nameText(Array(source.dropFirst())) : quoted(source, limit: 40)
    return "\(name):\(function.lineDefined)-\(function.lastLineDefined)"
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["  \(title)"] + lines.map { "    \($0)" }
  }

  private func upvalueLine(_ index: Int) -> String {
    let upvalue = function.upvalues[index]
    let origin = upvalue.isLocalOfParent ? "R" : "U"
    return "U\(index)  \(upvalue.name.map(nameText) ?? "?")  \(origin)\(upvalue.index) of parent"
  }

  private func localLine(_ local: LocalVariable) -> String {
    "\(nameText(local.name))  \(local.start)..<\(local.end)"
  }

  private func instructionLine(_ index: Int) -> String {
    let word = function.code[index]
    let line = function.lines.indices.contains(index) ? String(function.lines[index]) : "-"
    let place = "  \(padded(left: String(index), 5)) \(padded(left: line, 5))  "
    guard let opcode = word.opcode else {
      return place + "no instruction: \(word.bits)"
    }
    let operands = opcode.shape.operands.compactMap { operandText($0, in: word) }
      .joined(separator: " ")
    let text = padded(right: opcode.shape.name, 20) + " " + padded(right: operands, 16)
    let comment = InstructionComment(function: function, word: word, index: index).text
    return (place + text + "  " + comment).trimmingTrailingSpaces()
  }

  private func operandText(_ operand: Operand, in word: Word) -> String? {
    switch operand {
    case .registers(_, _, .rest, _), .hint, .ownOffset: return nil
    case .registers(_, _, _, let access):
      guard let span = operand.span(in: word, access: access) else { return nil }
      guard let count = span.count else { return "R\(span.first)…" }
      if count <= 1 { return count == 1 ? "R\(span.first)" : nil }
      return "R\(span.first)…R\(span.first + count - 1)"
    case .constant(let field, _): return "K\(word[field])"
    case .registerOrConstant(let field, let flag):
      return (word[flag] == 0 ? "R" : "K") + String(word[field])
    case .upvalue(let field): return "U\(word[field])"
    case .function(let field): return "P\(word[field])"
    case .immediate(let field, _): return String(word[field])
    case .jump: return word.d < 0 ? String(word.d) : "+\(word.d)"
    }
  }

  private func constantText(_ index: Int) -> String { function.constants[index].listingText }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}

private func padded(left text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

private func padded(right text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

extension String {
  fileprivate func trimmingTrailingSpaces() -> String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
