// Compiling, loading, calling.

public import CNightjarAPI
import Nightjar

/// Where a call's results go, and how many of them there may be.
struct Results {
  let places: UnsafeMutablePointer<nj_value>?
  let count: UnsafeMutablePointer<Int>?

  private var room: Int { places == nil ? 0 : count?.pointee ?? 0 }

  /// Sets all places to nil, so that they can be released whatever comes.
  func clear() {
    for place in 0..<room { places?[place] = .none }
  }

  /// Writes what fits, and how many there were.
  func write(_ values: [Value]) {
    for (place, value) in values.prefix(room).enumerated() { places?[place] = nj_value(value) }
    count?.pointee = values.count
  }

  /// Runs a call into the places.
  func receive(
    _ error: UnsafeMutablePointer<OpaquePointer?>?,
    _ call: () throws -> [Value]
  ) -> nj_status {
    clear()
    let status = report(error) { write(try call()) }
    if status != NJ_OK { count?.pointee = 0 }
    return status
  }
}

/// Runs what makes one value.
func receive(
  _ place: UnsafeMutablePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?,
  _ body: () throws -> Value
) -> nj_status {
  place?.pointee = .none
  return report(error) {
    guard let place else { throw Misuse("there is no place for the result") }
    place.pointee = nj_value(try body())
  }
}

/// See the header.
@c @implementation
public func nj_compile(
  _ source: UnsafePointer<CChar>?,
  _ length: Int,
  _ name: UnsafePointer<CChar>?,
  _ dialect: nj_dialect,
  _ chunk: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  chunk?.pointee = nil
  return report(error) {
    guard let chunk else { throw Misuse("there is no place for the chunk") }
    guard let source, length >= 0 else { throw Misuse("the source is null") }
    let bytes = Array(UnsafeRawBufferPointer(start: source, count: length))
    let dialect = Dialect(Int64(dialect.rawValue))
    let made = try Chunk(bytes: bytes, name: text(name) ?? "script", dialect: dialect)
    chunk.pointee = retained(ChunkBox(made))
  }
}

/// See the header.
@c @implementation
public func nj_chunk_free(_ chunk: OpaquePointer?) { release(chunk) }

/// See the header.
@c @implementation
public func nj_load(
  _ host: OpaquePointer?,
  _ chunk: OpaquePointer?,
  _ function: UnsafeMutablePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  receive(function, error) {
    guard let box = object(chunk, ChunkBox.self) else { throw Misuse("the chunk is null") }
    return .function(try machine(host).load(box.chunk))
  }
}

/// See the header.
@c @implementation
public func nj_call(
  _ function: UnsafePointer<nj_value>?,
  _ arguments: UnsafePointer<nj_value>?,
  _ argumentCount: Int,
  _ results: UnsafeMutablePointer<nj_value>?,
  _ resultCount: UnsafeMutablePointer<Int>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  Results(places: results, count: resultCount).receive(error) {
    guard case .function(let function) = try value(function, "the function") else {
      throw Misuse("the value is no function")
    }
    return try function.call(arguments: values(arguments, argumentCount))
  }
}

/// See the header.
@c @implementation
public func nj_eval(
  _ host: OpaquePointer?,
  _ source: UnsafePointer<CChar>?,
  _ name: UnsafePointer<CChar>?,
  _ results: UnsafeMutablePointer<nj_value>?,
  _ resultCount: UnsafeMutablePointer<Int>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  Results(places: results, count: resultCount).receive(error) {
    guard let source else { throw Misuse("the source is null") }
    var length = 0
    while source[length] != 0 { length += 1 }
    let bytes = Array(UnsafeRawBufferPointer(start: source, count: length))
    let machine = try machine(host)
    let chunk = try Chunk(bytes: bytes, name: text(name) ?? "script", dialect: machine.dialect)
    return try machine.load(chunk).call(arguments: [])
  }
}
