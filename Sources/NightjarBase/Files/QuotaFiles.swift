// A quota over files that have none of their own, such as a folder of the host: what a machine may write
// and create in its life. What it removes again is not given back, as nobody can tell whose it was.

/// Other files, with bytes written and files made counted.
package final class QuotaFiles: FileAccess {
  private let base: any FileAccess
  private let ledger: Ledger

  /// What is left.
  fileprivate final class Ledger {
    var byteCount: Int
    var fileCount: Int

    init(_ quota: FileQuota) {
      byteCount = quota.byteCount ?? .max
      fileCount = quota.fileCount ?? .max
    }
  }

  package init(_ base: any FileAccess, _ quota: FileQuota) {
    self.base = base
    ledger = Ledger(quota)
  }

  private init(_ base: any FileAccess, _ ledger: Ledger) {
    self.base = base
    self.ledger = ledger
  }

  package func waiting(_ patience: Patience) -> any FileAccess {
    QuotaFiles(base.waiting(patience), ledger)
  }

  package func open(_ path: [UInt8], mode: FileMode) throws(SystemError) -> any ByteStream {
    guard mode.writes else { return try base.open(path, mode: mode) }
    if mode.creates {
      // Whether it will be made shows in whether it opens without being made.
      var existing = mode
      existing.creates = false
      do throws(SystemError) {
        return QuotaStream(try base.open(path, mode: existing), ledger, appends: mode.appends)
      } catch {
        if error.code != SystemError.noSuchFile.code { throw error }
      }
      try countFile()
    }
    return QuotaStream(try base.open(path, mode: mode), ledger, appends: mode.appends)
  }

  private func countFile() throws(SystemError) {
    guard ledger.fileCount > 0 else { throw .noSpace }
    ledger.fileCount -= 1
  }

  package func remove(_ path: [UInt8]) throws(SystemError) { try base.remove(path) }

  package func rename(_ path: [UInt8], to newPath: [UInt8]) throws(SystemError) {
    try base.rename(path, to: newPath)
  }

  package func temporaryPath() throws(SystemError) -> [UInt8] {
    try countFile()
    return try base.temporaryPath()
  }

  package func openTemporary() throws(SystemError) -> any ByteStream {
    try countFile()
    return QuotaStream(try base.openTemporary(), ledger, appends: false)
  }
}

/// A file whose writes are counted.
///
/// A gap left by a seek costs as if it had been written: the file grows by it.
private final class QuotaStream: ByteStream {
  private let base: any ByteStream
  private let ledger: QuotaFiles.Ledger
  private let appends: Bool

  init(_ base: any ByteStream, _ ledger: QuotaFiles.Ledger, appends: Bool) {
    self.base = base
    self.ledger = ledger
    self.appends = appends
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    try base.read(into: buffer)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    var cost = bytes.count
    if !appends {
      let position = try base.seek(by: 0, from: .current)
      let end = try base.seek(by: 0, from: .end)
      _ = try base.seek(by: position, from: .start)
      if position > end {
        cost = Int(clamping: (position - end).addingReportingOverflow(Int64(cost)).partialValue)
      }
    }
    guard cost >= 0, cost <= ledger.byteCount else { throw .noSpace }
    ledger.byteCount -= cost
    return try base.write(bytes)
  }

  func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64 {
    try base.seek(by: offset, from: origin)
  }

  func close() throws(SystemError) -> ProcessStatus? { try base.close() }
}
