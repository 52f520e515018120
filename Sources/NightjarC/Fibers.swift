// Calls in turns, and host functions that wait.

public import CNightjarAPI
import Nightjar

/// What an `nj_fiber` stands for.
final class FiberBox {
  /// The fiber does not keep its machine.
  weak var machine: Machine?
  let fiber: Fiber

  init(_ machine: Machine, _ fiber: Fiber) {
    self.machine = machine
    self.fiber = fiber
  }
}

/// What an `nj_pending` stands for: the host holds one count, the parked script another.
final class Pending {
  /// What the host has answered.
  var answer: Result<[Value], any Error>?
}

/// See the header.
@c @implementation
public func nj_park(
  _ pointer: OpaquePointer?,
  _ pending: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  pending?.pointee = nil
  guard let context = object(pointer, Context.self), let pending, context.pending == nil else {
    return NJ_ERROR_ARGUMENT
  }
  let made = Pending()
  context.pending = made
  pending.pointee = retained(made)
  return NJ_OK
}

/// See the header.
@c @implementation
public func nj_complete(
  _ pointer: OpaquePointer?,
  _ results: UnsafePointer<nj_value>?,
  _ count: Int
) {
  guard let pending = object(pointer, Pending.self) else { return }
  do throws(Misuse) {
    pending.answer = .success(try values(results, count))
  } catch { pending.answer = .failure(PlainError.message(error.message)) }
  release(pointer)
}

/// See the header.
@c @implementation
public func nj_complete_error(_ pointer: OpaquePointer?, _ message: UnsafePointer<CChar>?) {
  guard let pending = object(pointer, Pending.self) else { return }
  pending.answer = .failure(PlainError.message(text(message) ?? "the host function failed"))
  release(pointer)
}

/// See the header.
@c @implementation
public func nj_fiber_new(
  _ host: OpaquePointer?,
  _ function: UnsafePointer<nj_value>?,
  _ arguments: UnsafePointer<nj_value>?,
  _ count: Int,
  _ fiber: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_status {
  fiber?.pointee = nil
  return report(error) {
    guard let fiber else { throw Misuse("there is no place for the fiber") }
    guard case .function(let function) = try value(function, "the function") else {
      throw Misuse("the value is no function")
    }
    let machine = try machine(host)
    let made = try machine.makeFiber(function, arguments: values(arguments, count))
    fiber.pointee = retained(FiberBox(machine, made))
  }
}

/// See the header.
@c @implementation
public func nj_fiber_free(_ fiber: OpaquePointer?) {
  object(fiber, FiberBox.self)?.fiber.end()
  release(fiber)
}

/// See the header.
@c @implementation
public func nj_fiber_run(
  _ fiber: OpaquePointer?,
  _ fuel: Int64,
  _ values: UnsafePointer<nj_value>?,
  _ valueCount: Int,
  _ results: UnsafeMutablePointer<nj_value>?,
  _ resultCount: UnsafeMutablePointer<Int>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_outcome {
  turn(fiber, values, valueCount, Results(places: results, count: resultCount), error) {
    $0.run($1, fuel: fuel < 0 ? nil : Int(fuel), resumingWith: $2)
  }
}

/// See the header.
@c @implementation
public func nj_fiber_run_for(
  _ fiber: OpaquePointer?,
  _ microseconds: Int64,
  _ values: UnsafePointer<nj_value>?,
  _ valueCount: Int,
  _ results: UnsafeMutablePointer<nj_value>?,
  _ resultCount: UnsafeMutablePointer<Int>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> nj_outcome {
  turn(fiber, values, valueCount, Results(places: results, count: resultCount), error) {
    $0.run($1, for: .microseconds(max(microseconds, 0)), resumingWith: $2)
  }
}

/// One turn of a fiber.
private func turn(
  _ pointer: OpaquePointer?,
  _ arguments: UnsafePointer<nj_value>?,
  _ count: Int,
  _ results: Results,
  _ error: UnsafeMutablePointer<OpaquePointer?>?,
  _ run: (Machine, Fiber, [Value]) -> Fiber.Outcome
) -> nj_outcome {
  results.clear()
  var outcome = NJ_FAILED
  var found: [Value] = []
  let status = report(error) {
    guard let box = object(pointer, FiberBox.self) else { throw Misuse("the fiber is null") }
    guard let machine = box.machine else { throw ScriptError.machineEnded }
    let arguments = try values(arguments, count)
    if let pending = box.fiber.awaited as? Pending {
      guard let answer = pending.answer else {
        outcome = NJ_AWAITING
        return
      }
      try box.fiber.answer(answer)
    }
    switch run(machine, box.fiber, arguments) {
    case .finished(let values): (outcome, found) = (NJ_FINISHED, values)
    case .yielded(let values): (outcome, found) = (NJ_YIELDED, values)
    case .awaiting: outcome = NJ_AWAITING
    case .outOfFuel: outcome = NJ_OUT_OF_FUEL
    case .failed(let error): throw error
    }
  }
  results.write(found)
  return status == NJ_OK ? outcome : NJ_FAILED
}
