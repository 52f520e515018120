// What the command says about itself. ORDER: docs/book/command.md tells the same at more length.

import NightjarBase

/// Texts of `--help`.
enum Help {
  /// The options of the stand-alone interpreter, as it lists them itself.
  static let luaOptions = """
      -e stat   execute string 'stat'
      -i        enter interactive mode after executing 'script'
      -l mod    require library 'mod' into global 'mod'
      -l g=mod  require library 'mod' into global 'g'
      -v        show version information
      -E        ignore environment variables
      -W        turn warnings on
      --        stop handling options
      -         stop handling options and execute stdin
    """

  /// Those of them that a dialect's has.
  static func options(of dialect: LuaDialect) -> String {
    let rules = dialect.interpreter
    return luaOptions.split(separator: "\n").filter { line in
      switch line.dropFirst(2).prefix(6) {
      case "-E    ": rules.hasEnvironmentOption
      case "-W    ": rules.hasWarningOption
      case "-l g=m": rules.namesModulesFreely
      default: true
      }
    }.joined(separator: "\n")
  }

  /// What programs may be granted and how they may be limited.
  static let grantOptions = """
    It may use standard input and output, the clock and what else is granted:

      --allow-read[=PATH,…]      read files: all, or those and what is below those folders
      --allow-write[=PATH,…]     make, change and remove files
      --allow-env[=NAME,…]       read environment variables
      --allow-net[=HOST:PORT,…]  connect to other machines, and listen at addresses of this one
      --allow-run                run other programs, which nothing limits
      -A, --allow-all            all of that, with modules along LUA_PATH
      --virtual-files            writes go to memory and are gone at the end

    Limits end it where nothing can catch that:

      --fuel N                   instructions and library work, the same on every machine
      --memory 64M               bytes of its heap, 1M or more; K, M or G
      --timeout 2s               time; ms, s or m
      --seed N                   random numbers that come again
      --sim                      its tasks run on a virtual clock, in the order of the seed, and
                                 wait for a simulated network, as far as one is granted
      --fifo                     under simulation, in the order of arrival
      --faults chaos             what goes wrong there: chaos, or shares such as loss=0.1,reset=0.01
      --draw FILE                when it is interrupted or nothing goes on: which task waits for
                                 what, and who holds it, as a drawing for Graphviz
    """

  static let usage = """
    usage: nightjar COMMAND [arguments]

      run FILE [args…]     run a program of Lua or Fuse; - reads Lua from standard input
      eval CODE [args…]    run the given text, or print the value of an expression
      repl                 read, run and print, statement by statement
      check FILE…          look for mistakes without running anything
      build FILE           compile Fuse to files of Lua
      test [FILE…]         run the tests of Fuse programs, and of files *_test.lua
      trace [FILE…]        tell places of compiled Lua as places of Fuse
      new FOLDER           begin a project in Fuse
      explain CODE         tell more about a mistake
      disassemble FILE     show the compiled form
      definitions          print the libraries for editors and compilers
      fmt FILE…            write Fuse programs in their one style
      lua [options]        behave as the reference interpreter `lua`

      --lua X              after a command or among its options: which Lua it is, \(DialectOption.names);
                           a file may name its own in a first line `-- lua: X`

      --version            print the version
      --help               print this; after a command, what it does
    """

  static let texts: [String: String] = [
    "run": """
    usage: nightjar run [--lua X] [grants and limits] FILE [args…]

    Runs a Lua program, from standard input if FILE is -, or a Fuse program if its name ends
    in .fuse. The program finds its arguments in `...` and in the table `arg`, and modules
    beside it. Called as `fuse`, the command does this.

    \(grantOptions)

    An uncaught error is printed with a traceback to standard error, and the status is 1; a
    program may choose another by os.exit; after a panic of Fuse it is 101. Control-C prints what
    was still running and for what it waited, and cancels it, so that it cleans up; the program
    ends with `interrupted!`. A second one ends the process at once.
    """,
    "eval": """
    usage: nightjar eval [--lua X] [grants and limits] CODE [args…]

    Runs CODE as a program. If CODE is not a statement but an expression, such as 1 + 1, or
    begins with =, as in =f(x), its values are printed.

    \(grantOptions)
    """,
    "repl": """
    usage: nightjar repl [--lua X]

    Reads Lua and runs it statement by statement. Expressions print their values, with or
    without = before them. What is unfinished goes on in the next line. Control-C gives up
    the line or stops what is running; control-D ends.

    In a terminal, lines are edited with the keys of Emacs; up and down go through earlier
    lines and control-R searches them. They are kept in $XDG_STATE_HOME/nightjar/history,
    by default ~/.local/state/nightjar/history, or in the file that NIGHTJAR_HISTORY names;
    none are kept if that is empty.
    """,
    "check": """
    usage: nightjar check [--lua X] [--target X] [--format text|json|sarif] FILE…
           nightjar check --watch [--target X] FILE

    Reports all mistakes in the text of programs without running anything, - for standard
    input. A file that ends in .fuse is a program in Fuse: it is checked with all modules it
    imports, as if compiled for --target (lua5.1 to lua5.4, luajit, luau).

    The status is 1 when there are errors or a file cannot be read. With --format json or
    sarif the report goes to standard output. `nightjar explain` explains the codes.

    With --watch a program in Fuse is checked again whenever one of its files changes, until
    the command is interrupted; only what the change concerns is looked at.
    """,
    "build": """
    usage: nightjar build [--target X] [-o FOLDER] [--bundle] [--format text|json|sarif] FILE

    Compiles a program in Fuse, with all modules it imports, to files of Lua for X: lua5.1 to
    lua5.4, luajit or luau, by default what fuse.toml says. Each module becomes a file below
    FOLDER, by default beside the sources, with a map for `nightjar trace`; --bundle makes one
    file of all. Called as `fusec`, the command does this.
    """,
    "test": """
    usage: nightjar test [--filter TEXT] [--jobs N] [--format text|tap|junit] [FILE|FOLDER…]
           nightjar test [--filter TEXT] [--seeds N | --seed N] [--timeout SEC] [--live] [FILE_test.lua|FOLDER…]

    Runs the functions of Fuse programs that are marked #[test], in the files and folders
    named or else in the project around the working folder. Each file has a machine of its
    own, with a clock and streams in memory. The status is 1 if a test failed.

    Files in Lua whose names end in `_test.lua` are tests too, where named, or in the folders
    named or the working folder if no Fuse is there: the global functions whose names begin with
    `test`, and those of the table that a file returns. Each runs on a machine of its own, as a
    task on a virtual clock, so waiting takes no time, and with a network that is simulated.
    Tasks, timers and connections that are left over fail the test, so does a task that nothing
    can wake, and a wait of more than a minute. A failure says its seed, where in which task it
    came from, what every task did, and how to run it again.

      --seeds N      each test in N random orders of its tasks
      --seed N       in the order of one seed, such as the one a failure told
      --timeout SEC  how long a test may wait, on its own clock: 60
      --live         on the real clock
    """,
    "trace": """
    usage: nightjar trace [FILE…]

    Copies messages from files or standard input, with places in Lua that `nightjar build`
    has written told as places of the Fuse they come from.
    """,
    "new": """
    usage: nightjar new FOLDER

    Makes a folder with a project in Fuse: fuse.toml, src/main.fuse and a test.
    """,
    "explain": """
    usage: nightjar explain CODE…

    Prints what the code of a mistake means, such as F0301 or NJ-L0205, or that of an error of
    tasks, such as NJ-A020, with a program that causes it and the way out.
    """,
    "disassemble": """
    usage: nightjar disassemble [--lua X] FILE

    Prints the instructions, constants and variables of a program and its functions, from
    source text or from a binary chunk, - for standard input.
    """,
    "definitions": """
    usage: nightjar definitions [--lua X] [--format luals|fuse] [LIBRARY…]

    Prints declarations of the libraries, or of those named (_G is the basic functions): with
    names, types and a few words for each function. luals is a Lua file with annotations that
    language servers read, fuse what the compiler of Fuse reads. Programs that embed Nightjar
    print those of their own functions with `machine.definitions(_:)`.
    """,
    "fmt": """
    usage: nightjar fmt [--check] FILE…

    Writes Fuse programs in their one style, each over the file it was read from; with - from
    standard input to standard output. With --check nothing is written, and the status is 1
    when a file is not formatted. A file with errors is left as it is, and the status is 1.
    """,
    "lua": """
    usage: nightjar lua [--lua X] [options] [script [args…]]

    Behaves as the reference interpreter lua 5.4 does, as does a symbolic link to nightjar
    whose name begins with lua; lua5.1 and the like name another Lua.

    \(luaOptions)
    """,
  ]
}
