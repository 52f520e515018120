// Waits that are given up, and names that are looked up.

import Foundation
import NightjarBase
import NightjarSystem
import Testing

@Suite struct WaitingTests {
  /// Patience that has ended.
  private func noPatience() -> Patience {
    let patience = Patience()
    patience.left = { 0 }
    return patience
  }

  @Test func namesAreLookedUp() {
    let network = SystemNetwork()
    func message(_ host: String) -> String? {
      do throws(SystemError) {
        _ = try network.connect(
          host: Array(host.utf8),
          port: 1,
          isEncrypted: false,
          timeoutNanoseconds: 10_000_000_000
        )
        return nil
      } catch { return error.message }
    }
    // Nobody listens at the address that the name has; a name that cannot be has none.
    #expect(message("localhost") == "Connection refused")
    #expect(message("no such name") != "Connection refused")
    #expect(message("") == "No such file or directory" || message("") != nil)
  }

  @Test func lookingUpIsGivenUp() {
    // The threads that were left to themselves clean up behind them.
    for _ in 0..<50 {
      let patience = noPatience()
      let error = #expect(throws: SystemError.self) {
        _ = try SystemNetwork(patience: patience).connect(
          host: Array("localhost".utf8),
          port: 1,
          isEncrypted: false,
          timeoutNanoseconds: 1_000_000_000
        )
      }
      #expect(error == .waitEnded && patience.isOver)
    }
  }

  @Test func filesNeverWait() throws {
    let patience = noPatience()
    let files = SystemFiles(patience: patience)
    let path = try files.temporaryPath()
    defer { try? files.remove(path) }
    let file = BufferedFile(try files.open(path, mode: .write), mode: .write)
    try file.write(Array("text".utf8))
    _ = try file.close()
    let again = BufferedFile(try files.open(path, mode: .read), mode: .read)
    #expect(Array(try again.readAll()) == Array("text".utf8))
    #expect(!patience.isOver)
  }

  @Test func patienceThatIsNotWatchedIsEndless() throws {
    let patience = Patience()
    #expect(!patience.isWatched)
    #expect(try patience.slice() == .max)
    patience.left = { 5 }
    #expect(try patience.slice() == 5)
  }
}
