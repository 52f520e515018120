// Functions of a text that was itself made of another: their places are told in the text people wrote.

extension FunctionPrototype {
  /// The function with the lines of another text.
  ///
  /// - Parameter map: For each line of the compiled text, from 1, the line of the other one; element 0
  ///   is not used. Lines beyond its end get the last.
  /// - Returns: The same code with the lines of the other text.
  /// - Complexity: O(*n*) in the instructions.
  package func mappingLines(by map: [Int32]) -> FunctionPrototype {
    guard let last = map.last else { return self }
    func mapped(_ line: Int32) -> Int32 {
      line <= 0 ? line : Int(line) < map.count ? map[Int(line)] : last
    }
    return FunctionPrototype(
      dialect: dialect,
      code: code,
      constants: constants,
      upvalues: upvalues,
      functions: functions.map { $0.mappingLines(by: map) },
      parameterCount: parameterCount,
      isVararg: isVararg,
      registerCount: registerCount,
      source: source,
      lineDefined: mapped(lineDefined),
      lastLineDefined: mapped(lastLineDefined),
      lines: lines.map(mapped),
      locals: locals
    )
  }
}
