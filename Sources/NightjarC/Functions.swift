// Functions, objects and coroutines.

public import CNightjarAPI
import Nightjar

/// A pointer of the host's, given back when no script can reach it any more.
final class Userdata {
  let pointer: UnsafeMutableRawPointer?
  private let release: nj_free?

  init(_ pointer: UnsafeMutableRawPointer?, _ release: nj_free?) {
    self.pointer = pointer
    self.release = release
  }

  deinit { release?(pointer) }
}

/// One call of a host function.
///
/// INVARIANT: it lives on the stack of the call; its pointer holds no count and is worth nothing after it.
final class Context {
  let host: Host
  let arguments: [UnsafeMutablePointer<nj_value>]
  let nothing = UnsafeMutablePointer<nj_value>.allocate(capacity: 1)
  var results: [Value] = []
  var failure: (any Error)?
  /// What the call waits for, when it has parked.
  var pending: Pending?

  init(_ host: Host, _ arguments: [Value]) {
    self.host = host
    self.arguments = arguments.map { value in
      let place = UnsafeMutablePointer<nj_value>.allocate(capacity: 1)
      place.initialize(to: nj_value(value))
      return place
    }
    nothing.initialize(to: .none)
  }

  deinit {
    for place in arguments + [nothing] {
      nj_release(place)
      place.deallocate()
    }
  }
}

/// See the header.
@c @implementation
public func nj_function_new(
  _ host: OpaquePointer?,
  _ body: nj_function?,
  _ pointer: UnsafeMutableRawPointer?,
  _ release: nj_free?,
  _ function: UnsafeMutablePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  let userdata = Userdata(pointer, release)
  return receive(function, error) {
    guard let owner = object(host, Host.self) else { throw Misuse("the machine is null") }
    guard let body else { throw Misuse("the function is null") }
    return .function(
      // The machine owns the function, so the function must not own the machine.
      owner.machine.function(parking: { [weak owner] arguments in
        guard let owner else { return .results([]) }
        let context = Context(owner, arguments)
        let pointer = OpaquePointer(Unmanaged.passUnretained(context).toOpaque())
        let status = withExtendedLifetime(context) { body(pointer, userdata.pointer) }
        if let failure = context.failure { throw failure }
        if status != NJ_OK { throw PlainError.message("the host function failed") }
        if let pending = context.pending { return .waits(pending) }
        return .results(context.results)
      })
    )
  }
}

private func context(_ pointer: OpaquePointer?) -> Context? { object(pointer, Context.self) }

/// See the header.
@c @implementation
public func nj_context_machine(_ pointer: OpaquePointer?) -> OpaquePointer? {
  context(pointer).map { OpaquePointer(Unmanaged.passUnretained($0.host).toOpaque()) }
}

/// See the header.
@c @implementation
public func nj_argument_count(_ pointer: OpaquePointer?) -> Int {
  context(pointer)?.arguments.count ?? 0
}

/// See the header.
@c @implementation
public func nj_argument(_ pointer: OpaquePointer?, _ index: Int) -> UnsafePointer<nj_value>? {
  guard let context = context(pointer) else { return nil }
  let isThere = context.arguments.indices.contains(index)
  return UnsafePointer(isThere ? context.arguments[index] : context.nothing)
}

/// See the header.
@c @implementation
public func nj_return(_ pointer: OpaquePointer?, _ result: UnsafePointer<nj_value>?) -> nj_status {
  guard let context = context(pointer) else { return NJ_ERROR_ARGUMENT }
  do throws(Misuse) {
    context.results.append(try value(result, "the result"))
    return NJ_OK
  } catch {
    context.failure = PlainError.message(error.message)
    return NJ_ERROR_ARGUMENT
  }
}

/// See the header.
@c @implementation
public func nj_fail(_ pointer: OpaquePointer?, _ message: UnsafePointer<CChar>?) -> nj_status {
  guard let context = context(pointer) else { return NJ_ERROR_ARGUMENT }
  context.failure = PlainError.message(text(message) ?? "the host function failed")
  return NJ_ERROR_RUNTIME
}

/// See the header.
@c @implementation
public func nj_fail_argument(
  _ pointer: OpaquePointer?,
  _ index: Int,
  _ expected: UnsafePointer<CChar>?
) -> nj_status {
  guard let context = context(pointer) else { return NJ_ERROR_ARGUMENT }
  let isThere = context.arguments.indices.contains(index)
  let found = isThere ? text(nj_kind_name(context.arguments[index].pointee.kind)) : nil
  let expected = text(expected) ?? "another value"
  context.failure = PlainError.argument(
    index + 1,
    "\(expected) expected, got \(found ?? "no value")"
  )
  return NJ_ERROR_RUNTIME
}

/// See the header.
@c @implementation
public func nj_fail_with(_ pointer: OpaquePointer?, _ error: OpaquePointer?) -> nj_status {
  defer { release(error) }
  guard let context = context(pointer), let failure = object(error, Failure.self) else {
    return NJ_ERROR_ARGUMENT
  }
  if let error = failure.error {
    context.failure = error
  } else {
    context.failure = PlainError.message(String(cString: failure.message.start))
  }
  return failure.status
}

/// See the header.
@c @implementation
public func nj_object_new(
  _ host: OpaquePointer?,
  _ pointer: UnsafeMutableRawPointer?,
  _ release: nj_free?,
  _ object: UnsafeMutablePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  let userdata = Userdata(pointer, release)
  return receive(object, error) { try machine(host).makeObject(userdata) }
}

/// See the header.
@c @implementation
public func nj_object_pointer(_ value: UnsafePointer<nj_value>?) -> UnsafeMutableRawPointer? {
  guard case .object(let object) = try? value?.pointee.value() else { return nil }
  return object.host(as: Userdata.self)?.pointer
}

/// See the header.
@c @implementation
public func nj_coroutine_new(
  _ host: OpaquePointer?,
  _ function: UnsafePointer<nj_value>?,
  _ coroutine: UnsafeMutablePointer<nj_value>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  receive(coroutine, error) {
    guard case .function(let function) = try value(function, "the function") else {
      throw Misuse("the value is no function")
    }
    return .coroutine(try machine(host).makeCoroutine(function))
  }
}

/// See the header.
@c @implementation
public func nj_resume(
  _ coroutine: UnsafePointer<nj_value>?,
  _ arguments: UnsafePointer<nj_value>?,
  _ argumentCount: Int,
  _ results: UnsafeMutablePointer<nj_value>?,
  _ resultCount: UnsafeMutablePointer<Int>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  Results(places: results, count: resultCount).receive(error) {
    guard case .coroutine(let coroutine) = try value(coroutine, "the coroutine") else {
      throw Misuse("the value is no coroutine")
    }
    return try coroutine.resume(values(arguments, argumentCount))
  }
}

/// See the header.
@c @implementation
public func nj_get_coroutine_status(_ value: UnsafePointer<nj_value>?) -> nj_coroutine_status {
  guard case .coroutine(let coroutine) = try? value?.pointee.value() else { return NJ_DEAD }
  return switch coroutine.status {
  case .suspended: NJ_SUSPENDED
  case .running: NJ_RUNNING
  case .normal: NJ_NORMAL
  case .dead: NJ_DEAD
  }
}
