// The environment the program was started in.

internal import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Every environment variable of the program.
package final class SystemEnvironment: EnvironmentAccess {
  package init() {}

  package func value(of name: [UInt8]) -> [UInt8]? {
    let value = try? unsafe name.withSystemString { text throws(SystemError) -> [UInt8] in
      guard let start = unsafe getenv(text) else { throw .noSuchFile }
      return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: strlen(start)))
    }
    return value
  }
}
