// Errors: a status at once, the details in an object that the host frees.

public import CNightjarAPI
import Nightjar

/// What an `nj_error` stands for.
final class Failure {
  let status: nj_status
  let error: ScriptError?
  let message: CBytes
  let chunk: CBytes
  let traceback: CBytes

  init(_ error: ScriptError) {
    status = nj_status(error.kind)
    self.error = error
    message = CBytes(error.message.utf8)
    chunk = CBytes((error.chunkName ?? "").utf8)
    traceback = CBytes(error.traceback.utf8)
  }

  init(_ misuse: Misuse, _ status: nj_status = NJ_ERROR_ARGUMENT) {
    self.status = status
    error = nil
    message = CBytes(misuse.message.utf8)
    chunk = CBytes([])
    traceback = CBytes([])
  }
}

extension nj_status {
  init(_ kind: ScriptError.Kind) {
    switch kind {
    case .syntax: self = NJ_ERROR_SYNTAX
    case .outOfFuel: self = NJ_ERROR_FUEL
    case .outOfMemory: self = NJ_ERROR_MEMORY
    case .deadline: self = NJ_ERROR_TIME
    case .killed: self = NJ_ERROR_KILLED
    case .ended: self = NJ_ERROR_ENDED
    case .wouldSuspend: self = NJ_ERROR_SUSPEND
    case .runtime, .conversion, .cancelled: self = NJ_ERROR_RUNTIME
    }
  }
}

/// Runs what can fail and says what came of it.
func report(
  _ error: UnsafeMutablePointer<OpaquePointer?>?,
  _ body: () throws -> Void
) -> nj_status {
  error?.pointee = nil
  let failure: Failure
  do {
    try body()
    return NJ_OK
  } catch let misuse as Misuse {
    failure = Failure(misuse)
  } catch let raised as ScriptError {
    failure = Failure(raised)
  } catch let refusal as CapabilityError {
    failure = Failure(Misuse(refusal.message), NJ_ERROR_SYSTEM)
  } catch let other {
    failure = Failure(Misuse("\(other)"))
  }
  error?.pointee = retained(failure)
  return failure.status
}

private func failure(_ error: OpaquePointer?) -> Failure? { object(error, Failure.self) }

/// See the header.
@c @implementation
public func nj_error_status(_ error: OpaquePointer?) -> nj_status {
  failure(error)?.status ?? NJ_OK
}

/// See the header.
@c @implementation
public func nj_error_message(_ error: OpaquePointer?) -> UnsafePointer<CChar>? {
  failure(error).map { UnsafePointer($0.message.start) } ?? constant("")
}

/// See the header.
@c @implementation
public func nj_error_chunk(_ error: OpaquePointer?) -> UnsafePointer<CChar>? {
  failure(error).map { UnsafePointer($0.chunk.start) } ?? constant("")
}

/// See the header.
@c @implementation
public func nj_error_line(_ error: OpaquePointer?) -> Int64 {
  Int64(failure(error)?.error?.line ?? 0)
}

/// See the header.
@c @implementation
public func nj_error_traceback(_ error: OpaquePointer?) -> UnsafePointer<CChar>? {
  failure(error).map { UnsafePointer($0.traceback.start) } ?? constant("")
}

/// See the header.
@c @implementation
public func nj_error_free(_ error: OpaquePointer?) { release(error) }

/// See the header.
@c @implementation
public func nj_status_name(_ status: nj_status) -> UnsafePointer<CChar>? {
  let name: StaticString =
    switch status {
    case NJ_OK: "ok"
    case NJ_ERROR_SYNTAX: "syntax error"
    case NJ_ERROR_RUNTIME: "runtime error"
    case NJ_ERROR_FUEL: "out of fuel"
    case NJ_ERROR_MEMORY: "out of memory"
    case NJ_ERROR_TIME: "out of time"
    case NJ_ERROR_KILLED: "killed"
    case NJ_ERROR_ENDED: "machine ended"
    case NJ_ERROR_ARGUMENT: "invalid argument"
    case NJ_ERROR_SUSPEND: "call needs a fiber"
    case NJ_ERROR_SYSTEM: "refused by the system"
    default: "unknown"
    }
  return constant(name)
}
