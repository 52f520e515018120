// Every sample of the language's specification is read without a word.

import FuseTesting
import NightjarFuseSyntax
import Testing

@Suite struct SampleTests {
  @Test func thereAreSamples() {
    #expect(Programs.samples.count >= 36)
  }

  @Test(arguments: Programs.samples)
  func isRead(name: String) throws {
    let tree = FuseSyntax.parse(try Programs.bytes("Samples", name))
    #expect(tree.diagnostics.isEmpty, "\(rendered(tree, name: name))")
    #expect(tree.statements(tree.root).count > 0)
  }
}
