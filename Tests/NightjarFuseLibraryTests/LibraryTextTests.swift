// The texts of the library: without mistakes, in the one style, and complete.

import FuseTesting
import NightjarDiagnostics
import NightjarFuseFormat
import NightjarFuseLibrary
import NightjarFuseSyntax
import Testing

@Suite struct LibraryTextTests {
  private static let names = Set(StandardLibrary.names + StandardLibrary.everywhere).sorted()

  @Test(arguments: names)
  func isFormatted(name: String) throws {
    let text = try #require(StandardLibrary.text(of: name))
    let tree = FuseSyntax.parse(text)
    #expect(tree.diagnostics.isEmpty)
    let formatted = try #require(FuseFormatter.format(tree))
    #expect(formatted == text, "\(name).fuse is not formatted")
  }

  /// What the library calls in Lua is there for every target, and its type is known.
  @Test(arguments: FuseTarget.allCases)
  func functionsInLuaAreThere(target: FuseTarget) throws {
    let types = String(decoding: try #require(StandardLibrary.text(of: "rt")), as: UTF8.self)
    let declared = types.matches(of: /fn (\w+)/).map { String($0.output.1) }
    let fields = Set(FuseRuntime.fields(target: target))
    for name in declared { #expect(fields.contains(name), "\(name)") }
    for module in Self.names where module != "rt" {
      let text = String(decoding: try #require(StandardLibrary.text(of: module)), as: UTF8.self)
      for match in text.matches(of: /\brt\.(\w+)\(/) {
        #expect(declared.contains(String(match.output.1)), "\(module): rt.\(match.output.1)")
      }
    }
  }

  @Test func thereIsNoOtherModule() {
    #expect(StandardLibrary.text(of: "nothing") == nil)
  }
}
