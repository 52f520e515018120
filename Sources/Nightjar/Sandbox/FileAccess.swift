// Files as a capability: a folder of the host, files in memory, or the second over the first.

internal import NightjarBase
internal import NightjarSystem

/// The files that a machine's scripts see.
public struct FileAccess {
  private let base: any NightjarBase.FileAccess

  init(_ base: any NightjarBase.FileAccess) { self.base = base }

  /// All files of the system.
  static var system: FileAccess { FileAccess(SystemFiles()) }

  /// The files for one machine, whose named pipes and devices wait no longer than its calls.
  func base(_ patience: Patience) -> any NightjarBase.FileAccess { base.waiting(patience) }

  /// The files below a folder of the host.
  ///
  /// Names are walked component by component: `..` that leaves the folder, absolute names and symbolic
  /// links are refused, links that somebody puts there meanwhile included.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - isWritable: Whether files may be made, changed and removed.
  /// - Returns: The files below it.
  /// - Throws: `CapabilityError` when the folder cannot be opened.
  public static func folder(
    _ path: String,
    isWritable: Bool = false
  ) throws(CapabilityError) -> FileAccess {
    do throws(SystemError) {
      return FileAccess(try FolderFiles(Array(path.utf8), isWritable: isWritable))
    } catch { throw CapabilityError(error) }
  }

  /// Files in memory, which the host can read and write too.
  public static func memory(_ files: MemoryFileSystem) -> FileAccess { FileAccess(files.files) }

  /// Files in memory over others: what scripts write stays in memory, what they do not is below.
  public static func overlay(_ files: MemoryFileSystem, over lower: FileAccess) -> FileAccess {
    FileAccess(OverlayFiles(files.files, over: lower.base))
  }

  /// The same files with a bound on what scripts write.
  ///
  /// - Parameters:
  ///   - bytes: The most bytes that may be written in all.
  ///   - files: The most files that may be made.
  /// - Returns: The bounded files.
  public func limited(bytes: Int? = nil, files: Int? = nil) -> FileAccess {
    FileAccess(QuotaFiles(base, FileQuota(byteCount: bytes, fileCount: files)))
  }
}

/// A file system in memory.
public final class MemoryFileSystem {
  let files: MemoryFiles

  /// An empty file system.
  ///
  /// What lies in it is memory of the process beside that of the machines, so it has a bound of its own: 64 MiB
  /// and 10,000 files unless it is told otherwise.
  ///
  /// - Parameters:
  ///   - bytes: The most bytes that all files may have together; nil for no bound.
  ///   - count: The most files and folders, empty ones too; nil for no bound.
  public init(bytes: Int? = 64 << 20, count: Int? = 10_000) {
    files = MemoryFiles(quota: FileQuota(byteCount: bytes, fileCount: count))
  }

  /// The contents of a file; nil where there is none.
  public func contents(of path: String) -> ByteString? {
    files.contents(of: Array(path.utf8)).map { ByteString($0) }
  }

  /// Makes or replaces a file, and the folders on the way to it.
  ///
  /// - Throws: `CapabilityError` beyond the bounds, and for paths that lead out.
  public func put(_ contents: ByteString, at path: String) throws(CapabilityError) {
    do throws(SystemError) {
      try files.put(Array(path.utf8), contents.bytes)
    } catch { throw CapabilityError(error) }
  }

  /// The paths of all files.
  public var paths: [String] { files.paths.map { String(decoding: $0, as: UTF8.self) } }
}

/// Standard input, output and error of scripts.
public struct StandardStreams {
  private let source: Source

  /// Where bytes come from and go to.
  private enum Source {
    case host(input: any ByteStream, output: any ByteStream, error: any ByteStream)
    case process
  }

  /// Streams of the host's own.
  ///
  /// - Parameters:
  ///   - input: What scripts can read.
  ///   - error: Receives what is written to `io.stderr`; nil drops it.
  ///   - output: Receives what is written with `print` and `io.write`, in pieces: a line may be several.
  public init(
    input: ByteString = ByteString([]),
    error: ((ByteString) -> Void)? = nil,
    output: @escaping (ByteString) -> Void
  ) {
    source = .host(
      input: MemoryStream(input.bytes, mode: .read),
      output: Self.stream(output),
      error: Self.stream(error ?? { _ in })
    )
  }

  private init(_ source: Source) { self.source = source }

  /// The streams of this process.
  ///
  /// A script that waits for them, as `io.read` does at a terminal, ends with its call: at the deadline,
  /// when the machine is killed, when the task is cancelled.
  public static func system() -> StandardStreams { StandardStreams(.process) }

  private static func stream(_ body: @escaping (ByteString) -> Void) -> any ByteStream {
    unsafe FunctionOutput { bytes in unsafe body(ByteString(bytes)) }
  }

  /// Whether they are those of this process.
  var isOfProcess: Bool {
    if case .process = source { true } else { false }
  }

  /// The streams as the libraries know them; output and error share an allowance.
  func base(
    within allowance: OutputAllowance?,
    _ patience: Patience
  ) -> NightjarBase.StandardStreams {
    func limited(_ stream: any ByteStream) -> any ByteStream {
      allowance.map { LimitedOutput(stream, $0) } ?? stream
    }
    func descriptor(_ number: Int32) -> any ByteStream {
      DescriptorStream(number, ownsDescriptor: false, patience: patience)
    }
    let (input, output, error): (any ByteStream, any ByteStream, any ByteStream)
    let buffering: BufferingMode
    switch source {
    case .host(let given, let taken, let errors):
      (input, output, error) = (given, taken, errors)
      buffering = .none
    case .process:
      (input, output, error) = (descriptor(0), descriptor(1), descriptor(2))
      buffering = .line
    }
    return NightjarBase.StandardStreams(
      input: BufferedFile(input, mode: .read),
      output: BufferedFile(limited(output), mode: .write, buffering: buffering),
      error: BufferedFile(limited(error), mode: .write, buffering: .none)
    )
  }
}
