// Writes the tokens. Of each group it is decided once, when its first token is reached, whether it is
// broken; a stack holds those that are open.

internal import NightjarDiagnostics
internal import NightjarFuseSyntax

/// Writes a tree by a plan.
struct FormatWriter {
  /// A group whose tokens are being written.
  private struct OpenGroup {
    var index: Int
    var isBroken: Bool
    /// How far the line is indented on which it begins.
    var base: Int
    /// 1 inside, 0 at `end` and `else`.
    var level: Int
  }

  private let tree: FuseTree
  private let tokens: [FuseToken]
  private let plan: FormatPlan
  private var out: [UInt8] = []
  private var column = 0
  private var lineIndentation = 0
  private var open: [OpenGroup] = []
  /// The token written last, -1 before the first.
  private var previous = -1

  init(_ tree: FuseTree, _ plan: FormatPlan) {
    self.tree = tree
    self.plan = plan
    tokens = tree.tokens
    out.reserveCapacity(tree.source.count + tree.source.count / 8)
    open.append(OpenGroup(index: 0, isBroken: true, base: 0, level: 0))
  }

  mutating func write() -> [UInt8] {
    for index in tokens.indices {
      if isDropped(index) { continue }
      write(index)
    }
    while out.last == 10 { out.removeLast() }
    if !out.isEmpty { out.append(10) }
    return out
  }

  /// The innermost group.
  private var top: OpenGroup { open[open.count - 1] }

  // MARK: Tokens left out

  private func isDropped(_ index: Int) -> Bool {
    if plan.isDropped[index] { return true }
    switch tokens[index].kind {
    case .semicolon:
      let isBlock = !plan.groups[top.index].isBracket
      return isBlock && top.isBroken && !plan.isKept[index]
    case .comma:
      let group = plan.groups[top.index]
      return group.isBracket && !top.isBroken && group.last == index + 1 && !group.isSingleTuple
        && plan.commaOwner[index] == Int32(truncatingIfNeeded: group.first)
    default: return false
    }
  }

  /// Whether a comma is to be added before a closing bracket.
  private func wantsComma(_ index: Int) -> Bool {
    let group = plan.groups[top.index]
    return group.isBracket && group.last == index && top.isBroken && group.allowsTrailingComma
      && previous > group.first && tokens[previous].kind != .comma
  }

  // MARK: One token

  private mutating func write(_ index: Int) {
    if wantsComma(index) { append([UInt8(ascii: ",")]) }
    let trivia = trivia(before: index)
    let isNewLine = beginsLine(index, hasComment: !trivia.comments.isEmpty)
    write(trivia.comments, before: index)
    place(index, trivia, isNewLine: isNewLine)
    if tokens[index].kind == .endOfFile { return }
    let groupIndex = Int(plan.groupAt[index])
    let opensBracket = groupIndex >= 0 && plan.groups[groupIndex].isBracket
    if groupIndex >= 0, !opensBracket { openGroup(groupIndex, from: index) }
    appendText(index)
    if opensBracket { openGroup(groupIndex, from: index) }
    while open.count > 1, plan.groups[top.index].last == index { open.removeLast() }
    previous = index
  }

  /// Puts a line end, a space or nothing before a token.
  private mutating func place(_ index: Int, _ trivia: Trivia, isNewLine: Bool) {
    if out.isEmpty { return }
    if isNewLine || !trivia.comments.isEmpty {
      let isFirst = previous < 0 || plan.breaks[index].isFirst || isFirstItem(index)
      let isLast = tokens[index].kind == .endOfFile || isCloser(index)
      let keepsEmptyLine =
        trivia.lineEnds > 1 && !isLast && (!isFirst || !trivia.comments.isEmpty)
        && isStructural(index)
      newLine(indentation(of: index), emptyLine: keepsEmptyLine)
    } else if previous >= 0, Spacing.stands(between: spaced(previous), and: spaced(index)) {
      append([32])
    }
  }

  private func spaced(_ index: Int) -> SpacedToken {
    SpacedToken(kind: tokens[index].kind, role: plan.roles[index])
  }

  // MARK: Lines

  /// Whether a token begins a line by the layout rather than by the writer's wish.
  private func isStructural(_ index: Int) -> Bool {
    plan.breaks[index].group >= 0 || isItem(index) || tokens[index].kind == .endOfFile
  }

  /// Whether an item of the innermost bracket begins at a token.
  private func isItem(_ index: Int) -> Bool {
    let group = plan.groups[top.index]
    if !group.isBracket || previous < 0 { return false }
    return previous == group.first
      || (tokens[previous].kind == .comma
        && plan.commaOwner[previous] == Int32(truncatingIfNeeded: group.first))
  }

  private func isFirstItem(_ index: Int) -> Bool {
    let group = plan.groups[top.index]
    return group.isBracket && previous == group.first
  }

  /// Whether a token closes the innermost group, or continues it like `else`.
  private func isCloser(_ index: Int) -> Bool {
    if plan.groups[top.index].isBracket { return plan.groups[top.index].last == index }
    let mark = plan.breaks[index]
    return mark.group >= 0 && mark.level == 0 && mark.group != 0
  }

  /// Whether a token begins a line.
  private func beginsLine(_ index: Int, hasComment: Bool) -> Bool {
    if tokens[index].kind == .endOfFile { return true }
    let mark = plan.breaks[index]
    if mark.group >= 0 {
      return open.last { $0.index == Int(mark.group) }?.isBroken ?? false
    }
    let group = plan.groups[top.index]
    if group.isBracket {
      if !top.isBroken { return false }
      if isItem(index) || group.last == index { return true }
    }
    return tokens[index].flags.contains(.startsLine) && top.isBroken
  }

  /// How far a line is indented that begins with a token.
  private func indentation(of index: Int) -> Int {
    let mark = plan.breaks[index]
    if mark.group >= 0, let group = open.last(where: { $0.index == Int(mark.group) }) {
      return group.base + 2 * Int(mark.level)
    }
    let group = plan.groups[top.index]
    if group.isBracket {
      if group.last == index { return top.base }
      if !top.isBroken { return lineIndentation }
      return top.base + (isItem(index) ? 2 : 4)
    }
    if tokens[index].kind == .endOfFile { return 0 }
    return top.base + 2 * top.level + 2
  }

  private mutating func newLine(_ indentation: Int, emptyLine: Bool) {
    while out.last == 32 { out.removeLast() }
    out.append(10)
    if emptyLine { out.append(10) }
    out.append(contentsOf: repeatElement(32, count: indentation))
    column = indentation
    lineIndentation = indentation
  }

  // MARK: Groups

  private mutating func openGroup(_ index: Int, from token: Int) {
    let group = plan.groups[index]
    let isBroken =
      group.isBreakable
      && (group.isForced || hasOwnComment(group) || !fits(group, from: token))
    open.append(
      OpenGroup(
        index: index,
        isBroken: isBroken,
        base: lineIndentation,
        level: group.isBracket ? 1 : 0
      )
    )
    if !group.isBracket { open[open.count - 1].level = 0 }
  }

  /// Whether a comment stands directly in a bracket, and not in a bracket or construct inside it.
  private func hasOwnComment(_ group: FormatGroup) -> Bool {
    if !group.isBracket { return false }
    var index = group.first + 1
    while index <= group.last {
      if hasComment(before: index) { return true }
      let inner = Int(plan.groupAt[index])
      index = inner >= 0 && index < group.last ? plan.groups[inner].last + 1 : index + 1
    }
    return false
  }

  private func hasComment(before index: Int) -> Bool {
    let start = Int(tokens[index - 1].end)
    return tree.source[start..<Int(tokens[index].start)].contains { $0 > 32 }
  }

  /// Whether a group, and what follows it up to the next possible line end, fits the line.
  private func fits(_ group: FormatGroup, from start: Int) -> Bool {
    var width = column
    var index = group.isBracket ? start + 1 : start
    while index < tokens.count - 1 {
      if index > start, isSurelyBroken(index) { return true }
      if index > group.last, plan.breaks[index].group >= 0 { return true }
      if index > start, Spacing.stands(between: spaced(index - 1), and: spaced(index)) {
        width += 1
      }
      width += Self.width(text(of: index))
      if width > FuseFormatter.columnMax { return false }
      if index > group.last, plan.groupAt[index] >= 0 { return true }
      index += 1
    }
    return true
  }

  /// Whether a line begins at a token whatever the width of lines.
  private func isSurelyBroken(_ index: Int) -> Bool {
    let mark = plan.breaks[index]
    if mark.group >= 0 { return plan.groups[Int(mark.group)].isForced }
    let before = Int(plan.groupAt[index - 1])
    return (before >= 0 && plan.groups[before].isBracket && plan.groups[before].isForced)
      || hasComment(before: index)
  }

  // MARK: Text

  /// How a token is written: mostly as it was.
  private func text(of index: Int) -> ArraySlice<UInt8> {
    let token = tokens[index]
    switch token.kind {
    case .functionKeyword: return ArraySlice("fn".utf8)
    case .tilde where plan.roles[index] == .prefix: return ArraySlice("!".utf8)
    case .string: return quoted(tree.source[token.span.range])
    default: return tree.source[token.span.range]
    }
  }

  /// A string with double quotes, if that changes nothing but the quotes.
  private func quoted(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.first == UInt8(ascii: "'"), text.count >= 2,
      !text.contains(UInt8(ascii: "\"")), !text.contains(UInt8(ascii: "\\"))
    else { return text }
    var changed = Array(text)
    changed[0] = UInt8(ascii: "\"")
    changed[changed.count - 1] = UInt8(ascii: "\"")
    return changed[...]
  }

  /// The characters of a text up to its first line end.
  private static func width(_ text: ArraySlice<UInt8>) -> Int {
    text.prefix { $0 != 10 }.count { $0 & 0xC0 != 0x80 }
  }

  private mutating func appendText(_ index: Int) {
    append(text(of: index))
  }

  private mutating func append(_ text: ArraySlice<UInt8>) {
    out += text
    if let end = text.lastIndex(of: 10) {
      column = Self.width(text[(end + 1)...])
    } else {
      column += Self.width(text)
    }
  }

  // MARK: Comments

  /// What stands between the token written last and the next, tokens left out aside.
  private func trivia(before index: Int) -> Trivia {
    var start = previous < 0 ? 0 : Int(tokens[previous].end)
    if previous < 0, tree.source.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    var trivia = Trivia(
      tree.source,
      start..<Int(tokens[previous + 1].start),
      startsLine: previous < 0
    )
    if previous + 1 < index {
      for skipped in previous + 1..<index {
        let next = Trivia(
          tree.source,
          Int(tokens[skipped].end)..<Int(tokens[skipped + 1].start),
          startsLine: false
        )
        if !next.comments.isEmpty || next.lineEnds > 0 { trivia.lineEnds = next.lineEnds }
        trivia.comments += next.comments
      }
    }
    return trivia
  }

  private mutating func write(_ comments: [Comment], before index: Int) {
    // Comments before `end` belong to the block.
    let isInner = isCloser(index)
    let indentation = isInner ? innerIndentation : self.indentation(of: index)
    for (place, comment) in comments.enumerated() {
      if !out.isEmpty {
        if comment.startsLine {
          let isFirst = place == 0 && (plan.breaks[index].isFirst || isFirstItem(index))
          newLine(
            comment.isVerbatim ? 0 : indentation,
            emptyLine: comment.followsEmptyLine && !isFirst
          )
        } else {
          append([32])
        }
      }
      append(comment.text)
    }
  }

  /// How far what stands in the innermost group is indented.
  private var innerIndentation: Int { top.base + 2 }
}
