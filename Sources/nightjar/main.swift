// The command `nightjar`: finds out what is asked for and leaves the rest to the files beside this
// one.

import NightjarSystem

SystemProcesses().exit(Command.start(Invocation.arguments))
