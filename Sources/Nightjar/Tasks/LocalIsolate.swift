// The machine of an isolate and the calls under way, on whichever thread has it.

import NightjarEngine
import NightjarRuntime

/// A machine with its tasks and what others wait for of them.
final class LocalIsolate {
  /// Who ended a call.
  enum Ending {
    case host
    case deadline
  }

  private struct Call {
    let task: TaskCall
    let answer: Answer<PlainValue>
    var ending: Ending?
  }

  let machine: Machine
  let tasks: Tasks
  private var calls: [UInt64: Call] = [:]
  /// Calls that were ended before they began.
  private var endedEarly: [UInt64: Ending] = [:]
  /// The open scopes of the host.
  var scopes: [UInt64: LocalScope] = [:]
  /// The text behind those.
  private var scopeFunction: Function?

  /// About a millisecond of instructions.
  private static let budget = 200_000

  init(_ machine: Machine, _ limits: TaskLimits) {
    self.machine = machine
    tasks = machine.openTasks(ThreadRuntime(), limits: limits)
  }

  // MARK: Calls

  func begin(
    _ id: UInt64,
    _ path: String,
    _ arguments: [PlainValue],
    _ priority: Int,
    _ answer: Answer<PlainValue>
  ) {
    do {
      let function = try function(at: path)
      let values = try arguments.map { try $0.value(in: machine) }
      let task = try tasks.spawn(function, arguments: values, name: path)
      machine.core.engine.setPriority(priority, of: task.handle)
      answerLater(id, task, answer)
    } catch { answer.resume(with: .failure(error)) }
  }

  /// Answers with the result of a task when it has ended.
  func answerLater(_ id: UInt64, _ task: TaskCall, _ answer: Answer<PlainValue>) {
    calls[id] = Call(task: task, answer: answer)
    if let ending = endedEarly.removeValue(forKey: id) { cancel(id, ending) }
  }

  /// The global function at a path of fields.
  func function(at path: String) throws -> Function {
    var value = Value.table(machine.globals)
    for name in path.split(separator: ".") {
      guard case .table(let table) = value else { break }
      value = table[String(name)]
    }
    guard case .function(let function) = value else {
      throw ScriptError(.runtime, "there is no global function '\(path)'")
    }
    return function
  }

  func cancel(_ id: UInt64, _ ending: Ending) {
    guard let call = calls[id] else {
      if scopes[id] != nil { return cancelScope(id) }
      endedEarly[id] = ending
      return
    }
    calls[id]?.ending = call.ending ?? ending
    call.task.cancel(
      reason: ending == .host ? "the host's task was cancelled" : "the deadline of the call passed"
    )
  }

  /// Runs the tasks for a while, and answers the calls that have ended.
  func step() -> Tasks.Step {
    let step = tasks.step(budget: Self.budget)
    for (id, call) in calls {
      do throws(ScriptError) {
        guard let results = try call.task.results() else { continue }
        calls[id] = nil
        let result = results.first ?? .nil
        call.answer.resume(
          with: Swift.Result { try PlainValue(crossing: result, name: "result") }
        )
      } catch {
        calls[id] = nil
        call.answer.resume(with: .failure(Self.error(error, call.ending)))
      }
    }
    return step
  }

  /// What the host is told, in its own words where it was the cause.
  private static func error(_ error: ScriptError, _ ending: Ending?) -> any Error {
    // Whoever was given up or dropped at the end of the grace was cancelled as well.
    let wasCut = ["NJ-A023", "NJ-A024"].contains { error.value?["code"] == .string(ByteString($0)) }
    guard error.kind == .cancelled || wasCut && ending != nil else { return error }
    switch ending {
    case .host: return CancellationError()
    case .deadline: return ScriptError(.deadline, "the deadline of the call has passed")
    case nil:
      let reason = error.value?["reason"]
      if case .string(let text)? = reason {
        return ScriptCancelled(reason: text.description, error: error)
      }
      return ScriptCancelled(reason: error.message, error: error)
    }
  }

  // MARK: Scopes

  /// The function that runs a scope for the host: it takes options, a function that waits for the next child, and
  /// one that is told of each.
  func scopeRunner() throws -> Function {
    if let scopeFunction { return scopeFunction }
    let text = """
      local scope, unpack = task.scope, table.unpack or unpack
      return function(options, next, started)
        return scope(options, function(s)
          while true do
            local id, name, f, arguments, count = next()
            if not id then return end
            started(id, s:spawn{ name = name, fn = function()
              return f(unpack(arguments, 1, count))
            end })
          end
        end)
      end
      """
    let made: Function = try machine.eval(text, name: "=scope")
    scopeFunction = made
    return made
  }

  private func cancelScope(_ id: UInt64) {
    scopes[id]?.task?.cancel(reason: "the host's task was cancelled")
  }
}
