// Output that ends: what a machine may write to standard output and error together.

/// The bytes of output that are left.
package final class OutputAllowance {
  fileprivate var byteCount: Int

  package init(byteCount: Int) { self.byteCount = byteCount }
}

/// A stream that takes as much as the allowance lets through, and then refuses.
package final class LimitedOutput: ByteStream {
  private let base: any ByteStream
  private let allowance: OutputAllowance

  package init(_ base: any ByteStream, _ allowance: OutputAllowance) {
    self.base = base
    self.allowance = allowance
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    try base.read(into: buffer)
  }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    let count = min(bytes.count, allowance.byteCount)
    guard count > 0 else { throw .overLimit("output") }
    let written = try base.write(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
    allowance.byteCount -= written
    return written
  }

  package func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64 {
    try base.seek(by: offset, from: origin)
  }

  package func close() throws(SystemError) -> ProcessStatus? { try base.close() }
}

/// A stream that hands what is written to a function of the host.
package final class FunctionOutput: ByteStream {
  private let body: (UnsafeRawBufferPointer) -> Void

  package init(_ body: @escaping (UnsafeRawBufferPointer) -> Void) { self.body = body }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int { 0 }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    body(bytes)
    return bytes.count
  }

  package func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64 {
    throw .notSeekable
  }

  package func close() throws(SystemError) -> ProcessStatus? { nil }
}
