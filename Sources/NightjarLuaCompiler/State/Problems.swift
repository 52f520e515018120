// Reports of mistakes with names, scopes and limits. Compilation goes on after each, so that one
// run finds them all; what it then writes is thrown away.
//
// The line and the "near" of the reference's words are those of the token its one-pass compiler
// has just read when it notices, which may be far behind the mistake.

internal import NightjarBase
internal import NightjarDiagnostics
internal import NightjarLuaSyntax

extension Generator {
  private func text(_ token: TokenID) -> String {
    String(decoding: tree.text(of: token), as: UTF8.self)
  }

  private func span(_ token: TokenID) -> Span { tree[token].span }

  /// The reference's words, with names quoted as bytes.
  private func words(
    _ parts: [ArraySlice<UInt8>],
    noticedAt: TokenID,
    near: Bool = false
  ) -> ReferenceMessage {
    var bytes: [UInt8] = []
    for part in parts { bytes += part }
    if near { bytes += tree.nearSuffix(of: noticedAt) }
    let isBack = !near && rules.placesScopeErrorsBack
    return ReferenceMessage(
      text: bytes,
      line: tree.line(of: isBack ? previous(noticedAt) : noticedAt)
    )
  }

  private func bytes(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }

  private mutating func report(
    _ diagnostic: Diagnostic,
    noticedAt: TokenID,
    isAfterSyntax: Bool = false
  ) {
    if problems.count >= 200 { return }
    problems.append(
      ScopeProblem(
        diagnostic: diagnostic,
        noticedAt: noticedAt,
        isAfterSyntax: isAfterSyntax
      )
    )
  }

  mutating func reportAssignmentToConstant(
    _ token: TokenID,
    _ declaration: TokenID,
    noticedAt: TokenID
  ) {
    let reference = words(
      [bytes("attempt to assign to const variable '"), tree.text(of: token), bytes("'")],
      noticedAt: noticedAt
    )
    report(
      .assignToConst(
        text(token),
        span: span(token),
        declaration: span(declaration),
        reference: reference
      ),
      noticedAt: noticedAt
    )
  }

  @inline(never)
  mutating func reportUndeclared(_ token: TokenID, noticedAt: TokenID) {
    let reference = words(
      [bytes("variable '"), tree.text(of: token), bytes("' not declared")],
      noticedAt: noticedAt
    )
    report(
      .undeclaredGlobal(text(token), span: span(token), reference: reference),
      noticedAt: noticedAt
    )
  }

  @inline(never)
  mutating func reportGlobalEnvironment(_ token: TokenID) {
    let noticedAt = next(token)
    let reference = words(
      [bytes("_ENV is global when accessing variable '"), tree.text(of: token), bytes("'")],
      noticedAt: noticedAt
    )
    report(
      .undeclaredGlobal(text(token), span: span(token), reference: reference),
      noticedAt: noticedAt
    )
  }

  @inline(never)
  mutating func reportGlobalToBeClosed(_ token: TokenID) {
    let noticedAt = next(token)
    let reference = words(
      [bytes("global variables cannot be to-be-closed")],
      noticedAt: noticedAt
    )
    report(.closedGlobal(span: span(token), reference: reference), noticedAt: noticedAt)
  }

  mutating func reportMultipleToBeClosed(_ token: TokenID, first: TokenID) {
    // The name, `<`, `close`, `>`, and then the token the reference has read.
    let noticedAt = next(next(next(next(token))))
    let reference = words(
      [bytes("multiple to-be-closed variables in local list")],
      noticedAt: noticedAt
    )
    report(
      .multipleToBeClosed(span: span(token), first: span(first), reference: reference),
      noticedAt: noticedAt
    )
  }

  mutating func reportDuplicateLabel(_ token: TokenID, _ first: Label, noticedAt: TokenID) {
    let reference =
      rules.labelsAreUndefined
      ? words(
        [bytes("duplicate label '"), tree.text(of: token), bytes("'")],
        noticedAt: token
      )
      : words(
        [
          bytes("label '"), tree.text(of: token), bytes("' already defined on line \(first.line)"),
        ],
        noticedAt: noticedAt
      )
    report(
      .duplicateLabel(
        text(token),
        span: span(token),
        first: span(first.token),
        reference: reference
      ),
      noticedAt: noticedAt
    )
  }

  mutating func reportJumpIntoScope(_ pending: PendingGoto, noticedAt: TokenID) {
    let local = variables[min(pending.variableCount, variables.count - 1)]
    let name = local.name < 0 ? Array("*".utf8) : strings.bytes(local.name, in: tree)
    let kind = rules.hasGlobalDeclarations ? "" : "local "
    let reference =
      rules.labelsAreUndefined
      ? words(
        [
          bytes("<goto "), tree.text(of: pending.token),
          bytes("> jumps into the scope of local '"), name[...], bytes("'"),
        ],
        noticedAt: pending.token
      )
      : words(
        [
          bytes("<goto "), tree.text(of: pending.token),
          bytes("> at line \(pending.line) jumps into the scope of \(kind)'"), name[...],
          bytes("'"),
        ],
        noticedAt: noticedAt
      )
    report(
      .jumpIntoScope(
        label: text(pending.token),
        span: span(pending.token),
        local: String(decoding: name, as: UTF8.self),
        localSpan: local.token.isPresent ? span(local.token) : nil,
        reference: reference
      ),
      noticedAt: noticedAt
    )
  }

  @inline(never)
  mutating func reportBreakOutsideLoop(_ pending: PendingGoto, noticedAt: TokenID) {
    let reference =
      switch tree.dialect {
      case .lua51: words([bytes("no loop to break")], noticedAt: noticedAt, near: true)
      case .luajit: words([bytes("no loop to break")], noticedAt: pending.token)
      case .lua52, .lua53:
        words(
          [bytes("<break> at line \(pending.line) not inside a loop")],
          noticedAt: noticedAt
        )
      default:
        words(
          [bytes("break outside loop at line \(pending.line)")],
          noticedAt: noticedAt,
          near: tree.dialect == .lua55
        )
      }
    report(
      .breakOutsideLoop(span: span(pending.token), reference: reference),
      noticedAt: noticedAt,
      isAfterSyntax: !function.isEnded
    )
  }

  mutating func reportNoVisibleLabel(_ pending: PendingGoto, noticedAt: TokenID) {
    let reference =
      rules.labelsAreUndefined
      ? words(
        [bytes("undefined label '"), tree.text(of: pending.token), bytes("'")],
        noticedAt: pending.token
      )
      : words(
        [
          bytes("no visible label '"), tree.text(of: pending.token),
          bytes("' for <goto> at line \(pending.line)"),
        ],
        noticedAt: noticedAt
      )
    report(
      .noVisibleLabel(text(pending.token), span: span(pending.token), reference: reference),
      noticedAt: noticedAt,
      isAfterSyntax: !function.isEnded
    )
  }

  /// Reports that a function has too many of something.
  ///
  /// - Parameters:
  ///   - what: The plural of it.
  ///   - limit: The most a function may have.
  ///   - level: The function's depth; the current one if `nil`.
  ///   - token: The token that the reference has just read.
  mutating func reportLimit(_ what: String, _ limit: Int, level: Int? = nil, at token: TokenID) {
    let level = level ?? depth
    let state = level < depth ? outer[level] : function
    if state.hasReportedLimit { return }
    if level < depth {
      outer[level].hasReportedLimit = true
    } else {
      function.hasReportedLimit = true
    }
    let place = level == 0 ? "main function" : "function at line \(state.lineDefined)"
    let text =
      rules.hasFunctionEnvironments
      ? "\(place) has more than \(limit) \(what)"
      : "too many \(what) (limit is \(limit)) in \(place)"
    let reference = words([bytes(text)], noticedAt: token, near: !rules.hasFunctionEnvironments)
    report(
      .functionLimit(
        what: what,
        limit: limit,
        span: span(token),
        function: state.token.isPresent ? span(state.token) : nil,
        reference: reference
      ),
      noticedAt: token
    )
  }

  /// Reports a block that is too long for the jumps of its dialect.
  @inline(never)
  mutating func reportJumpLimit() {
    if function.hasReportedLimit { return }
    function.hasReportedLimit = true
    let token = TokenID(Int32(tree.tokens.count - 1))
    let reference = words([bytes("control structure too long")], noticedAt: token, near: true)
    report(
      .functionLimit(
        what: "instructions in one block",
        limit: rules.jumpDistanceMax,
        span: span(token),
        function: function.token.isPresent ? span(function.token) : nil,
        reference: reference
      ),
      noticedAt: token
    )
  }

  /// Reports that the function needs too many registers; `token` is the last one read.
  mutating func reportRegisterLimit(at token: TokenID) {
    if function.hasReportedLimit { return }
    function.hasReportedLimit = true
    let noticedAt = next(token)
    let reference = words(
      [bytes("function or expression needs too many registers")],
      noticedAt: noticedAt,
      near: true
    )
    report(
      .functionLimit(
        what: "registers",
        limit: Generator.registerLimit,
        span: span(noticedAt),
        function: function.token.isPresent ? span(function.token) : nil,
        reference: reference
      ),
      noticedAt: noticedAt
    )
  }
}
