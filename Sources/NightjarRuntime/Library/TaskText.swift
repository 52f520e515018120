// The part of `task` that is written in Lua, on the kernel's functions. It keeps to what all dialects have
// in common and is compiled as the dialect of the machine when one of its functions is first asked for.

/// The library's text.
enum TaskText {
  static let source = #"""
    local task, internals = ...
    local pcall, error, type, select = pcall, error, type, select
    local setmetatable, unpack, table = setmetatable, unpack or table.unpack, table
    local finally, fail = internals.finally, internals.fail

    local function pack(...) return { n = select("#", ...), ... } end

    function task.once(fn)
      if type(fn) ~= "function" then fail("task.once needs a function", "write task.once(function() … end): what it returns is kept for all who call") end
      local gate, results = task.mutex("once"), nil
      return function(...)
        if not results then
          gate:with(function(...)
            if not results then results = pack(fn(...)) end
          end, ...)
        end
        return unpack(results, 1, results.n)
      end
    end

    -- At most n calls at a time; results in the order of the items.
    function task.map(items, n, fn)
      if type(n) ~= "number" or not (n >= 1) then fail("task.map(list, n, f) needs n, how many calls may run at a time", "write task.map(list, 8, f)") end
      if type(fn) ~= "function" then fail("task.map(list, n, f) needs a function", "write task.map(list, 8, function(item, index) … end)") end
      local results, count, last = {}, 0, nil
      local gate = task.mutex("map")
      local function take()
        if type(items) == "table" then
          if count >= #items then return nil end
          count = count + 1
          return count, items[count]
        end
        return gate:with(function()
          if last then return nil end
          local item = items()
          if item == nil then last = true return nil end
          count = count + 1
          return count, item
        end)
      end
      local workers = n
      if type(items) == "table" and #items < n then workers = #items end
      task.scope({ name = "map" }, function(s)
        for _ = 1, workers do
          s:spawn(function()
            while true do
              local i, item = take()
              if i == nil then return end
              results[i] = fn(item, i)
            end
          end)
        end
      end)
      return results
    end

    -- An asynchronous generator: it runs ahead by at most `cap` values, and ends with its consumer.
    local ended = { done = true, failed = true, cancelled = true }
    local stream_methods = {}
    local stream_meta = { __index = stream_methods, __name = "stream" }
    stream_meta.__call = function(stream) return stream:next() end

    function stream_methods.next(stream)
      local value = stream.rx:recv()
      if value == nil then
        local failure = stream.failure
        if failure then
          stream.failure = nil
          error(failure[1], 0)
        end
      end
      return value
    end
    stream_methods.recv = stream_methods.next

    function stream_methods.close(stream)
      stream.rx:close()
      if ended[stream.producer:status()] then return end
      stream.producer:cancel("its consumer is done")
      if stream.producer ~= task.current() then pcall(stream.producer.join, stream.producer) end
    end
    stream_meta.__close = stream_methods.close

    function task.stream(cap, fn)
      if type(fn) ~= "function" then cap, fn = nil, cap end
      if type(cap) ~= "number" then fail("task.stream needs a capacity: how many values may run ahead", "write task.stream(2, function(emit) … end)") end
      local tx, rx = task.channel(cap, "stream")
      local stream = { rx = rx }
      local function emit(value) tx:send(value) end
      stream.producer = internals.current_scope():daemon { name = "stream", fn = function()
        finally(nil, function() tx:close() end, function()
          local ok, failure = pcall(fn, emit)
          if not ok and not (type(failure) == "table" and failure.code == "NJ-A034") then
            stream.failure = { failure }
          end
        end)
      end }
      local made = setmetatable(stream, stream_meta)
      task.defer(function() stream.producer:cancel("its consumer is done") end)
      return made, nil, nil, made
    end

    local function closing(source) if type(source) == "table" and source.close then source:close() end end
    -- With what a loop needs to close it, as every stream.
    local function derived(source, cap, body, other)
      return task.stream(cap, function(emit)
        finally(nil, function() closing(source) closing(other) end, body, emit)
      end)
    end

    function stream_methods.map(source, fn)
      return derived(source, 0, function(emit) for v in source do emit(fn(v)) end end)
    end
    function stream_methods.filter(source, fn)
      return derived(source, 0, function(emit) for v in source do if fn(v) then emit(v) end end end)
    end
    function stream_methods.take(source, n)
      return derived(source, 0, function(emit)
        for _ = 1, n do
          local v = source()
          if v == nil then return end
          emit(v)
        end
      end)
    end
    function stream_methods.chunk(source, n)
      return derived(source, 0, function(emit)
        local list = {}
        for v in source do
          list[#list + 1] = v
          if #list == n then emit(list) list = {} end
        end
        if #list > 0 then emit(list) end
      end)
    end
    -- Pairs of values as lists of two, until one of the streams ends.
    function stream_methods.zip(source, other)
      return derived(source, 0, function(emit)
        for a in source do
          local b = other()
          if b == nil then return end
          emit({ a, b })
        end
      end, other)
    end
    -- At most one value in so many seconds; the producer waits.
    function stream_methods.throttle(source, seconds)
      return derived(source, 0, function(emit)
        local last
        for v in source do
          local wait = last and last + seconds - task.now() or 0
          if wait > 0 then task.sleep(wait) end
          last = task.now()
          emit(v)
        end
      end)
    end
    -- At most n calls run ahead of the consumer; results in order.
    function stream_methods.buffered(source, n, fn)
      return derived(source, 0, function(emit)
        task.scope({ name = "buffered" }, function(s)
          local queue, permits = {}, task.semaphore(n)
          local tx, rx = task.channel(n)
          s:spawn(function()
            finally(nil, function() tx:close() end, function()
              for v in source do
                permits:acquire()
                tx:send(s:spawn(fn or function() return v end, v))
              end
            end)
          end)
          for h in rx do
            local value = h:join()
            permits:release()
            emit(value)
          end
        end)
      end)
    end

    function task.merge(cap, ...)
      -- A stream that is made where it is handed over comes with what a loop would need.
      local sources, known, all = {}, {}, pack(...)
      for i = 1, all.n do
        local source = all[i]
        if source ~= nil and not known[source] then
          known[source] = true
          sources[#sources + 1] = source
        end
      end
      return task.stream(cap, function(emit)
        finally(nil, function()
          for i = 1, #sources do closing(sources[i]) end
        end, function()
          task.scope({ name = "merge" }, function(s)
            for i = 1, #sources do
              s:spawn(function() for v in sources[i] do emit(v) end end)
            end
          end)
        end)
      end)
    end

    -- Runs children and starts them again when they fail, at most `max` times within so many seconds: the one
    -- that failed, all of them ("one_for_all"), or it and those behind it in the list ("rest_for_one").
    function task.supervise(options, children)
      local max, within = options.max or 3, options.within or 5
      if type(max) ~= "number" or max ~= max then fail("max is how many failures are let pass, a number", "write task.supervise({ max = 3, within = 5 }, { f })") end
      if type(within) ~= "number" or not (within >= 0) then fail("within is a number of seconds, not less than 0", "write task.supervise({ max = 3, within = 5 }, { f })") end
      local strategy = options.strategy or "one_for_one"
      if strategy ~= "one_for_one" and strategy ~= "one_for_all" and strategy ~= "rest_for_one" then
        fail("strategy is \"one_for_one\", \"one_for_all\" or \"rest_for_one\"", "choose one of these, or leave it out: only what failed is started again")
      end
      local failures, running, done = {}, {}, {}
      task.scope({ name = options.name or "supervise" }, function(s)
        local tx, rx = task.channel(#children, "failures")
        local left = #children
        local function start(i)
          running[i] = s:spawn { name = "child " .. i, fn = function()
            local me = task.current()
            local ok, failure = pcall(children[i])
            if running[i] == me then tx:send({ i, ok, failure }) end
          end }
        end
        for i = 1, #children do start(i) end
        while left > 0 do
          local i, ok, failure = unpack(rx:recv(), 1, 3)
          if ok then
            done[i] = true
            left = left - 1
          else
            local now = task.now()
            failures[#failures + 1] = now
            local recent = 0
            for j = #failures, 1, -1 do
              if now - failures[j] > within then break end
              recent = recent + 1
            end
            if recent > max then error(failure, 0) end
            local first, last = i, i
            if strategy == "one_for_all" then first, last = 1, #children end
            if strategy == "rest_for_one" then last = #children end
            for j = first, last do
              local old = running[j]
              running[j] = nil
              if j ~= i and not done[j] then
                old:cancel("restarted with child " .. i)
                pcall(old.join, old)
              end
            end
            for j = first, last do if not done[j] then start(j) end end
          end
        end
      end)
    end

    -- One sender, many receivers: each gets every value sent since it subscribed; the slowest sets the pace.
    function task.broadcast(cap)
      if type(cap) ~= "number" then fail("task.broadcast needs a capacity: how many values may wait for each receiver", "write task.broadcast(8)") end
      local hub, ends = {}, {}
      function hub:subscribe()
        local tx, rx = task.channel(cap, "broadcast")
        ends[#ends + 1] = tx
        return rx
      end
      function hub:send(value)
        local now = { unpack(ends) }
        for i = 1, #now do
          local ok, failure = pcall(now[i].send, now[i], value)
          if not ok then
            if type(failure) ~= "table" or failure.code ~= "NJ-A034" then error(failure, 0) end
            for j = #ends, 1, -1 do
              if ends[j] == now[i] then table.remove(ends, j) end
            end
          end
        end
      end
      function hub:close()
        for i = 1, #ends do ends[i]:close() end
        ends = {}
      end
      return hub
    end

    -- A value, and those who wait for it to change; whoever is late sees the last one only.
    function task.watch(value)
      local watch, version, changed = {}, 0, task.event("watch")
      function watch:get() return value, version end
      function watch:set(new)
        value, version = new, version + 1
        local old = changed
        changed = task.event("watch")
        old:set()
      end
      -- Waits until the value is newer than that version; gives it with its own.
      function watch:next(since)
        while version <= (since or version) do
          since = since or version
          changed:wait()
        end
        return value, version
      end
      return watch
    end

    -- Calls fn(reason) when the scope or task that this is said in has been cancelled; it may wait like cleanup.
    function task.on_cancel(fn)
      if type(fn) ~= "function" then fail("task.on_cancel needs a function", "write task.on_cancel(function(reason) … end)") end
      task.defer(function()
        local is_cancelled, reason = internals.cancellation()
        if is_cancelled then fn(reason) end
      end)
    end

    -- A value that calls a function when it is closed: local _ <close> = task.closing(fn)
    function task.closing(fn)
      return setmetatable({}, { __close = function() fn() end })
    end

    task.tree, task.why, task.trace = internals.tree, internals.why, internals.trace
    task.stuck = internals.stuck
    task.stats, task.finally = internals.stats, function(fn, cleanup, ...)
      return finally(nil, cleanup, fn, ...)
    end
    """#
}
