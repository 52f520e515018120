// How tokens with one spelling are written; messages quote them so, and the lexer finds its
// keywords here: the symbol of a keyword is the raw value of its kind.

extension FuseTokenKind {
  /// The token's only spelling, or `nil` if it has many.
  package var spelling: String? {
    if isKeyword { return Self.keywords[Int(rawValue)] }
    return symbolSpelling
  }

  /// The keywords in the order of their kinds.
  package static let keywords = [
    "and", "as", "async", "await", "break", "const", "do", "else", "elseif", "end", "enum",
    "export", "false", "fn", "for", "function", "global", "if", "impl", "import", "in", "let",
    "match", "mut", "never", "nil", "not", "or", "own", "pub", "repeat", "return", "self", "Self",
    "static", "struct", "then", "trait", "true", "try", "type", "union", "unknown", "unsafe",
    "until", "when", "while", "yield",
  ]

  /// Words without a meaning that are no names either.
  ///
  /// ORDER: all but the last have symbols after the keywords (`FuseWord`).
  package static let reservedWords = [
    "abstract", "defer", "extends", "final", "goto", "is", "local", "override", "priv", "prot",
    "virtual", "where", "satisfies",
  ]

  private var symbolSpelling: String? {
    switch self {
    case .underscore: "_"
    case .plus: "+"
    case .minus: "-"
    case .star: "*"
    case .slash: "/"
    case .doubleSlash: "//"
    case .percent: "%"
    case .caret: "^"
    case .hash: "#"
    case .ampersand: "&"
    case .pipe: "|"
    case .tilde: "~"
    case .bang: "!"
    case .shiftLeft: "<<"
    case .shiftRight: ">>"
    case .dotDot: ".."
    case .ellipsis: "..."
    case .equalEqual: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessEqual: "<="
    case .greater: ">"
    case .greaterEqual: ">="
    case .equal: "="
    case .plusEqual: "+="
    case .minusEqual: "-="
    case .starEqual: "*="
    case .slashEqual: "/="
    case .doubleSlashEqual: "//="
    case .percentEqual: "%="
    case .caretEqual: "^="
    case .ampersandEqual: "&="
    case .pipeEqual: "|="
    case .shiftLeftEqual: "<<="
    case .shiftRightEqual: ">>="
    default: punctuationSpelling
    }
  }

  private var punctuationSpelling: String? {
    switch self {
    case .leftParen: "("
    case .rightParen: ")"
    case .leftBracket: "["
    case .rightBracket: "]"
    case .leftBrace: "{"
    case .rightBrace: "}"
    case .comma: ","
    case .semicolon: ";"
    case .colon: ":"
    case .doubleColon: "::"
    case .dot: "."
    case .arrow: "->"
    case .fatArrow: "=>"
    case .question: "?"
    case .hashBracket: "#["
    case .bangParen: "!("
    case .spliceParen: "$("
    case .tildeEqual: "~="
    case .starStar: "**"
    default: nil
    }
  }
}
