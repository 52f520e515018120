// The runner of programs itself: what a program leaves running must not hold up the tests.

import Foundation
import Testing

@Suite struct SubprocessTests {
  @Test func endsWhatItLeavesBehind() async throws {
    let outcome = try await Subprocess(
      executable: URL(filePath: "/bin/sh"),
      arguments: ["-c", "sleep 300 & echo $!; exit 3"],
      directory: FileManager.default.temporaryDirectory,
      secondsMax: 60
    ).run()
    #expect(outcome.status == 3 && !outcome.timedOut)
    let left = try #require(pid_t(outcome.outputText.dropLast()))
    // Gone, or about to be taken away by the process that inherited it.
    let state = try? String(contentsOfFile: "/proc/\(left)/stat", encoding: .utf8)
    #expect(state == nil || state?.contains(") Z ") == true, "\(state ?? "")")
  }
}
