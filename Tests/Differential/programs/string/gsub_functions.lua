-- gsub with functions: nil and false keep, captures are passed, errors pass through.
print(("hello world"):gsub("%w+", function(w) return w:upper() end))
print(("hello world"):gsub("%w+", function(w) if w == "hello" then return "HI" end end))
print(("abc"):gsub(".", function(c) return c == "b" and false end))
print(("k1=v1;k2=v2"):gsub("(%w+)=(%w+)", function(k, v) return v .. "=" .. k end))
print(("abc"):gsub("()", function(p) return p end))
print(("abc"):gsub("b", function() return 42 end))
print(("abc"):gsub("b", function() return 4.5 end))
print(pcall(string.gsub, "abc", "b", function() return {} end))
print(pcall(string.gsub, "abc", "b", function() return true end))
print(pcall(string.gsub, "abc", "b", function() return print end))
print(pcall(string.gsub, "abc", "b", function() error("inside", 0) end))
print(pcall(string.gsub, "abc", "b", function() error({}) end) == false)
local args = {}
print(("ab"):gsub("(a)(b)", function(...) args = {select("#", ...), ...} return "x", "dropped" end))
print(table.concat(args, ","))
print(("%1"):gsub("%%1", function() return "%1 %0 %%" end))
-- nested gsub inside a callback
print(("a(b(c)d)e"):gsub("%b()", function(p) return (p:gsub("%w", "<%0>")) end))
-- callback count and limit
local n = 0
print(("aaaa"):gsub("a", function() n = n + 1 return n end, 2), n)
-- a native function as the replacement
print(("abc"):gsub(".", string.byte))
print(pcall(string.gsub, "x y", "%a", string.rep))
