// Where a space stands between two tokens of one line.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// A token as its neighbours see it.
struct SpacedToken {
  var kind: FuseTokenKind
  var role: TokenRole
}

/// The rules of space.
enum Spacing {
  /// Whether a space stands between two tokens.
  static func stands(between left: SpacedToken, and right: SpacedToken) -> Bool {
    if left.role == .debugMark || right.role == .debugMark { return false }
    if let fixed = afterLeft(left, right) { return fixed }
    return beforeRight(left, right)
  }

  /// What the left token says, if it says anything.
  private static func afterLeft(_ left: SpacedToken, _ right: SpacedToken) -> Bool? {
    if left.role == .prefix {
      // `--` would begin a comment, `#[` an attribute, `#if` a directive.
      if left.kind == .minus, right.kind == .minus || right.kind == .arrow { return true }
      if left.kind == .hash, right.kind == .leftBracket || right.kind == .ifKeyword { return true }
      return left.kind == .notKeyword
    }
    switch left.role {
    case .angleOpener, .prefixQuestion: return false
    default: break
    }
    switch left.kind {
    case .leftParen, .leftBracket, .hashBracket, .bangParen, .spliceParen, .dot, .doubleColon,
      .dotDot, .stringHead, .stringMiddle:
      return false
    case .leftBrace: return right.kind != .rightBrace
    default: return nil
    }
  }

  /// What the right token says.
  private static func beforeRight(_ left: SpacedToken, _ right: SpacedToken) -> Bool {
    switch right.role {
    case .attachedOpener, .angleOpener, .angleCloser: return false
    case .prefixQuestion: return true
    default: break
    }
    switch right.kind {
    case .comma, .semicolon, .rightParen, .rightBracket, .dot, .doubleColon, .dotDot, .colon,
      .stringMiddle, .stringTail, .tupleIndex, .bangParen:
      return false
    case .question: return false
    default: return true
    }
  }
}
