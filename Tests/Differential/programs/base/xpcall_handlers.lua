-- Message handlers run at the point of error, see its stack and may fail themselves.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
print(xpcall(function(...) return "ok", ... end, print, 1, nil, 3))
print(xpcall(error, function(e) return e .. "!", "second is dropped" end, "boom"))
print(xpcall(error, function() end, "boom"))
print(xpcall(error, function(e) return nil end))
print(select("#", xpcall(error, function() return end, "x")))
-- the handler can see the failing function's locals
local function victim()
  local secret = "visible"
  error("fail")
end
print(xpcall(victim, function(e)
  local out = {}
  for level = 2, 5 do
    local info = debug.getinfo(level, "f")
    if info and info.func == victim then
      out[#out + 1] = select(2, debug.getlocal(level, 1))
    end
  end
  return table.concat(out, ",")
end))
-- nested xpcall inside handler
print(xpcall(error, function(e)
  local ok, v = xpcall(error, function(x) return "inner " .. x end, "again")
  return e .. "/" .. tostring(ok) .. "/" .. v
end, "first"))
-- runtime errors pass through the handler with their text
print(xpcall(function() local t; return t.x end, function(m) return "<" .. m .. ">" end))
print(xpcall(function() return 1 + {} end, string.upper))
print(xpcall(nil, function(m) return "H:" .. m end))
print(xpcall(42, string.len))
print(pcall(xpcall))
print(pcall(xpcall, print))
print(pcall(xpcall, print, "not a function"))
print(xpcall(string.rep, function(m) return "arg: " .. m end, "x"))
-- handler is not called on success
print(xpcall(function() return 1 end, function() print("never") end))
