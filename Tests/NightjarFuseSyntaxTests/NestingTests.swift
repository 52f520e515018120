// Depth is bounded, chains are not, and the deepest tree fits a small stack.

import Foundation
import NightjarFuseSyntax
import TestSupport
import Testing

@Suite struct NestingTests {
  private static let deep: [(start: String, open: String, middle: String, close: String)] = [
    ("x = ", "(", "2", ")"), ("x = ", "[", "0", "]"), ("x = ", "{", "0", "}"),
    ("x = ", "f(", "1", ")"), ("x = ", "- ", "1", ""), ("x = ", "a ^ ", "1", ""),
    ("x = ", "try ", "f()", ""), ("x = ", "a[", "1", "]"), ("x = ", "{ [", "1", "]: 1 }"),
    ("x = ", "\"${", "1", "}\""), ("x = ", "S { a: ", "1", " }"),
    ("x = ", "fn() => ", "1", ""), ("x = ", "a or (", "1", ")"),
    ("", "do ", "", " end"), ("", "while a do ", "", " end"), ("", "fn f() ", "", " end"),
    ("", "if a then else ", "", " end"), ("", "repeat ", "", " until x"),
    ("", "for i in a do ", "", " end"), ("", "match x when else ", "", " end end"),
    ("type T = ", "A<", "B", ">"), ("type T = ", "(", "A", ",)"), ("type T = ", "own ", "A", ""),
    ("type T = ", "fn() -> ", "A", ""), ("type T = ", "{ a: ", "A", " }"),
    ("type T = ", "fn(", "A", ")"), ("x = a", "<A", "", ">"),
    ("match x when ", "(", "a", ",)"), ("match x when ", "A(", "a", ")"),
    ("match x when ", "[", "a", "]"), ("match x when ", "{ a: ", "a", " }"),
    ("", "impl A fn f() ", "", " end end"), ("", "#[a(", "1", ")]"),
    ("", "macro m() quote ", "", " end end"), ("", "m!(", "1", ")"), ("(", "(", "a", ",)"),
  ]

  private static func text(_ index: Int, _ count: Int, closed: Bool) -> String {
    let (start, open, middle, close) = deep[index]
    return start + String(repeating: open, count: count)
      + (closed ? middle + String(repeating: close, count: count) : "")
  }

  @Test(arguments: deep.indices)
  func fiveThousandLevelsAreTooMany(_ index: Int) {
    for closed in [false, true] {
      let tree = parse(Self.text(index, 5000, closed: closed))
      #expect(tree.hasErrors, "\(Self.deep[index].open)")
    }
  }

  @Test(arguments: 0..<20)
  func sixtyLevelsAreFine(_ index: Int) {
    let tree = parse(Self.text(index, 60, closed: true))
    #expect(!tree.hasErrors, "\(Self.deep[index].open)")
  }

  @Test func theLimitIsTold() {
    let text = "x = " + String(repeating: "(", count: 5000) + String(repeating: ")", count: 5000)
    #expect(codes(text) == ["F0118"])
  }

  private static let chains = [
    "x = 1" + String(repeating: " + 1", count: 100_000),
    "x = a" + String(repeating: ".b", count: 100_000),
    "x = f" + String(repeating: "()", count: 100_000),
    "x = a" + String(repeating: "[1]", count: 100_000),
    "x = a" + String(repeating: "?", count: 100_000),
    "x = a" + String(repeating: " and a or a", count: 50_000),
    "x = a" + String(repeating: " as A", count: 50_000),
    "x = a" + String(repeating: "::a", count: 50_000),
    "if a then" + String(repeating: " elseif b then", count: 100_000) + " end",
    "x = [" + String(repeating: "1,", count: 100_000) + "]",
    "f(" + String(repeating: "1,", count: 100_000) + "1)",
    String(repeating: "x = 1;", count: 100_000), String(repeating: ";", count: 100_000),
    "type T = A" + String(repeating: " | B", count: 100_000),
    "type T = A" + String(repeating: "[]", count: 100_000),
    "x = \"" + String(repeating: "${a}", count: 50_000) + "\"",
    "match x when a" + String(repeating: " or a", count: 50_000) + " then end end",
  ]

  @Test(arguments: chains.indices)
  func chainsHaveNoLimit(_ index: Int) {
    #expect(parse(Self.chains[index]).diagnostics.isEmpty)
  }

  /// Texts made so that looking ahead or back could cost more than the text is long.
  private static let traps = [
    String(repeating: "a<", count: 50_000), String(repeating: "f(a<b,", count: 50_000),
    String(repeating: "r#\"\n", count: 50_000), String(repeating: "--[[\n", count: 50_000),
    String(repeating: "\"\n", count: 50_001), String(repeating: "\"${", count: 50_000),
    String(repeating: "(]", count: 50_000), String(repeating: "([{", count: 30_000),
    String(repeating: "#if debug\n'\n", count: 20_000), String(repeating: "if ", count: 50_000),
    String(repeating: "fn(", count: 50_000), String(repeating: "x. \n", count: 50_000),
    String(repeating: "m!(", count: 50_000), String(repeating: "m!(a ", count: 50_000),
    String(repeating: "x = @ fn ", count: 50_000), String(repeating: "a, ", count: 50_000),
    String(repeating: "unsafe ", count: 50_000), String(repeating: "gen ", count: 50_000),
    String(repeating: "} ", count: 50_000), String(repeating: "\"}\"${", count: 30_000),
    String(repeating: "while a do if ", count: 30_000),
    "f(" + String(repeating: "a b ", count: 50_000),
  ]

  @Test(arguments: traps.indices)
  func nothingIsQuadratic(_ index: Int) {
    let text = Self.traps[index]
    var tree = parse("")
    let time = processorTime { tree = parse(text) }
    #expect(tree.rebuiltSource().count == text.utf8.count)
    #expect(time < .seconds(5), "\(text.prefix(20)): \(time)")
  }

  /// The deepest texts, whole and broken, in a thread of 512 KB.
  @Test func theDeepestTreeFitsASmallStack() {
    var texts = Self.deep.indices.flatMap { index in
      [100, 248, 5000].flatMap {
        [Self.text(index, $0, closed: true), Self.text(index, $0, closed: false)]
      }
    }
    // The longest way down for each level.
    texts.append(String(repeating: "f(fn() return {[a.b(", count: 150))
    texts.append(String(repeating: "x = f { a: fn() for i in (", count: 150))
    texts.append(String(repeating: "match \"${do if x then (", count: 300))
    texts.append(String(repeating: "x = = fn() y(", count: 300))
    let thread = SmallThread { [texts] in for text in texts { _ = parse(text) } }
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
