// The host of a hostile script that runs as a task: the embedding API alone, as a stranger would use it, with
// the same facts told as of other scripts.

import Foundation
import Nightjar

/// One script under observation, with the library `task`.
struct TaskObserver {
  private let script: Script
  private let machine: Machine
  private let tasks: Tasks

  init(_ script: Script) {
    self.script = script
    let limits = Limits(
      fuel: script.limit("fuel", default: 20_000_000),
      memory: script.limit("memory", default: 16 << 20),
      time: .milliseconds(script.limit("time", default: 60_000))
    )
    machine = Machine(Configuration(limits: limits))
    let taskLimits = TaskLimits(
      tasks: script.limit("tasks", default: .max),
      grace: .milliseconds(script.limit("grace", default: 5000))
    )
    tasks = machine.openTasks(ThreadRuntime(), limits: taskLimits)
  }

  /// Runs ordinary tasks in a machine that is thrown away, so that the pages of the program itself are not
  /// taken for memory of the script.
  static func warmUp() {
    let code = """
      -- limits: memory=100000000
      task.scope(function(s)
        local tx, rx = task.channel(4)
        for i = 1, 300 do s:spawn(function() task.sleep(0.0001) tx:send(i) end) end
        for i = 1, 300 do rx:recv() end
        local h = s:spawn(function() task.sleep(10) end)
        h:cancel()
        pcall(task.timeout, 0.0001, task.sleep, 1)
        pcall(function() task.scope(function(s) s:spawn(error, "x") task.sleep(1) end) end)
      end)
      local t = {}
      for i = 1, 3000 do t[i] = {i, tostring(i)} end
      collectgarbage()
      """
    guard let script = Script(text: code) else { return }
    let observer = TaskObserver(script)
    _ = observer.runScript()
    _ = observer.probe()
    _ = ResidentMemory.peak
  }

  func run() {
    let before = ResidentMemory.now
    ResidentMemory.resetPeak()
    let start = ProcessorTime.milliseconds
    let outcome = runScript()
    let peak = ResidentMemory.peak
    tell("outcome", outcome.kind)
    tell("text", outcome.text)
    tell("milliseconds", "\(ProcessorTime.milliseconds - start)")
    tell("heap", "\(machine.memoryUsed)")
    tell("resident", "\(peak - before)")
    tell("output", "0")
    tell("world", "untouched")
    tell("after", probe())
  }

  private func tell(_ name: String, _ value: String) {
    print("\(name): \(value.replacing("\n", with: "\\n"))")
  }

  private func runScript() -> (kind: String, text: String) {
    do throws(ScriptError) {
      let source = String(decoding: script.source, as: UTF8.self)
      let result: Value = try tasks.run(try machine.load(source, name: "=escape"))
      return ("finished", "\(result)")
    } catch {
      switch error.kind {
      case .outOfFuel: return ("outOfFuel", error.message)
      case .deadline: return ("deadline", error.message)
      case .cancelled: return ("cancelled", error.message)
      default: return ("error", error.message)
      }
    }
  }

  /// Runs code that says whether all is as it was, beside whatever tasks are left.
  private func probe() -> String {
    let code = """
      local ok = ("abc"):upper() == "ABC" and type(next) == "function" and getmetatable("") == false
        and coroutine.wrap(function() return 5 end)() == 5 and type(task.spawn or task.scope) == "function"
      if not ok then return "the libraries have changed" end
      local all = {}
      for i = 1, 1000 do all[i] = {i} end
      return (\(script.after ?? "true")) and "fine" or "the condition does not hold"
      """
    machine.fuel = 10_000_000
    do throws(ScriptError) {
      return try machine.eval(code, name: "=after")
    } catch { return "\(error.kind) \(error.message)" }
  }
}
