-- A push parser: text arrives in pieces, tokens leave as they are complete.
local function parser(emit)
  local buf = ""
  local function need(pat)
    while true do
      local a, b = buf:find(pat)
      if a then local tok = buf:sub(a, b) buf = buf:sub(b + 1) return tok end
      local more = coroutine.yield()
      if more == nil then return nil end
      buf = buf .. more
    end
  end
  return coroutine.wrap(function()
    while true do
      local tok = need("^%s*[^;]+;")
      if not tok then emit("rest:" .. buf) return "closed" end
      emit((tok:gsub("^%s+", ""):gsub(";$", "")))
    end
  end)
end
local out = {}
local p = parser(function(t) out[#out + 1] = t end)
p()
for _, piece in ipairs {"hel", "lo; wor", "ld", ";a;b", "; unfinished"} do
  p(piece) io.write(#out, " ")
end
print(p(nil), table.concat(out, "|"))
local function lines()
  local buf = ""
  local ready = {}
  local co = coroutine.wrap(function(chunk)
    while true do
      buf = buf .. chunk
      while true do
        local l, rest = buf:match("^(.-)\n(.*)$")
        if not l then break end
        buf = rest ready[#ready + 1] = l
      end
      chunk = coroutine.yield(table.concat(ready, ","))
      ready = {}
    end
  end)
  return co
end
local l = lines()
print(l "a\nb", l "c\n", l "", l "\n\nd\ne")
local function tee(co, n)
  local outs = {}
  for i = 1, n do outs[i] = {} end
  for v in co do for i = 1, n do outs[i][#outs[i] + 1] = v * i end end
  return outs
end
local t = tee(coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end), 2)
print(table.concat(t[1], " "), table.concat(t[2], " "))
