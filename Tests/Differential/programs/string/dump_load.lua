-- string.dump keeps behaviour: constants, nested functions, varargs, upvalue counts.
local fs = {function() return 1, 2.5, "s\0t", true, nil, math.maxinteger, -0.0 end,
  function(a, b, ...) return select("#", ...), a, b, ... end,
  function(n) local t = {} for i = 1, n do t[i] = i * i end return table.concat(t, ",") end,
  function(x) local function f(n) if n <= 1 then return 1 end return n * f(n - 1) end return f(x) end,
  function(s) return (s:gsub("%w", function(c) return c .. c end)) end,
  function(...) local a <const>, b = 5, ... do local c <close> = nil end goto done ::done:: return a,
  b end, function() return ({1, 2, k = {x = "y"}, [10] = 10}).k.x end}
for i, f in ipairs(fs) do
  local plain, stripped = load(string.dump(f)), load(string.dump(f, true))
  local env = {math = math, select = select, table = table}
  debug.setupvalue(plain, 1, _ENV) debug.setupvalue(stripped, 1, _ENV)
  if i == 6 or i == 7 or i == 5 or i == 4 then
    plain, stripped = load(string.dump(f)), load(string.dump(f, true))
  end
  print(i, pcall(plain, 5, "x", nil))
  local a, b = table.pack(pcall(plain, 5, 6, 7)), table.pack(pcall(stripped, 5, 6, 7))
  print(a.n == b.n, a[1] == b[1], a[2] == b[2] or a[1] == false)
end
local d = string.dump(fs[1])
print(#d == #string.dump(fs[1]), d == string.dump(fs[1]), #string.dump(fs[1], true) <= #d,
  load(string.dump(load(d)))())
for cut = 1, #d - 1, 7 do assert(load(d:sub(1, cut), "=cut", "b") == nil) end
print("truncations refused")
print(load(d, "=m", "t") == nil, load(d, "=m", "b") ~= nil,
  load(function() local x = d d = nil return x end) ~= nil)
