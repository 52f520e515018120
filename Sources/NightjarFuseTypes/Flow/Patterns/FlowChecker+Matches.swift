// Patterns that must cover everything: of a `match`, of `let`, of loops.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

extension FlowChecker {
  /// Looks whether the arms of a `match` cover every value, and whether each can be reached.
  mutating func checkArms(of id: NodeID) {
    let scrutinee = tree.lhs(id)
    let type = self.type(of: scrutinee)
    if type == TypeStore.never { return }
    space.removePatterns()
    hasBrokenPattern = false
    var asked: [(pattern: PatternID, node: NodeID)] = []
    var covering: [PatternID] = []
    for arm in tree.nodes(tree.rhsList(id)) {
      if tree[arm].kind == .elseArm {
        asked.append((.wildcard, arm))
        covering.append(.wildcard)
        continue
      }
      guard tree[arm].kind == .arm else { return }
      let parts = tree.arm(arm)
      let pattern = read(parts.pattern, type)
      asked.append((pattern, parts.pattern))
      covering.append(parts.guardCondition.isPresent ? .nothing : pattern)
    }
    // A `match` whose arms could not be read.
    if asked.isEmpty, tree.hasErrors { return }
    if hasBrokenPattern || asked.contains(where: { isWrong($0.node) }) { return }
    var analysis = PatternAnalysis(space)
    let missing = analysis.missing(from: covering, limit: 4)
    if analysis.isExhausted {
      if !covering.contains(.wildcard) { report(.Fuse.tooManyPatterns(span: span(id))) }
      return
    }
    if !missing.isEmpty {
      let words = missing.map { witness($0, in: analysis.space) }
      report(.Fuse.notExhaustive(words, span: span(id), scrutinee: tree.span(of: scrutinee)))
    }
    checkUsefulness(asked, covering, type, &analysis)
  }

  /// Whether an earlier phase has found a mistake in a pattern or a place.
  func isWrong(_ pattern: NodeID) -> Bool {
    if tree[pattern].kind == .elseArm { return false }
    let span = tree.span(of: pattern)
    return (names.diagnostics + checked.diagnostics).contains {
      $0.severity == .error && span.start <= $0.span.start && $0.span.end <= span.end
    }
  }

  private mutating func checkUsefulness(
    _ asked: [(pattern: PatternID, node: NodeID)],
    _ covering: [PatternID],
    _ type: TypeID,
    _ analysis: inout PatternAnalysis
  ) {
    var earlier: [PatternID] = []
    for (index, (pattern, node)) in asked.enumerated() {
      defer { if covering[index] != .nothing { earlier.append(covering[index]) } }
      if !analysis.isUseful(pattern, after: earlier), !analysis.isExhausted {
        reportUseless(node)
      } else if tree[node].kind == .orPattern {
        checkAlternatives(node, pattern, earlier, &analysis)
      }
      if analysis.isExhausted { return }
    }
  }

  private mutating func reportUseless(_ node: NodeID) {
    let isElse = tree[node].kind == .elseArm
    report(.Fuse.uselessPattern(span: isElse ? span(node) : tree.span(of: node)))
  }

  /// Looks at each alternative of a pattern, after those before it.
  private mutating func checkAlternatives(
    _ node: NodeID,
    _ pattern: PatternID,
    _ earlier: [PatternID],
    _ analysis: inout PatternAnalysis
  ) {
    let nodes = alternatives(node)
    let parts = analysis.space.parts(ofAlternatives: pattern)
    guard parts.count == nodes.count else { return }
    var before = earlier
    for (part, node) in zip(parts, nodes) {
      if !analysis.isUseful(part, after: before), !analysis.isExhausted { reportUseless(node) }
      before.append(part)
    }
  }

  /// Reports a pattern of a `let` or a loop that may fail.
  mutating func checkIrrefutable(_ pattern: NodeID, isLoop: Bool) {
    let kind = tree[pattern].kind
    if kind == .binding || kind == .wildcard || kind == .missing { return }
    let type = self.type(of: pattern)
    if type == TypeStore.never { return }
    space.removePatterns()
    hasBrokenPattern = false
    let read = read(pattern, type)
    if hasBrokenPattern || read == .wildcard { return }
    var analysis = PatternAnalysis(space)
    guard let missing = analysis.missing(from: [read]).first else { return }
    let words = witness(missing, in: analysis.space)
    report(.Fuse.refutablePattern(words, span: tree.span(of: pattern), isLoop: isLoop))
  }
}
