-- Glob patterns translated to Lua patterns, and a matcher by recursion.
local function glob(p)
  return "^" .. p:gsub("[%^%$%(%)%%%.%[%]%+%-]", "%%%0"):gsub("%*", ".*"):gsub("%?", ".") .. "$"
end
for _, c in ipairs {{"*.lua", "init.lua"}, {"*.lua", "init.luac"}, {"a?c", "abc"}, {"a?c", "ac"},
  {"*", ""}, {"a*b*c", "aXXbYYc"}, {"[x]", "[x]"}, {"a.b", "axb"}, {"100%", "100%"}} do
  print(c[1], c[2], c[2]:match(glob(c[1])) ~= nil)
end
local function match(p, s)
  if p == "" then return s == "" end
  local c = p:sub(1, 1)
  if c == "*" then return match(p:sub(2), s) or s ~= "" and match(p, s:sub(2)) end
  return s ~= "" and (c == "?" or c == s:sub(1, 1)) and match(p:sub(2), s:sub(2))
end
for _, c in ipairs {{"a*d", "abcd"}, {"a*d", "abce"}, {"?*?", "ab"}, {"?*?", "a"}, {"**", "x"}, {"",
  ""}} do
  io.write(tostring(match(c[1], c[2])), " ")
end
print()
local function route(pattern, path)
  local names = {}
  local pat = "^" .. pattern:gsub(":(%w+)", function(n)
    names[#names + 1] = n
    return "([^/]+)"
  end) .. "$"
  local caps = {path:match(pat)}
  if #caps == 0 then return nil end
  local o = {}
  for i, n in ipairs(names) do o[i] = n .. "=" .. caps[i] end
  return table.concat(o, "&")
end
print(route("/users/:id/posts/:post", "/users/5/posts/x-1"), route("/users/:id", "/users/"),
  route("/a", "/b"))
