// Functions as a disassembler lists them, read from the text that GNU's and LLVM's objdump print for
// object files with relocations (`-dr`). x86-64 and arm64 are understood.

/// One instruction of a listing.
package struct MachineInstruction: Sendable {
  package let address: Int
  /// Mnemonic and operands.
  package let text: String

  /// The mnemonic, without what may stand before it.
  private var mnemonic: Substring {
    let words = text.split(whereSeparator: \.isWhitespace)
    return words.first { $0 != "notrack" && $0 != "bnd" } ?? ""
  }

  /// Whether it jumps to an address that is computed: what dispatches an instruction.
  package var isIndirectJump: Bool {
    text.hasPrefix("br\t") || (isStarred && mnemonic.hasPrefix("jmp"))
  }

  package var isIndirectCall: Bool {
    text.hasPrefix("blr\t") || (isStarred && mnemonic.hasPrefix("call"))
  }

  private var isStarred: Bool { text.utf8.contains(UInt8(ascii: "*")) }

  /// Whether it ends the process: what a failed check of bounds or overflow runs into.
  package var isTrap: Bool { ["ud2", "ud1", "brk"].contains(mnemonic) }

  /// Where it may jump to within its function.
  package var jumpTarget: Int? {
    let jumps = mnemonic.hasPrefix("j") || mnemonic.hasPrefix("b.")
    let branches = ["b", "cbz", "cbnz", "tbz", "tbnz"].contains(mnemonic)
    guard jumps || branches else { return nil }
    // jne 3c2d <symbol+0x3c2d>, jne 0x3c2d <symbol+0x3c2d>, cbz x8, 0x3c2d <symbol+0x3c2d>
    return text.firstMatch(of: /(?:0x)?([0-9a-f]+) </).flatMap { Int($0.output.1, radix: 16) }
  }

  /// By how many bytes it grows the stack, as the first instructions of a function do.
  package var pushedByteCount: Int {
    if mnemonic.hasPrefix("push") { return 8 }
    // sub $0x38,%rsp · subq $56, %rsp · sub sp, sp, #96 · stp x29, x30, [sp, #-96]!
    let patterns = [/sub\w*\s+\$(\w+),\s*%rsp/, /sub\s+sp, sp, #(\w+)/, /\[sp, #-(\w+)\]!/]
    for pattern in patterns {
      guard let digits = text.firstMatch(of: pattern)?.output.1 else { continue }
      return digits.hasPrefix("0x") ? Int(digits.dropFirst(2), radix: 16) ?? 0 : Int(digits) ?? 0
    }
    return 0
  }
}

/// One function of a listing.
package struct MachineFunction: Sendable {
  package let symbol: String
  package private(set) var instructions: [MachineInstruction] = []
  /// The symbols it refers to, once for each place.
  package private(set) var references: [String] = []

  /// All functions of a listing.
  ///
  /// Listings have millions of bytes, so lines are told apart as bytes.
  package static func all(in listing: String) -> [MachineFunction] {
    var functions: [MachineFunction] = []
    for line in listing.utf8.split(separator: UInt8(ascii: "\n")) {
      if line.last == UInt8(ascii: ":") {
        // 0000000000000010 <symbol>:
        guard let start = line.firstIndex(of: UInt8(ascii: "<")) else { continue }
        let symbol = line[line.index(after: start)...].dropLast(2)
        functions.append(MachineFunction(symbol: String(decoding: symbol, as: UTF8.self)))
        continue
      }
      guard !functions.isEmpty, let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let number = String(decoding: line[..<colon].drop(while: isSpace), as: UTF8.self)
      guard let address = Int(number, radix: 16) else { continue }
      let rest = line[line.index(after: colon)...].drop(while: isSpace)
      let text = String(decoding: rest, as: UTF8.self)
      if let symbol = relocatedSymbol(text) {
        functions[functions.count - 1].references.append(symbol)
      } else {
        let instruction = MachineInstruction(address: address, text: text)
        functions[functions.count - 1].instructions.append(instruction)
      }
    }
    return functions
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  /// The symbol of a relocation such as `R_X86_64_PLT32 swift_retain-0x4`; nil for an instruction.
  private static func relocatedSymbol(_ text: String) -> String? {
    guard text.hasPrefix("R_") || text.utf8.contains(UInt8(ascii: "_")), !text.contains("<") else {
      return nil
    }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 2, words[0].hasPrefix("R_") || words[0].contains("_RELOC_") else {
      return nil
    }
    return String(words[1].replacing(/[-+]0x[0-9a-f]+$/, with: ""))
  }
}
