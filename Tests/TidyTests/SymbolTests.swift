// That the system is reached through protocols alone: what the linker finds in the compiled modules is a list of
// what they use, and time, files, the network and the source of randomness are not on it (architecture.md, rule
// of direction 3). The one module that may is NightjarSystem, with the C that it stands on.

import Foundation
import Testing

@Suite struct SymbolTests {
  /// Modules that decide what happens: given the same inputs they do the same.
  private static let modules = [
    "NightjarBase", "NightjarDiagnostics", "NightjarBytecode", "NightjarEngine",
    "NightjarLuaSyntax", "NightjarLuaCompiler", "NightjarFuseSyntax", "NightjarFuseTypes",
    "NightjarFuseLua", "NightjarFuseProject", "NightjarLuaLibrary", "NightjarRuntime",
    "NightjarSimulation",
  ]

  /// Of C: memory, mathematics, and what the library's locks stand on.
  private static let allowed: Set<String> = [
    "__stack_chk_fail", "__tls_get_addr", "__udivti3", "__umodti3", "__divti3", "__modti3",
    "memchr", "memcmp", "bcmp", "memcpy", "memmove", "memset", "strlen", "malloc", "calloc",
    "realloc", "free", "malloc_usable_size", "posix_memalign", "madvise", "getpagesize", "syscall",
    "acos", "asin", "atan", "atan2", "ceil", "cos", "exp", "exp2", "expm1", "floor", "fmod", "log",
    "log10", "log2", "pow", "rint", "round", "scalbn", "ldexp", "sin", "sqrt", "tan", "trunc",
    "abort", "_GLOBAL_OFFSET_TABLE_",
  ]

  /// Of Swift's library: clocks, its source of randomness, its tasks.
  private static let forbidden = [
    "ContinuousClock", "SuspendingClock", "SystemRandomNumberGenerator", "CommandLine",
    "swift_task_create", "swift_stdlib_random", "swift_get_time", "swift_get_clock_res",
  ]

  /// What was looked at and is right: the secret of hash functions, which decides nothing that a script sees
  /// (NightjarBase/Hashing/SeededHash.swift).
  private static let reviewed: Set<String> = ["NightjarBase swift_stdlib_random"]

  private static var folder: URL {
    // The test bundle lies beside the folders of the modules.
    #if DEBUG
    let configuration = "debug"
    #else
    let configuration = "release"
    #endif
    return Repository.root.appending(path: ".build/\(configuration)")
  }

  /// The names that a module's compiled files take from elsewhere; nil where they are not to be had.
  private func undefinedSymbols(_ module: String) throws -> [String]? {
    let folder = Self.folder.appending(path: "\(module).build")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".o") }.map { folder.appending(path: $0).path }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["nm", "-u"] + files
    (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
    try process.run()
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(),
      as: UTF8.self
    )
    process.waitUntilExit()
    guard process.terminationStatus == 0, !files.isEmpty else { return nil }
    return text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      return words.count == 2 && words[0] == "U" ? String(words[1]) : nil
    }
  }

  @Test(arguments: modules)
  func reachTheSystemThroughProtocols(module: String) throws {
    let symbols = try #require(try undefinedSymbols(module), "nm finds nothing of \(module)")
    #expect(symbols.contains { $0.hasPrefix("$s") })
    for symbol in Set(symbols) where !Self.reviewed.contains("\(module) \(symbol)") {
      if let word = Self.forbidden.first(where: symbol.contains) {
        Issue.record("\(module) uses \(word): \(symbol)")
      }
      let isSwifts =
        symbol.hasPrefix("$s") || symbol.hasPrefix("swift_") || symbol.hasPrefix("_swift")
        || symbol.hasPrefix("__swift")
      // What the C beside the engine does with memory and numbers; none of it waits or tells time.
      let isOwn = symbol.hasPrefix("nightjar_") && !Self.waiting.contains(symbol)
      #expect(
        isSwifts || isOwn || Self.allowed.contains(symbol),
        "\(module) calls \(symbol) of the system"
      )
    }
  }

  /// The functions of CNightjar that are NightjarSystem's.
  private static let waiting: Set<String> = [
    "nightjar_interrupt_arm", "nightjar_interrupt_disarm", "nightjar_interrupt_is_pending",
    "nightjar_interrupt_descriptor", "nightjar_await_input", "nightjar_pipe", "nightjar_spawn",
    "nightjar_watch_make", "nightjar_watch_add", "nightjar_watch_wait",
  ]

  /// The audit would find it: the module that may does.
  @Test func theSystemModuleIsSeenToReachIt() throws {
    let symbols = Set(try #require(try undefinedSymbols("NightjarSystem")))
    #expect(
      symbols.contains("clock_gettime") && symbols.contains("open") || symbols.contains("read")
    )
  }
}
