// The text of a line while it is being typed: what stands before the cursor and what after. Moves and
// deletions go by whole characters as people see them, so an accent never parts from its letter.

/// A line with a cursor in it.
package struct EditedText: Equatable, Sendable {
  /// What stands before the cursor.
  package private(set) var before: String
  /// What stands after it.
  package private(set) var after: String

  /// A text with the cursor at its end.
  package init(_ text: String = "") {
    before = text
    after = ""
  }

  /// The whole line.
  package var text: String { before + after }
  package var isEmpty: Bool { before.isEmpty && after.isEmpty }

  package mutating func insert(_ scalar: Unicode.Scalar) { before.unicodeScalars.append(scalar) }
  package mutating func insert(_ text: String) { before += text }

  // MARK: Moves

  package mutating func moveLeft() {
    if let last = before.popLast() { after = String(last) + after }
  }

  package mutating func moveRight() {
    if !after.isEmpty { before.append(after.removeFirst()) }
  }

  package mutating func moveToStart() { (before, after) = ("", text) }
  package mutating func moveToEnd() { (before, after) = (text, "") }

  package mutating func moveWordLeft() {
    let kept = before.count - Self.lastWordCount(before)
    (before, after) = (String(before.prefix(kept)), before.dropFirst(kept) + after)
  }

  package mutating func moveWordRight() {
    let count = Self.firstWordCount(after)
    (before, after) = (before + after.prefix(count), String(after.dropFirst(count)))
  }

  // MARK: Deletions, which give back what they took

  @discardableResult package mutating func deleteBackward() -> String {
    before.popLast().map { String($0) } ?? ""
  }

  @discardableResult package mutating func deleteForward() -> String {
    after.isEmpty ? "" : String(after.removeFirst())
  }

  package mutating func deleteToStart() -> String {
    defer { before = "" }
    return before
  }

  package mutating func deleteToEnd() -> String {
    defer { after = "" }
    return after
  }

  package mutating func deleteWordBackward() -> String {
    takeLast(Self.lastWordCount(before))
  }

  package mutating func deleteWordForward() -> String {
    let count = Self.firstWordCount(after)
    defer { after = String(after.dropFirst(count)) }
    return String(after.prefix(count))
  }

  /// Deletes what stands between the cursor and the space before it.
  package mutating func deleteToSpace() -> String {
    let spaces = before.reversed().prefix { $0.isWhitespace }.count
    let rest = before.dropLast(spaces)
    return takeLast(spaces + rest.reversed().prefix { !$0.isWhitespace }.count)
  }

  private mutating func takeLast(_ count: Int) -> String {
    defer { before = String(before.dropLast(count)) }
    return String(before.suffix(count))
  }

  /// Exchanges the characters around the cursor, or the last two at the end.
  package mutating func transpose() {
    if after.isEmpty { moveLeft() }
    guard let left = before.popLast(), !after.isEmpty else { return }
    before.append(after.removeFirst())
    before.append(left)
  }

  // MARK: Words

  private static func isWordCharacter(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  private static func lastWordCount(_ text: String) -> Int {
    let reversed = text.reversed()
    let gap = reversed.prefix { !isWordCharacter($0) }.count
    return gap + reversed.dropFirst(gap).prefix { isWordCharacter($0) }.count
  }

  private static func firstWordCount(_ text: String) -> Int {
    let gap = text.prefix { !isWordCharacter($0) }.count
    return gap + text.dropFirst(gap).prefix { isWordCharacter($0) }.count
  }
}
