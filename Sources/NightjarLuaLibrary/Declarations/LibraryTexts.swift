// One line for each function and value of the libraries; LibraryDeclarations says how they are read. A test
// compares them with what machines of each dialect have.

/// The lines.
enum LibraryTexts {
  static let base = """
    _VERSION: string -- The version of Lua.
    assert(v: any, message?: any, ...): any, ... -- Raises an error if `v` is false or nil; gives its arguments otherwise.
    collectgarbage(opt?: string, arg?: integer, arg2?: integer): any -- Controls the collector.
    dofile(filename?: string): ... -- Runs a file.
    error(message?: any, level?: integer) -- Raises an error.
    gcinfo(): integer -- Kibibytes of memory in use.
    getfenv(f?: function|integer): table -- The environment of a function.
    getmetatable(object: any): any -- The metatable of a value, or its field `__metatable`.
    ipairs(t: any): function, any, integer -- Visits `t[1]`, `t[2]`, … up to the first nil.
    load(chunk: string|function, chunkname?: string, mode?: "b"|"t"|"bt", env?: any): function?, string? -- Compiles a chunk.
    loadfile(filename?: string, mode?: "b"|"t"|"bt", env?: any): function?, string? -- Compiles a file.
    loadstring(text: string, chunkname?: string): function?, string? -- Compiles a chunk.
    module(name: string, ...) -- Makes a module and its table.
    newproxy(metatable?: any): userdata -- A userdata without contents.
    next(table: table, index?: any): any, any -- The entry after a key.
    pairs(t: any): function, any, any -- Visits all entries of a table.
    pcall(f: any, ...): boolean, ... -- Calls a function and catches its errors.
    print(...) -- Writes values as `tostring` shows them, with tabs between.
    rawequal(v1: any, v2: any): boolean -- Compares without metamethods.
    rawget(table: table, index: any): any -- Reads without metamethods.
    rawlen(v: table|string): integer -- The length without metamethods.
    rawset(table: table, index: any, value: any): table -- Writes without metamethods.
    require(modname: string): any, any -- Loads a module, once.
    select(n: integer|"#", ...): ... -- The arguments from the n-th on, or how many there are.
    setfenv(f: function|integer, table: table): any -- Sets the environment of a function.
    setmetatable(table: table, metatable: table?): table -- Sets the metatable of a table.
    tonumber(e: any, base?: integer): number? -- The number that a value stands for.
    tostring(v: any): string -- The text of a value.
    type(v: any): string -- The name of a value's type.
    unpack(list: table, i?: integer, j?: integer): ... -- The elements of a list.
    warn(msg1: string, ...: string) -- Emits a warning.
    xpcall(f: any, msgh: any, ...): boolean, ... -- Calls a function; `msgh` gets its errors where they are raised.
    coroutine.close(co?: thread): boolean, any -- Ends a coroutine and closes its variables.
    coroutine.create(f: function): thread -- A new coroutine.
    coroutine.isyieldable(co?: thread): boolean -- Whether `yield` can be called.
    coroutine.resume(co: thread, ...): boolean, ... -- Goes on with a coroutine.
    coroutine.running(): thread, boolean -- The coroutine that runs, and whether it is the main one.
    coroutine.status(co: thread): "running"|"suspended"|"normal"|"dead" -- What a coroutine is doing.
    coroutine.wrap(f: function): function -- A function that resumes a new coroutine.
    coroutine.yield(...): ... -- Gives values to whoever resumed, and waits.
    package.config: string -- Signs of paths and templates.
    package.cpath: string -- Where `require` would look for libraries in C.
    package.loaded: table -- The modules that were loaded.
    package.loaders: function[] -- How `require` looks for modules.
    package.path: string -- Where `require` looks for modules.
    package.preload: table -- Loaders by the names of modules.
    package.searchers: function[] -- How `require` looks for modules.
    package.loadlib(libname: string, funcname: string): any, string, string -- Always fails: there are no libraries in C.
    package.searchpath(name: string, path: string, sep?: string, rep?: string): string?, string? -- Looks for a file along a path.
    package.seeall(module: table) -- Lets a module see the globals.
    """

  static let data = """
    string.byte(s: string, i?: integer, j?: integer): integer?, ... -- The codes of bytes.
    string.char(...: integer): string -- A string of bytes.
    string.dump(f: function, strip?: boolean): string -- A function as a binary chunk.
    string.find(s: string, pattern: string, init?: integer, plain?: boolean): integer?, integer?, ... -- Where a pattern matches.
    string.format(formatstring: string, ...): string -- Puts values into a text.
    string.gfind(s: string, pattern: string): function -- Visits the matches of a pattern.
    string.gmatch(s: string, pattern: string, init?: integer): function -- Visits the matches of a pattern.
    string.gsub(s: string, pattern: string, repl: string|number|table|function, n?: integer): string, integer -- Replaces the matches of a pattern.
    string.len(s: string): integer -- How many bytes a string has.
    string.lower(s: string): string -- The string in small letters.
    string.match(s: string, pattern: string, init?: integer): string?, ... -- The captures of a match.
    string.pack(fmt: string, ...): string -- Values in binary form.
    string.packsize(fmt: string): integer -- How long `string.pack` makes its result.
    string.rep(s: string, n: integer, sep?: string): string -- Repeats a string.
    string.reverse(s: string): string -- The bytes the other way round.
    string.sub(s: string, i: integer, j?: integer): string -- A part of a string.
    string.unpack(fmt: string, s: string, pos?: integer): ... -- Reads what `string.pack` has made.
    string.upper(s: string): string -- The string in capital letters.
    utf8.charpattern: string -- A pattern that matches one sequence of UTF-8.
    utf8.char(...: integer): string -- A string of code points.
    utf8.codepoint(s: string, i?: integer, j?: integer, lax?: boolean): integer?, ... -- Code points of a string.
    utf8.codes(s: string, lax?: boolean): function, string, integer -- Visits positions and code points.
    utf8.len(s: string, i?: integer, j?: integer, lax?: boolean): integer?, integer? -- How many code points a string has.
    utf8.offset(s: string, n: integer, i?: integer): integer?, integer? -- Where the n-th code point begins.
    table.clear(t: table) -- Removes all entries.
    table.concat(list: table, sep?: string, i?: integer, j?: integer): string -- Joins strings and numbers.
    table.create(nseq: integer, nrec?: integer): table -- An empty table with room.
    table.foreach(t: table, f: function): any -- Calls a function for each entry.
    table.foreachi(t: table, f: function): any -- Calls a function for each element of a list.
    table.getn(t: table): integer -- The length of a list.
    table.insert(list: table, pos: any, value?: any) -- Inserts an element.
    table.maxn(t: table): number -- The largest number among the keys.
    table.move(a1: table, f: integer, e: integer, t: integer, a2?: table): table -- Copies elements.
    table.new(narray: integer, nhash: integer): table -- An empty table with room.
    table.pack(...): table -- A list of the arguments, with their number in `n`.
    table.remove(list: table, pos?: integer): any -- Removes an element.
    table.setn(t: table, n: integer) -- Refuses: lengths are not set.
    table.sort(list: table, comp?: function) -- Sorts a list in place.
    table.unpack(list: table, i?: integer, j?: integer): ... -- The elements of a list.
    math.huge: number -- Infinity.
    math.maxinteger: integer -- The largest integer.
    math.mininteger: integer -- The smallest integer.
    math.pi: number -- Half the way around the unit circle.
    math.abs(x: number): number -- Without its sign.
    math.acos(x: number): number -- The arc cosine, in radians.
    math.asin(x: number): number -- The arc sine, in radians.
    math.atan(y: number, x?: number): number -- The arc tangent of `y / x`, in radians.
    math.atan2(y: number, x: number): number -- The arc tangent of `y / x`, in radians.
    math.ceil(x: number): number -- The smallest whole number that is not below `x`.
    math.cos(x: number): number -- The cosine.
    math.cosh(x: number): number -- The hyperbolic cosine.
    math.deg(x: number): number -- Radians as degrees.
    math.exp(x: number): number -- The power of e.
    math.floor(x: number): number -- The largest whole number that is not above `x`.
    math.fmod(x: number, y: number): number -- The rest of a division that rounds towards zero.
    math.frexp(x: number): number, integer -- Fraction and power of two.
    math.ldexp(m: number, e: integer): number -- `m` times a power of two.
    math.log(x: number, base?: number): number -- The logarithm.
    math.log10(x: number): number -- The logarithm to base 10.
    math.max(x: number, ...: number): number -- The largest argument.
    math.min(x: number, ...: number): number -- The smallest argument.
    math.mod(x: number, y: number): number -- The rest of a division that rounds towards zero.
    math.modf(x: number): number, number -- The whole part and the fraction.
    math.pow(x: number, y: number): number -- A power.
    math.rad(x: number): number -- Degrees as radians.
    math.random(m?: integer, n?: integer): number -- A random number: below 1, up to `m`, or from `m` to `n`.
    math.randomseed(x?: number, y?: integer): ... -- Sets where random numbers begin.
    math.sin(x: number): number -- The sine.
    math.sinh(x: number): number -- The hyperbolic sine.
    math.sqrt(x: number): number -- The square root.
    math.tan(x: number): number -- The tangent.
    math.tanh(x: number): number -- The hyperbolic tangent.
    math.tointeger(x: any): integer? -- The integer that a number stands for.
    math.type(x: any): string? -- `integer`, `float`, or nil for other values.
    math.ult(m: integer, n: integer): boolean -- Whether `m` is below `n` as unsigned integers.
    """

  static let world = """
    io.stderr: file -- Standard error.
    io.stdin: file -- Standard input.
    io.stdout: file -- Standard output.
    io.close(file?: file): boolean?, string?, integer? -- Closes a file, or the default output.
    io.flush(): any, string?, integer? -- Writes out what the default output still holds.
    io.input(file?: file|string): file -- The default input; sets it.
    io.lines(filename?: string, ...: string|integer): function, ... -- Visits the lines of a file.
    io.open(filename: string, mode?: string): file?, string?, integer? -- Opens a file.
    io.output(file?: file|string): file -- The default output; sets it.
    io.popen(prog: string, mode?: "r"|"w"): file?, string?, integer? -- Starts a program with a pipe to it.
    io.read(...: string|integer): any, ... -- Reads from the default input.
    io.tmpfile(): file?, string?, integer? -- A file that vanishes when it is closed.
    io.type(obj: any): string? -- `file`, `closed file`, or nil for other values.
    io.write(...: string|number): file?, string?, integer? -- Writes to the default output.
    file.close(): boolean?, string?, integer? -- Closes the file.
    file.flush(): any, string?, integer? -- Writes out what the file still holds.
    file.lines(...: string|integer): function -- Visits the lines that are left.
    file.read(...: string|integer): any, ... -- Reads by formats: `l`, `L`, `n`, `a`, or a number of bytes.
    file.seek(whence?: "set"|"cur"|"end", offset?: integer): integer?, string?, integer? -- Tells or sets the position.
    file.setvbuf(mode: "no"|"full"|"line", size?: integer): boolean?, string?, integer? -- Says when what is written goes out.
    file.write(...: string|number): file?, string?, integer? -- Writes to the file.
    os.clock(): number -- Seconds of processor time.
    os.date(format?: string, time?: integer): string|table -- A date as a text or a table.
    os.difftime(t2: integer, t1: integer): number -- The seconds between two times.
    os.execute(command?: string): any, string?, integer? -- Runs a program and waits for its end.
    os.exit(code?: boolean|integer, close?: boolean) -- Ends the program.
    os.getenv(varname: string): string? -- An environment variable.
    os.remove(filename: string): boolean?, string?, integer? -- Removes a file.
    os.rename(oldname: string, newname: string): boolean?, string?, integer? -- Gives a file another name.
    os.setlocale(locale?: string, category?: string): string? -- There is only the locale `C`.
    os.time(table?: table): integer -- The time now, or of a date.
    os.tmpname(): string -- A name for a temporary file.
    """

  static let inner = """
    debug.debug() -- Reads and runs lines.
    debug.getfenv(o: any): table -- The environment of a value.
    debug.gethook(thread?: thread): function?, string, integer -- The hook.
    debug.getinfo(thread: any, f?: any, what?: string): table? -- What is known of a function.
    debug.getlocal(thread: any, f: any, index?: integer): string?, any -- A local variable.
    debug.getmetatable(value: any): table? -- The metatable of any value.
    debug.getregistry(): table -- The table of values that libraries keep.
    debug.getupvalue(f: function, up: integer): string?, any -- A variable that a function has captured.
    debug.getuservalue(u: any, n?: integer): any, boolean -- A value that belongs to a userdata.
    debug.setcstacklimit(limit: integer): integer|boolean -- Does nothing.
    debug.setfenv(object: any, table: table): any -- Sets the environment of a value.
    debug.sethook(thread?: any, hook?: any, mask?: any, count?: any) -- Sets the hook.
    debug.setlocal(thread: any, level: any, index: any, value?: any): string? -- Sets a local variable.
    debug.setmetatable(value: any, table: table?): any -- Sets the metatable of any value.
    debug.setupvalue(f: function, up: integer, value: any): string? -- Sets a variable that a function has captured.
    debug.setuservalue(udata: any, value: any, n?: integer): any -- Sets a value that belongs to a userdata.
    debug.traceback(thread?: any, message?: any, level?: integer): any -- The calls that are active.
    debug.upvalueid(f: function, n: integer): userdata? -- Tells captured variables apart.
    debug.upvaluejoin(f1: function, n1: integer, f2: function, n2: integer) -- Lets one function share a captured variable of another.
    bit32.arshift(x: integer, disp: integer): integer -- Shifts to the right and keeps the sign.
    bit32.band(...: integer): integer -- All bits that all have.
    bit32.bnot(x: integer): integer -- All bits turned over.
    bit32.bor(...: integer): integer -- All bits that any has.
    bit32.btest(...: integer): boolean -- Whether all have a bit in common.
    bit32.bxor(...: integer): integer -- All bits that an odd number has.
    bit32.extract(n: integer, field: integer, width?: integer): integer -- Some bits of a number.
    bit32.lrotate(x: integer, disp: integer): integer -- Rotates to the left.
    bit32.lshift(x: integer, disp: integer): integer -- Shifts to the left.
    bit32.replace(n: integer, v: integer, field: integer, width?: integer): integer -- Puts other bits into a number.
    bit32.rrotate(x: integer, disp: integer): integer -- Rotates to the right.
    bit32.rshift(x: integer, disp: integer): integer -- Shifts to the right.
    bit.arshift(x: integer, n: integer): integer -- Shifts to the right and keeps the sign.
    bit.band(x: integer, ...: integer): integer -- All bits that all have.
    bit.bnot(x: integer): integer -- All bits turned over.
    bit.bor(x: integer, ...: integer): integer -- All bits that any has.
    bit.bswap(x: integer): integer -- The bytes the other way round.
    bit.bxor(x: integer, ...: integer): integer -- All bits that an odd number has.
    bit.lshift(x: integer, n: integer): integer -- Shifts to the left.
    bit.rol(x: integer, n: integer): integer -- Rotates to the left.
    bit.ror(x: integer, n: integer): integer -- Rotates to the right.
    bit.rshift(x: integer, n: integer): integer -- Shifts to the right.
    bit.tobit(x: number): integer -- A number in the range of the other functions.
    bit.tohex(x: integer, n?: integer): string -- A number in hexadecimal.
    jit.arch: string -- The processor.
    jit.os: string -- The system.
    jit.version: string -- The version.
    jit.version_num: integer -- The version as a number.
    jit.attach(callback: function, event?: string) -- Does nothing.
    jit.flush(...) -- Does nothing.
    jit.off(...) -- Does nothing.
    jit.on(...) -- Does nothing.
    jit.status(): boolean, ... -- Says that nothing is compiled.
    """
}
