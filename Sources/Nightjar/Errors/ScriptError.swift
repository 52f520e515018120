// What goes wrong in scripts, as Swift code sees it.

internal import NightjarEngine

/// An error of a script: it did not compile, it raised an error nobody caught, or a limit ended it.
public struct ScriptError: Error {
  /// What kind of failure it was.
  public internal(set) var kind: Kind
  /// The message, with chunk name and line before it where the script's error had them; of a very long one the
  /// beginning.
  public internal(set) var message: String
  /// The chunk whose function failed, as messages name it.
  public internal(set) var chunkName: String?
  /// The line in that chunk, from 1.
  public internal(set) var line: Int?
  /// The calls that were active when the error was raised, as `debug.traceback` shows them.
  public internal(set) var traceback = ""
  /// A copy of the value that the script raised, when it was no string.
  public internal(set) var value: PlainValue?
  /// The Swift error that a host function threw, when it is what ended the script.
  public internal(set) var underlying: (any Error)?

  /// How much of a message is kept: it is no memory of the machine.
  static var messageByteCountMax: Int { 1 << 16 }

  /// The kinds of failures.
  public enum Kind: Sendable, Equatable {
    /// The source text is not valid.
    case syntax
    /// An error was raised and not caught.
    case runtime
    /// A value could not be converted to the Swift type asked for, or back.
    case conversion
    /// The fuel of the machine was used up.
    case outOfFuel
    /// The call took longer than the machine's time limit.
    case deadline
    /// The machine's kill switch was thrown.
    case killed
    /// The memory limit was reached.
    case outOfMemory
    /// The call waits for an asynchronous host function and was not made with `callAsync`.
    case wouldSuspend
    /// The task that made the call was cancelled.
    case cancelled
    /// The machine of the handle is gone.
    case ended
  }

  /// The machine of a handle is gone.
  package static var machineEnded: ScriptError { ScriptError(.ended, "the machine has ended") }

  @usableFromInline
  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}

extension ScriptError: CustomStringConvertible {
  /// The message and, where there is one, the traceback.
  public var description: String { traceback.isEmpty ? message : "\(message)\n\(traceback)" }
}

/// A Swift error on its way through a script, which sees it as an object that `tostring` shows.
final class ThrownError: CustomStringConvertible, TracedError {
  let error: any Error
  var traceback = ""

  init(_ error: any Error) { self.error = error }

  var description: String { (error as? ScriptError)?.message ?? "\(error)" }
}
