// What is in a folder, for tools that look for files; scripts have no such thing.

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Lists folders of the system.
package enum FolderListing {
  /// The names of what a folder holds, sorted, without `.` and `..`; `nil` if it cannot be read.
  package static func names(in folder: [UInt8]) -> [[UInt8]]? {
    let path = folder.isEmpty ? [UInt8(ascii: ".")] : folder
    guard let handle = unsafe try? path.withSystemString({ name in unsafe opendir(name) }) else {
      return nil
    }
    defer { unsafe closedir(handle) }
    var names: [[UInt8]] = []
    while let entry = unsafe readdir(handle) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe Array(bytes.prefix { $0 != 0 })
      }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Whether a path leads to a folder.
  package static func isFolder(_ path: [UInt8]) -> Bool {
    guard let handle = unsafe try? path.withSystemString({ name in unsafe opendir(name) }) else {
      return false
    }
    unsafe closedir(handle)
    return true
  }

  /// Makes a folder and those around it, if they are not there.
  ///
  /// - Returns: whether it is there now.
  package static func make(_ path: [UInt8]) -> Bool {
    if path.isEmpty || isFolder(path) { return true }
    if let slash = path.lastIndex(of: UInt8(ascii: "/")), slash > 0 {
      guard make(Array(path[..<slash])) else { return false }
    }
    let made = unsafe try? path.withSystemString { name in unsafe mkdir(name, 0o777) }
    return made == 0 || isFolder(path)
  }
}
