// The operating system's refusals as values.

package import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension SystemError {
  /// The refusal that an error number stands for.
  package init(errno code: Int32) {
    unsafe self.init(code: code, message: String(cString: strerror(code)))
  }

  /// What the last system call of this thread said.
  static var last: SystemError { SystemError(errno: errno) }
}

extension [UInt8] {
  /// Calls the body with the bytes as a C string.
  ///
  /// - Throws: What the body throws; `SystemError.noSuchFile` for bytes with a zero among them, which
  ///   the system would cut off there.
  func withSystemString<Value>(
    _ body: (UnsafePointer<CChar>) throws(SystemError) -> Value
  ) throws(SystemError) -> Value {
    if contains(0) { throw .noSuchFile }
    var text = self
    text.append(0)
    let result = unsafe text.withUnsafeBytes { room -> Result<Value, SystemError> in
      guard let start = room.baseAddress else { return .failure(.noSuchFile) }
      let characters = unsafe start.assumingMemoryBound(to: CChar.self)
      return Result { () throws(SystemError) in try unsafe body(characters) }
    }
    return try result.get()
  }
}
