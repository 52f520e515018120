// The user's interrupt (control-C) as a flag that the running machine looks at. The handler does
// nothing but set it, as a handler may run in the middle of anything.

internal import CNightjar
internal import NightjarBase

/// The interrupt signal.
package enum Interrupt {
  /// Sets `flag` to 0 and lets interrupts set it to 1 in place of ending the program.
  ///
  /// One that finds it set ends the program: a machine that does not look at its flag can still be
  /// stopped.
  ///
  /// - Parameters:
  ///   - flag: Stays allocated until another `arm` or `disarm`.
  ///   - endsReads: Whether a read that waits for input fails then, or goes on waiting.
  package static func arm(_ flag: UnsafeMutablePointer<Int32>, endsReads: Bool) {
    unsafe nightjar_interrupt_arm(flag, endsReads ? 1 : 0)
  }

  /// Where interrupts end reads, waits until a read of the descriptor would not wait.
  ///
  /// An interrupt ends the wait even when it came before the wait began.
  ///
  /// - Throws: `interrupted`.
  static func awaitInput(_ descriptor: Int32) throws(SystemError) {
    if nightjar_await_input(descriptor) == 0 { throw .interrupted }
  }

  /// Whether there was an interrupt that the machine has not looked at.
  static var isPending: Bool { nightjar_interrupt_is_pending() != 0 }

  /// Lets interrupts end the program again.
  package static func disarm() {
    nightjar_interrupt_disarm()
  }
}
