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

  /// A task's calls, youngest first, and how it came to be: one line each, up to `main`.
  ///
  /// Natives and the library's own text are left out, and the middle of long ones, unless it is to be full.
  func taskTrace(_ task: TaskRef, isFull: Bool = false) -> String {
    ([line(of: task)] + callLines(of: task, isFull: isFull) + spawnLines(of: task, isFull: isFull))
      .joined(separator: "\n")
  }

  /// The calls of a task, youngest first.
  ///
  /// Of a deep stack only the frames that are shown are looked at, so that it costs no more than another one.
  func callLines(of task: TaskRef, isFull: Bool) -> [String] {
    let stacks = fibers(of: task)
    let depth = stacks.reduce(0) { $0 + frameCount(of: $1) }
    if isFull || depth <= Self.exactDepthMax {
      var lines: [String] = []
      for fiber in stacks where lines.count < Self.lineCountMax {
        lines += calls(of: fiber, isFull, most: Self.lineCountMax - lines.count)
      }
      return isFull ? lines : Self.shortened(lines, to: Self.callCountMax)
    }
    let left = Self.callCountMax / 2
    let wanted = Self.callCountMax - left - 1
    var first: [String] = []
    for fiber in stacks where first.count < wanted {
      first += calls(of: fiber, false, most: wanted - first.count)
    }
    var last: [String] = []
    for fiber in stacks.reversed() {
      var index = 1
      while last.count < left && index <= min(frameCount(of: fiber), Self.exactDepthMax) {
        last += line(of: fiber.pointee.frames + index, in: fiber, false).map { [$0] } ?? []
        index += 1
      }
    }
    return first + ["  … \(depth - first.count - last.count) more"] + last.reversed()
  }

  /// Up to so many frames the hidden lines are counted; of more the frames are.
  private static var exactDepthMax: Int { 128 }

  /// The fibers of a task, youngest first.
  private func fibers(of task: TaskRef) -> [FiberRef] {
    // Where the fibers of a task were its result stands when it has ended.
    if task.hasEnded { return [] }
    var found: [FiberRef] = []
    var next = task.pointee.leaf
    while let fiber = next {
      found.append(fiber)
      next = fiber == task.pointee.fiber ? nil : fiber.pointee.resumer
    }
    return found
  }

  private func frameCount(of fiber: FiberRef) -> Int {
    (fiber == pointee.fiber ? pointee.frame : fiber.pointee.frame) - fiber.pointee.frames
  }

  /// How a task came to be, up to `main`.
  func spawnLines(of task: TaskRef, isFull: Bool) -> [String] {
    var tasks = [task]
    while tasks.count < Self.spawnedMax, let owner = tasks[tasks.count - 1].home?.pointee.owner {
      tasks.append(owner)
    }
    chargeKernel(tasks.count >> 2)
    // One that the host began has no line.
    if spawnLine(of: tasks[tasks.count - 1]) == nil { tasks.removeLast() }
    func lines(_ tasks: ArraySlice<TaskRef>) -> [String] { tasks.compactMap { spawnLine(of: $0) } }
    if isFull || tasks.count <= Self.spawnCountMax { return lines(tasks[...]) }
    let left = Self.spawnCountMax / 2
    let first = Self.spawnCountMax - left - 1
    return lines(tasks.prefix(first)) + ["  … \(tasks.count - left - first) more"]
      + lines(tasks.suffix(left))
  }

  /// Calls that are shown: what comes below is left out, as lines are no memory of the machine.
  private static var lineCountMax: Int { 1000 }
  /// Fuel of a line.
  private static var lineCost: Int { 40 }
  /// Ancestors that are looked at.
  private static var spawnedMax: Int { 1000 }

  /// Where a task was spawned; nil for one that the host began.
  private func spawnLine(of task: TaskRef) -> String? {
    guard let home = task.home else { return nil }
    chargeKernel(Self.lineCost)
    let place = place(ofSite: task.pointee.site)
    guard let owner = home.pointee.owner else { return place.map { "< spawned at \($0)" } }
    return "< spawned at \(place ?? "?") in \(describe(home)) of \(describe(owner))"
  }

  /// The first and the last lines of many.
  private static func shortened(_ lines: [String], to most: Int) -> [String] {
    if lines.count <= most { return lines }
    let left = most / 2
    let hidden = lines.count - most + 1
    return Array(lines.prefix(most - left - 1)) + ["  … \(hidden) more"] + Array(lines.suffix(left))
  }

  /// The Lua functions on a fiber, youngest first.
  private func calls(of fiber: FiberRef, _ isFull: Bool, most: Int) -> [String] {
    var lines: [String] = []
    var frame = fiber.pointee.frames + frameCount(of: fiber)
    while frame > fiber.pointee.frames && lines.count < most {
      if let line = line(of: frame, in: fiber, isFull) { lines.append(line) }
      frame = frame.below
    }
    return lines
  }

  /// A frame's place and function; nil for natives and the library's own text, unless all are to be shown.
  private func line(of frame: FrameRef, in fiber: FiberRef, _ isFull: Bool) -> String? {
    let name = frame.pointee.isNative ? "" : chunkName(of: prototype(of: frame))
    if (frame.pointee.isNative || Self.isLibrary(name)) && !isFull { return nil }
    chargeKernel(Self.lineCost)
    let function = calledName(of: frame, in: fiber)?.name
    if frame.pointee.isNative { return "  [native] \(function ?? "function")" }
    return "  \(name):\(currentLine(of: frame) ?? 0) \(function ?? plainTitle(of: frame))"
  }

  /// Whether a chunk is text of the libraries of tasks and of what they wait for.
  static func isLibrary(_ chunkName: String) -> Bool { chunkName == "task" || chunkName == "net" }

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
