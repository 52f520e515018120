// Makes many machines and keeps them: Benchmarks/isolates looks at the process from outside, and does the
// same with states of the C library (Benchmarks/Isolates/states.c).

import Nightjar

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Makes machines with all libraries, one at a time and then many that stay.
///
/// It says how many nanoseconds one took in either way, waits for a line, has each of those that stay compute
/// something, and says how many did.
func runIsolates(count: Int) throws {
  var capabilities = Capabilities()
  capabilities.files = .memory(MemoryFileSystem())
  capabilities.streams = StandardStreams { _ in }
  capabilities.environment = .given([:])
  let configuration = Configuration(limits: Limits(fuel: 1_000_000, memory: 1 << 20))
  let clock = ContinuousClock()
  func nanoseconds(_ body: () -> Void) -> Int {
    Int((clock.measure(body) / max(count, 1)) / .nanoseconds(1))
  }

  let again = nanoseconds {
    for _ in 0..<count { _ = Machine(configuration, capabilities: capabilities) }
  }
  var machines: [Machine] = []
  machines.reserveCapacity(count)
  let kept = nanoseconds {
    for _ in 0..<count { machines.append(Machine(configuration, capabilities: capabilities)) }
  }
  print(again, kept)
  // The other end of a pipe waits for it.
  fflush(nil)
  _ = readLine()
  let chunk = try Chunk(source: "return math.max(n, -1) + 1", name: "isolate")
  var right = 0
  for (number, machine) in machines.enumerated() {
    machine["n"] = .integer(number)
    let answer: Int = try machine.load(chunk).call()
    right += answer == number + 1 ? 1 : 0
  }
  print(right)
}
