// How many columns a terminal gives a text. Terminals do not tell; they follow Unicode's East Asian
// widths, so the ranges of wide characters stand here, coarsely: a whole block where nearly all of it
// is wide.
//
// SOURCE: Unicode Standard Annex 11, "East Asian Width".

/// Columns of texts on a terminal.
package enum DisplayWidth {
  /// What a pasted tab looks like in the line.
  static let tab = "    "

  /// The columns of a character; control characters are shown as `^A`.
  package static func columns(of character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x09: return tab.count
    case 0..<0x20, 0x7F: return 2
    case ..<0x300: return 1
    case 0x200B...0x200F, 0x2060...0x2064, 0xFEFF: return 0
    default:
      // A sign that asks to be shown as a picture takes two columns.
      if character.unicodeScalars.contains("\u{FE0F}") { return 2 }
      return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }
  }

  /// Whether a character is shown as several others.
  static func isSpelledOut(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    return scalar.value < 0x20 || scalar.value == 0x7F
  }

  /// What is written for a character.
  static func shown(_ character: Character) -> String {
    guard let scalar = character.unicodeScalars.first else { return "" }
    switch scalar.value {
    case 0x09: return tab
    case 0..<0x20: return "^" + String(Character(Unicode.Scalar(UInt8(scalar.value) + 0x40)))
    case 0x7F: return "^?"
    default: return String(character)
    }
  }

  /// The columns of a prompt, in which sequences of control characters for colours take none.
  package static func columns(ofPrompt prompt: String) -> Int {
    var count = 0
    var rest = prompt[...]
    while let character = rest.popFirst() {
      if character == "\u{1B}", rest.first == "[" {
        rest = rest.dropFirst().drop { !$0.isLetter }.dropFirst()
      } else {
        count += columns(of: character)
      }
    }
    return count
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23EC, 0x25FD...0x25FE, 0x2614...0x2615,
    0x2648...0x2653, 0x26A1...0x26A1, 0x26C4...0x26C5, 0x2705...0x2705, 0x270A...0x270B,
    0x2728...0x2728, 0x274C...0x274C, 0x2753...0x2755, 0x2795...0x2797, 0x2B1B...0x2B1C,
    0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F1E6...0x1F1FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
    0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
  ]
}
