// How a task came to where it is: its calls, then the spawns up to `main`. Parents outlive children, so the
// whole way is always there; for an error it is taken down before the frames go.
//
//   task #3 charge  at pay.lua:44
//     pay.lua:44 post
//     pay.lua:12 charge
//   < spawned at shop.lua:9 in scope "checkout" of #2 handle
//   < spawned at main.lua:3

internal import NightjarBase
internal import NightjarBytecode

/// Where an error came from that is on its way out of a task.
struct TaskFailure {
  /// The error, by which it is known.
  let error: Value
  /// Nil for an error that is caught further down, where nobody shows a trace.
  let trace: String?
}

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Lines of a trace that are shown unless all of them are asked for.
  private static var callCountMax: Int { 6 }
  private static var spawnCountMax: Int { 4 }
  /// Calls that are looked at: what comes below is left out, as lines are no memory of the machine.
  private static var lineCountMax: Int { 1000 }

  /// A task's calls, youngest first, and how it came to be: one line each, up to `main`.
  ///
  /// Natives and the library's own text are left out, and the middle of long ones, unless it is to be full.
  func taskTrace(_ task: TaskRef, isFull: Bool = false) -> String {
    ([line(of: task)] + callLines(of: task, isFull: isFull) + spawnLines(of: task, isFull: isFull))
      .joined(separator: "\n")
  }

  /// The calls of a task, youngest first.
  func callLines(of task: TaskRef, isFull: Bool) -> [String] {
    var lines: [String] = []
    var fiber = task.pointee.leaf
    while let one = fiber, lines.count < Self.lineCountMax {
      lines += calls(of: one, isFull: isFull, atMost: Self.lineCountMax - lines.count)
      fiber = one == task.pointee.fiber ? nil : one.pointee.resumer
    }
    return isFull ? lines : Self.shortened(lines, to: Self.callCountMax)
  }

  /// How a task came to be, up to `main`.
  func spawnLines(of task: TaskRef, isFull: Bool) -> [String] {
    var lines: [String] = []
    var current = task
    while lines.count < 1000 {
      guard let home = current.pointee.scope == nil ? nil : current.home else { break }
      let place = place(ofSite: current.pointee.site)
      guard let owner = home.pointee.owner else {
        if let place { lines.append("< spawned at \(place)") }
        break
      }
      lines.append("< spawned at \(place ?? "?") in \(describe(home)) of \(describe(owner))")
      current = owner
    }
    return isFull ? lines : Self.shortened(lines, to: Self.spawnCountMax)
  }

  /// The first and the last lines of many.
  private static func shortened(_ lines: [String], to most: Int) -> [String] {
    if lines.count <= most { return lines }
    let left = most / 2
    let hidden = lines.count - most + 1
    return Array(lines.prefix(most - left - 1)) + ["  … \(hidden) more"] + Array(lines.suffix(left))
  }

  /// Whether a chunk is text of the libraries of tasks and of what they wait for.
  static func isLibrary(_ chunkName: String) -> Bool { chunkName == "task" || chunkName == "net" }

  /// The Lua functions on a fiber, youngest first.
  private func calls(of fiber: FiberRef, isFull: Bool, atMost most: Int) -> [String] {
    var lines: [String] = []
    var frame = fiber == pointee.fiber ? pointee.frame : fiber.pointee.frame
    while frame > fiber.pointee.frames && lines.count < most {
      defer { frame = frame.below }
      let function = calledName(of: frame, in: fiber)?.name
      if frame.pointee.isNative {
        if isFull { lines.append("  [native] \(function ?? "function")") }
        continue
      }
      let name = chunkName(of: prototype(of: frame))
      if Self.isLibrary(name) && !isFull { continue }
      let title = function ?? plainTitle(of: frame)
      lines.append("  \(name):\(currentLine(of: frame) ?? 0) \(title)")
    }
    return lines
  }

  /// "file:line" of the youngest Lua function of a fiber that does not run, and stands in a call or between two
  /// instructions.
  func currentPlace(of fiber: FiberRef, isBetween: Bool = false) -> String? {
    var frame = fiber == pointee.fiber ? pointee.frame : fiber.pointee.frame
    while frame > fiber.pointee.frames {
      if !frame.pointee.isNative, let line = currentLine(of: frame) {
        let name = chunkName(of: prototype(of: frame))
        let code = image(of: prototype(of: frame))
        let index = instructionIndex(of: frame)
        // A loop without a body stands in its own jump.
        let isJump = code.code.indices.contains(index) && code.code[index].opcode == .jumpBack
        if isBetween && !isJump && code.lines.indices.contains(index + 1) {
          return "\(name):\(code.lines[index + 1])"
        }
        // The library's own text is nobody's place.
        if !Self.isLibrary(name) { return "\(name):\(line)" }
      }
      frame = frame.below
    }
    return nil
  }

  // MARK: Errors

  /// Takes down where an error comes from that leaves the frames of a task, unless it came from another one.
  ///
  /// Every scope that an error leaves asks; only the first has to look.
  ///
  /// The `catcher` is the frame of the scope, below which the error may be caught.
  func noteFailure(at catcher: FrameRef? = nil, leaving kernel: KernelRef) {
    guard let task = kernel.pointee.current, kernel.pointee.hostDepth == pointee.waitingFibers.count
    else { return }
    let error = pointee.errorValue
    if let known = kernel.pointee.failure?.error, known.bits == error.bits, known.tag == error.tag {
      return
    }
    barrier(error)
    if let catcher, isCaught(below: catcher) {
      kernel.pointee.failure = TaskFailure(error: error, trace: nil)
      return
    }
    let leaf = task.pointee.leaf
    task.pointee.leaf = pointee.fiber
    let lines =
      ["task \(describe(task))"] + callLines(of: task, isFull: false)
      + spawnLines(of: task, isFull: false)
    task.pointee.leaf = leaf
    kernel.pointee.failure = TaskFailure(
      error: error,
      trace: lines.map { "  " + $0 }.joined(separator: "\n")
    )
    if kernel.pointee.settings.keepsTree { kernel.pointee.treeAtFailure = taskTree() }
  }

  /// Where an error came from, if it came from a task.
  func failureTrace(of error: Value) -> String? {
    guard let failure = pointee.tasks?.pointee.failure, failure.error.bits == error.bits,
      failure.error.tag == error.tag
    else { return nil }
    return failure.trace
  }
}

extension Machine {
  /// The trace that was put behind the text of an error last, in lines.
  package var lastTaskTrace: String? { vm.pointee.tasks?.pointee.toldTrace }

  /// The tasks as they were when one failed last, if the settings say that this is kept.
  package var treeAtFailure: String? { vm.pointee.tasks?.pointee.treeAtFailure }
}
