// The tool behind the plugin NightjarScripts: checks the Lua files of a target as it is built and
// writes them down as Swift constants. It knows the front end alone, so that whoever uses the plugin
// does not build an engine for it.
//
//   nightjar-scripts OUTPUT FOLDER FILE…
//
// Mistakes go to standard error in the form that SwiftPM and Xcode take for their own:
// `path:line:column: error: what is wrong`.

import NightjarBase
import NightjarSystem

let arguments = Invocation.arguments.map { String(decoding: $0, as: UTF8.self) }

/// Ends the tool with lines for people.
func finish(_ lines: [String], status: Int32) -> Never {
  let streams = StandardStreams.system()
  for line in lines { try? streams.error.write(Array("\(line)\n".utf8)) }
  try? streams.error.flush()
  SystemProcesses().exit(status)
}

guard arguments.count >= 3 else {
  finish(["usage: nightjar-scripts OUTPUT FOLDER FILE…"], status: 2)
}
let files = SystemFiles()
var scripts: [Script] = []
var complaints: [String] = []
for path in arguments.dropFirst(3).sorted() {
  do throws(SystemError) {
    let script = try Script(path: path, folder: arguments[2], files)
    complaints += script.complaints
    scripts.append(script)
  } catch { complaints.append("\(path): error: cannot read the script: \(error.message)") }
}
let constants = SwiftConstants(scripts)
complaints += constants.complaints
if !complaints.isEmpty { finish(complaints, status: 1) }
do throws(SystemError) {
  let output = BufferedFile(try files.open(Array(arguments[1].utf8), mode: .write))
  try output.write(Array(constants.text.utf8))
  _ = try output.close()
} catch { finish(["\(arguments[1]): error: cannot write: \(error.message)"], status: 1) }
