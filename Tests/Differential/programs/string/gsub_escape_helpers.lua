-- Escaping for patterns, HTML, shells and URLs.
local function escape(s) return (s:gsub("[%^%$%(%)%%%.%[%]%*%+%-%?]", "%%%0")) end
for _, s in ipairs {"a.b", "1+1=2", "100%", "[x]", "(y)", "^$", "a-b*c?", "plain"} do
  print(escape(s), ("pre" .. s .. "post"):find(escape(s)), ("pre" .. s .. "post"):gsub(escape(s),
    "<%0>"))
end
local html = {["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;"}
print(('<a href="x">T & C</a>'):gsub('[&<>"]', html))
local unhtml = {}
for k, v in pairs(html) do unhtml[v:sub(2, -2)] = k end
print((("&lt;b&gt; &amp; &quot;q&quot; &unknown;"):gsub("&(%w+);", unhtml)))
local function urlencode(s)
  return (s:gsub("[^%w%-_%.~]", function(c) return ("%%%02X"):format(c:byte()) end))
end
local function urldecode(s)
  return (s:gsub("+", " "):gsub("%%(%x%x)", function(h) return string.char(tonumber(h, 16)) end))
end
print(urlencode "a b&c=d/é", urldecode(urlencode "a b&c=d/é") == "a b&c=d/é", urldecode "x+y%21")
print(("it's"):gsub("'", "'\\''"), ('say "hi"'):gsub('"', '\\"'), ("a\\b"):gsub("\\", "\\\\"),
  ("%d"):gsub("%%", "%%%%"))
print(("$HOME/${USER}/$x"):gsub("%$(%b{})",
  function(n) return "<" .. n:sub(2, -2) .. ">" end):gsub("%$(%w+)", "<%1>"))
local function interp(s, t)
  return (s:gsub("%$(%b{})", function(w)
    local v = t[w:sub(2, -2)]
    return v ~= nil and tostring(v) or nil
  end))
end
print(interp("${a} ${b} ${missing} ${n}", {a = 1, b = false, n = "x"}))
