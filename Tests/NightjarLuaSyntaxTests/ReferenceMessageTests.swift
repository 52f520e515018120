// The first error of a broken text, word for word as the reference interpreter says it. The texts
// and messages are in Tests/Golden/messages/lua-5.4.txt: `source  =>  line: message`, with `=>*`
// where only the latest release of 5.4 says it so.

import Foundation
import NightjarLuaSyntax
import Testing

/// The broken texts and what the reference says about them.
enum ReferenceMessages {
  struct Entry {
    var source: [UInt8]
    var expected: String
    /// Whether every release of 5.4 says the same.
    var isOld: Bool
  }

  static func load() throws -> [Entry] {
    let url = Repository.url("Tests/Golden/messages/lua-5.4.txt")
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    return text.split(separator: "\n").compactMap { line in
      for (sign, isOld) in [("  =>  ", true), ("  =>* ", false)] {
        guard let range = line.range(of: sign, options: .backwards) else { continue }
        return Entry(
          source: unescape(line[..<range.lowerBound]),
          expected: String(decoding: unescape(line[range.upperBound...]), as: UTF8.self),
          isOld: isOld
        )
      }
      return nil
    }
  }

  private static func unescape(_ text: Substring) -> [UInt8] {
    var out: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escape = bytes.popFirst() else {
        out.append(byte)
        continue
      }
      switch escape {
      case UInt8(ascii: "n"): out.append(10)
      case UInt8(ascii: "r"): out.append(13)
      case UInt8(ascii: "x"):
        out.append(UInt8(String(decoding: bytes.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        bytes = bytes.dropFirst(2)
      default: out.append(escape)
      }
    }
    return out
  }
}

@Suite struct ReferenceMessageTests {
  @Test func saysWhatTheReferenceSays() throws {
    let entries = try ReferenceMessages.load()
    #expect(entries.count > 400)
    for entry in entries {
      let source = String(decoding: entry.source, as: UTF8.self)
      for all in [false, true] {
        let tree = LuaSyntax.parse(entry.source, .init(findsAllErrors: all))
        #expect(referenceMessage(tree) == entry.expected, "\(source)")
      }
    }
  }

  /// The committed messages against the interpreter itself, where there is one.
  @Test func theReferenceStillSaysSo() throws {
    let lua = "/usr/bin/lua5.4"
    guard FileManager.default.isExecutableFile(atPath: lua) else { return }
    let entries = try ReferenceMessages.load().filter(\.isOld)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nightjar-messages-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var input = Data()
    for entry in entries {
      input.append(contentsOf: Array("\(entry.source.count) ".utf8) + entry.source + [32])
    }
    try input.write(to: folder.appendingPathComponent("in"))
    let script = """
      local input = io.open(arg[1] .. "/in", "rb")
      local out = io.open(arg[1] .. "/out", "wb")
      while true do
        local n = input:read("n")
        if not n then break end
        input:read(1)
        local f, message = load(input:read(n) or "", "=c")
        message = f and "ok" or message:gsub("^c:", "")
        out:write(#message, " ", message)
      end
      out:close()
      """
    try Data(script.utf8).write(to: folder.appendingPathComponent("run.lua"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: lua)
    process.arguments = [folder.appendingPathComponent("run.lua").path, folder.path]
    try process.run()
    process.waitUntilExit()
    var output = [UInt8](try Data(contentsOf: folder.appendingPathComponent("out")))[...]
    for entry in entries {
      let digits = output.prefix { $0 != 32 }
      let count = Int(String(decoding: digits, as: UTF8.self)) ?? 0
      let said = output.dropFirst(digits.count + 1).prefix(count)
      output = output.dropFirst(digits.count + 1 + count)
      #expect(String(decoding: said, as: UTF8.self) == entry.expected)
    }
  }
}
