// The user's interrupt (control-C) as a flag that the running machine looks at. The handler does
// nothing but set it, as a handler may run in the middle of anything.

internal import CNightjar

/// The interrupt signal.
package enum Interrupt {
  /// Lets the next interrupt set `flag` to 1 in place of ending the program.
  ///
  /// The one after that ends the program unless `arm` was called again: a machine that does not
  /// look at its flag can still be stopped.
  ///
  /// - Precondition: `flag` stays allocated until another `arm` or `disarm`.
  package static func arm(_ flag: UnsafeMutablePointer<Int32>) {
    nightjar_interrupt_arm(flag)
  }

  /// Lets interrupts end the program again.
  package static func disarm() {
    nightjar_interrupt_disarm()
  }
}
