// Scripts as a Swift file: a constant each, and all of them by module name.

/// The Swift text that holds the scripts of a target.
struct SwiftConstants {
  private let scripts: [(script: Script, name: String)]
  /// Scripts that cannot stand beside one another, a line each.
  let complaints: [String]

  init(_ scripts: [Script]) {
    var owners: [String: Script] = [:]
    var complaints: [String] = []
    var named: [(script: Script, name: String)] = []
    for script in scripts {
      let name = Self.constantName(for: script.place)
      if let other = owners.updateValue(script, forKey: name) {
        complaints.append(
          "\(script.path):1:1: error: the constant for this script would be '\(name)', "
            + "as that for \(other.place) is; give one of them another name"
        )
      }
      named.append((script, name))
    }
    self.scripts = named
    self.complaints = complaints
  }

  /// The file.
  var text: String {
    var text = """
      // Made by the plugin NightjarScripts from the .lua files of this target.

      /// The scripts of this target; all of them compile.
      enum Scripts {

      """
    for (script, name) in scripts {
      text += "  /// \(script.place)\n  static let \(name) = \(Self.literal(script.text))\n\n"
    }
    text += "  /// The scripts by the names that `require` knows them under.\n"
    text += "  static let modules: [String: String] = ["
    let entries = scripts.map { "\n    \(Self.literal($0.script.moduleName)): \($0.name)," }
    text += entries.isEmpty ? ":]\n}\n" : entries.joined() + "\n  ]\n}\n"
    return text
  }

  /// `Rules/greeting-card.lua` is `rulesGreetingCard`.
  private static func constantName(for place: String) -> String {
    let stem = place.hasSuffix(".lua") ? place.dropLast(4) : place[...]
    let words = stem.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }
    var name = words.first.map { $0.prefix(1).lowercased() + $0.dropFirst() } ?? ""
    for word in words.dropFirst() { name += word.prefix(1).uppercased() + word.dropFirst() }
    if name.first?.isNumber ?? true { name = "_" + name }
    // The name of the dictionary.
    if name == "modules" { name += "_" }
    return keywords.contains(name) ? "`\(name)`" : name
  }

  /// Words that cannot name a constant as they are.
  private static let keywords: Set<String> = [
    "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer",
    "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for",
    "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil",
    "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return",
    "self", "Self", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true",
    "try", "typealias", "var", "where", "while",
  ]

  /// A string literal on one line.
  private static func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      case _ where scalar.value < 0x20 || scalar.value > 0x7E:
        literal += "\\u{\(String(scalar.value, radix: 16))}"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
