// Calls of macros, quotations and the places in them. SOURCE: Fuse reference, sections 3.4 and 7.

internal import NightjarDiagnostics

extension FuseParser {
  @inline(never)
  mutating func macroCall(_ path: NodeID) -> NodeID {
    let opener = position
    let list = bracketed(by: .rightParen) { $0.macroArgument() }
    return add(.macroCall, first(path), opener, path.rawValue, list)
  }

  /// Reads an argument of a macro: an expression if it is one, else a type.
  ///
  /// One level of trying is enough, and bounds the time.
  private mutating func macroArgument() -> NodeID {
    if isTrying || isQuiet { return item() }
    let saved = self
    isTrying = true
    let value = item()
    isTrying = false
    if !isQuiet, kind == .comma || kind == .rightParen { return value }
    let failed = self
    self = saved
    let type = type()
    if !isQuiet, kind == .comma || kind == .rightParen { return type }
    self = failed
    return value
  }

  /// Whether `quote` begins a quotation: in a macro always, elsewhere if it can be no name.
  var opensQuotation: Bool {
    if macroDepth > 0 {
      return kindAfter() != .equal && kindAfter() != .dot
    }
    if !isOnLine(1) { return false }
    switch kindAfter() {
    case .name, .spliceName, .spliceList, .spliceParen, .ifKeyword, .letKeyword, .implKeyword,
      .fnKeyword, .structKeyword, .matchKeyword, .forKeyword, .whileKeyword, .returnKeyword:
      return true
    default: return false
    }
  }

  @inline(never)
  mutating func quotation() -> NodeID {
    let word = position
    if macroDepth == 0 { note(.Fuse.outsideMacro("quote", span: span(word))) }
    advance()
    quotationDepth += 1
    let body = block()
    quotationDepth -= 1
    expectEnd(of: word)
    return add(.quotation, word, word, body.rawValue)
  }

  @inline(never)
  mutating func splice() -> NodeID {
    let start = position
    if quotationDepth == 0 {
      note(.Fuse.outsideMacro(text(of: start), span: span(start)))
    }
    switch kind {
    case .spliceName: return addLeaf(.splice)
    case .spliceList: return addLeaf(.spliceList)
    default: break
    }
    let outer = ignoresLines
    ignoresLines = true
    advance()
    let value = expression()
    ignoresLines = outer
    expectClose(.rightParen, of: start)
    return add(.spliceExpression, start, start, value.rawValue)
  }
}
