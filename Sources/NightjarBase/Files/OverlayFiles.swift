// Two file systems as one: what scripts write goes to the upper one, what they read comes from there or
// from the lower one, which never changes. A file that is opened for writing is copied up first.
//
// Where the lower one has a current folder, the upper one knows files by their absolute names.

/// A writable layer in memory over files that stay as they are.
package final class OverlayFiles: FileAccess {
  private let upper: MemoryFiles
  private let lower: any FileAccess
  /// What the files of all machines that see this overlay know.
  private let names: Names

  private final class Names {
    /// Names of the lower layer that were removed or moved away.
    var hidden: Set<[UInt8]> = []
  }

  /// The longest file that is copied up.
  private let copiedByteCountMax: Int
  /// The absolute name of the folder that relative names begin in; nil when all begin at one root.
  private let current: [UInt8]?

  package init(
    _ upper: MemoryFiles,
    over lower: any FileAccess,
    current: [UInt8]? = nil,
    copiedByteCountMax: Int = 64 << 20
  ) {
    self.upper = upper
    self.lower = lower
    self.current = current
    self.copiedByteCountMax = copiedByteCountMax
    names = Names()
    if let current { try? upper.makeDirectory(current) }
  }

  private init(_ other: OverlayFiles, over lower: any FileAccess) {
    self.lower = lower
    upper = other.upper
    current = other.current
    copiedByteCountMax = other.copiedByteCountMax
    names = other.names
  }

  package func waiting(_ patience: Patience) -> any FileAccess {
    OverlayFiles(self, over: lower.waiting(patience))
  }

  /// A name as the upper layer knows it.
  private func above(_ path: [UInt8]) -> [UInt8] {
    guard let current, !path.isEmpty, path.first != UInt8(ascii: "/") else { return path }
    return current + [UInt8(ascii: "/")] + path
  }

  package func open(_ path: [UInt8], mode: FileMode) throws(SystemError) -> any ByteStream {
    let above = above(path)
    let name = try FilePath(above).joined
    if upper.contents(of: above) != nil { return try upper.open(above, mode: mode) }
    if names.hidden.contains(name) {
      if !mode.creates { throw .noSuchFile }
      return try create(path, mode)
    }
    if !mode.writes {
      do throws(SystemError) {
        return try lower.open(path, mode: .read)
      } catch {
        // A directory may stand in the upper layer alone.
        guard let directory = upper.openIfDirectory(above, mode) else { throw error }
        return directory
      }
    }
    if mode.truncates { return try create(path, mode) }
    do throws(SystemError) {
      try copyUp(path)
    } catch {
      guard mode.creates, error.isRefusal || error.code == SystemError.noSuchFile.code else {
        throw error
      }
      return try create(path, mode)
    }
    return try upper.open(above, mode: mode)
  }

  /// Makes a file in the upper layer; its directory may stand in the lower one alone.
  private func create(_ path: [UInt8], _ mode: FileMode) throws(SystemError) -> any ByteStream {
    try makeParent(of: path)
    if isLowerDirectory(path) { throw .isDirectory }
    return try upper.open(above(path), mode: mode)
  }

  /// Makes the directory of a name in the upper layer where the lower one has it, or does not say.
  private func makeParent(of path: [UInt8]) throws(SystemError) {
    let whole = try FilePath(path)
    guard whole.components.count > 1 else { return }
    let components = whole.components.dropLast().joined(separator: [UInt8(ascii: "/")])
    let parent = (whole.isAbsolute ? [UInt8(ascii: "/")] : []) + components
    if current != nil && !mayRead(parent) || isLowerDirectory(parent) {
      try upper.makeDirectory(above(parent))
    }
  }

  /// Whether the lower layer says if there is a file of a name.
  private func mayRead(_ path: [UInt8]) -> Bool {
    do throws(SystemError) {
      _ = try lower.open(path, mode: .read).close()
      return true
    } catch { return !error.isRefusal }
  }

  /// Whether the lower layer has a directory of the name: it opens and cannot be read.
  private func isLowerDirectory(_ path: [UInt8]) -> Bool {
    guard let stream = try? lower.open(path, mode: .read) else { return false }
    defer { _ = try? stream.close() }
    var isDirectory = false
    withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { room in
      do throws(SystemError) {
        _ = try stream.read(into: room)
      } catch { isDirectory = error.code == SystemError.isDirectory.code }
    }
    return isDirectory
  }

  /// Copies a file of the lower layer to the upper one, unless it is there already.
  private func copyUp(_ path: [UInt8]) throws(SystemError) {
    if upper.contents(of: above(path)) != nil { return }
    let file = BufferedFile(try lower.open(path, mode: .read), mode: .read)
    let bytes = [UInt8](try file.readAll(byteCountMax: copiedByteCountMax))
    _ = try file.close()
    try upper.put(above(path), bytes)
  }

  package func remove(_ path: [UInt8]) throws(SystemError) {
    let above = above(path)
    let name = try FilePath(above).joined
    if upper.contents(of: above) != nil {
      try upper.remove(above)
      hide(path, name)
    } else {
      guard !names.hidden.contains(name) else { throw .noSuchFile }
      _ = try lower.open(path, mode: .read).close()
      if isLowerDirectory(path) { throw .permissionDenied }
      names.hidden.insert(name)
    }
  }

  /// Hides what the lower layer has under a name.
  ///
  /// Names that it does not have are not kept: a script can think of any number.
  private func hide(_ path: [UInt8], _ name: [UInt8]) {
    guard !names.hidden.contains(name), let file = try? lower.open(path, mode: .read) else {
      return
    }
    _ = try? file.close()
    names.hidden.insert(name)
  }

  package func rename(_ path: [UInt8], to newPath: [UInt8]) throws(SystemError) {
    let (above, newAbove) = (above(path), above(newPath))
    let name = try FilePath(above).joined
    let newName = try FilePath(newAbove).joined
    if upper.contents(of: above) == nil && names.hidden.contains(name) { throw .noSuchFile }
    try copyUp(path)
    try makeParent(of: newPath)
    try upper.rename(above, to: newAbove)
    hide(path, name)
    names.hidden.remove(newName)
  }

  package func temporaryPath() throws(SystemError) -> [UInt8] { try upper.temporaryPath() }

  package func openTemporary() throws(SystemError) -> any ByteStream { try upper.openTemporary() }
}

extension MemoryFiles {
  /// Opens a directory; nil when the name is none of one.
  fileprivate func openIfDirectory(
    _ path: [UInt8],
    _ mode: FileMode
  ) -> (any ByteStream)? {
    contents(of: path) == nil ? try? open(path, mode: mode) : nil
  }
}
