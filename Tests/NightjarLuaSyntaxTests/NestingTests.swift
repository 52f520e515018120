// Depth is bounded, chains are not, and the deepest tree fits a small stack.

import Foundation
import NightjarDiagnostics
import NightjarLuaSyntax
import Testing

@Suite struct NestingTests {
  private static let deep: [(start: String, open: String, middle: String, close: String)] = [
    ("local a; a=", "{", "0", "}"), ("return ", "(", "2", ")"),
    ("local function a(x) return x end; return ", "a(", "2.2", ")"), ("", "do ", "", " end"),
    ("", "while a do ", "", " end"), ("local a; ", "if a then else ", "", " end"),
    ("", "repeat ", "", " until x"), ("", "function foo () ", "", " end"),
    ("local a = ''; return ", "a..", "'a'", ""), ("local a = 1; return ", "a^", "a", ""),
    ("return ", "- ", "1", ""), ("return ", "not ", "1", ""), ("local a; a", ",a", "= 1", ",1"),
    ("x = ", "a[", "1", "]"), ("x = ", "{[", "1", "]=1}"), ("", "for i = 1, 2 do ", "", " end"),
  ]

  private static func text(_ index: Int, _ count: Int, closed: Bool) -> String {
    let (start, open, middle, close) = deep[index]
    return start + String(repeating: open, count: count)
      + (closed ? middle + String(repeating: close, count: count) : "")
  }

  @Test(arguments: deep.indices)
  func threeHundredLevelsAreFine(_ index: Int) {
    #expect(referenceMessage(parse(Self.text(index, 300, closed: true))) == "ok")
  }

  @Test(arguments: deep.indices)
  func fiveHundredLevelsAreTooMany(_ index: Int) {
    for closed in [false, true] {
      let text = Self.text(index, 500, closed: closed)
      #expect(referenceMessage(parse(text)).contains("overflow"), "\(Self.deep[index].open)")
      #expect(parse(text, all: true).diagnostics.map(\.code) == [.nestingTooDeep])
    }
  }

  @Test func theLimitIsExact() {
    let limit = LuaSyntaxLimits.nesting
    let text = String(repeating: "do ", count: limit) + String(repeating: " end", count: limit)
    #expect(parse(text).diagnostics.isEmpty)
    #expect(!parse("do " + text + " end").diagnostics.isEmpty)
    #expect(LuaSyntax.parse(Array("return ((1))".utf8), .init(nestingLimit: 3)).diagnostics.isEmpty)
    #expect(
      !LuaSyntax.parse(Array("return (((1)))".utf8), .init(nestingLimit: 3)).diagnostics.isEmpty
    )
  }

  private static let chains = [
    "return 1" + String(repeating: "+1", count: 100_000),
    "return a" + String(repeating: ".b", count: 100_000),
    "return f" + String(repeating: "()", count: 100_000),
    "return a" + String(repeating: "[1]", count: 100_000),
    "return a" + String(repeating: ":b()", count: 100_000),
    "return a" + String(repeating: " and a or a", count: 50_000),
    "if a then" + String(repeating: " elseif b then", count: 100_000) + " end",
    "return {" + String(repeating: "1,", count: 100_000) + "}",
    "f(" + String(repeating: "1,", count: 100_000) + "1)",
    String(repeating: "x = 1 ", count: 100_000), String(repeating: ";", count: 100_000),
  ]

  @Test(arguments: chains.indices)
  func chainsHaveNoLimit(_ index: Int) {
    let text = Self.chains[index]
    #expect(parse(text).diagnostics.isEmpty)
    #expect(parse(text + " = =", all: true).diagnostics.count == 1)
  }

  /// The deepest texts, whole and broken, in a thread of 512 KB.
  @Test func theDeepestTreeFitsASmallStack() {
    var texts = Self.deep.indices.flatMap { index in
      [300, 398, 5000].flatMap {
        [Self.text(index, $0, closed: true), Self.text(index, $0, closed: false)]
      }
    }
    // The longest way down for each level: a call in a table in a function in a call.
    texts.append(String(repeating: "f(function() return {[a:b(", count: 150))
    texts.append(String(repeating: "f{x = function() for i = (", count: 150))
    texts.append(String(repeating: "x = = function() y(", count: 300))
    let thread = SmallThread { [texts] in for text in texts { _ = parse(text, all: true) } }
    thread.run()
    #expect(thread.isDone)
  }
}

/// Runs a body on a thread with a stack of 512 KB and waits for it.
private final class SmallThread: @unchecked Sendable {
  private let body: @Sendable () -> Void
  private(set) var isDone = false

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  func run() {
    let done = DispatchSemaphore(value: 0)
    let thread = Thread { [self] in
      body()
      isDone = true
      done.signal()
    }
    // Without optimisation frames are several times as large.
    #if DEBUG
    thread.stackSize = 8 << 20
    #else
    thread.stackSize = 512 << 10
    #endif
    thread.start()
    done.wait()
  }
}
