-- Yields inside load readers, searchers and loaders of require, dofile.
local M = dofile "harness.lua"
local case = M.case

local function pieces(mark, list)
  local i = 0
  return function()
    i = i + 1
    return mark("piece" .. i, list[i])
  end
end
case("load reader", 4, function(mark) return load(pieces(mark, { "return ", "1 + ", "41" }))() end)
case("load reader by bytes", 30, function(mark)
  local source = "local a = 'x\\065y' --[[ c ]] return a .. 0x10 .. 1.5"
  local list = {}
  for c in source:gmatch(".") do list[#list + 1] = c end
  return load(pieces(mark, list), "=bytes")()
end)
case("load reader with a syntax error", 2, function(mark)
  return load(pieces(mark, { "return return", " more" }), "=bad")
end)
case("load reader that fails", 2, function(mark)
  local n = 0
  return load(function()
    n = n + 1 mark("read" .. n)
    if n == 2 then error("E", 0) end
    return "return "
  end)
end)
case("load reader with a wrong piece", 1, function(mark)
  return load(function() return mark("read", {}) end)
end)
case("load reader that ends with an empty string", 2, function(mark)
  return load(pieces(mark, { "return 5", "", "garbage" }))()
end)
case("load reader of a binary chunk", 3, function(mark)
  local dumped = string.dump(function(a, b) return a + b, "text", 2.5 end)
  local third = #dumped // 3
  return load(pieces(mark,
    { dumped:sub(1, third), dumped:sub(third + 1, 2 * third), dumped:sub(2 * third + 1) }), "d",
    "b")(3, 4)
end)
case("load within a load reader", 4, function(mark)
  local i = 0
  return load(function()
    i = i + 1
    if i == 1 then return "return " .. load(pieces(mark, { "return ", "7" }))() end
    return mark("outer")
  end)()
end)
case("loaded chunk with an environment of callbacks", 3, function(mark)
  local env = setmetatable({}, { __index = function(_, k) return mark("get " .. k, k) end,
    __newindex = function(t, k, v) rawset(t, k, mark("set " .. k, v)) end })
  return load("x = y; return x, z", "=env", "t", env)()
end)

case("require of a preloaded module", 1, function(mark)
  package.loaded["ym.pre"], package.preload["ym.pre"] = nil, function(...)
    return mark("loader", { name = (...), extra = select(2, ...) })
  end
  local m, extra = require "ym.pre"
  local again = require "ym.pre"
  package.preload["ym.pre"] = nil
  return m, extra, m == again
end)
case("require loader that returns nothing", 1, function(mark)
  package.loaded["ym.none"], package.preload["ym.none"] = nil, function() mark("loader") end
  return require "ym.none", package.loaded["ym.none"]
end)
case("require loader that fails", 1, function(mark)
  package.loaded["ym.fail"], package.preload["ym.fail"] = nil,
    function() mark("loader") error("E", 0) end
  return pcall(require, "ym.fail")
end)
case("require searchers", 3, function(mark)
  local saved = { table.unpack(package.searchers) }
  package.loaded["ym.found"] = nil
  table.insert(package.searchers, 1, function(name)
    return mark("first", "\n\tnot by the first")
  end)
  table.insert(package.searchers, 2, function(name) mark("second") end)
  table.insert(package.searchers, 3, function(name)
    return mark("third", function(n, x) return mark("loader", { n, x }) end, "extra")
  end)
  local m, extra = require "ym.found"
  package.searchers = saved
  return m, extra
end)
case("require searchers that find nothing", 2, function(mark)
  local saved = package.searchers
  package.searchers = { function() return mark("a", "\n\tmessage a") end,
    function() return mark("b", nil) end }
  local ok, e = pcall(require, "ym.nowhere")
  package.searchers = saved
  return ok, e
end)
case("require searcher that fails", 1, function(mark)
  local saved = package.searchers
  package.searchers = { function() mark("s") error("searcher failed", 0) end }
  local ok, e = pcall(require, "ym.nowhere")
  package.searchers = saved
  return ok, e
end)
case("nested require", 3, function(mark)
  package.loaded["ym.a"], package.loaded["ym.b"] = nil, nil
  package.preload["ym.a"] = function()
    mark("a begins")
    local b = require "ym.b"
    return mark("a ends", "a+" .. b)
  end
  package.preload["ym.b"] = function() return mark("b", "b") end
  return require "ym.a", package.loaded["ym.b"]
end)

local function withFile(text, f)
  local name = os.tmpname()
  local file = assert(io.open(name, "w"))
  file:write(text)
  file:close()
  local r = table.pack(pcall(f, name))
  os.remove(name)
  assert(r[1], r[2])
  return table.unpack(r, 2, r.n)
end
case("dofile", 2, function(mark)
  YIELD_MARK = mark
  return withFile("local a = YIELD_MARK('in file', 5)\nreturn a, YIELD_MARK('again', nil), 'end'",
    dofile)
end)
case("dofile that fails", 1, function(mark)
  YIELD_MARK = mark
  return withFile("YIELD_MARK('in file')\nerror('E', 0)",
    function(name) return pcall(dofile, name) end)
end)
case("loadfile and its chunk", 1, function(mark)
  YIELD_MARK = mark
  return withFile("return YIELD_MARK('chunk', ...)", function(name)
    return loadfile(name)("arg", nil)
  end)
end)
case("require of a file", 2, function(mark)
  YIELD_MARK = mark
  return withFile("YIELD_MARK('module') return { kind = (...), YIELD_MARK('value', 1) }", function(name)
    local saved = package.path
    package.path, package.loaded["ym.file"] = name, nil
    local m = require "ym.file"
    package.path = saved
    return m
  end)
end)
M.finish()
