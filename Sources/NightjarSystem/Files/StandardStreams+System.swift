// The streams the program was started with. A terminal gets its lines as they end; files and pipes
// get large pieces; error output is never held back. Whoever reads what is only written to hears so at once,
// instead of waiting for input that never comes.

package import NightjarBase

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension StandardStreams {
  /// The program's own streams, with new buffers.
  package static func system(patience: Patience = Patience()) -> StandardStreams {
    let output = BufferedFile(
      DescriptorStream(STDOUT_FILENO, ownsDescriptor: false, patience: patience),
      mode: .write,
      buffering: isatty(STDOUT_FILENO) != 0 ? .line : .full
    )
    let input = BufferedFile(
      DescriptorStream(STDIN_FILENO, ownsDescriptor: false, patience: patience),
      mode: .read
    )
    input.tied = output
    let error = BufferedFile(
      DescriptorStream(STDERR_FILENO, ownsDescriptor: false, patience: patience),
      mode: .write,
      buffering: .none
    )
    return StandardStreams(input: input, output: output, error: error)
  }
}
