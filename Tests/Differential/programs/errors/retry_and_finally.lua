-- try/catch/finally helpers, retries with backoff, error wrapping and causes.
local function try(f, catch, finally)
  local r = table.pack(xpcall(f, function(e)
    return {err = e, trace = type(debug.traceback()) == "string"}
  end))
  if not r[1] and catch then r = table.pack(pcall(catch, r[2].err, r[2].trace)) end
  if finally then finally(r[1]) end
  if not r[1] then error(type(r[2]) == "table" and r[2].err or r[2], 0) end
  return table.unpack(r, 2, r.n)
end
print(try(function() return 1, nil, 3 end))
print(try(function() error("E", 0) end, function(e, t) return "caught " .. e, t end,
  function(ok) io.write("finally ", tostring(ok), "; ") end))
print(pcall(try, function() error("lost", 0) end, nil, function(ok)
  io.write("finally ", tostring(ok), "; ")
end))
print(pcall(try, function() error("a", 0) end, function(e) error(e .. "b", 0) end))
local function retry(n, f)
  local errs = {}
  for i = 1, n do
    local r = table.pack(pcall(f, i))
    if r[1] then return table.unpack(r, 2, r.n) end
    errs[#errs + 1] = tostring(r[2])
  end
  error("gave up: " .. table.concat(errs, ", "), 2)
end
print(retry(3, function(i) if i < 3 then error("t" .. i, 0) end return "ok at", i end))
print(pcall(function() retry(2, function(i) error("x" .. i, 0) end) end))
local Err = {}
Err.__index = Err
Err.__tostring = function(e) return e.msg .. (e.cause and " <- " .. tostring(e.cause) or "") end
local function wrap(msg, cause) return setmetatable({msg = msg, cause = cause}, Err) end
local function low() error(wrap "disk") end
local function mid() local ok, e = pcall(low) if not ok then error(wrap("cache", e)) end end
local function high() local ok, e = pcall(mid) if not ok then error(wrap("request", e)) end end
local ok, e = pcall(high)
print(ok, tostring(e), getmetatable(e) == Err, e.cause.cause.msg)
local function guard(f)
  return function(...)
    local r = table.pack(pcall(f, ...))
    if r[1] then return table.unpack(r, 2, r.n) end
    return nil, r[2]
  end
end
local safe = guard(function(x) if x < 0 then error("negative", 0) end return x ^ 0.5, "extra" end)
print(safe(16))
print(safe(-1))
print(safe("x"))
