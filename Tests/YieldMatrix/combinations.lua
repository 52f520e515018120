-- Yields below several library functions at once.
local M = dofile "harness.lua"
local case = M.case

case("pcall in a comparator in a gsub callback in __index", 8, function(mark)
  local o = setmetatable({}, { __index = function(_, key)
    return (key:gsub("%w+", function(word)
      local letters = {}
      for c in word:gmatch(".") do letters[#letters + 1] = c end
      table.sort(letters, function(a, b)
        local ok, r = pcall(function() return mark(a .. b, a < b) end)
        return ok and r
      end)
      return table.concat(letters)
    end))
  end })
  return o["hello world"], o.cab
end)
case("everything in a message handler", 5, function(mark)
  return xpcall(error, function(m)
    local t = { 3, 1, 2 }
    table.sort(t, function(a, b) return mark("sort", a < b) end)
    local s = m:gsub(".", function(c) return mark("gsub " .. c, c .. table.concat(t)) end)
    local f = load(coroutine.wrap(function() coroutine.yield("return ...") end))
    return f(s) .. tostring(setmetatable({},
      { __tostring = function() return mark("ts", "T") end }))
  end, "ab")
end)
case("sort comparator that requires, formats and iterates", 6, function(mark)
  package.loaded["ym.cmp"], package.preload["ym.cmp"] = nil, function()
    mark("loading")
    return function(a, b) return mark("cmp", a > b) end
  end
  local t = { 1, 3, 2 }
  table.sort(t, function(a, b)
    local out = {}
    for _, v in ipairs(setmetatable({}, { __index = function(_, i) return mark("idx", ({ a, b })[i]) end })) do
      out[#out + 1] = v
    end
    return require "ym.cmp"(out[1], out[2])
  end)
  return t
end)
case("gsub callbacks in coroutines in gsub callbacks", 6, function(mark)
  return ("ab"):gsub(".", function(c)
    local co = coroutine.wrap(function(x)
      local r = (x .. x):gsub(".", function(y) return coroutine.yield(y) end)
      return "done " .. r
    end)
    local v = co(c)
    mark("one " .. v)
    v = co(mark("two", "1"))
    return mark("three", co("2"))
  end)
end)
case("closing inside callbacks", 9, function(mark)
  local function c(n) return setmetatable({}, { __close = function() mark("close " .. n) end }) end
  local t = { 2, 3, 1 }
  table.sort(t, function(a, b) local x <close> = c("cmp") return mark("cmp", a < b) end)
  local s = ("xy"):gsub(".", function(ch)
    local x <close> = c(ch)
    return mark("repl", ch:upper())
  end)
  return t, s, pcall(string.gsub, "z", ".", function()
    local x <close> = c("fail")
    error("E", 0)
  end)
end)
case("metamethods reached from library functions", 12, function(mark)
  local mt = {}
  mt.__lt = function(a, b) return mark("lt", a[1] < b[1]) end
  mt.__tostring = function(a) return mark("ts", "<" .. a[1] .. ">") end
  mt.__concat = function(a, b) return mark("cat", tostring(a) .. tostring(b)) end
  mt.__len = function(a) return mark("len", 2) end
  mt.__index = function(a, k) return mark("idx", k) end
  mt.__close = function() mark("close") end
  local function o(v) return setmetatable({ v }, mt) end
  local list = { o(2), o(3), o(1) }
  table.sort(list)
  local c <close> = o(9)
  return ("%s %s"):format(list[1], list[3]), list[1] .. list[2], #list[1], list[1].key,
    table.concat(setmetatable({}, { __len = mt.__len, __index = mt.__index }), ","),
    (tostring(list[2]))
end)
case("deep mix", 40, function(mark)
  local function level(n)
    if n == 0 then return mark("bottom", "x") end
    local kind = n % 5
    if kind == 0 then return select(2, pcall(level, n - 1))
    elseif kind == 1 then return (("r"):gsub("r", function() return level(n - 1) end))
    elseif kind == 2 then
    return setmetatable({}, { __index = function() return level(n - 1) end }).field
    elseif kind == 3 then
    return tostring(setmetatable({}, { __tostring = function() return level(n - 1) end }))
    else
      local r
      table.sort({ 1, 2 }, function(a, b) r = r or level(n - 1) return a < b end)
      return r
    end
  end
  local out = {}
  for i = 1, 40 do out[i] = level(i) end
  return table.concat(out)
end)
case("errors cross every kind of callback", 14, function(mark)
  local function level(n)
    mark("level" .. n)
    if n == 0 then error("from the bottom", 0) end
    local kind = n % 5
    if kind == 0 then return (("r"):gsub("r", function() return level(n - 1) end))
    elseif kind == 1 then
    return setmetatable({}, { __add = function() return level(n - 1) end }) + 1
    elseif kind == 2 then for _ in function() return level(n - 1) end do end
    elseif kind == 3 then table.sort({ 1, 2 }, function() level(n - 1) end)
    else return load(function() level(n - 1) end) and error(select(2, load(function() level(n - 1) end)), 0) or error("from the bottom", 0) end
  end
  return pcall(level, 3), xpcall(level, function(m) return mark("handler", m) end, 8),
    coroutine.resume(coroutine.create(function() error(mark and "x", 0) end))
end)
M.finish()
