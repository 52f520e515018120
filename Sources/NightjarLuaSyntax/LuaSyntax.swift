// The way in: Lua text to tree.

/// Limits of the parser.
package enum LuaSyntaxLimits {
  /// How deep blocks, functions, tables, parentheses, operators and lists of assignment targets
  /// may nest. The reference stops at 200; the parser at this limit fits a stack of 512 KB.
  package static let nesting = 400
  /// The most bytes of one text: offsets are 32 bits wide.
  package static let sourceByteCount = 1 << 31 - 1
}
