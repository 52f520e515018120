// Files that the command keeps for the user, such as the lines typed before: nobody else may read them.

package import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension SystemFiles {
  /// Opens a file for writing behind its end; one that is made is its user's alone.
  package func openPrivate(_ path: [UInt8], truncates: Bool) throws(SystemError) -> any ByteStream {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (truncates ? O_TRUNC : O_APPEND)
    let descriptor = try unsafe path.withSystemString { name throws(SystemError) in
      #if canImport(Glibc)
      let result = unsafe Glibc.open(name, flags, 0o600)
      #else
      let result = unsafe Darwin.open(name, flags, 0o600)
      #endif
      if result < 0 { throw .last }
      return result
    }
    return DescriptorStream(descriptor, ownsDescriptor: true)
  }

  /// Makes the directories above a file that do not exist, each its user's alone.
  package func makeDirectories(for path: [UInt8]) throws(SystemError) {
    for (index, byte) in path.enumerated().dropFirst() where byte == UInt8(ascii: "/") {
      let directory = Array(path[..<index])
      try unsafe directory.withSystemString { name throws(SystemError) in
        if unsafe mkdir(name, 0o700) != 0, errno != EEXIST { throw .last }
      }
    }
  }
}
