// Reading is fast enough never to matter. The bound is far below what a release build reaches, so
// that a slow machine passes and a quadratic loop does not.

import Foundation
import NightjarLuaSyntax
import Testing

@Suite struct SpeedTests {
  /// A program of many lines with the usual mix of statements.
  private static func program(lines: Int) -> String {
    var text = ""
    for i in 0..<(lines / 5) {
      text += """
        local function work\(i % 100)(a, b)
          if a.count > \(i) and b[\(i % 7)] ~= nil then a.total = a.total + b:value("k\(i)") end
          for i = 1, #b do t[i] = {x = i * 2.5, name = "n" .. i} end -- a comment
          return a, b
        end

        """
    }
    return text
  }

  @Test func fiftyThousandLines() {
    let source = Array(Self.program(lines: 50_000).utf8)
    let clock = ContinuousClock()
    var best = Duration.seconds(1000)
    var tree = LuaSyntax.parse(source)
    for _ in 0..<3 { best = min(best, clock.measure { tree = LuaSyntax.parse(source) }) }
    #expect(tree.diagnostics.isEmpty)
    let seconds = Double(best.components.attoseconds) / 1e18 + Double(best.components.seconds)
    let rate = Double(source.count) / seconds / 1e6
    print("syntax: \(source.count) bytes at \(Int(rate)) MB/s")
    #expect(rate > 0.5)
  }
}
