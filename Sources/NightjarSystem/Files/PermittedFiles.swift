// The system's files as far as somebody has granted them by path: `--allow-read=data` and the like. A
// name is made absolute as text, `..` included, and looked up below the places that were granted; what
// lies there is walked without following links (FolderFiles).

package import NightjarBase

/// What may be read or written.
package enum FilePermit: Equatable, Sendable {
  case nothing
  case everything
  /// These files, and all below these folders.
  case places([[UInt8]])
}

/// Files below granted places.
package final class PermittedFiles: FileAccess {
  /// A folder that may be used, or one file of it.
  private struct Place {
    /// The components of the folder's absolute name.
    let components: [[UInt8]]
    /// The one file, where not the whole folder was granted.
    let file: [UInt8]?
    let folder: FolderFiles

    /// The name within the folder; nil for what is not granted with this place.
    func name(of path: FilePath) -> [UInt8]? {
      guard path.components.starts(with: components) else { return nil }
      let rest = path.components.dropFirst(components.count)
      let end = path.namesDirectory ? [UInt8(ascii: "/")] : []
      if let file { return rest.count == 1 && rest.first == file ? file + end : nil }
      return rest.isEmpty
        ? [UInt8(ascii: ".")] : Array(rest.joined(separator: [UInt8(ascii: "/")])) + end
    }
  }

  private let system: SystemFiles
  private let current: [UInt8]
  private let reads: FilePermit
  private let writes: FilePermit
  private var readable: [Place] = []
  private var writable: [Place] = []
  private let hint: GrantHint?

  package init(
    reads: FilePermit,
    writes: FilePermit,
    hint: GrantHint? = nil,
    patience: Patience = Patience()
  ) {
    system = SystemFiles(patience: patience)
    self.reads = reads
    self.writes = writes
    self.hint = hint
    current = Invocation.resolve([UInt8(ascii: ".")]) ?? [UInt8(ascii: "/")]
    readable = makePlaces(reads, isWritable: false)
    writable = makePlaces(writes, isWritable: true)
  }

  /// The places of a permit, by the names they were granted under and by their true ones.
  private func makePlaces(_ permit: FilePermit, isWritable: Bool) -> [Place] {
    guard case .places(let paths) = permit else { return [] }
    return paths.flatMap { path -> [Place] in
      let names = [absolute(path)] + (Invocation.resolve(path).map { [$0] } ?? [])
      return names.compactMap { place(at: $0, isWritable: isWritable) }
    }
  }

  private func place(at path: [UInt8], isWritable: Bool) -> Place? {
    guard let components = try? FilePath(path).components else { return nil }
    if let folder = try? FolderFiles(path, isWritable: isWritable, hint: hint) {
      return Place(components: components, file: nil, folder: folder)
    }
    guard let file = components.last else { return nil }
    let parent = Array(components.dropLast())
    let name = [UInt8(ascii: "/")] + Array(parent.joined(separator: [UInt8(ascii: "/")]))
    guard let folder = try? FolderFiles(name, isWritable: isWritable, hint: hint) else {
      return nil
    }
    return Place(components: parent, file: file, folder: folder)
  }

  private func absolute(_ path: [UInt8]) -> [UInt8] {
    path.first == UInt8(ascii: "/") ? path : current + [UInt8(ascii: "/")] + path
  }

  /// The files in which a name may be used and what it is called there.
  private func find(
    _ path: [UInt8],
    _ permission: Permission
  ) throws(SystemError) -> (files: any FileAccess, name: [UInt8]) {
    let isWrite = permission == .write
    switch isWrite ? writes : reads {
    case .everything: return (system, path)
    case .nothing: break
    case .places:
      // The name itself first: with a folder before it, an empty one would be the folder.
      _ = try FilePath(path)
      let whole = try FilePath(absolute(path))
      let places = (isWrite ? writable : readable)
        .sorted { $0.components.count > $1.components.count }
      for place in places {
        if let name = place.name(of: whole) { return (place.folder, name) }
      }
    }
    throw .refused(permission, String(decoding: path, as: UTF8.self), hint: hint)
  }

  package func open(_ path: [UInt8], mode: FileMode) throws(SystemError) -> any ByteStream {
    let seesContents = mode.reads && !mode.truncates
    let reading = seesContents ? try find(path, .read) : nil
    let writing = mode.writes ? try find(path, .write) : nil
    guard let chosen = writing ?? reading else { throw .invalidArgument }
    return try chosen.files.open(chosen.name, mode: mode)
  }

  package func remove(_ path: [UInt8]) throws(SystemError) {
    let found = try find(path, .write)
    try found.files.remove(found.name)
  }

  package func rename(_ path: [UInt8], to newPath: [UInt8]) throws(SystemError) {
    let found = try find(path, .write)
    let target = try find(newPath, .write)
    // A link is no way from one place to another.
    guard found.files === target.files else {
      throw SystemError(code: 18, message: "Invalid cross-device link")
    }
    try found.files.rename(found.name, to: target.name)
  }

  package func temporaryPath() throws(SystemError) -> [UInt8] {
    try checkTemporary()
    return try system.temporaryPath()
  }

  package func openTemporary() throws(SystemError) -> any ByteStream {
    try checkTemporary()
    return try system.openTemporary()
  }

  private func checkTemporary() throws(SystemError) {
    if writes != .everything { throw .refused(.write, nil, hint: hint) }
  }
}
