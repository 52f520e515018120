-- Loops of every kind written with goto agree with the structured ones.
local function count_while(n)
  local i, o = 0, {}
  ::top::
  if not (i < n) then goto done end
  i = i + 1
  if i % 3 == 0 then goto top end
  o[#o + 1] = i
  goto top
  ::done::
  return table.concat(o, " ")
end
local function count_structured(n)
  local i, o = 0, {}
  while i < n do i = i + 1 if i % 3 ~= 0 then o[#o + 1] = i end end
  return table.concat(o, " ")
end
print(count_while(10) == count_structured(10), count_while(10), count_while(0) == "")
local function nested(n)
  local o, i, j = {}, 1, 1
  ::outer::
  if i > n then goto finish end
  j = 1
  ::inner::
  if j > i then i = i + 1 goto outer end
  o[#o + 1] = i * j j = j + 1
  goto inner
  ::finish::
  return table.concat(o, " ")
end
print(nested(4))
local function search(t, x)
  local i = 1
  ::loop::
  if t[i] == nil then goto missing end
  if t[i] == x then goto found end
  i = i + 1
  goto loop
  ::found::
  do return i end
  ::missing::
  return nil
end
print(search({5, 6, 7}, 7), search({5}, 9), search({}, 1))
local function gcd(a, b) ::again:: if b == 0 then return a end a, b = b, a % b goto again end
print(gcd(48, 36), gcd(7, 0))
do
  local tries, log = 0, {}
  ::retry::
  tries = tries + 1
  local ok, e = pcall(function() if tries < 3 then error("fail " .. tries, 0) end return "ok" end)
  log[#log + 1] = tostring(e)
  if not ok then goto retry end
  print(table.concat(log, ","))
end
for i = 1, 2 do
  for j = 1, 2 do if i == j then goto continue end io.write(i, j, " ") ::continue:: end
end
print()
do goto a; ::b:: goto c; ::a:: goto b; ::c:: print("threaded") end
