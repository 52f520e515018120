-- Library functions that copy a long text, or tell of it in a message, stay within the limit.
-- limits: memory=32000000 fuel=2000000000 time=20000 bytes=1000 output=1000
-- grants: files streams environment network
-- expect: finished true
local long = ("x"):rep(12000000)
local calls = {
  function() return io.open(long) end,
  function() return io.open("f", long) end,
  function() return io.lines(long) end,
  function() return io.input(long) end,
  function() return os.getenv(long) end,
  function() return os.date(long) end,
  function() return os.remove(long) end,
  function() return os.rename(long, long) end,
  function() return os.setlocale(long) end,
  function() return require(long) end,
  function() return dofile(long) end,
  function() return loadfile(long) end,
  function() return package.searchpath(long, long) end,
  function() return net.connect(long, 1) end,
  function() return collectgarbage(long) end,
  function() return io.stdout:setvbuf(long) end,
  function() return io.stdout:seek(long) end,
  function() return load(long) end,
  function() return load("return 1", long) end,
  function() return load("return 1", "name", long) end,
  function() return debug.traceback(long) end,
  function() return xpcall(error, debug.traceback, long) end,
  function() return coroutine.wrap(function() error(long) end)() end,
  function() return tonumber(long, 36) end,
}
for _, call in ipairs(calls) do pcall(call) end
return true
