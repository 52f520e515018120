// What `fuse.toml` may say, and what is told when it does not.

import NightjarDiagnostics
import NightjarFuseProject
import NightjarFuseSyntax
import Testing

@Suite struct ManifestTests {
  private func read(_ text: String) -> (FuseManifest, [String]) {
    let (manifest, problems) = FuseManifest.read(Array(text.utf8))
    let source = SourceText(name: "fuse.toml", bytes: Array(text.utf8))
    return (manifest, problems.map { DiagnosticRenderer().renderLine($0, in: source) })
  }

  @Test func everyKeyIsRead() {
    let (manifest, problems) = read(
      """
      # a project
      name = "web\\u002dkit" # with an escape
      version = '1.0'
      source = "lib"
      target = "luajit"
      bounds = "unchecked"
      casts = "unchecked"
      boundary = "checked"
      runtime = "inline"
      module_prefix = "kit."
      bundle = true
      debug = true
      features = ["a", "b",
        "c", # the last
      ]
      deny = ["F0211"]
      macro_fuel = 1_000

      [dependencies]
      json = "../json"
      "two words" = { path = "../other" }
      """
    )
    #expect(problems == [])
    var expected = FuseManifest()
    expected.name = "web-kit"
    expected.version = "1.0"
    expected.source = "lib"
    expected.target = .luajit
    expected.checksBounds = false
    expected.checksCasts = false
    expected.checksBoundary = true
    expected.inlinesRuntime = true
    expected.modulePrefix = "kit."
    expected.bundles = true
    expected.isDebug = true
    expected.features = ["a", "b", "c"]
    expected.deny = ["F0211"]
    expected.macroFuel = 1000
    expected.dependencies = [
      .init(name: "json", path: "../json"), .init(name: "two words", path: "../other"),
    ]
    #expect(manifest == expected)
  }

  @Test func anEmptyManifestMeansTheUsual() {
    let (manifest, problems) = read("\u{FEFF}\r\n# nothing\r\n")
    #expect(manifest == FuseManifest() && problems == [])
  }

  @Test(arguments: [
    ("name = 5", "1:8: error[NJ-P0103]: `name` is a string, not 5"),
    ("nmae = 'a'", "1:1: error[NJ-P0102]: a manifest has no key `nmae`"),
    (
      "target = '5.0'",
      "1:10: error[NJ-P0103]: `target` is one of \"lua5.1\", \"lua5.2\", \"lua5.3\", \"lua5.4\", "
        + "\"luajit\", \"luau\", not \"5.0\""
    ),
    ("bounds = true", "1:10: error[NJ-P0103]: `bounds` is \"checked\" or \"unchecked\", not true"),
    ("deny = [1]", "1:8: error[NJ-P0103]: `deny` is an array of strings, not an array"),
    ("macro_fuel = -1", "1:14: error[NJ-P0103]: `macro_fuel` is a whole number above 0, not -1"),
    (
      "[dependencies]\na = {}",
      "2:5: error[NJ-P0103]: `a` is a folder, or a table with its `path`, not a table"
    ),
  ])
  func unfitValuesAreTold(_ text: String, _ expected: String) {
    #expect(read(text).1 == ["fuse.toml:" + expected])
  }

  @Test(arguments: [
    ("name 'a'", "1:6", "expected `=` after the key, found `'`"),
    ("name = \"a", "1:8", "the string does not end"),
    ("name = 'a\nb'", "1:8", "the string does not end"),
    ("name = abc", "1:8", "`abc` is no value; text stands in quotation marks"),
    ("name = 'a' 'b'", "1:12", "expected the end of the line, found `'`"),
    ("name = 'a'\nname = 'b'", "2:1", "`name` is given twice"),
    ("[a]\n[a]", "2:1", "the table `a` is defined twice"),
    ("a = 1\n[a]", "2:2", "`a` is no table"),
    ("a = {b = 1}\na.c = 2", "2:3", "a table in braces cannot be added to"),
    ("[[a]]", "1:1", "arrays of tables have no use here"),
    ("name = \"\\q\"", "1:9", "there is no such escape"),
    ("name = \"\\ud800\"", "1:9", "the escape names no character"),
    ("a = 01", "1:5", "`01` is no value; text stands in quotation marks"),
    ("a = 1979-05-27", "1:5", "`1979-05-27` is no value; text stands in quotation marks"),
    ("a = [1, 2", "1:10", "expected `,` or `]` in the array, found the end of the text"),
    ("= 1", "1:1", "expected a key, found `=`"),
  ])
  func brokenTextsAreTold(_ text: String, _ place: String, _ problem: String) {
    let line = "fuse.toml:\(place): error[NJ-P0101]: the manifest is not valid TOML: \(problem)"
    #expect(read(text).1 == [line])
  }

  @Test func deepNestingEndsInAMessage() {
    let text = "a = " + String(repeating: "[", count: 100_000)
    #expect(read(text).1.first?.contains("values nest too deeply") == true)
  }

  /// Cut and changed anywhere, a manifest is read or refused.
  @Test func noTextTraps() {
    let good = Array("name = \"a\\n\"\n[dependencies]\nb = { path = 'c', d = [1.5, 0x1F] }\n".utf8)
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      var text = good
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<text.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: text.removeSubrange(place...)
        case 1: text[place] = UInt8.random(in: 0...255, using: &generator)
        default: text.insert(text[Int.random(in: 0..<text.count, using: &generator)], at: place)
        }
        if text.isEmpty { text = [10] }
      }
      let (_, problems) = FuseManifest.read(text)
      for problem in problems { #expect(Int(problem.span.end) <= text.count + 1) }
    }
  }
}
