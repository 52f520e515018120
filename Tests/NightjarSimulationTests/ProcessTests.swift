// Processes and names in both worlds.

import NightjarBase
import NightjarSimulation
import NightjarSystem
import Testing

@Suite struct ParkedProcessTests {
  private func spawn(_ machine: TestMachine, _ plan: ProcessPlan) throws -> SpawnedProcess {
    let outcome = try machine.run(.spawn(plan))
    guard case .spawned(let spawned) = outcome else { throw Unexpected(outcome: outcome) }
    return spawned
  }

  private func end(_ machine: TestMachine, _ process: ResourceID) throws -> ProcessStatus {
    let outcome = try machine.run(.wait(process))
    guard case .ended(let status) = outcome else { throw Unexpected(outcome: outcome) }
    return status
  }

  @Test(arguments: World.both)
  func aProgramReadsAndWrites(world: World) throws {
    if case .simulated(let world) = world {
      world.programs["cat"] = SimulatedProgram([.copyInput])
      world.programs["echo out; echo err >&2; exit 3"] = SimulatedProgram([
        .write("out\n"), .writeError("err\n"), .exit(3),
      ])
    }
    let machine = world.machine()
    var plan = ProcessPlan([Array("cat".utf8)])
    plan.input = .pipe
    let cat = try spawn(machine, plan)
    let (input, output) = (try #require(cat.input), try #require(cat.output))
    let text = [UInt8](repeating: 65, count: 200_000)
    var progress = WriteProgress(text)
    var buffer = ReadBuffer()
    while buffer.count < text.count {
      if !progress.isDone {
        let write = try machine.start(progress.request(to: input))
        buffer.add(try machine.run(.read(output, byteCountMax: 65_536)))
        machine.operations.cancel(write)
        _ = progress.add(try machine.finish(write))
      } else {
        buffer.add(try machine.run(.read(output, byteCountMax: 65_536)))
      }
    }
    _ = try machine.run(.shutDown(input))
    #expect(try machine.read(.all(byteCountMax: .max), from: output, &buffer) == text)
    #expect(try end(machine, cat.process) == .exited(0))

    var shell = ProcessPlan(shell: Array("echo out; echo err >&2; exit 3".utf8))
    shell.error = .pipe
    let echo = try spawn(machine, shell)
    var (out, err) = (ReadBuffer(), ReadBuffer())
    let all = ReadWish.all(byteCountMax: 100)
    #expect(
      try machine.read(all, from: #require(echo.output), &out) == Array("out\n".utf8)
    )
    #expect(try machine.read(all, from: #require(echo.error), &err) == Array("err\n".utf8))
    #expect(try end(machine, echo.process) == .exited(3))
    #expect(try end(machine, echo.process) == .exited(3))
    machine.operations.end()
    try machine.wait { machine.operations.openCount == 0 }
  }

  @Test(arguments: World.both)
  func processesAreKilled(world: World) throws {
    if case .simulated(let world) = world {
      world.programs["sleep"] = SimulatedProgram([.hang])
    }
    let machine = world.machine()
    let plan = ProcessPlan([Array("sleep".utf8), Array("100".utf8)])
    let one = try spawn(machine, plan)
    let wait = try machine.start(.wait(one.process))
    try machine.pause()
    #expect(!machine.hasCompleted(wait))
    machine.operations.signal(15, to: one.process)
    guard case .ended(let status) = try machine.finish(wait) else { throw Hang() }
    #expect(status == .signaled(15))
    // One that is closed does not live on: its pipe ends.
    let other = try spawn(machine, plan)
    let read = try machine.start(.read(#require(other.output), byteCountMax: 1))
    machine.operations.close(other.process)
    #expect(try machine.finish(read).bytes.isEmpty)
    machine.operations.end()
  }

  @Test(arguments: World.both)
  func whatIsNoProgramFails(world: World) throws {
    let machine = world.machine()
    let plan = ProcessPlan([Array("no-such-program-here".utf8)])
    #expect(try machine.run(.spawn(plan)).error?.message == "No such file or directory")
    #expect(machine.operations.openCount == 0)
  }

  @Test(arguments: World.both)
  func namesHaveNumbers(world: World) throws {
    let machine = world.machine()
    guard case .addresses(let all) = try machine.run(.resolve("localhost")) else { throw Hang() }
    #expect(all.contains("127.0.0.1") || all.contains("::1"))
    #expect(try machine.run(.resolve("no.such.name.invalid")).error != nil)
  }

  @Test(arguments: World.both)
  func whatIsNotGrantedIsRefused(world: World) throws {
    let list = NetworkAllowList([NetworkAllowList.Entry(host: "good.example", port: 80)])
    let machine = world.machine(permissions: OperationPermissions(network: list))
    func refusal(_ request: OperationRequest) -> String? {
      do throws(SystemError) {
        _ = try machine.operations.start(request)
        return nil
      } catch { return error.isRefusal ? error.message : nil }
    }
    let bad = Endpoint(host: "bad.example", port: 80)
    #expect(
      refusal(.connect(bad, isEncrypted: false))
        == "connecting to 'bad.example:80' is not allowed (capability 'network')"
    )
    #expect(
      refusal(.listen(Endpoint(host: "0.0.0.0", port: 80), backlog: 1))
        == "listening at '0.0.0.0:80' is not allowed (capability 'network')"
    )
    #expect(refusal(.bind(Endpoint(host: "0.0.0.0", port: 0))) != nil)
    #expect(refusal(.resolve("bad.example")) != nil)
    #expect(refusal(.send(ResourceID(1), [], to: bad)) != nil)
    #expect(refusal(.spawn(ProcessPlan(shell: []))) != nil)
    #expect(refusal(.read(.standardInput, byteCountMax: 1)) != nil)
    let address = try #require(WebAddress(Array("http://bad.example/".utf8)))
    #expect(refusal(.fetch(HTTPRequest(address), bodyByteCountMax: 10)) != nil)
    #expect(refusal(.connect(Endpoint(host: "good.example", port: 81), isEncrypted: false)) != nil)
    #expect(refusal(.connect(Endpoint(host: "Good.Example", port: 80), isEncrypted: false)) == nil)
    #expect(refusal(.resolve("good.example")) == nil)
    machine.operations.end()
  }
}
