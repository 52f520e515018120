// Everything a script can see of the world, in one value. Authority is passed and never ambient: a
// machine that is given nothing can compute and do nothing else, and each field given is one thing
// that it may do.

/// What a host lets a machine reach; nothing unless it says so.
///
/// The values may be shared by several machines only as far as their own types allow it.
package struct Capabilities {
  /// Opening, removing and renaming files.
  package var files: (any FileAccess)?
  /// The files that `require` looks for modules in; the others if nil.
  package var modules: (any FileAccess)?
  /// Standard input, output and error.
  package var streams: StandardStreams?
  /// The time of day, a steady clock and the processor time used.
  package var time: (any TimeSource)?
  /// The time zone.
  ///
  /// Without it local time is universal time.
  package var calendar: (any LocalCalendar)?
  /// Unpredictable bytes.
  ///
  /// Without it random seeds are fixed.
  package var entropy: (any EntropySource)?
  /// Environment variables.
  package var environment: (any EnvironmentAccess)?
  /// Running other programs and ending this one.
  package var processes: (any ProcessAccess)?

  /// Connecting to other machines.
  package var network: (any NetworkAccess)?
  /// What tasks wait for without holding a thread: connections, listeners, datagrams, processes, input.
  package var operations: (any OperationSource)?
  /// What would grant something that is refused, as messages say it.
  package var hint: GrantHint?

  /// The refusal of something that the machine was not given.
  package func refusal(_ permission: Permission, _ subject: String? = nil) -> SystemError {
    .refused(permission, subject, hint: hint)
  }

  /// No capability at all.
  package init() {}
}
