// Files by name. Names are bytes, as scripts and the system have them; what they mean, and which of
// them exist at all for a script, is up to whoever implements the protocol.

/// How `io.open` opens a file.
package struct FileMode: Equatable, Sendable {
  package var reads: Bool
  package var writes: Bool
  /// Whether every write goes to the end of the file.
  package var appends: Bool
  /// Whether a missing file is made.
  package var creates: Bool
  /// Whether what the file held is thrown away.
  package var truncates: Bool

  /// Reading an existing file.
  package static let read = FileMode(
    reads: true,
    writes: false,
    appends: false,
    creates: false,
    truncates: false
  )

  /// Writing a file that is new or emptied.
  package static let write = FileMode(
    reads: false,
    writes: true,
    appends: false,
    creates: true,
    truncates: true
  )

  package init(reads: Bool, writes: Bool, appends: Bool, creates: Bool, truncates: Bool) {
    self.reads = reads
    self.writes = writes
    self.appends = appends
    self.creates = creates
    self.truncates = truncates
  }

  /// The mode that a text such as `r`, `w+` or `ab` stands for; `nil` when it is none.
  package init?(_ text: [UInt8]) {
    var rest = text[...]
    let isUpdate: Bool
    guard let letter = rest.popFirst() else { return nil }
    if rest.first == UInt8(ascii: "+") {
      rest = rest.dropFirst()
      isUpdate = true
    } else {
      isUpdate = false
    }
    guard rest.allSatisfy({ $0 == UInt8(ascii: "b") }) else { return nil }
    switch letter {
    case UInt8(ascii: "r"):
      self.init(reads: true, writes: isUpdate, appends: false, creates: false, truncates: false)
    case UInt8(ascii: "w"):
      self.init(reads: isUpdate, writes: true, appends: false, creates: true, truncates: true)
    case UInt8(ascii: "a"):
      self.init(reads: isUpdate, writes: true, appends: true, creates: true, truncates: false)
    default:
      return nil
    }
  }
}

/// The files a script may reach.
package protocol FileAccess: AnyObject {
  /// Opens a file.
  func open(_ path: [UInt8], mode: FileMode) throws(SystemError) -> any ByteStream

  /// Removes a file or an empty directory.
  func remove(_ path: [UInt8]) throws(SystemError)

  /// Gives a file another name, replacing a file that has it.
  func rename(_ path: [UInt8], to newPath: [UInt8]) throws(SystemError)

  /// A name for a temporary file, which exists from now on.
  func temporaryPath() throws(SystemError) -> [UInt8]

  /// Opens a new file for reading and writing that vanishes when it is closed.
  func openTemporary() throws(SystemError) -> any ByteStream

  /// The same files for a machine whose calls wait no longer than its patience lasts.
  func waiting(_ patience: Patience) -> any FileAccess
}

extension FileAccess {
  /// Files that never wait are the same for everybody.
  package func waiting(_ patience: Patience) -> any FileAccess { self }
}
