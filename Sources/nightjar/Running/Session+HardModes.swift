// The hard modes of the heap, by the environment variable NIGHTJAR_HEAP: for tests that run programs with
// the command. Words, with commas between them:
//
//   collect   a full collection at safepoints that follow an allocation
//   step=N    there, an incremental step of N units of work instead
//   every=N   only at every N-th of them
//   check     the whole heap is checked before and after
//
// Memory given back is poisoned in each of them.

import NightjarBase
import NightjarEngine
import NightjarSystem

extension Session {
  /// Sets the mode that `words` describe; words it does not know are an error.
  func hardenHeap(_ words: String) {
    var mode = HeapHardMode()
    for word in words.split(separator: ",") {
      let parts = word.split(separator: "=", maxSplits: 1)
      switch (parts[0], parts.count == 2 ? Int(parts[1]) : nil) {
      case ("collect", nil): mode.stepWork = nil
      case ("step", let work?): mode.stepWork = max(work, 1)
      case ("every", let period?): mode.period = max(period, 1)
      case ("check", nil): mode.isChecking = true
      default:
        report(Array("NIGHTJAR_HEAP: what is '\(word)'?".utf8))
        SystemProcesses().exit(2)
      }
    }
    let program = programName ?? "nightjar"
    machine.harden(mode) { findings in
      for finding in findings { Console.error("\(program): heap: \(finding)") }
      SystemProcesses().exit(70)
    }
  }
}
