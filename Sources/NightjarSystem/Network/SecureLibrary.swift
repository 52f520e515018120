// The system's OpenSSL, found when the first encrypted connection is made (docs/decisions/0012). Programs
// that never make one neither load nor need it, and the command starts without it.
//
// SOURCE: OpenSSL 3 manual, ssl(7), bio(7).

internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The functions of the library that connections need.
///
/// INVARIANT: each has the type that the manual gives it, and the library stays loaded.
@safe struct SecureLibrary: @unchecked Sendable {
  typealias Pointer = UnsafeMutableRawPointer

  /// What `SSL_get_error` says.
  enum Condition: Int32 {
    case wantsRead = 2
    case wantsWrite = 3
    case closed = 6
  }

  let newConnection: @convention(c) (Pointer?) -> Pointer?
  let freeConnection: @convention(c) (Pointer?) -> Void
  let setBuffers: @convention(c) (Pointer?, Pointer?, Pointer?) -> Void
  let setVerifiedName: @convention(c) (Pointer?, UnsafePointer<CChar>?) -> Int32
  let control: @convention(c) (Pointer?, Int32, Int, UnsafeMutableRawPointer?) -> Int
  let connect: @convention(c) (Pointer?) -> Int32
  let read: @convention(c) (Pointer?, UnsafeMutableRawPointer?, Int32) -> Int32
  let write: @convention(c) (Pointer?, UnsafeRawPointer?, Int32) -> Int32
  let shutDown: @convention(c) (Pointer?) -> Int32
  let condition: @convention(c) (Pointer?, Int32) -> Int32
  let verdict: @convention(c) (Pointer?) -> Int
  let verdictText: @convention(c) (Int) -> UnsafePointer<CChar>?
  let bufferKind: @convention(c) () -> Pointer?
  let newBuffer: @convention(c) (Pointer?) -> Pointer?
  let readBuffer: @convention(c) (Pointer?, UnsafeMutableRawPointer?, Int32) -> Int32
  let writeBuffer: @convention(c) (Pointer?, UnsafeRawPointer?, Int32) -> Int32
  let clearErrors: @convention(c) () -> Void
  let nextError: @convention(c) () -> UInt
  let errorText: @convention(c) (UInt) -> UnsafePointer<CChar>?
  /// What all connections share: the certificates that the system trusts.
  let context: Pointer

  /// The library, or why there is none.
  static let shared: Result<SecureLibrary, SystemError> = Result { () throws(SystemError) in
    try SecureLibrary()
  }

  private init() throws(SystemError) {
    let names = ["libssl.so.3", "libssl.3.dylib"]
    var found: Pointer?
    for name in names where unsafe found == nil {
      unsafe found = unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL)
    }
    guard let library = unsafe found else { throw Self.missing }
    func symbol<Function>(_ name: String, _ type: Function.Type) throws(SystemError) -> Function {
      guard let address = unsafe dlsym(library, name) else { throw SecureLibrary.missing }
      // SAFETY: the library's manual gives the function of this name this type.
      return unsafe unsafeBitCast(address, to: type)
    }
    unsafe newConnection = try symbol("SSL_new", (@convention(c) (Pointer?) -> Pointer?).self)
    unsafe freeConnection = try symbol("SSL_free", (@convention(c) (Pointer?) -> Void).self)
    unsafe setBuffers = try symbol(
      "SSL_set_bio",
      (@convention(c) (Pointer?, Pointer?, Pointer?) -> Void).self
    )
    unsafe setVerifiedName = try symbol(
      "SSL_set1_host",
      (@convention(c) (Pointer?, UnsafePointer<CChar>?) -> Int32).self
    )
    unsafe control = try symbol(
      "SSL_ctrl",
      (@convention(c) (Pointer?, Int32, Int, UnsafeMutableRawPointer?) -> Int).self
    )
    unsafe connect = try symbol("SSL_connect", (@convention(c) (Pointer?) -> Int32).self)
    unsafe read = try symbol(
      "SSL_read",
      (@convention(c) (Pointer?, UnsafeMutableRawPointer?, Int32) -> Int32).self
    )
    unsafe write = try symbol(
      "SSL_write",
      (@convention(c) (Pointer?, UnsafeRawPointer?, Int32) -> Int32).self
    )
    unsafe shutDown = try symbol("SSL_shutdown", (@convention(c) (Pointer?) -> Int32).self)
    unsafe condition = try symbol(
      "SSL_get_error",
      (@convention(c) (Pointer?, Int32) -> Int32).self
    )
    unsafe verdict = try symbol("SSL_get_verify_result", (@convention(c) (Pointer?) -> Int).self)
    unsafe verdictText = try symbol(
      "X509_verify_cert_error_string",
      (@convention(c) (Int) -> UnsafePointer<CChar>?).self
    )
    unsafe bufferKind = try symbol("BIO_s_mem", (@convention(c) () -> Pointer?).self)
    unsafe newBuffer = try symbol("BIO_new", (@convention(c) (Pointer?) -> Pointer?).self)
    unsafe readBuffer = try symbol(
      "BIO_read",
      (@convention(c) (Pointer?, UnsafeMutableRawPointer?, Int32) -> Int32).self
    )
    unsafe writeBuffer = try symbol(
      "BIO_write",
      (@convention(c) (Pointer?, UnsafeRawPointer?, Int32) -> Int32).self
    )
    clearErrors = try symbol("ERR_clear_error", (@convention(c) () -> Void).self)
    nextError = try symbol("ERR_get_error", (@convention(c) () -> UInt).self)
    unsafe errorText = try symbol(
      "ERR_reason_error_string",
      (@convention(c) (UInt) -> UnsafePointer<CChar>?).self
    )
    unsafe context = try Self.makeContext(
      try symbol("TLS_client_method", (@convention(c) () -> Pointer?).self),
      try symbol("SSL_CTX_new", (@convention(c) (Pointer?) -> Pointer?).self),
      try symbol("SSL_CTX_set_default_verify_paths", (@convention(c) (Pointer?) -> Int32).self),
      try symbol("SSL_CTX_set_verify", (@convention(c) (Pointer?, Int32, Pointer?) -> Void).self),
      try symbol("SSL_CTX_ctrl", (@convention(c) (Pointer?, Int32, Int, Pointer?) -> Int).self)
    )
  }

  /// A context that speaks TLS 1.2 and later, to peers whose certificates the system trusts.
  private static func makeContext(
    _ method: @convention(c) () -> Pointer?,
    _ new: @convention(c) (Pointer?) -> Pointer?,
    _ trustSystem: @convention(c) (Pointer?) -> Int32,
    _ setVerification: @convention(c) (Pointer?, Int32, Pointer?) -> Void,
    _ control: @convention(c) (Pointer?, Int32, Int, Pointer?) -> Int
  ) throws(SystemError) -> Pointer {
    let (verifiesPeer, setsOldestVersion, version12): (Int32, Int32, Int) = (1, 123, 0x0303)
    guard let context = unsafe new(method()), unsafe trustSystem(context) == 1,
      unsafe control(context, setsOldestVersion, version12, nil) == 1
    else { throw missing }
    unsafe setVerification(context, verifiesPeer, nil)
    return unsafe context
  }

  /// There is no library that can be used.
  private static let missing = SystemError(
    code: EPROTONOSUPPORT,
    message: "encrypted connections need OpenSSL 3 (libssl), which is not installed"
  )
}
