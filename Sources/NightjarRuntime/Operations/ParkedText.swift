// The libraries of connections and processes as far as they are written in Lua. The text keeps to what all
// dialects have in common. A reader holds what it has read and nobody has taken: a task that is cancelled in
// the middle of a line leaves its beginning there.

/// The libraries' text.
enum ParkedText {
  static let source = #"""
    local ask, close, signal, input, net, udp, http, process, stdin = ...
    local type, error, select, tostring, pairs = type, error, select, tostring, pairs
    local setmetatable, pcall, concat, unpack = setmetatable, pcall, table.concat, unpack or table.unpack

    -- A refusal is raised where the script asked; called last, so that level 2 is the script.
    local function told(first, ...)
      if first == false then error((...), 2) end
      return first, ...
    end

    -- Failures name what was asked for; refusals do so themselves.
    local function named(name, first, message, code, ...)
      if first == nil and message then return nil, name .. ": " .. message, code end
      return first, message, code, ...
    end

    local stream = {}
    stream.__index = stream
    stream.__name = "connection"

    -- What was read stands in `held` from `at` on and goes on in the pieces of `more`; `size` counts all of it. So
    -- neither many small lines nor one long text are copied again and again.
    local function fill(self)
      local bytes, message, code = ask("read", self.source, 16384)
      if bytes then
        self.more[#self.more + 1] = bytes
        self.size = self.size + #bytes
        return true
      elseif bytes == false then
        error(message, 0)
      elseif message then
        return nil, message, code
      end
      self.ended = true
      return true
    end

    local function take(self, count)
      if self.at + count - 1 > #self.held then
        self.held, self.at, self.more = self.held:sub(self.at) .. concat(self.more), 1, {}
      end
      local bytes = self.held:sub(self.at, self.at + count - 1)
      self.at = self.at + #bytes
      self.size = self.size - #bytes
      return bytes
    end

    local function line(self, keeps)
      local at = self.held:find("\n", self.at, true)
      local count, piece = at and at - self.at + 1, 1
      local before = #self.held - self.at + 1
      while not count do
        while self.more[piece] do
          at = self.more[piece]:find("\n", 1, true)
          if at then
            count = before + at
            break
          end
          before = before + #self.more[piece]
          piece = piece + 1
        end
        if not count then
          if self.ended then
            if self.size == 0 then return nil end
            return take(self, self.size)
          end
          local more, message, code = fill(self)
          if not more then return nil, message, code end
        end
      end
      local bytes = take(self, count)
      if keeps then return bytes end
      return bytes:sub(1, -2)
    end

    -- "l" (a line, the default), "L" (with its end), "a" (everything), a number (so many bytes, fewer at the
    -- end) or "some" (what there is).
    function stream:read(what)
      if not self.source then return nil, "Bad file descriptor", 9 end
      what = what or "l"
      if type(what) == "string" then what = what:gsub("^%*", "") end
      if what == "l" or what == "L" then return line(self, what == "L") end
      if what == "some" then
        if self.size == 0 and not self.ended then
          local more, message, code = fill(self)
          if not more then return nil, message, code end
        end
        if self.size == 0 then return nil end
        return take(self, self.size)
      end
      if what ~= "a" and type(what) ~= "number" then error("bad argument #1 to 'read' (invalid format)", 2) end
      while not self.ended and (what == "a" or self.size < what) do
        local more, message, code = fill(self)
        if not more then return nil, message, code end
      end
      if what == "a" then return take(self, self.size) end
      if self.size == 0 and self.ended then return nil end
      return take(self, what)
    end

    -- So many bytes, or nothing: what came stays for others to read.
    function stream:read_exact(count)
      while self.size < count do
        if self.ended then return nil, "unexpected end of input", 71 end
        local more, message, code = fill(self)
        if not more then return nil, message, code end
      end
      return take(self, count)
    end

    function stream:lines(what)
      return function()
        local bytes, message = self:read(what)
        if bytes == nil and message then error(message, 2) end
        return bytes
      end
    end

    -- Everything; or nil, a message, a number and how many bytes were written. `written` counts all.
    function stream:write(...)
      if not self.sink then return nil, "Bad file descriptor", 9, 0 end
      local bytes = select("#", ...) == 1 and tostring((...)) or concat({ ... })
      local done = 0
      while done < #bytes do
        -- What is asked for is copied, so of a long text only what may be taken.
        local piece, from = bytes, done
        if #bytes > 65536 then piece, from = bytes:sub(done + 1, done + 65536), 0 end
        local count, message, code = ask("write", self.sink, piece, from)
        if not count then return nil, message, code, done end
        done = done + count
        self.written = self.written + count
      end
      return self
    end

    function stream:shutdown()
      if not self.sink then return nil, "Bad file descriptor", 9 end
      return told(ask("shutdown", self.sink))
    end

    function stream:close()
      local source, sink = self.source, self.sink
      self.source, self.sink, self.ended = nil, nil, true
      self.held, self.at, self.more, self.size = "", 1, {}, 0
      if source then close(source) end
      if sink and sink ~= source then close(sink) end
      return true
    end

    stream.__close = stream.close
    function stream:__tostring()
      return self.source and "connection" or "connection (closed)"
    end

    local function flow(source, sink, host, port, peer_host, peer_port)
      return setmetatable({
        source = source, sink = sink, held = "", at = 1, more = {}, size = 0, ended = not source, written = 0,
        host = host, port = port, peer_host = peer_host, peer_port = peer_port,
      }, stream)
    end

    local function connected(handle, ...)
      if not handle then return handle, ... end
      return flow(handle, handle, ...)
    end

    local function connect(host, port, encrypted)
      return connected(named(host .. ":" .. port, ask("connect", host, port, encrypted)))
    end

    -- A connection; or nil, a message and a number. It has 30 seconds unless told otherwise.
    function net.connect(host, port, seconds, encrypted)
      local ok, conn, message, code = task.timeout(seconds or 30, function()
        return connect(host, port, encrypted)
      end)
      if ok then return told(conn, message, code) end
      return nil, host .. ":" .. port .. ": Connection timed out", 110
    end

    function net.tls(host, port, seconds) return net.connect(host, port, seconds, true) end

    local listener = {}
    listener.__index = listener
    listener.__name = "listener"

    function listener:accept()
      if not self.handle then return nil, "Bad file descriptor", 9 end
      return told(connected(ask("accept", self.handle)))
    end

    local function tell(failure)
      local errors = io and io.stderr
      if errors then errors:write("net: ", tostring(failure), "\n") end
    end

    -- The fields of serve's last argument; a number is its limit.
    local function plan(options)
      if type(options) ~= "table" then options = { limit = options } end
      local seconds = tonumber(options.timeout or 60)
      if not seconds or seconds ~= seconds then
        error("bad option 'timeout' (a number of seconds expected)", 3)
      end
      return options.limit or 1000, options.on_error or tell, seconds
    end

    -- Accepts for ever, each connection in a task of its own that closes it; at most `limit` at a time, others
    -- wait to be accepted. What goes wrong with one connection ends no other: `on_error` is told. What keeps
    -- the system from accepting is tried again for about twenty seconds.
    function listener:serve(handler, options)
      local limit, told_of = plan(options)
      local gate, failures = task.semaphore(limit), 0
      return task.scope(function(s)
        while self.handle do
          gate:acquire()
          local conn, message = self:accept()
          if conn then
            failures = 0
            s:spawn(function()
              defer(function()
                conn:close()
                gate:release()
              end)
              local ok, failure = pcall(handler, conn)
              if not ok then told_of(failure, conn) end
            end)
          else
            if not self.handle then return end
            failures = failures + 1
            if failures > 10 then error(message, 0) end
            task.sleep(0.01 * 2 ^ failures)
            gate:release()
          end
        end
      end)
    end

    function listener:close()
      local handle = self.handle
      self.handle = nil
      if handle then close(handle) end
      return true
    end

    listener.__close = listener.close

    local function opened(kind, handle, host, port, ...)
      if not handle then return handle, host, port, ... end
      return setmetatable({ handle = handle, host = host, port = port }, kind)
    end

    function net.listen(host, port, backlog)
      return told(opened(listener, named(host .. ":" .. port, ask("listen", host, port, backlog or 128))))
    end

    function net.resolve(name) return told(named(name, ask("resolve", name))) end

    local socket = { close = listener.close, __close = listener.close, __name = "socket" }
    socket.__index = socket

    function udp.bind(host, port)
      return told(opened(socket, named(host .. ":" .. port, ask("bind", host, port))))
    end

    function socket:send(bytes, host, port)
      if not self.handle then return nil, "Bad file descriptor", 9 end
      return told(ask("send", self.handle, bytes, host, port))
    end

    -- The bytes and where they came from.
    function socket:receive(most)
      if not self.handle then return nil, "Bad file descriptor", 9 end
      return told(ask("receive", self.handle, most or 65536))
    end

    local running = {}
    running.__index = running
    running.__name = "process"

    -- process.spawn{ "program", "argument", stdin = "pipe", stdout = "pipe", stderr = "inherit", folder = … }
    local function spawn(plan)
      if type(plan) == "string" then plan = { "/bin/sh", "-c", plan } end
      local handle, stdin, stdout, stderr = named(
        tostring(plan[1]),
        ask("spawn", plan.folder, plan.stdin or "none", plan.stdout or "pipe", plan.stderr or "inherit",
          unpack(plan))
      )
      if not handle then return handle, stdin, stdout end
      return setmetatable({
        handle = handle,
        stdin = stdin and flow(nil, stdin),
        stdout = stdout and flow(stdout, nil),
        stderr = stderr and flow(stderr, nil),
      }, running)
    end

    function process.spawn(plan) return told(spawn(plan)) end

    -- "exit" and the code, or "signal" and its number.
    function running:wait()
      if not self.handle then return nil, "Bad file descriptor", 9 end
      return told(ask("wait", self.handle))
    end

    function running:kill(number) if self.handle then signal(self.handle, number) end end

    -- Lets go of the process; one that still runs is killed.
    function running:close()
      for _, name in pairs({ "stdin", "stdout", "stderr" }) do
        if self[name] then self[name]:close() end
      end
      if self.handle then close(self.handle) end
      self.handle = nil
      return true
    end

    running.__close = running.close

    -- What a command writes, and how it ended.
    function process.run(plan)
      local child, message, code = spawn(plan)
      if not child then return told(child, message, code) end
      -- A scope of its own: what is deferred in the caller's would keep the process until that ends.
      return task.scope(function()
        defer(function() child:close() end)
        local text = child.stdout and child.stdout:read("a") or ""
        return text, child:wait()
      end)
    end

    for name, value in pairs(flow(input, nil)) do stdin[name] = value end

    -- http.request(url [, body]) or http.request{ url = …, method = …, headers = …, body = …, timeout = …,
    -- redirect = … }: body, code, headers, status; or nil, a message and a number.
    function http.request(what, body)
      local headers, list = {}, {}
      if type(what) ~= "table" then
        if body then headers["Content-Type"] = "application/x-www-form-urlencoded" end
        what = { url = what, body = body, headers = headers }
      end
      if type(what.headers or headers) ~= "table" then error("headers are a table of names and values", 2) end
      for name, value in pairs(what.headers or headers) do
        list[#list + 1] = name
        list[#list + 1] = tostring(value)
      end
      local method = what.method or (what.body and "POST" or "GET")
      return told(named(
        tostring(what.url):match("^%a+://([^/?#]*)") or tostring(what.url),
        ask("fetch", what.url, method, what.body, what.timeout, what.redirect ~= false, unpack(list))
      ))
    end

    function http.get(url, headers) return http.request({ url = url, headers = headers }) end

    local reasons = {
      [200] = "OK", [201] = "Created", [204] = "No Content", [301] = "Moved Permanently", [302] = "Found",
      [400] = "Bad Request", [403] = "Forbidden", [404] = "Not Found", [500] = "Internal Server Error",
      [502] = "Bad Gateway", [503] = "Service Unavailable", [504] = "Gateway Timeout",
    }

    local function respond(conn, request, answer, code, headers)
      code = code or 200
      local text = tostring(answer == nil and "" or answer)
      local head = { "HTTP/1.1 " .. code .. " " .. (reasons[code] or "Status") }
      for name, value in pairs(headers or {}) do
        local low = name:lower()
        if low ~= "content-length" and low ~= "connection" and low ~= "transfer-encoding" then
          head[#head + 1] = name .. ": " .. (tostring(value):gsub("[\r\n]", " "))
        end
      end
      head[#head + 1] = "Content-Length: " .. #text
      if not request.keep then head[#head + 1] = "Connection: close" end
      if request.method == "HEAD" then text = "" end
      return conn:write(concat(head, "\r\n") .. "\r\n\r\n" .. text)
    end

    -- Answers the requests of a listener for ever: the handler gets a table with method, target, headers and
    -- body, and gives a body, a code and headers. An error of it is the answer 500 and ends nothing else. Who
    -- takes longer than `timeout` to ask, or to take an answer, is left.
    function http.serve(server, handler, options)
      local limit, told_of, seconds = plan(options)
      return server:serve(function(conn)
        while true do
          local ok, method, target, headers, body, keep =
            task.timeout(seconds, ask, "message", conn.source)
          if not ok then return end
          if not method then
            if target then task.timeout(seconds, respond, conn, { keep = false }, target, 400) end
            return
          end
          local request = {
            method = method, target = target, headers = headers, body = body, keep = keep,
            peer_host = conn.peer_host, peer_port = conn.peer_port,
          }
          local answered, answer, code, fields = pcall(handler, request)
          if not answered then
            told_of(answer, conn)
            answer, code, fields = "error", 500, nil
          end
          local sent, whole = task.timeout(seconds, respond, conn, request, answer, code, fields)
          if not sent or not whole or not keep then return end
        end
      end, { limit = limit, on_error = told_of })
    end

    -- What scripts share they cannot change: these become read-only, and so do the tables given.
    for _, shared in pairs({ stream, listener, socket, running }) do shared.__metatable = false end
    return stream, listener, socket, running
    """#
}
