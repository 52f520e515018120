// The command `nightjar`: finds out what is asked for and leaves the rest to the files beside this
// one. Called by a name that begins with `lua`, it is the reference's stand-alone interpreter.

import NightjarBase
import NightjarSystem

let arguments = Invocation.arguments
let name = arguments.first.map { $0.split(separator: UInt8(ascii: "/")).last ?? [] } ?? []
let exitCode: Int32
if name.starts(with: Array("lua".utf8)) {
  exitCode = LuaInterpreter(
    arguments: arguments,
    firstOption: 1,
    dialect: DialectOption.named(by: name) ?? .standard
  ).run()
} else {
  exitCode = Command(arguments: arguments).run()
}
SystemProcesses().exit(exitCode)
