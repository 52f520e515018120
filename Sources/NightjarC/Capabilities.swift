// What the scripts of a machine may use of the world.

public import CNightjarAPI
import Nightjar

/// What an `nj_capabilities` stands for.
final class Grants {
  private var given = Capabilities()
  private var variables: [String: String] = [:]
  private var hasVariables = false
  private var addresses: [String] = []
  private var hasWholeNetwork = false

  func change(_ body: (inout Capabilities) -> Void) { body(&given) }

  /// Grants a variable with a value, or that of the process.
  func allow(variable name: String, _ value: String?) {
    hasVariables = true
    variables[name] = value ?? Environment.current(name)
  }

  /// Grants an address, or all of them.
  func allow(address: String?) {
    if let address { addresses.append(address) } else { hasWholeNetwork = true }
  }

  /// The capabilities for one machine.
  var capabilities: Capabilities {
    var all = given
    if hasVariables { all.environment = .given(variables) }
    if hasWholeNetwork {
      all.network = .system
    } else if !addresses.isEmpty {
      all.network = .listed(addresses)
    }
    return all
  }
}

/// What an `nj_files` stands for.
final class FilesBox {
  let files: FileAccess
  /// The same where it is in memory.
  let memory: MemoryFileSystem?

  init(_ files: FileAccess, memory: MemoryFileSystem? = nil) {
    self.files = files
    self.memory = memory
  }
}

private func grants(_ pointer: OpaquePointer?) -> Grants? { object(pointer, Grants.self) }

/// See the header.
@c @implementation
public func nj_capabilities_new() -> OpaquePointer? { retained(Grants()) }

/// See the header.
@c @implementation
public func nj_capabilities_free(_ capabilities: OpaquePointer?) { release(capabilities) }

/// See the header.
@c @implementation
public func nj_allow_files(_ capabilities: OpaquePointer?, _ files: OpaquePointer?) {
  let files = object(files, FilesBox.self)?.files
  grants(capabilities)?.change { $0.files = files }
}

/// See the header.
@c @implementation
public func nj_allow_streams(
  _ capabilities: OpaquePointer?,
  _ input: UnsafePointer<CChar>?,
  _ inputLength: Int,
  _ output: nj_output?,
  _ userdata: UnsafeMutableRawPointer?
) {
  let bytes = UnsafeRawBufferPointer(start: input, count: input == nil ? 0 : max(inputLength, 0))
  func write(_ stream: Int32, _ text: ByteString) {
    text.bytes.withUnsafeBytes { bytes in
      output?(
        stream,
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
        bytes.count,
        userdata
      )
    }
  }
  let streams = StandardStreams(
    input: ByteString(bytes),
    error: { write(2, $0) },
    output: { write(1, $0) }
  )
  grants(capabilities)?.change { $0.streams = streams }
}

/// See the header.
@c @implementation
public func nj_allow_standard_streams(_ capabilities: OpaquePointer?) {
  grants(capabilities)?.change { $0.streams = .system() }
}

/// See the header.
@c @implementation
public func nj_allow_clock(_ capabilities: OpaquePointer?) {
  grants(capabilities)?.change { $0.clock = .system }
}

/// See the header.
@c @implementation
public func nj_allow_fixed_clock(_ capabilities: OpaquePointer?, _ seconds: Int64) {
  grants(capabilities)?.change { $0.clock = .fixed(seconds: Int(seconds)) }
}

/// See the header.
@c @implementation
public func nj_allow_variable(
  _ capabilities: OpaquePointer?,
  _ name: UnsafePointer<CChar>?,
  _ value: UnsafePointer<CChar>?
) {
  guard let name = text(name) else { return }
  grants(capabilities)?.allow(variable: name, text(value))
}

/// See the header.
@c @implementation
public func nj_allow_network(_ capabilities: OpaquePointer?, _ address: UnsafePointer<CChar>?) {
  grants(capabilities)?.allow(address: text(address))
}

/// See the header.
@c @implementation
public func nj_allow_programs(_ capabilities: OpaquePointer?) {
  grants(capabilities)?.change { $0.runsPrograms = true }
}

// MARK: Files

private func bound(_ number: Int64) -> Int? { number < 0 ? nil : Int(number) }

/// See the header.
@c @implementation
public func nj_files_memory(_ bytes: Int64, _ count: Int64) -> OpaquePointer? {
  let memory = MemoryFileSystem(bytes: bound(bytes), count: bound(count))
  return retained(FilesBox(.memory(memory), memory: memory))
}

/// See the header.
@c @implementation
public func nj_files_folder(
  _ path: UnsafePointer<CChar>?,
  _ isWritable: Bool,
  _ files: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  files?.pointee = nil
  return report(error) {
    guard let files, let path = text(path) else { throw Misuse("the path is null") }
    files.pointee = retained(FilesBox(try .folder(path, isWritable: isWritable)))
  }
}

/// See the header.
@c @implementation
public func nj_files_overlay(_ memory: OpaquePointer?, _ lower: OpaquePointer?) -> OpaquePointer? {
  guard let upper = object(memory, FilesBox.self)?.memory,
    let lower = object(lower, FilesBox.self)?.files
  else { return nil }
  return retained(FilesBox(.overlay(upper, over: lower), memory: upper))
}

/// See the header.
@c @implementation
public func nj_files_limited(
  _ files: OpaquePointer?,
  _ bytes: Int64,
  _ count: Int64
) -> OpaquePointer? {
  guard let box = object(files, FilesBox.self) else { return nil }
  let limited = box.files.limited(bytes: bound(bytes), files: bound(count))
  return retained(FilesBox(limited, memory: box.memory))
}

/// See the header.
@c @implementation
public func nj_files_free(_ files: OpaquePointer?) { release(files) }

/// The files in memory of a pointer.
private func memory(_ pointer: OpaquePointer?) throws(Misuse) -> MemoryFileSystem {
  guard let memory = object(pointer, FilesBox.self)?.memory else {
    throw Misuse("the files are null or not in memory")
  }
  return memory
}

/// See the header.
@c @implementation
public func nj_files_put(
  _ files: OpaquePointer?,
  _ path: UnsafePointer<CChar>?,
  _ bytes: UnsafePointer<CChar>?,
  _ length: Int,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  report(error) {
    guard let path = text(path), length >= 0, length == 0 || bytes != nil else {
      throw Misuse("the path or the bytes are null")
    }
    let contents = ByteString(UnsafeRawBufferPointer(start: bytes, count: length))
    try memory(files).put(contents, at: path)
  }
}

/// See the header.
@c @implementation
public func nj_files_get(
  _ files: OpaquePointer?,
  _ path: UnsafePointer<CChar>?,
  _ contents: UnsafeMutablePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  receive(contents, error) {
    guard let path = text(path) else { throw Misuse("the path is null") }
    return try memory(files).contents(of: path).map { .string($0) } ?? .nil
  }
}
