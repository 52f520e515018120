-- goto continue with closures, nested functions and fresh variables.
local fs = {}
for i = 1, 6 do
  local v = i * i
  if i % 2 == 0 then goto continue end
  fs[#fs + 1] = function() v = v + 1 return v, i end
  ::continue::
end
for _, f in ipairs(fs) do io.write(table.concat({f()}, ":"), " ") end
print(fs[1](), #fs)
local i = 0
local gs = {}
while i < 5 do
  i = i + 1
  local j = i
  do
    local k = j * 10
    if k == 30 then goto continue end
    gs[#gs + 1] = function() k = k + j return k end
  end
  ::continue::
end
for _, g in ipairs(gs) do io.write(g(), " ") end
print(gs[1]())
local hs = {}
do
  local n = 0
  ::again::
  local fresh = n
  hs[#hs + 1] = function() fresh = fresh + 100 return fresh end
  n = n + 1
  if n < 3 then goto again end
end
print(hs[1](), hs[2](), hs[3](), hs[1]())
local out = {}
for a = 1, 3 do
  for b = 1, 3 do
    for c = 1, 3 do
      if c == 2 then goto next_c elseif b == 2 then goto next_b elseif a == 2 then goto next_a end
      out[#out + 1] = a .. b .. c
      ::next_c::
    end
    ::next_b::
  end
  ::next_a::
end
print(table.concat(out, " "))
local function find(m, x)
  for r, row in ipairs(m) do
    for c, v in ipairs(row) do if v == x then r0, c0 = r, c goto found end end
  end
  do return nil end
  ::found::
  return r0, c0
end
print(find({{1, 2}, {3, 4}}, 3))
print(find({{1}}, 9))
local function retry(n)
  local tries = 0
  ::retry::
  tries = tries + 1
  local ok, e = pcall(function() if tries < n then error("try " .. tries, 0) end return "ok" end)
  if not ok then goto retry end
  return tries, e
end
print(retry(4))
do local x = 1 goto skip ::back:: print("back", x) goto done ::skip:: x = 2 goto back ::done:: end
do
  local k = 0
  ::a::
  k = k + 1
  if k == 1 then goto b elseif k == 3 then goto c end
  goto a
  ::b::
  io.write("b ")
  goto a
  ::c::
  io.write("c\n")
end
for _, w in ipairs {"x", "stop", "y"} do if w == "stop" then goto finish end io.write(w, " ") end
::finish::
print("finished")
repeat local z = 1 if z then goto cont end ::cont:: until true
