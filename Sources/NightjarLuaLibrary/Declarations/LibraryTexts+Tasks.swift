// What scripts run as tasks have beside the standard libraries, as LibraryTexts has those: `task`, what waits in the
// world, and the objects of both, whose names stand before the dot where others have a library.

extension LibraryTexts {
  /// The classes of objects, and what each is.
  static let classes: [(name: String, documentation: String)] = [
    ("file", "An open file or pipe."),
    (
      "connection",
      "A stream of bytes that a task waits for: a connection, an end of a pipe, standard input."
    ),
    ("listener", "A port at which connections come in."),
    ("socket", "A port of datagrams."),
    ("subprocess", "A program that runs."),
    ("scope", "What tasks belong to: it ends after all of them."),
    ("handle", "A task, as others know it."),
    ("sender", "The end of a channel that gives."),
    (
      "receiver", "The end of a channel that takes; `for value in receiver do` takes until the end."
    ),
    ("gate", "What tasks wait at: a mutex, a semaphore or an event."),
    ("operation", "Something that `task.select` can do."),
    (
      "stream",
      "Values that are made as they are asked for; `for value in stream do` takes them all."
    ),
    ("broadcast", "A channel with many receivers."),
    ("watch", "A value, and those who wait for it to change."),
  ]

  /// Classes that no function gives, as functions of the script are called with them, by library.
  static let handed = ["task": "scope"]

  static let tasks = """
    defer(cleanup: function) -- Runs a function when the calling task or function ends.
    task.after(seconds: number): operation -- An operation for `select` that succeeds when the time is over.
    task.broadcast(capacity: integer): broadcast -- A channel with many receivers, for each of which so many values may wait.
    task.channel(capacity: integer, name?: string): sender, receiver -- A bounded channel: its sending and its receiving end.
    task.checkpoint() -- A point at which a cancellation arrives.
    task.closing(cleanup: function): table -- A value that calls a function when it is closed.
    task.current(): handle -- The task that runs.
    task.defer(cleanup: function) -- Runs a function when the calling task or function ends.
    task.event(name?: string): gate -- Something that is set once and that any number of tasks wait for.
    task.finally(body: function, cleanup: function, ...): ... -- Calls a function, then the cleanup, however the first ended.
    task.label(name: string, value?: any): any -- Marks the task and those it will start; gives the mark.
    task.map(items: table|function, limit: integer, body: function): table -- Calls a function for each item, so many at a time: the results in order.
    task.merge(capacity: integer, ...): stream -- The values of several streams as they come.
    task.mutex(name?: string): gate -- A lock that one task at a time holds.
    task.nosuspend(body: function, ...): ... -- Calls a function in which nothing may wait.
    task.now(): number -- The time of the tasks' clock, in seconds.
    task.on_cancel(body: function) -- Calls a function when the calling task or function was cancelled.
    task.once(body: function): function -- A function that calls another one time, whoever asks first.
    task.scope(options: any, body?: function): ... -- Calls a function with a scope that ends after all its tasks.
    task.select(operations: operation[]): integer, any -- Waits for one of several operations: its place and its value.
    task.semaphore(permits: integer, name?: string): gate -- A counter that tasks wait for.
    task.shield(seconds: number, body: function, ...): ... -- Keeps cancellations away for a bounded time.
    task.sleep(seconds: number) -- Waits.
    task.stats(): table -- Counts: tasks alive, switches, cancellations and others.
    task.stream(capacity: integer, body: function): stream -- Values that a function makes, as far ahead as the capacity.
    task.stuck(): table[] -- Which tasks nothing can wake any more.
    task.supervise(options: table, children: function[]) -- Runs functions and starts those again that fail.
    task.timeout(seconds: number, body: function, ...): boolean, ... -- Calls a function for a limited time: true and its results, or false and why.
    task.trace(task: handle, how?: "full"): string -- The calls of a task, and how it came to be.
    task.tree(): string -- All tasks and what they wait for.
    task.watch(value: any): watch -- A value that others can wait for to change.
    task.why(task: handle): string -- What a task waits for in the end, and who has it.
    task.within(seconds: number, body: function, ...): ... -- Calls a function for a limited time; raises an error when that is over.
    task.yield() -- Lets other tasks run.
    scope.cancel(reason?: any) -- Cancels all tasks of the scope.
    scope.daemon(body: function|table, ...): handle -- Starts a task that is cancelled when all others are done.
    scope.spawn(body: function|table, ...): handle -- Starts a task.
    scope.status(): "open"|"cancelling"|"closed" -- How it stands.
    handle.cancel(reason?: any) -- Cancels the task.
    handle.id(): integer -- Its number.
    handle.join(): ... -- Waits for its end: its results, or its error.
    handle.join_op(): operation -- Its end as an operation.
    handle.name(): any -- Its name.
    handle.status(): "new"|"ready"|"running"|"parked"|"done"|"failed"|"cancelled" -- How it stands.
    sender.close() -- No more comes.
    sender.len(): integer -- How many values wait in the channel.
    sender.send(value: any) -- Gives a value; waits for room.
    sender.send_op(value: any): operation -- Giving a value as an operation.
    sender.try_send(value: any): boolean -- Gives a value if there is room.
    receiver.close() -- Nobody takes any more.
    receiver.len(): integer -- How many values wait in the channel.
    receiver.recv(): any -- Takes a value; waits for one; nil at the end.
    receiver.recv_op(): operation -- Taking a value as an operation.
    receiver.try_recv(): boolean, any -- Takes a value if there is one.
    gate.acquire() -- Waits for a permit and takes it.
    gate.acquire_op(): operation -- Taking a permit as an operation.
    gate.clear() -- The event has not happened.
    gate.is_set(): boolean -- Whether the event has happened.
    gate.lock() -- Waits for the lock and takes it.
    gate.lock_op(): operation -- Taking the lock as an operation.
    gate.release() -- Gives a permit back.
    gate.set() -- The event has happened.
    gate.stats(): table -- How many wait and how often somebody had to; of a mutex how long it was held across waits.
    gate.try_acquire(): boolean -- Takes a permit if there is one.
    gate.try_lock(): boolean -- Takes the lock if nobody holds it.
    gate.unlock() -- Gives the lock back.
    gate.wait() -- Waits for the event.
    gate.wait_op(): operation -- The event as an operation.
    gate.with(body: function, ...): ... -- Calls a function that holds the lock or a permit.
    stream.buffered(limit: integer, body?: function): stream -- Calls run so many ahead; the results in order.
    stream.chunk(size: integer): stream -- Lists of so many values.
    stream.close() -- Ends the stream and what makes it.
    stream.filter(test: function): stream -- The values that a test lets through.
    stream.map(body: function): stream -- What a function makes of the values.
    stream.next(): any -- The next value; waits for it; nil at the end.
    stream.recv(): any -- The next value; waits for it; nil at the end.
    stream.take(count: integer): stream -- The first so many values.
    stream.throttle(seconds: number): stream -- At most one value in so many seconds.
    stream.zip(other: stream): stream -- Lists of a value of each.
    broadcast.close() -- No more comes.
    broadcast.send(value: any) -- Gives a value to all; the slowest sets the pace.
    broadcast.subscribe(): receiver -- A receiver of all values from now on.
    watch.get(): any, integer -- The value and its version.
    watch.next(version?: integer): any, integer -- Waits for a value that is newer than a version.
    watch.set(value: any) -- Changes the value.
    """

  static let operations = """
    net.connect(host: string, port: integer, seconds?: number, encrypted?: boolean): connection?, string?, integer? -- Connects by TCP.
    net.listen(host: string, port: integer, backlog?: integer): listener?, string?, integer? -- Opens a port for connections; 0 is any that is free.
    net.resolve(name: string): string[]?, string?, integer? -- The addresses of a name.
    net.tls(host: string, port: integer, seconds?: number): connection?, string?, integer? -- Connects by TCP, encrypted.
    udp.bind(host: string, port: integer): socket?, string?, integer? -- Opens a port for datagrams; 0 is any that is free.
    http.get(url: string, headers?: table): string?, integer|string, table|integer, string? -- Gets a page: body, code, headers, status.
    http.request(url: string|table, body?: string): string?, integer|string, table|integer, string? -- Sends a request: body, code, headers, status.
    http.serve(server: listener, handler: function, options?: table|integer) -- Answers requests for ever: the handler gives body, code, headers.
    process.run(command: string|table): string?, string?, integer? -- What a program writes, and how it ended.
    process.spawn(command: string|table): subprocess?, string?, integer? -- Starts a program.
    stdin: connection -- Standard input.
    connection.host: string? -- The own address.
    connection.port: integer? -- The own port.
    connection.peer_host: string? -- The address at the other end.
    connection.peer_port: integer? -- The port at the other end.
    connection.written: integer -- How many bytes went out.
    connection.close(): boolean -- Closes it.
    connection.lines(what?: string|integer): function -- Visits what is left, by lines or as `read` says.
    connection.read(what?: "l"|"L"|"a"|"some"|integer): string?, string?, integer? -- A line, everything, what there is, or so many bytes; nil at the end.
    connection.read_exact(count: integer): string?, string?, integer? -- So many bytes, or nothing.
    connection.shutdown(): any, string?, integer? -- Tells the other end that no more comes.
    connection.write(...: string|number): connection?, string?, integer?, integer? -- Writes everything; or nil, a message, a number and how many bytes went out.
    listener.host: string -- Its address.
    listener.port: integer -- Its port.
    listener.accept(): connection?, string?, integer? -- Waits for the next connection.
    listener.close(): boolean -- Closes the port.
    listener.serve(handler: function, options?: table|integer) -- Accepts for ever, each connection in a task of its own.
    socket.host: string -- Its address.
    socket.port: integer -- Its port.
    socket.close(): boolean -- Closes the port.
    socket.receive(most?: integer): string?, string?, integer? -- The next datagram, and where it came from.
    socket.send(bytes: string, host: string, port: integer): any, string?, integer? -- Sends a datagram.
    subprocess.stdin: connection? -- Its standard input, if that is a pipe.
    subprocess.stdout: connection? -- Its standard output, if that is a pipe.
    subprocess.stderr: connection? -- Its standard error, if that is a pipe.
    subprocess.close(): boolean -- Lets go of it; one that still runs is killed.
    subprocess.kill(signal?: integer) -- Sends it a signal.
    subprocess.wait(): string?, integer|string -- Waits for its end: how, and with which number.
    """
}
