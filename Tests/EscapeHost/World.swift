// What a script may be granted, and the things around it that it must not reach.

import Foundation
import NightjarBase
import NightjarSystem

/// A folder with a file inside and a secret beside it, and capabilities over it.
final class World {
  private let outside: URL
  private var inside: URL { outside.appending(path: "inside") }

  init() {
    outside = FileManager.default.temporaryDirectory.appending(path: "escape-\(UUID().uuidString)")
  }

  deinit { remove() }

  private func remove() { try? FileManager.default.removeItem(at: outside) }

  private func make() {
    let manager = FileManager.default
    let sub = inside.appending(path: "sub")
    try? manager.createDirectory(at: sub, withIntermediateDirectories: true)
    try? Data("secret".utf8).write(to: outside.appending(path: "secret"))
    try? Data("fine".utf8).write(to: sub.appending(path: "file"))
    try? Data("return 'module'".utf8).write(to: inside.appending(path: "mod.lua"))
    try? manager.createSymbolicLink(
      atPath: inside.appending(path: "link").path,
      withDestinationPath: "../secret"
    )
    try? manager.createSymbolicLink(
      atPath: inside.appending(path: "out").path,
      withDestinationPath: ".."
    )
    try? manager.createSymbolicLink(
      atPath: inside.appending(path: "evil.lua").path,
      withDestinationPath: "../secret"
    )
    mkfifo(inside.appending(path: "pipe").path, 0o600)
  }

  /// Whether everything outside the folder is as it was.
  var isUntouched: Bool {
    guard FileManager.default.fileExists(atPath: outside.path) else { return true }
    let entries = try? FileManager.default.contentsOfDirectory(atPath: outside.path).sorted()
    let secret = try? String(contentsOf: outside.appending(path: "secret"), encoding: .utf8)
    return entries == ["inside", "secret"] && secret == "secret"
  }

  func capabilities(of script: Script, output: MemoryStream) -> Capabilities {
    var given = Capabilities()
    given.time = CoarseClock(SystemTime())
    let handles = HandleCount(limit: script.limit("handles", default: 8))
    if let files = files(of: script) { given.files = CountedFiles(files, handles) }
    if script.grants.contains("streams") {
      let allowance = OutputAllowance(byteCount: script.limit("output", default: 1000))
      let limited = BufferedFile(LimitedOutput(output, allowance))
      given.streams = StandardStreams(
        input: BufferedFile(MemoryStream(Array("input\n".utf8))),
        output: limited,
        error: BufferedFile(LimitedOutput(output, allowance), buffering: .none)
      )
    }
    if script.grants.contains("environment") {
      given.environment = ListedEnvironment(
        GivenEnvironment(["SHOWN": "yes", "HIDDEN": "secret"]),
        names: ["SHOWN"]
      )
    }
    if script.grants.contains("network") {
      let entry = NetworkAllowList.Entry(host: "127.0.0.1", port: 1)
      given.network = CountedNetwork(
        ListedNetwork(SystemNetwork(), NetworkAllowList([entry])),
        handles
      )
    }
    if script.grants.contains("exit") { given.processes = ExitOnly(SystemProcesses()) }
    return given
  }

  private func files(of script: Script) -> (any FileAccess)? {
    let quota = FileQuota(
      byteCount: script.limit("bytes", default: 100_000),
      fileCount: script.limit("files", default: 20)
    )
    if script.grants.contains("files") { return memory(quota) }
    let isWritable = script.grants.contains("folder")
    guard isWritable || script.grants.contains("readonly") || script.grants.contains("overlay")
    else { return nil }
    make()
    guard let folder = try? FolderFiles(Array(inside.path.utf8), isWritable: isWritable) else {
      return nil
    }
    if script.grants.contains("overlay") { return OverlayFiles(memory(quota), over: folder) }
    return QuotaFiles(folder, quota)
  }

  private func memory(_ quota: FileQuota) -> MemoryFiles {
    let files = MemoryFiles(quota: quota)
    try? files.put(Array("sub/file".utf8), Array("fine".utf8))
    try? files.put(Array("mod.lua".utf8), Array("return 'module'".utf8))
    return files
  }
}

/// What the kernel says of this process's memory.
enum ResidentMemory {
  static var now: Int { field("VmRSS:") }
  static var peak: Int { field("VmHWM:") }

  /// Begins to measure the peak anew.
  static func resetPeak() {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    fputs("5", file)
    fclose(file)
  }

  private static func field(_ name: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
        as: UTF8.self
      )
      if text.hasPrefix(name) {
        return (Int(text.dropFirst(name.count).filter(\.isNumber)) ?? 0) * 1024
      }
    }
    return 0
  }
}
