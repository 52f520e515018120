-- Parts of fuse.rt: mathematics of the host, tables, files, the operating system, coroutines, tests.

-- part: sqrt
__rt.sqrt = math.sqrt

-- part: exp
__rt.exp = math.exp

-- part: log
function __rt.log(x) return math.log(x) end

-- part: sin
__rt.sin = math.sin

-- part: cos
__rt.cos = math.cos

-- part: tan
__rt.tan = math.tan

-- part: asin
__rt.asin = math.asin

-- part: acos
__rt.acos = math.acos

-- part: atan
--#if integers
__rt.atan = math.atan
--#else
__rt.atan = math.atan2
--#end

-- part: fmod
function __rt.fmod(x, y) return math.fmod(x + 0.0, y + 0.0) end

-- part: len
-- The length of the sequence in a table.
function __rt.len(t)
--#if integers
  return #t + 0.0
--#else
  return #t
--#end
end

-- part: is_empty
function __rt.is_empty(t) return next(t) == nil end

-- part: copy
-- A table with the same fields and metatable.
function __rt.copy(t)
  local copy = {}
  for key, value in next, t do copy[key] = value end
  return setmetatable(copy, getmetatable(t))
end

-- part: drop_field
-- Removes a field of a table.
function __rt.drop_field(t, key) t[key] = nil end

-- part: weak_keys
-- A table that does not keep its keys alive.
function __rt.weak_keys() return setmetatable({}, { __mode = "k" }) end

-- part: io_result
do
  local function result(ok, value, message, code)
    if not ok then return nil, tostring(value), 0 end
    return value, message, code
  end
  -- Calls a function of files: its result, or nil, what went wrong and a code.
  function __rt.io_result(f, ...) return result(pcall(f, ...)) end
end

-- part: problem
-- What the system says, without the name of the file before it.
function __rt.problem(message, path)
  if message and path and string.sub(message, 1, #path + 2) == path .. ": " then
    return string.sub(message, #path + 3)
  end
  return message
end

-- part: standard_file
function __rt.standard_file(name) return io[name] end

-- part: file_open
function __rt.file_open(path, mode)
  local handle, message, code = __rt.io_result(io.open, path, mode)
  if handle then return handle end
  return nil, __rt.problem(message or "cannot open", path), code
end

-- part: file_popen
function __rt.file_popen(command, mode)
  local handle, message, code = __rt.io_result(io.popen, command, mode)
  if handle then return handle end
  return nil, message or "cannot run", code
end

-- part: file_read
-- Reads a line, all, or some bytes.
function __rt.file_read(handle, format)
  if type(format) == "number" then format = math.max(__rt.whole(format), 0) end
--#if integers
  if type(format) == "number" then format = math.tointeger(format) end
--#end
  return __rt.io_result(handle.read, handle, format)
end

-- part: file_write
-- Writes a text: nothing, or what went wrong and a code.
function __rt.file_write(handle, text)
  local done, message, code = __rt.io_result(handle.write, handle, text)
  if done then return nil end
  return message or "cannot write", code
end

-- part: file_flush
function __rt.file_flush(handle)
  local done, message, code = __rt.io_result(handle.flush, handle)
  if done then return nil end
  return message or "cannot write", code
end

-- part: file_seek
function __rt.file_seek(handle, whence, offset)
  local place, message, code = __rt.io_result(handle.seek, handle, whence, __rt.whole(offset))
--#if integers
  if place then place = place + 0.0 end
--#end
  return place, message, code
end

-- part: file_close
-- Closes a file that may be closed already.
function __rt.file_close(handle) pcall(handle.close, handle) end

-- part: clock
__rt.clock = os.clock

-- part: time
--#if integers
function __rt.time() return os.time() + 0.0 end
--#else
function __rt.time() return os.time() end
--#end

-- part: time_of
function __rt.time_of(year, month, day, hour, min, sec)
  local whole = __rt.whole
  local ok, time = pcall(os.time, {
    year = whole(year), month = whole(month), day = whole(day),
    hour = whole(hour), min = whole(min), sec = whole(sec),
  })
  if not ok or not time then __rt.panic("the date is outside of what the system knows") end
--#if integers
  return time + 0.0
--#else
  return time
--#end
end

-- part: date_parts
function __rt.date_parts(at)
  local ok, date = pcall(os.date, "*t", __rt.whole(at))
  if not ok or not date then __rt.panic("the time is outside of what the system knows") end
--#if integers
  return date.year + 0.0, date.month + 0.0, date.day + 0.0, date.hour + 0.0, date.min + 0.0,
    date.sec + 0.0
--#else
  return date.year, date.month, date.day, date.hour, date.min, date.sec
--#end
end

-- part: format_date
function __rt.format_date(template, at)
  local ok, text = pcall(os.date, template, __rt.whole(at))
  if not ok or type(text) ~= "string" then
    __rt.panic("malformed template " .. __rt.quote(template))
  end
  return text
end

-- part: getenv
__rt.getenv = os.getenv

-- part: arguments
-- The arguments of the program.
function __rt.arguments()
  local found = {}
  for i, text in ipairs(arg or {}) do found[i] = text end
  return found
end

-- part: exit
function __rt.exit(code) os.exit(__rt.whole(code)) end

-- part: tmpname
function __rt.tmpname()
  local ok, name = pcall(os.tmpname)
  if ok then return name end
  return nil, tostring(name)
end

-- part: remove_file
-- Removes a file: nil, or what went wrong.
function __rt.remove_file(path)
  local done, message = __rt.io_result(os.remove, path)
  if done then return nil end
  return __rt.problem(message, path) or "cannot remove"
end

-- part: rename_file
function __rt.rename_file(from, to)
  local done, message = __rt.io_result(os.rename, from, to)
  if done then return nil end
  return __rt.problem(message, from) or "cannot rename"
end

-- part: execute
-- Runs a command: its status, or what went wrong.
function __rt.execute(command)
  local ok, status, kind, code = pcall(os.execute, command)
  if not ok then return 0, tostring(status) end
  if type(status) == "number" then
    -- A status of the system: the exit status stands above eight bits for a signal.
    if status < 0 then return 0, "cannot run" end
    if status % 256 ~= 0 then return 0, "ended by signal " .. __rt.str(status % 128) end
    return status / 256
  end
  if kind == "signal" then return 0, "ended by signal " .. __rt.str(code) end
  if not code then return 0, "cannot run" end
--#if integers
  return code + 0.0
--#else
  return code
--#end
end

-- part: cancelled
-- What a coroutine that is closed is resumed with: as a panic, no `try` traps it.
__rt.cancelled = setmetatable({ message = "the coroutine was closed" }, __rt.Panic)

-- part: coroutine
__rt.coroutine = coroutine.create

-- part: status
__rt.status = coroutine.status

-- part: is_yieldable
--#if integers luau
__rt.is_yieldable = coroutine.isyieldable
--#else
function __rt.is_yieldable()
  local thread, is_main = coroutine.running()
  return thread ~= nil and not is_main
end
--#end

-- part: suspend
-- Stops the coroutine around.
function __rt.suspend(value)
  local given = coroutine.yield(value)
  if given == __rt.cancelled then error(given, 0) end
  return given
end

-- part: resume
do
  local function finish(ok, value)
    if ok then return { tag = "Ok", value } end
    return { tag = "Err", __rt.caught(value) }
  end
  -- Goes on with a coroutine.
  function __rt.resume(thread, value) return finish(coroutine.resume(thread, value)) end
end

-- part: close_coroutine
-- Ends a suspended coroutine.
function __rt.close_coroutine(thread)
  if coroutine.status(thread) ~= "suspended" then return end
  local ok, problem = coroutine.resume(thread, __rt.cancelled)
  if not ok and problem ~= __rt.cancelled then error(problem, 0) end
end

-- part: traceback
function __rt.traceback(message, level)
  if not (debug and debug.traceback) then return message end
  local text = message ~= "" and message or nil
  return debug.traceback(text, __rt.whole(level) + 1)
end

-- part: location
-- The file and line of a caller.
function __rt.location(level)
  if not (debug and debug.getinfo) or level < 1 then return nil end
  local info = debug.getinfo(__rt.whole(level) + 1, "Sl")
  if not info or info.currentline < 0 then return nil end
--#if integers
  return info.short_src, info.currentline + 0.0
--#else
  return info.short_src, info.currentline
--#end
end

-- part: dump
do
  local dump

  local function fields(t, depth)
    local keys, parts = {}, {}
    for key in next, t do keys[#keys + 1] = key end
    if #keys == #t then
      for i = 1, #t do parts[i] = dump(t[i], depth - 1) end
      return "[" .. table.concat(parts, ", ") .. "]"
    end
    table.sort(keys, __rt.order)
    for i, key in ipairs(keys) do
      parts[i] = __rt.key_text(key) .. ": " .. dump(t[key], depth - 1)
    end
    return "{ " .. table.concat(parts, ", ") .. " }"
  end

  function dump(v, depth)
    v = __rt.unbox(v)
    if type(v) ~= "table" then return __rt.debug(v) end
    local meta = getmetatable(v)
    local name = type(meta) == "table" and meta.__name
    if depth <= 0 then return (name and name .. " " or "") .. "..." end
    if type(meta) == "table" and v.Debug_debug then return v:Debug_debug() end
    return (name and name .. " " or "") .. fields(v, depth)
  end

  -- The debug text of a value, down to a depth.
  __rt.dump = dump
end

-- part: Skip
__rt.Skip = { __name = "skip" }
__rt.Skip.__index = __rt.Skip
function __rt.Skip.__tostring(self) return "skipped: " .. self.message end

-- part: skip
-- Ends a test that cannot run here.
function __rt.skip(reason) error(setmetatable({ message = reason }, __rt.Skip), 0) end

-- part: catch
do
  local function finish(level, ok, value)
    if ok then return true, value end
    if level then __rt["unwind"](level) end
    local meta = type(value) == "table" and getmetatable(value)
    if meta == __rt.Skip then error(value, 0) end
    if meta == __rt.Panic then return false, nil, value.message, value.trace end
    return false, nil, __rt.message(value)
  end
  -- Calls a function and catches whatever ends it; what it has left open is closed, if the program
  -- closes anything at all.
  function __rt.catch(f)
    local height = __rt["height"]
    return finish(height and height(), __rt.pcall(f))
  end
end

-- part: jit_name
--#if luajit
function __rt.jit_name() return jit and jit.version end
--#else
function __rt.jit_name() return nil end
--#end

-- part: jit_enabled
--#if luajit
function __rt.jit_enabled() return (jit.status()) end
--#else
function __rt.jit_enabled() return false end
--#end

-- part: jit_enable
--#if luajit
function __rt.jit_enable(on) if on then jit.on() else jit.off() end end
--#else
function __rt.jit_enable() end
--#end

-- part: jit_flush
--#if luajit
function __rt.jit_flush() jit.flush() end
--#else
function __rt.jit_flush() end
--#end

-- part: jit_compile
--#if luajit
function __rt.jit_compile(f, on)
  if type(f) ~= "function" then return end
  if on then jit.on(f) else jit.off(f) end
end
--#else
function __rt.jit_compile() end
--#end
