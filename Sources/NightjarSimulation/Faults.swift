// What goes wrong in a simulated world, and how often. Everything is drawn from the world's seed, so a run that
// fails is had again by its number.

package import NightjarBase

/// How a simulated world treats those who live in it.
package struct Faults: Sendable {
  /// How long an operation takes before it is attempted, in nanoseconds.
  package var operationNanoseconds: ClosedRange<UInt64> = 1_000...20_000
  /// How long something takes from one host to another, in nanoseconds.
  package var latencyNanoseconds: ClosedRange<UInt64> = 100_000...400_000
  /// The share of packets that vanish: datagrams for good, bytes until they are sent again.
  package var loss = 0.0
  /// The share of datagrams that arrive twice.
  package var duplication = 0.0
  /// The share of datagrams that are held up by ten latencies.
  package var reordering = 0.0
  /// The share of pieces of a flow that reset the connection instead.
  package var reset = 0.0
  /// The share of reads and writes that move less than they could.
  package var partial = 0.0
  /// The share of names that are not found although they are there.
  package var nameFailure = 0.0
  /// The share of operations that fail by themselves, without an effect.
  package var operationFailure = 0.0
  /// The share of looks at the time of day before which it jumps by up to an hour.
  package var clockJump = 0.0
  /// How many bytes a flow carries in a second; nil for any number.
  package var bytesPerSecond: UInt64?

  /// Nothing goes wrong.
  package init() {}

  /// Nothing goes wrong.
  package static let none = Faults()

  /// A bad day.
  package static let chaos: Faults = {
    var faults = Faults()
    faults.operationNanoseconds = 1_000...2_000_000
    faults.latencyNanoseconds = 50_000...50_000_000
    faults.loss = 0.05
    faults.duplication = 0.05
    faults.reordering = 0.1
    faults.reset = 0.01
    faults.partial = 0.5
    faults.nameFailure = 0.02
    faults.operationFailure = 0.005
    faults.clockJump = 0.01
    return faults
  }()
}

extension Faults {
  /// Faults in words: `chaos`, `none`, or shares by name such as `loss=0.1,reset=0.01`, behind `chaos` too.
  ///
  /// - Returns: nil for what is no name, or no share from 0 to 1.
  package init?(_ text: String) {
    self.init()
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = word.split(separator: "=", maxSplits: 1)
      switch (parts.first, parts.count) {
      case ("chaos", 1): self = .chaos
      case ("none", 1): self = .none
      case (let name?, 2):
        guard let path = Self.shares[String(name)], let share = Double(parts[1]),
          (0...1).contains(share)
        else { return nil }
        self[keyPath: path] = share
      default: return nil
      }
    }
  }

  /// The names of the shares.
  package static var shareNames: [String] { shares.keys.sorted() }

  private static var shares: [String: WritableKeyPath<Faults, Double>] {
    [
      "loss": \.loss, "duplication": \.duplication, "reordering": \.reordering,
      "reset": \.reset, "partial": \.partial, "names": \.nameFailure,
      "operations": \.operationFailure, "clock": \.clockJump,
    ]
  }
}

extension SystemError {
  /// An operation failed because the world wanted it to.
  package static let simulated = SystemError(code: 5, message: "Input/output error")
  /// Nobody answered the question for a name.
  package static let nameServerFailure = SystemError(
    code: -3,
    message: "Temporary failure in name resolution"
  )
}
