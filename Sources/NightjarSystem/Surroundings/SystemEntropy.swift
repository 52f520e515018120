// The operating system's random numbers, through the standard library.

internal import NightjarBase

/// Numbers nobody can predict.
package final class SystemEntropy: EntropySource {
  private var generator = SystemRandomNumberGenerator()

  package init() {}

  package func next() -> UInt64 { generator.next() }
}
