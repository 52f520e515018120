// Clocks, time zones, variables, arguments and signals.

import Foundation
import NightjarBase
import NightjarSystem
import Testing

/// Lets this thread have interrupts: a test runner may start its tests without.
private func unblockInterrupts() {
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, SIGINT)
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}

@Suite struct SurroundingsTests {
  @Test func clocksRun() {
    let time = SystemTime()
    #expect(abs(Double(time.now().seconds) - Date().timeIntervalSince1970) < 5)
    #expect((0..<1_000_000_000).contains(time.now().nanoseconds))
    let before = (time.monotonicNanoseconds(), time.processorNanoseconds())
    var sum: UInt64 = 0
    for index in 0..<1_000_000 as Range<UInt64> { sum = sum &* 31 ^ index }
    #expect(sum != 0)
    #expect(time.monotonicNanoseconds() > before.0)
    #expect(time.processorNanoseconds() > before.1)
  }

  @Test func localTimeGoesBothWays() throws {
    let calendar = SystemCalendar()
    for _ in 0..<1000 {
      let seconds = Int64.random(in: 0...4_000_000_000)
      var fields = try #require(calendar.fields(at: seconds))
      let expected = fields
      #expect(calendar.seconds(normalizing: &fields) == seconds)
      #expect(fields == expected)
    }
    #expect(calendar.fields(at: .max) == nil)
    for year in [Int.min, .max, 1 << 40] {
      var fields = CalendarFields(year: year, month: 1, day: 1)
      #expect(calendar.seconds(normalizing: &fields) == nil)
    }
  }

  @Test func variables() {
    setenv("NIGHTJAR_TEST", "värde", 1)
    let environment = SystemEnvironment()
    #expect(environment.value(of: Array("NIGHTJAR_TEST".utf8)) == Array("värde".utf8))
    #expect(environment.value(of: Array("NIGHTJAR_TEST_MISSING".utf8)) == nil)
    #expect(environment.value(of: Array("NIGHTJAR_TEST\0".utf8)) == nil)
  }

  @Test func entropyVaries() {
    let entropy = SystemEntropy()
    #expect(Set((0..<100).map { _ in entropy.next() }).count == 100)
  }

  @Test(arguments: [
    ("a/b.lua", "a"), ("/b.lua", "/"), ("b.lua", "."), ("../x/y/z", "../x/y"), ("", "."),
    ("/", "/"),
  ])
  func directories(path: String, directory: String) {
    #expect(Invocation.directory(of: Array(path.utf8)) == Array(directory.utf8))
  }

  @Test func theInvocationIsKnown() throws {
    let arguments = Invocation.arguments.map { String(decoding: $0, as: UTF8.self) }
    #expect(arguments == CommandLine.arguments)
    let path = String(decoding: try #require(Invocation.executablePath), as: UTF8.self)
    #expect(FileManager.default.isExecutableFile(atPath: path))
    #expect(Invocation.resolve(Array("/no/such/place".utf8)) == nil)
  }

  @Test func anInterruptSetsTheFlag() {
    unblockInterrupts()
    let flag = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    defer { flag.deallocate() }
    flag.initialize(to: 0)
    Interrupt.arm(flag, endsReads: false)
    raise(SIGINT)
    #expect(flag.pointee == 1)
    // Armed again, it starts anew.
    Interrupt.arm(flag, endsReads: false)
    #expect(flag.pointee == 0)
    raise(SIGINT)
    #expect(flag.pointee == 1)
    Interrupt.disarm()
  }

  @Test func aSecondInterruptEndsTheProgram() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      unblockInterrupts()
      let flag = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
      flag.initialize(to: 0)
      Interrupt.arm(flag, endsReads: false)
      raise(SIGINT)
      raise(SIGINT)
    }
  }

  @Test func theWholeSystemIsThere() {
    let capabilities = Capabilities.wholeSystem()
    #expect(capabilities.files != nil && capabilities.streams != nil && capabilities.time != nil)
    #expect(capabilities.calendar != nil && capabilities.entropy != nil)
    #expect(capabilities.environment != nil && capabilities.processes != nil)
  }
}
