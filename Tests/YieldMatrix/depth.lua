-- How deep things nest, and that deeper ends with an error that can be caught.
local M = dofile "harness.lua"
local check = M.check

local function overflows(name, f, ...)
  local ok, e = pcall(f, ...)
  check(name .. " without end is caught", not ok and tostring(e):find("overflow", 1, true), ok, e)
end

local function calls(n) if n == 0 then return 0 end return 1 + calls(n - 1) end
check("190,000 calls", pcall(calls, 190000) and calls(190000) == 190000)
overflows("recursion", function() local function f() return 1 + f() end return f() end)
check("calls work after an overflow", calls(1000) == 1000)

local function nestedPcall(n)
  if n == 0 then return "bottom" end
  local ok, v = pcall(nestedPcall, n - 1)
  if not ok then error(v, 0) end
  return v
end
check("10,000 pcalls", nestedPcall(10000) == "bottom")
overflows("pcall", function() local function f() local ok, e = pcall(f) error(e, 0) end f() end)

local function nestedXpcall(n)
  if n == 0 then error("bottom", 0) end
  local ok, v = xpcall(nestedXpcall, function(m) return m end, n - 1)
  error(v, 0)
end
check("5,000 xpcalls", select(2, pcall(nestedXpcall, 5000)) == "bottom")

local function nestedCoroutine(n)
  if n == 0 then return "bottom" end
  return coroutine.wrap(nestedCoroutine)(n - 1)
end
check("1,000 coroutines", nestedCoroutine(1000) == "bottom")
overflows("nested coroutines", function()
  local function f() return coroutine.wrap(f)() .. "" end
  return f()
end)
-- A yield at the bottom travels through all of them.
local function relay(n)
  if n == 0 then return coroutine.yield("deep") end
  local co = coroutine.create(relay)
  local r = table.pack(coroutine.resume(co, n - 1))
  while coroutine.status(co) == "suspended" do
    r = table.pack(coroutine.resume(co, coroutine.yield(table.unpack(r, 2, r.n))))
  end
  assert(r[1], r[2])
  return table.unpack(r, 2, r.n)
end
local top = coroutine.wrap(relay)
check("a yield through 900 coroutines", top(900) == "deep" and top("back") == "back")

local function nestedGsub(n)
  if n == 0 then return "bottom" end
  return (("x"):gsub("x", function() return nestedGsub(n - 1) end))
end
check("500 gsub callbacks", nestedGsub(500) == "bottom")
overflows("gsub callbacks", function()
  local function f() return (("x"):gsub("x", f)) end
  return f()
end)

local function nestedIndex(n)
  if n == 0 then return "bottom" end
  return setmetatable({}, { __index = function() return nestedIndex(n - 1) end }).field
end
check("500 __index functions", nestedIndex(500) == "bottom")
overflows("__index functions", function()
  local t = setmetatable({}, {})
  getmetatable(t).__index = function(_, k) return t[k + 1] .. "" end
  return t[1]
end)

local function nestedSort(n)
  local r = "bottom"
  if n > 0 then table.sort({ 1, 2 }, function(a, b) r = nestedSort(n - 1) return a < b end) end
  return r
end
check("500 sort comparators", nestedSort(500) == "bottom")
local function nestedTostring(n)
  if n == 0 then return "bottom" end
  return tostring(setmetatable({}, { __tostring = function() return nestedTostring(n - 1) end }))
end
check("500 __tostring", nestedTostring(500) == "bottom")
overflows("__tostring", function()
  local t = setmetatable({}, { __tostring = function(t) return tostring(t) .. "" end })
  return tostring(t)
end)
local function nestedLoad(n)
  if n == 0 then return "return 'bottom'" end
  local done
  return load(function()
    if done then return nil end
    done = true
    return nestedLoad(n - 1)
  end) and nestedLoad(0)
end
check("100 load readers", nestedLoad(100) == "return 'bottom'")
local function nestedClose(n)
  if n == 0 then return "bottom" end
  local r
  do local c <close> = setmetatable({}, { __close = function() r = nestedClose(n - 1) end }) end
  return r
end
check("500 __close", nestedClose(500) == "bottom")

local function suspendedAt(n)
  if n == 0 then return coroutine.yield("deep") end
  return (("x"):gsub("x", function()
    return setmetatable({}, { __index = function() return suspendedAt(n - 1) end }).k
  end))
end
local co = coroutine.wrap(suspendedAt)
check("a yield below 400 callbacks", co(200) == "deep" and co("back") == "back")

local function source(open, middle, close, n) return open:rep(n) .. middle .. close:rep(n) end
check("150 nested parentheses", load("return " .. source("(", "7", ")", 150))() == 7)
check("300 nested parentheses",
  (load("return " .. source("(", "7", ")", 300)) or function() end)() == 7)
for _, kind in ipairs { { "return ", "(", "1", ")" }, { "return ", "{", "", "}" }, { "", "do ", "", " end" }, { "", "if x then ", "", " end" }, { "return ", "-", "1", "" },
  { "return ", "function() return ", "1", " end" }, { "return ", "not ", "1", "" }, { "return x", "[x", "", "]" }, { "return ", "a..", "b", "" }, { "x = ", "1 ^ ", "1", "" }, { "", "while 1 do ", "", " end" }, { "f", "(f", "()", ")" } } do
  local f, e = load(kind[1] .. source(kind[2], kind[3], kind[4], 100000), "=deep")
  check("100,000 of '" .. kind[2] .. "' end with a message", f or type(e) == "string" and #e < 500,
    f, e)
end
M.finish()
