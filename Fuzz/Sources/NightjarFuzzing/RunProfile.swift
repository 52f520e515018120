// Under which limits a stranger's code is run. One set of limits hides what another shows: errors of
// overflow need little room, dangling references a collector that never waits, forgotten state many
// interruptions. Fuzzers let the input choose; tests go through all of them.

internal import NightjarBase
internal import NightjarEngine

/// Limits and hard modes of one run.
package enum RunProfile: Int, CaseIterable, Sendable {
  /// Room for whatever the fuel allows.
  case roomy
  /// So little memory that most programs meet the limit.
  case poor
  /// So few registers, frames and fibers that recursion ends at once.
  case shallow
  /// A collection at every allocation, dead cells filled with a pattern.
  case stressed
  /// The same, with few registers and frames: stacks move and overflow while everything is collected.
  case stressedShallow
  /// Fuel in small portions, so that a run stops and goes on at many places.
  case sliced
  /// What machines have unless told otherwise, and a bound on memory.
  case ordinary
  /// The collector works in small steps at every allocation, storage always moves.
  case stepped
  /// The whole heap is checked now and then.
  case checked

  /// The profile that an input runs under.
  package init(for bytes: [UInt8]) {
    var checksum = Checksum()
    checksum.add(bytes[...])
    // Half of all inputs run with plenty of room, which is fastest.
    let number = Int(checksum.value % 10)
    self = RunProfile(rawValue: number) ?? .roomy
  }

  var limits: Limits {
    var limits = Limits()
    limits.heapByteCount = 64 << 20
    if self == .ordinary { return limits }
    limits.stackSlotCount = 50_000
    limits.callDepth = 5_000
    limits.stringByteCount = 1 << 20
    switch self {
    case .roomy, .sliced, .ordinary: break
    case .stressed, .stepped, .checked:
      limits.stackSlotCount = 2_000
      limits.callDepth = 400
      limits.fiberDepth = 100
    case .poor:
      limits.heapByteCount = 1 << 20
    case .shallow, .stressedShallow:
      limits.stackSlotCount = 1_000
      limits.callDepth = 60
      limits.fiberDepth = 8
      limits.metamethodChainLength = 20
    }
    return limits
  }

  /// How the heap is made to show mistakes early; nil leaves it as it is.
  var hardMode: HeapHardMode? {
    var mode = HeapHardMode()
    switch self {
    case .roomy, .poor, .shallow, .sliced, .ordinary: return nil
    case .stressed, .stressedShallow: break
    case .stepped: mode.stepWork = 500
    case .checked:
      mode.period = 50
      mode.stepWork = 5_000
      mode.isChecking = true
    }
    return mode
  }

  /// The fuel of each portion; the last one ends the run.
  var fuelPortions: [Int64] {
    switch self {
    case .roomy, .poor, .shallow, .ordinary: [100_000, 1_000]
    case .stressed, .stressedShallow: [1_000, 100]
    case .stepped: [10_000, 1_000]
    case .checked: [3_000, 300]
    case .sliced: Array(repeating: 53, count: 400)
    }
  }
}
