// A hostile script with what its header asks for:
//
//   -- What it tries.
//   -- limits: fuel=N memory=N time=MILLISECONDS depth=N string=N handles=N output=N source=N tasks=N
//              grace=MILLISECONDS
//   -- grants: files folder readonly overlay streams environment network exit globals debug tasks
//   -- expect: …  after: …   (read by the tests, see EscapeTests)

import Foundation

/// A script and the words of its header.
struct Script {
  let source: [UInt8]
  private(set) var limits: [String: Int] = [:]
  private(set) var grants: Set<String> = []
  private(set) var after: String?

  init?(path: String) {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    self.init(text: String(decoding: data, as: UTF8.self))
  }

  init?(text: String) {
    source = Array(text.utf8)
    for line in text.split(separator: "\n") {
      guard line.hasPrefix("-- ") else { break }
      let text = line.dropFirst(3)
      let key = text.prefix { $0 != ":" }
      let words = text.dropFirst(key.count + 1).split(separator: " ")
      switch key {
      case "limits":
        for word in words {
          let parts = word.split(separator: "=")
          guard parts.count == 2, let number = Int(parts[1]) else { return nil }
          limits[String(parts[0])] = number
        }
      case "grants": grants.formUnion(words.map { String($0) })
      case "after": after = words.joined(separator: " ")
      default: break
      }
    }
  }

  func limit(_ name: String, default other: Int) -> Int { limits[name] ?? other }
}

enum ProcessEnd {
  static func exit(_ status: Int32) -> Never { Foundation.exit(status) }
}
