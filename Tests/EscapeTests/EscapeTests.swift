// Hostile scripts and what their host observes. None crashes its process, hangs beyond its limits, or
// uses more memory than it may by more than a mebibyte, as the kernel counts it.

import Foundation
import Testing

@Suite(.serialized) struct EscapeTests {
  /// How far the kernel's count may pass the machine's limit.
  private static let overrunByteCountMax = 1 << 20

  @Test func thereAreManyAndEachSaysWhatItTries() {
    #expect(HostileScript.all.count >= 120)
    for script in HostileScript.all {
      #expect(script.purpose?.hasSuffix(".") == true, "\(script): does not say what it tries")
      #expect(script.fields["expect"]?.isEmpty == false, "\(script): expects nothing")
      let known: Set<String> = ["limits", "grants", "expect", "after", "output", "spent"]
      #expect(Set(script.fields.keys).isSubset(of: known), "\(script): \(script.fields.keys)")
    }
  }

  @Test(arguments: HostileScript.all)
  func hostObserves(script: HostileScript) throws {
    let seen = try Observation(of: script)
    try #require(!seen.isHung, "\(script) hangs")
    try #require(seen.status == 0, "\(script): status \(seen.status): \(seen.errors.suffix(1000))")
    let outcome = seen.facts["outcome"] ?? ""
    let text = seen.facts["text"] ?? ""
    #expect(
      script.expects(outcome, text),
      "\(script): \(outcome) \(text), but expected \(script.fields["expect"] ?? "")"
    )
    if script.fields["spent"] == nil {
      #expect(seen.facts["after"] == "fine", "\(script): afterwards \(seen.facts["after"] ?? "")")
    }
    #expect(seen.facts["world"] == "untouched", "\(script) reached outside")
    if let output = script.fields["output"] { #expect(seen.facts["output"] == output) }
    let limit = script.byteCountMax + Self.overrunByteCountMax
    #expect(seen.number("heap") <= limit, "\(script): heap of \(seen.number("heap"))")
    #expect(seen.number("resident") <= limit, "\(script): resident \(seen.number("resident"))")
    #expect(
      seen.number("milliseconds") <= script.limit("time", default: 20_000) + 2000,
      "\(script): \(seen.number("milliseconds")) ms"
    )
  }
}
