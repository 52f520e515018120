// The part of `task` that is written in Lua, on the kernel's functions. It keeps to what all dialects have
// in common and is compiled as the dialect of the machine when one of its functions is first asked for.

/// The library's text.
enum TaskText {
  static let source = #"""
    local task, internals = ...
    local pcall, error, type, select = pcall, error, type, select
    local setmetatable, unpack = setmetatable, unpack or table.unpack
    local finally, fail = internals.finally, internals.fail

    local function pack(...) return { n = select("#", ...), ... } end

    function task.once(fn)
      if type(fn) ~= "function" then fail("task.once needs a function") end
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
      if type(n) ~= "number" or n < 1 then fail("task.map needs how many calls may run at a time, at least 1") end
      if type(fn) ~= "function" then fail("task.map needs a function") end
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
      stream.producer:cancel("its consumer is done")
      if stream.producer ~= task.current() then pcall(stream.producer.join, stream.producer) end
    end
    stream_meta.__close = stream_methods.close

    function task.stream(cap, fn)
      if type(fn) ~= "function" then cap, fn = nil, cap end
      if type(cap) ~= "number" then fail("task.stream needs a capacity: how many values may run ahead") end
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

    local function derived(source, cap, body)
      return (task.stream(cap, function(emit)
        finally(nil, function() if source.close then source:close() end end, body, emit)
      end))
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
      local sources = pack(...)
      return (task.stream(cap, function(emit)
        task.scope({ name = "merge" }, function(s)
          for i = 1, sources.n do
            s:spawn(function() for v in sources[i] do emit(v) end end)
          end
        end)
      end))
    end

    -- Runs children and starts them again when they fail, at most `max` times within so many seconds.
    function task.supervise(options, children)
      local max, within = options.max or 3, options.within or 5
      local starts = {}
      task.scope({ name = options.name or "supervise" }, function(s)
        for i = 1, #children do
          s:spawn(function()
            while true do
              local ok, failure = pcall(children[i])
              if ok then return end
              local now = task.now()
              starts[#starts + 1] = now
              local recent = 0
              for j = #starts, 1, -1 do
                if now - starts[j] <= within then recent = recent + 1 else break end
              end
              if recent > max then error(failure, 0) end
            end
          end)
        end
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
