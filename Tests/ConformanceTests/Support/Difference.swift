// Says where two outputs part, in a few lines around the first difference.
import Foundation

/// Nothing when equal; else the lines around the first one that differs, expected ones with `-`.
func difference(expected: Data, actual: Data) -> String? {
  guard expected != actual else { return nil }
  let wanted = lines(expected)
  let got = lines(actual)
  let first =
    zip(wanted, got).enumerated().first { $1.0 != $1.1 }?.offset
    ?? min(wanted.count, got.count)
  var report = ["line \(first + 1) differs (\(wanted.count) lines expected, \(got.count) written)"]
  for index in max(0, first - 2)..<first { report.append("  " + wanted[index]) }
  for line in wanted.dropFirst(first).prefix(4) { report.append("- " + line) }
  for line in got.dropFirst(first).prefix(4) { report.append("+ " + line) }
  return report.joined(separator: "\n")
}

/// Lines as text; bytes that are not printable show as `\xNN`.
private func lines(_ bytes: Data) -> [String] {
  bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
    if let text = String(bytes: line, encoding: .utf8), !text.contains("\0") { return text }
    return line.map { byte in
      (0x20..<0x7F).contains(byte)
        ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16)
    }.joined()
  }
}
