// Runs one hostile script as a host would and tells what the host observed, one fact a line. It is a
// program of its own so that a crash, a hang and memory used show from outside.

import NightjarBase

guard CommandLine.arguments.count > 1 else {
  print("usage: EscapeHost FILE")
  ProcessEnd.exit(2)
}
if CommandLine.arguments[1] == "--official", CommandLine.arguments.count > 4 {
  ProcessEnd.exit(
    OfficialRun.run(
      suite: CommandLine.arguments[2],
      file: CommandLine.arguments[3],
      interpreter: CommandLine.arguments[4]
    )
  )
}
guard let script = Script(path: CommandLine.arguments[1]) else {
  print("cannot read \(CommandLine.arguments[1])")
  ProcessEnd.exit(2)
}
if script.grants.contains("tasks") {
  TaskObserver.warmUp()
  TaskObserver(script).run()
} else {
  Observer.warmUp()
  var observer = Observer(script)
  observer.run()
}
ProcessEnd.exit(0)
