-- getlocal with varargs at several levels, and changed through setlocal.
local function show(level)
  local o = {}
  for i = 1, 5 do
    local n, v = debug.getlocal(level + 1, -i)
    if not n then break end
    o[#o + 1] = n .. "=" .. tostring(v)
  end
  return table.concat(o, " ")
end
local function f(a, ...) local x = show(1) return x end
print(f(1))
print(f(1, 2))
print(f(1, nil, false, "s"))
local function g(...) debug.setlocal(1, -1, "changed") debug.setlocal(1, -3, "third") return ... end
print(g(1, 2, 3))
print(g(1))
print(g())
local function outer(...)
  local function inner(...) return show(1) .. "|" .. show(2) end
  return inner("in1", "in2") .. ""
end
print(outer("out"))
local function names(...)
  local a, b = ...
  local o = {}
  for i = 1, 10 do
    local n = debug.getlocal(1, i)
    if not n then break end
    if n:sub(1, 1) ~= "(" then o[#o + 1] = n end
  end
  return table.concat(o, ",")
end
print(names(1, 2))
local co = coroutine.create(function(...) local v = "local" coroutine.yield() return ... end)
coroutine.resume(co, "A", "B")
print(debug.getlocal(co, 1, -1))
print(debug.getlocal(co, 1, -2))
print(debug.getlocal(co, 1, -3))
print(debug.getlocal(co, 1, 1))
debug.setlocal(co, 1, -2, "Z")
print(coroutine.resume(co))
local function params(a, b, c, ...) end
print(debug.getlocal(params, 1), debug.getlocal(params, 3), debug.getlocal(params, 4))
print(pcall(debug.getlocal, params, -1))
