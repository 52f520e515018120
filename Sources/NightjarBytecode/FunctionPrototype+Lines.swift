// Functions of a text that was itself made of others: their places are told in the texts people wrote.

/// Where the lines of a text come from.
package struct LineOrigins: Sendable {
  /// The chunk names of the texts that lines come from, as `load` takes them.
  package var sources: [[UInt8]]
  /// For each line, from 1, the text (an index of `sources`) and the line there; line 0 for lines that
  /// come from nowhere.
  ///
  /// Element 0 is not used.
  package var lines: [(source: Int32, line: Int32)]

  /// Names texts and lines.
  package init(sources: [[UInt8]], lines: [(source: Int32, line: Int32)]) {
    self.sources = sources
    self.lines = lines
  }

  /// The origin of a line: of one from nowhere that of the nearest line before it, down to `first`.
  fileprivate func origin(of line: Int32, from first: Int32) -> (source: Int32, line: Int32)? {
    var line = min(Int(line), lines.count - 1)
    while line >= max(1, Int(first)) {
      if lines[line].line > 0 { return lines[line] }
      line -= 1
    }
    return nil
  }
}

extension FunctionPrototype {
  /// The function with the places of other texts.
  ///
  /// A function belongs to the text from which its first line comes that comes from any; the main function,
  /// which may hold several modules, to that of its last.
  ///
  /// - Parameter origins: Where the lines of the compiled text come from.
  /// - Returns: The same code with other places.
  /// - Complexity: O(*n*) in the instructions, if few lines come from nowhere.
  package func withPlaces(_ origins: LineOrigins) -> FunctionPrototype {
    let first = lineDefined
    let mapped = lines.map { origins.origin(of: $0, from: first) }
    let own = first == 0 ? mapped.lazy.compactMap { $0 }.last : mapped.lazy.compactMap { $0 }.first
    func line(_ place: (source: Int32, line: Int32)?) -> Int32 {
      guard let own else { return 1 }
      return place.map { $0.source == own.source ? $0.line : own.line } ?? own.line
    }
    return FunctionPrototype(
      dialect: dialect,
      code: code,
      constants: constants,
      upvalues: upvalues,
      functions: functions.map { $0.withPlaces(origins) },
      parameterCount: parameterCount,
      isVararg: isVararg,
      registerCount: registerCount,
      source: own.map { origins.sources[Int($0.source)] } ?? source,
      lineDefined: first == 0 ? 0 : line(origins.origin(of: first, from: first)),
      lastLineDefined: first == 0 ? 0 : line(origins.origin(of: lastLineDefined, from: first)),
      lines: mapped.map(line),
      locals: locals
    )
  }
}
