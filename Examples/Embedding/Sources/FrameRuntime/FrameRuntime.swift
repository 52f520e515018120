// A runtime of one's own, in less than sixty lines: a game runs the tasks of its scripts frame by frame. In each
// frame they may use so much fuel and no more; their clock is that of the picture, which stands still in a pause;
// and who waits for nothing that a frame could bring is told so.
//
// The scripts do not notice: `suite_test.lua` is the same text for this runtime and for all others.

import Nightjar

/// Runs the tasks of a machine from frame to frame.
final class FrameRuntime {
  /// The time that a frame is shown for.
  let frame: Duration
  /// What scripts may use of it.
  let budget: Int
  private let tasks: Tasks

  init(_ machine: Machine, frame: Duration, budget: Int) {
    self.frame = frame
    self.budget = budget
    tasks = machine.openTasks(ManualRuntime())
  }

  /// Shows frames until a function has ended, or so many of them.
  func play(_ function: Function, frames: Int) throws(ScriptError) -> [Value] {
    let call = try tasks.spawn(function, name: "main")
    for _ in 0..<frames {
      if try step(call) { break }
    }
    if let values = try call.results() { return values }
    call.cancel(reason: "the game is over")
    while try !step(call) {}
    return []
  }

  /// Whether a function has ended when the next frame is shown.
  private func step(_ call: TaskCall) throws(ScriptError) -> Bool {
    switch tasks.step(budget: budget) {
    case .busy, .idle(.some): tasks.advance(by: frame)
    case .idle(nil):
      // No timer runs, and this game has nothing that could come from outside.
      if try call.results() == nil { call.cancel(reason: "nothing can go on:\n\(tasks.tree)") }
    case .stopped: return true
    }
    return try call.results() != nil
  }
}
