// How the program was started: its arguments as the bytes they are, and where its files lie.

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The command line and what follows from it.
package enum Invocation {
  /// The arguments, the program's name first; never decoded, so that any file name survives.
  package static var arguments: [[UInt8]] {
    (0..<Int(CommandLine.argc)).compactMap { index in
      guard let text = unsafe CommandLine.unsafeArgv[index] else { return nil }
      return unsafe [UInt8](UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }
  }

  /// The path of the running program with every symbolic link followed; `nil` when the system does
  /// not tell.
  package static var executablePath: [UInt8]? {
    #if canImport(Glibc)
    return resolve(Array("/proc/self/exe".utf8))
    #else
    var byteCount: UInt32 = 0
    _ = unsafe _NSGetExecutablePath(nil, &byteCount)
    var room = [CChar](repeating: 0, count: Int(byteCount))
    guard unsafe _NSGetExecutablePath(&room, &byteCount) == 0 else { return nil }
    return resolve(room.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
    #endif
  }

  /// An absolute path without symbolic links or dots; `nil` when nothing is there.
  package static func resolve(_ path: [UInt8]) -> [UInt8]? {
    let resolved = try? unsafe path.withSystemString { name -> [UInt8] in
      guard let text = unsafe realpath(name, nil) else { return [] }
      defer { unsafe free(text) }
      return unsafe [UInt8](UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }
    return resolved.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The directory part of a path: "." when it has none.
  package static func directory(of path: [UInt8]) -> [UInt8] {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return [UInt8(ascii: ".")] }
    return Array(path[..<max(slash, 1)])
  }
}
