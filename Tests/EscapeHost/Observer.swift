// The host: makes a sandboxed machine with the limits and grants of the script's header, runs the script
// in slices of fuel with a look at the clock between them, and then looks at what is left. The clock is
// that of the processor's time, so that a busy machine changes no verdict; hangs have their own guard.

import Foundation
import NightjarBase
import NightjarBytecode
import NightjarEngine
import NightjarLuaCompiler
import NightjarLuaLibrary
import NightjarSystem

/// One script under observation.
struct Observer {
  private let script: Script
  private let machine: Machine
  private let output = MemoryStream()
  private let world: World

  init(_ script: Script) {
    self.script = script
    var limits = NightjarBase.Limits()
    limits.heapByteCount = script.limit("memory", default: 16 << 20)
    limits.callDepth = script.limit("depth", default: limits.callDepth)
    limits.stringByteCount = script.limit("string", default: limits.stringByteCount)
    limits.chunkByteCount = script.limit("source", default: limits.chunkByteCount)
    machine = Machine(
      limits: limits,
      seed: 42,
      compiler: LuaChunkCompiler(allowsBinary: script.grants.contains("binary"))
    )
    world = World()
    machine.capabilities = world.capabilities(of: script, output: output)
    var options = SandboxOptions()
    options.hasWholeDebug = script.grants.contains("debug")
    options.hasBinaryChunks = script.grants.contains("binary")
    machine.openSandbox(options)
    defineHostFunctions()
  }

  /// Runs ordinary code in a machine that is thrown away, so that the pages of the program itself are not
  /// taken for memory of the script.
  static func warmUp() {
    let code = """
      local t = {}
      for i = 1, 3000 do t[i] = {i, tostring(i), x = function() return i end} end
      for i = 1, 50 do t["k" .. i] = ("x"):rep(i):upper():gsub("X", "y") end
      table.sort(t, function(a, b) return a[1] > b[1] end)
      local co = coroutine.wrap(function(...) while true do coroutine.yield(string.format("%d %s", ...)) end end)
      co(1, "x")
      co(2)
      pcall(error, setmetatable({}, {__tostring = function() return "x" end, __gc = function() end}))
      xpcall(function() local x <close> = setmetatable({}, {__close = error}) error("x") end, debug.traceback)
      local f = load("local a, b = ... return function() return a + b, {a, b} end")
      f(1, 2)()
      pcall(string.rep, "x", 1 << 40)
      for k, v in pairs(t) do t[k] = nil end
      collectgarbage()
      collectgarbage("step")
      return table.concat({1, 2, 3}, ","), select("#", table.unpack({1, 2, 3})), utf8.char(300)
      """
    guard
      let script = Script(
        text: "-- Warms up.\n-- limits: memory=100000000\n-- grants: streams files\n" + code
      )
    else { return }
    let observer = Observer(script)
    _ = observer.runScript()
    _ = observer.probe()
    _ = ResidentMemory.peak
  }

  mutating func run() {
    let before = ResidentMemory.now
    ResidentMemory.resetPeak()
    let start = ProcessorTime.milliseconds
    let outcome = runScript()
    let peak = ResidentMemory.peak
    let milliseconds = ProcessorTime.milliseconds - start
    tell("outcome", outcome.kind)
    tell("text", outcome.text)
    tell("milliseconds", "\(milliseconds)")
    tell("heap", "\(machine.peakByteCount)")
    tell("resident", "\(peak - before)")
    try? machine.capabilities.streams?.output.flush()
    tell("output", "\(output.bytes.count)")
    tell("world", world.isUntouched ? "untouched" : "changed")
    tell("after", probe())
  }

  private func tell(_ name: String, _ value: String) {
    print("\(name): \(value.replacing("\n", with: "\\n"))")
  }

  // MARK: Running

  private func runScript() -> (kind: String, text: String) {
    machine.fuel = 1 << 50
    let source = script.source
    switch LuaCompiler.compile(source: source, chunkName: Array("=escape".utf8)) {
    case .failure(let failure): return ("syntax", String(decoding: failure.message, as: UTF8.self))
    case .success(let image):
      do throws(NightjarEngine.ScriptError) {
        let environment =
          script.grants.contains("globals") ? try machine.makeEnvironment() : machine.globals
        let function = try machine.makeFunction(image, environment: environment)
        return call(function, fuel: Int64(script.limit("fuel", default: 20_000_000)))
      } catch { return ("error", text(machine.errorValue)) }
    }
  }

  /// Calls a function with all the fuel it may use, in slices.
  private func call(_ function: Value, fuel: Int64) -> (kind: String, text: String) {
    var run: HostRun
    do throws(NightjarEngine.ScriptError) { run = try machine.begin(function) } catch {
      return ("error", text(machine.errorValue))
    }
    defer { machine.end(run) }
    let deadline = ProcessorTime.milliseconds + script.limit("time", default: 60_000)
    var left = fuel
    func grant() {
      let slice = min(left, 200_000)
      left -= slice
      machine.fuel = slice
    }
    grant()
    var outcome = machine.start(&run)
    while case .outOfFuel = outcome {
      left += machine.fuel
      if ProcessorTime.milliseconds > deadline {
        _ = machine.kill(&run, "the time is up")
        return ("deadline", text(machine.errorValue))
      }
      if left <= 0 {
        _ = machine.kill(&run, "the fuel is used up")
        return ("outOfFuel", text(machine.errorValue))
      }
      grant()
      outcome = machine.proceed(&run)
    }
    switch outcome {
    case .finished(let count):
      return (
        "finished", (0..<count).map { text(machine.result($0, of: run)) }.joined(separator: " ")
      )
    case .failed: return ("error", text(machine.errorValue))
    case .yielded: return ("yielded", "")
    case .awaiting: return ("awaiting", "")
    case .outOfFuel: return ("outOfFuel", "")
    }
  }

  private func text(_ value: Value) -> String {
    switch machine.read(value) {
    case .nil: "nil"
    case .boolean(let value): "\(value)"
    default:
      machine.text(of: value).map { String(decoding: $0.prefix(400), as: UTF8.self) }
        ?? "(a \(machine.typeName(of: value)))"
    }
  }

  // MARK: What the script finds

  private func defineHostFunctions() {
    let machine = machine
    // `reenter(f)` calls f from the host.
    machine.setGlobal(
      "reenter",
      machine.makeHostFunction { (call) throws(NightjarEngine.ScriptError) in
        let function = call.argument(1)
        guard function.isFunction else { throw call.typeError(1, expected: "function") }
        var run = try machine.begin(function)
        defer { machine.end(run) }
        switch machine.start(&run) {
        case .finished: return call.returns()
        case .failed: throw call.raise(machine.errorValue)
        default: throw call.raise("the host cannot wait")
        }
      }
    )
  }

  // MARK: Afterwards

  /// Runs code in fresh globals that says whether all is as it was.
  private func probe() -> String {
    let code = """
      local ok = ("abc"):upper() == "ABC" and string.format("%d", 7) == "7" and #("x"):rep(100) == 100
        and math.floor(2.5) == 2 and table.concat({1, 2}, ",") == "1,2" and type(next) == "function"
        and select("#", pcall(error, {})) == 2 and getmetatable("") == false
        and coroutine.wrap(function() return 5 end)() == 5 and tostring(12) == "12"
      if not ok then return "the libraries have changed" end
      local all = {}
      for i = 1, 1000 do all[i] = {i} end
      return (\(script.after ?? "true")) and "fine" or "the condition does not hold"
      """
    do throws(NightjarEngine.ScriptError) {
      switch LuaCompiler.compile(source: Array(code.utf8), chunkName: Array("=after".utf8)) {
      case .failure(let failure): return String(decoding: failure.message, as: UTF8.self)
      case .success(let image):
        machine.fuel = 10_000_000
        machine.reclaimMemory()
        let function = try machine.makeFunction(image)
        let outcome = call(function, fuel: 10_000_000)
        return outcome.kind == "finished" ? outcome.text : "\(outcome.kind) \(outcome.text)"
      }
    } catch { return text(machine.errorValue) }
  }
}
