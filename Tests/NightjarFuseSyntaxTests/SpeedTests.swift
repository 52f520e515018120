// Reading is fast enough to leave the time to the checker. The bound is far below what a release
// build reaches, so that a slow machine passes and a quadratic loop does not.

import NightjarFuseSyntax
import TestSupport
import Testing

@Suite struct SpeedTests {
  /// A module of many lines with the usual mix of declarations and statements.
  private static func program(lines: Int) -> String {
    var text = ""
    for i in 0..<(lines / 14) {
      text += """
        -- Account number \(i)
        struct Account\(i)
          pub owner: string
          balance: number = 0
        end
        fn describe\(i)(value: number | string, items: number[]) -> string
          let mut best: number? = None
          for (index, item) in items.enumerate() do
            if best == None or item > \(i) and index != 3 then best = item end
          end
          let label = match value when n as number then "digit ${n}" end else "text" end end
          label + ": " + best.unwrap_or(0).tostring()
        end
        print(describe\(i)(\(i), [1, 2, 3]), Account\(i) { owner: "Mara" }.owner)

        """
    }
    return text
  }

  @Test func fiftyThousandLines() {
    let source = Array(Self.program(lines: 50_000).utf8)
    var best = Duration.seconds(1000)
    var tree = FuseSyntax.parse(source)
    for _ in 0..<3 { best = min(best, processorTime { tree = FuseSyntax.parse(source) }) }
    #expect(tree.diagnostics.isEmpty)
    let seconds = Double(best.components.attoseconds) / 1e18 + Double(best.components.seconds)
    let rate = Double(source.count { $0 == 10 }) / seconds
    print("fuse syntax: \(Int(rate / 1000)) thousand lines a second")
    #expect(rate > 20_000)
  }
}
