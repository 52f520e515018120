-- Errors inside __tostring, __index, comparators, iterators and close handlers come out whole.
local function try(f, ...)
  local r = table.pack(pcall(f, ...))
  for i = 1, r.n do r[i] = tostring(r[i]) end
  print(table.concat(r, " "))
end
local function fail(m) return function() error(m, 0) end end
try(tostring, setmetatable({}, {__tostring = fail "ts"}))
try(print, setmetatable({}, {__tostring = fail "ts"}))
try(string.format, "%s", setmetatable({}, {__tostring = fail "ts"}))
try(function() return setmetatable({}, {__index = fail "idx"}).x end)
try(function() setmetatable({}, {__newindex = fail "nidx"}).x = 1 end)
try(function() return setmetatable({}, {__call = fail "call"})() end)
for op, f in pairs { add = function(x) return x + 1 end } do
  try(f, setmetatable({}, {__add = fail "add"}))
end
try(function()
  return setmetatable({}, {__eq = fail "eq"}) == setmetatable({}, {__eq = fail "eq"})
end)
try(function() return setmetatable({}, {__lt = fail "lt"}) < 1 end)
try(function() return setmetatable({}, {__le = fail "le"}) >= 1 end)
try(function() return #setmetatable({}, {__len = fail "len"}) end)
try(function() return setmetatable({}, {__concat = fail "cat"}) .. "" end)
try(table.sort, {3, 2, 1}, fail "cmp") try(string.gsub, "abc", ".", fail "repl")
try(string.gsub, "abc", ".", setmetatable({}, {__index = fail "repl idx"}))
try(load, fail "reader")
try(pairs, setmetatable({}, {__pairs = fail "prs"}))
try(table.concat, setmetatable({}, {__len = fail "clen"}))
try(table.unpack, setmetatable({}, {__len = fail "never asked"}), 1, 0)
try(table.insert, setmetatable({}, {__len = fail "ilen"}), 1)
try(table.concat, setmetatable({}, {__index = fail "cidx", __len = function() return 2 end}))
try(ipairs(setmetatable({}, {__index = fail "ipidx"})), setmetatable({}, {__index = fail "ipidx"}),
  0)
try(table.move, setmetatable({}, {__index = fail "mv"}), 1, 2, 3)
try(next, {}, 1)
try(xpcall, fail "x", fail "in handler is caught")
try(function() local c <close> = setmetatable({}, {__close = fail "cl"}) end)
try(function() local c <close> = setmetatable({}, {__close = fail "cl2"}) error("body", 0) end)
try(function() for i in fail "iter" do end end)
try(coroutine.wrap(fail "co"))
try(coroutine.wrap(function() coroutine.wrap(fail "inner co")() end))
try(require, {}) try(dofile, "/no/such/file")
try(error, setmetatable({}, {__tostring = function() return "object" end}))
package.preload.failing = fail "loader" try(require, "failing")
package.preload.failing = function() return nil end
try(require, "failing")
print(package.loaded.failing)
local order = {}
local function c(n)
  return setmetatable({}, {__close = function(_, e)
    order[#order + 1] = n .. ":" .. tostring(e) error(n, 0)
  end})
end
try(function()
  local a <close>, b = c "a"
  local d <close> = c "d"
  local f <close> = c "f"
  error("start", 0)
end)
print(table.concat(order, " "))
