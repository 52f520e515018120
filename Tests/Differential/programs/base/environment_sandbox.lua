-- A sandbox by environment: what leaks, what does not, and quotas by hooks.
local function sandbox(code, extra)
  local env = {print =
    function(...) local t = table.pack(...) for i = 1, t.n do t[i] = tostring(t[i]) end io.write("[", table.concat(t, " "), "]\n") end,
    tostring = tostring, pairs = pairs, string = {upper = string.upper, rep = string.rep}, error =
    error, pcall = pcall, setmetatable = setmetatable}
  for k, v in pairs(extra or {}) do env[k] = v end
  local f, e = load(code, "=sandbox", "t", env)
  if not f then return false, e end
  return pcall(f), env
end
print((sandbox "print('hello', 1, nil)"))
print((sandbox "x = 5 print(x)"))
print(x)
print(select(2, pcall(function() local ok, e = sandbox "return os.exit()" return ok end)))
for _, c in ipairs {"os.exit()", "io.write('x')", "require 'x'", "_G.print = nil",
  "local s = ('x'):rep(3) print(s)", "print(string.format)", "error('stop')", "error({})", "while",
  "print(_ENV ~= nil, _G)", "function f() return 1 end print(f())",
  "setmetatable(_ENV, {__index = function(_, k) return k end}) print(undefinedname)"} do
  local ok, e = sandbox(c)
  print(ok, type(e) == "table" and "env" or e)
end
local _, env = sandbox "y = 1 function get() return y end"
env.y = 2
print(env.get(), y)
local shared = {}
sandbox("shared.v = 'left'", {shared = shared})
print(shared.v)
local function readonly(t)
  return setmetatable({}, {__index = t, __newindex = function() error("read-only", 2) end,
    __metatable = false})
end
print((sandbox("math.pi = 3", {math = readonly(math)})))
print((sandbox("print(math.floor(2.5))", {math = readonly(math)})))
print(load("return function() return _ENV end", "=e", "t", {tag = 1})()().tag)
local co = coroutine.create(load("while true do n = (n or 0) + 1 end", "=loop", "t", {}))
debug.sethook(co, function() error("out of steps", 0) end, "", 1000)
print(coroutine.resume(co))
