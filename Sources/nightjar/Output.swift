// Files that the command writes.

import NightjarBase
import NightjarSystem

/// Writes files.
enum Output {
  /// Replaces a file's contents.
  ///
  /// - Returns: whether that was possible; what is wrong has been reported otherwise.
  static func write(_ bytes: [UInt8], to path: [UInt8]) -> Bool {
    do throws(SystemError) {
      guard let files = Console.capabilities.files else { throw .permissionDenied }
      let output = BufferedFile(try files.open(path, mode: .write))
      try output.write(bytes)
      try output.close()
      return true
    } catch {
      Console.error("nightjar: cannot write \(Console.shown(path)): \(error.message)")
      return false
    }
  }
}
