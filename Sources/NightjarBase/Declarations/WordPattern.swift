// Words of the command line in `switch`.

/// Whether a word says what a pattern does, compared as the bytes that it is.
///
/// A `String` made of the word would be checked and copied by the standard library, and the pages of what
/// does that would be resident in every process.
package func ~= (pattern: StaticString, word: [UInt8]) -> Bool {
  pattern.withUTF8Buffer { word.elementsEqual($0) }
}
