// Tracebacks, as each dialect words them. SOURCE: `luaL_traceback` and `debug.traceback` of the
// references; the same texts.

internal import NightjarBase
internal import NightjarBytecode

/// How a dialect leaves out the middle of a long traceback, and words its lines.
private struct TracebackStyle {
  /// Levels shown before those that are left out.
  var first: Int
  /// Levels shown behind them.
  var last: Int
  /// The most levels that are all shown.
  var whole: Int
  let dialect: LuaDialect

  /// - Parameters:
  ///   - dialect: The dialect that words it.
  ///   - start: The first level shown.
  init(_ dialect: LuaDialect, from start: Int) {
    self.dialect = dialect
    if dialect.follows(.tracebackIsBare) {
      // Counted from level 0, whatever level comes first.
      (first, last, whole) = (12 - start, 10, 23 - start)
    } else if dialect.follows(.tracebackSaysFunction) {
      (first, last, whole) = (11 - start, 11, 23 - start)
    } else {
      (first, last, whole) = (10, 11, 22)
    }
  }
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// "stack traceback:" and a line for each level from `level` on, after `message` if there is one.
  ///
  /// Text of the libraries of tasks, and natives that it has called, are nobody's frames and have no lines.
  ///
  /// The dialect that words it is by default the machine's own.
  func traceback(
    of fiber: FiberRef,
    message: [UInt8]?,
    level: Int,
    as dialect: LuaDialect? = nil
  ) -> [UInt8] {
    let style = TracebackStyle(dialect ?? pointee.mainDialect, from: level)
    var text = message.map { $0 + [UInt8(ascii: "\n")] } ?? []
    text += Array("stack traceback:".utf8)
    let rules = style.dialect.rules
    let count = levelCount(of: fiber, rules)
    // Each level shown is found by a walk and named by a search.
    let shownCount = Swift.min(Swift.max(count - level, 0), style.whole)
    pointee.fuel &-= Int64(shownCount * (200 + count >> 4))
    let skipsFrom = count - level > style.whole && style.first > 0 ? level + style.first : Int.max
    var current = level
    // Whether the frame above is not shown, and what was lost below it neither.
    var isHidden = false
    while let found = self.level(current, of: fiber, rules) {
      if current == skipsFrom {
        let skipped = count - current - style.last
        // The reference counts one level less than it leaves out.
        let number = rules.hasAttributes ? "\t(skipping \(skipped - 1) levels)" : ""
        text += Array("\n\t...\(number)".utf8)
        current += skipped
        continue
      }
      guard let frame = found.frame else {
        if !isHidden { text += Array("\n\t(tail call): ?".utf8) }
        current += 1
        continue
      }
      isHidden = isOfTaskLibrary(frame, in: fiber)
      if isHidden {
        current += 1
        continue
      }
      text += Array("\n\t\(describe(frame, in: fiber, style))".utf8)
      if !frame.pointee.isNative && frame.pointee.has(Frame.Flag.tailCalled),
        !style.dialect.follows(.tracebackIsBare)
      {
        text += Array("\n\t(...tail calls...)".utf8)
      }
      current += 1
    }
    return text
  }

  /// Whether a frame is of the text of a library that only machines with tasks have, or of a native called by it.
  private func isOfTaskLibrary(_ frame: FrameRef, in fiber: FiberRef) -> Bool {
    if pointee.tasks == nil { return false }
    let caller = frame.pointee.isNative ? frame.below : frame
    if caller <= fiber.pointee.frames || caller.pointee.isNative { return false }
    return Self.isLibrary(chunkName(of: prototype(of: caller)))
  }

  /// "file:line: in function 'name'".
  private func describe(_ frame: FrameRef, in fiber: FiberRef, _ style: TracebackStyle) -> String {
    var place = "[C]:"
    if !frame.pointee.isNative {
      place = "\(chunkName(of: prototype(of: frame))):"
      if let line = currentLine(of: frame) { place += "\(line):" }
    }
    if style.dialect.follows(.tracebackSaysFunction) {
      return "\(place) \(olderTitle(of: frame, in: fiber, style.dialect))"
    }
    return "\(place) in \(title(of: frame, in: fiber, style.dialect))"
  }

  private func title(of frame: FrameRef, in fiber: FiberRef, _ dialect: LuaDialect) -> String {
    let trustsCalls = dialect.follows(.tracebackTrustsCalls)
    let called = calledName(of: frame, in: fiber).map { "\($0.kind) '\($0.name)'" }
    if trustsCalls, let called { return called }
    if let name = globalName(of: function(of: frame)) { return "function '\(name)'" }
    if let called { return called }
    return frame.pointee.isNative ? "?" : plainTitle(of: frame)
  }

  /// The same before 5.3: whatever a function was called by, it is a function.
  private func olderTitle(
    of frame: FrameRef,
    in fiber: FiberRef,
    _ dialect: LuaDialect
  ) -> String {
    if let called = calledName(of: frame, in: fiber) { return "in function '\(called.name)'" }
    if !frame.pointee.isNative { return "in \(plainTitle(of: frame))" }
    if dialect.follows(.tracebackShowsAddresses) {
      return "at \(addressText(of: function(of: frame)))"
    }
    if dialect.follows(.tracebackIsBare) { return "?" }
    return globalName(of: function(of: frame)).map { "in function '\($0)'" } ?? "in ?"
  }

  /// What a function is called that has no name: by the place where it stands.
  func plainTitle(of frame: FrameRef) -> String {
    let image = image(of: prototype(of: frame))
    if image.lineDefined == 0 { return "main chunk" }
    return "function <\(chunkName(of: prototype(of: frame))):\(image.lineDefined)>"
  }
}
