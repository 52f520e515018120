// No file of Sources uses a banned pointer form, and the search does find them.

import Testing

@Suite struct PointerFormTests {
  private static let declarations = """
    typealias Slots = UnsafeMutablePointer<Value>
    func f(_ r: Slots, p: UnsafePointer<Int>, raw: UnsafeMutableRawPointer, n: Int) {
      let q = r + n

    """

  private func isFound(_ line: String) -> Bool {
    let file = SwiftText(Self.declarations + line + "\n}")
    return !PointerForms(aliasesIn: [file]).findings(in: file).isEmpty
  }

  @Test(arguments: [
    "r[-1] = x", "r[ -1 ] = x", "r[-n] = x", "q[0 - 1] = x", "a.base[-2].tag = t",
    "(r - 1).pointee = x", "(r - n).pointee = x", "(p - 2)[0]", "(r + n - 1).pointee",
    "r.advanced(by: -1).pointee = x", "r.predecessor().pointee = x", "(r - 1).initialize(to: x)",
    "let s = r - 1", "let s = q - 2", "r -= 1", "r += -1", "g(r + -1)", "frame.r - 1",
  ])
  func findsIt(line: String) {
    #expect(isFound(line), "not found: \(line)")
  }

  @Test(arguments: [
    "let a = [-1, 2]", "return [-1]", "r[n - 1] = x", "let c = r - q", "let m = n - 1",
    "raw.storeBytes(of: x, toByteOffset: -16, as: UInt64.self)", "r[0] = x", "(r + 1).pointee = x",
    "UInt(bitPattern: r) &- 16", "let d = (n - 1)", "(raw - 16).load(as: Int.self)",
    "a[n &- 1]", "let count = q - r - 1; f(count - 1)", "// r[-1] = x", "print(\"r[-1]\")",
    "let f: (Slots) -> Int",
  ])
  func letsItPass(line: String) {
    #expect(!isFound(line), "found: \(line)")
  }

  @Test func sourcesHaveNone() {
    let files = Repository.swiftSources.map { ($0, SwiftText(Repository.text($0) ?? "")) }
    let forms = PointerForms(aliasesIn: files.map(\.1))
    for (path, file) in files {
      for (line, form) in forms.findings(in: file) {
        Issue.record("\(path):\(line): pointer moved below itself by a constant: \(form)")
      }
    }
  }
}
