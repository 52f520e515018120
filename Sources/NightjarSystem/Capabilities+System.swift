// The whole real world in one value, for the command. Embedders pick what they want to give away.

package import NightjarBase

extension Capabilities {
  /// Everything the program itself may do.
  ///
  /// The streams are new objects with buffers of their own: ask once a program.
  package static func wholeSystem(patience: Patience = Patience()) -> Capabilities {
    var capabilities = Capabilities()
    capabilities.files = SystemFiles(patience: patience)
    capabilities.streams = .system(patience: patience)
    capabilities.time = SystemTime()
    capabilities.calendar = SystemCalendar()
    capabilities.entropy = SystemEntropy()
    capabilities.environment = SystemEnvironment()
    capabilities.processes = SystemProcesses(patience: patience)
    return capabilities
  }
}
